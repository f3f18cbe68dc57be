"""The files of the tree: what git tracks or would track."""

import subprocess
from pathlib import Path


def files(root, *patterns):
    """Paths under `root` that match one of git's patterns, as they stand now (a deleted one is no file)."""
    listing = ["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    names = subprocess.run(listing, check=True, capture_output=True, text=True).stdout.split("\0")
    return [Path(name) for name in sorted(set(names)) if name and (Path(root) / name).is_file()]
