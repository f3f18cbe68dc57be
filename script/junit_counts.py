#!/usr/bin/env python3
"""`junit_counts.py DIR` adds up the JUnit reports in DIR and prints three numbers: passed failed skipped.

Every runner here writes such reports, each with totals of its own taste, so the test cases themselves are counted.
"""

import sys
import xml.etree.ElementTree
from collections import Counter
from pathlib import Path


def outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    if case.find("skipped") is not None or case.get("status") == "notrun":
        return "skipped"
    return "passed"


def main():
    reports = Path(sys.argv[1]).glob("*.xml")
    cases = (case for report in reports for case in xml.etree.ElementTree.parse(report).iter("testcase"))
    counts = Counter(outcome(case) for case in cases)
    print(counts["passed"], counts["failed"], counts["skipped"])


if __name__ == "__main__":
    main()
