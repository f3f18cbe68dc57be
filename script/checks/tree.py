#!/usr/bin/env python3
"""The files of the tree: what git tracks or would track. `tree.py PATTERN…` prints them, each ended by a zero byte."""

import subprocess
import sys
from pathlib import Path


def files(root, *patterns):
    """Paths under `root` that match one of git's patterns, as they stand now (a deleted one is no file)."""
    listing = ["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    names = subprocess.run(listing, check=True, capture_output=True, text=True).stdout.split("\0")
    return [Path(name) for name in sorted(set(names)) if name and (Path(root) / name).is_file()]


if __name__ == "__main__":
    print("".join(f"{path}\0" for path in files(".", *sys.argv[1:])), end="")
