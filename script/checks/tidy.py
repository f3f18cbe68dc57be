#!/usr/bin/env python3
"""clang-tidy over every translation unit of ours, in parallel, remembering those that were clean.

`tidy.py [FILE…]` prints each finding once and exits with 1 if there is one. It reads the compile commands of
build/release; what is looked for is argued in .clang-tidy. A unit is looked at again only when it, a header of ours
that it reaches, its compile command or the configuration changes: a full run takes minutes, a second one seconds.
"""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
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


def look_at(unit, command, common):
    """What clang-tidy finds in `unit`, as text; empty when it is clean."""
    clean = CLEAN / fingerprint(unit, command, common)
    if clean.exists():
        return ""
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
        if not unit.is_relative_to(ROOT / "build") and (not wanted or unit in wanted):
            units[unit] = shlex.split(entry["command"])

    version = subprocess.run([TIDY[0], "--version"], check=True, capture_output=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes() + Path(__file__).read_bytes()
    told = set()  # a finding in a header comes once for each unit that includes it
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for report in pool.map(lambda item: look_at(*item, common), units.items()):
            for finding in FINDING.split(report):
                if finding.strip() and finding not in told:
                    told.add(finding)
                    print(finding.replace(f"{ROOT}/", ""), end="", flush=True)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
