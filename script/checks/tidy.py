#!/usr/bin/env python3
"""clang-tidy over every translation unit of ours, in parallel, remembering those that were clean.

`tidy.py [FILE…]` prints each finding once and exits with 1 if there is one. It reads the compile commands of
build/release; what is looked for is argued in .clang-tidy. A unit is looked at again only when it, a header of ours
that it reaches, its compile command or the configuration changes: a full run takes minutes, a second one seconds.

What was committed last is looked at first. With TIDY_SECONDS in the environment no unit is begun after so many seconds,
and the last line says how many were left out: a bounded run sees what is new.
"""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/release"
CLEAN = ROOT / "build/tidy"  # one empty file for each unit found clean, named by the hash of all that it depends on

TIDY = ["clang-tidy-19", "--quiet", f"-p={BUILD}"]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
FINDING = re.compile(r"^(?=\S+:\d+:\d+: (?:error|warning): )", re.MULTILINE)


def reached(path, seen):
    """`path` and every header of ours that it includes: those in quotes, named from the root."""
    if path not in seen and path.is_file():
        seen.add(path)
        for header in INCLUDE.findall(path.read_text()):
            reached(ROOT / header, seen)
    return seen


def fingerprint(unit, command, common):
    digest = hashlib.sha256(common)
    digest.update(shlex.join(command).replace(str(ROOT), "").encode())
    for path in sorted(reached(unit, set())):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def commit_times():
    """For each file of ours, when it was last committed (seconds since 1970)."""
    log = subprocess.run(["git", "log", "--format=%ct", "--name-only"], cwd=ROOT, capture_output=True, text=True)
    times, committed = {}, 0
    for line in log.stdout.splitlines():
        if line.isdigit():
            committed = int(line)
        elif line:
            times.setdefault(ROOT / line, committed)
    return times


def look_at(unit, command, common, until):
    """What clang-tidy finds in `unit`, as text; empty when it is clean, None when it was too late to begin."""
    clean = CLEAN / fingerprint(unit, command, common)
    if clean.exists():
        return ""
    if time.monotonic() > until:
        return None
    run = subprocess.run([*TIDY, unit], cwd=ROOT, capture_output=True, text=True)
    if run.returncode == 0:
        clean.touch()
        return ""
    return run.stdout or run.stderr


def main():
    CLEAN.mkdir(parents=True, exist_ok=True)
    wanted = {(ROOT / name).resolve() for name in sys.argv[1:]}
    units = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        unit = Path(entry["directory"], entry["file"]).resolve()
        ours = unit.is_relative_to(ROOT) and not unit.is_relative_to(ROOT / "build")  # gtest comes from /usr/src
        if ours and (not wanted or unit in wanted):
            units[unit] = shlex.split(entry["command"])

    version = subprocess.run([TIDY[0], "--version"], check=True, capture_output=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes() + Path(__file__).read_bytes()
    times = commit_times()
    order = sorted(units, key=lambda unit: -max(times.get(path, 0) for path in reached(unit, set())))
    until = time.monotonic() + float(os.environ.get("TIDY_SECONDS", "inf"))
    left_out = 0
    told = set()  # a finding in a header comes once for each unit that includes it
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for report in pool.map(lambda unit: look_at(unit, units[unit], common, until), order):
            left_out += report is None
            for finding in FINDING.split(report or ""):
                if finding.strip() and finding not in told:
                    told.add(finding)
                    print(finding.replace(f"{ROOT}/", ""), end="", flush=True)
    if left_out:
        print(f"note: {left_out} of {len(units)} units were not looked at: TIDY_SECONDS were over")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
