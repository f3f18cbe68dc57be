#!/usr/bin/env python3
"""Relative links and anchors in Markdown lead somewhere. `links.py [ROOT]` prints those that do not."""

import re
import sys
from pathlib import Path
from urllib.parse import unquote

from tree import files

# [text](target), [name]: target, and HTML's src and href.
LINK = re.compile(
    r"(?<!`)\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\s*\[[^\]]+\]:\s*(\S+)|(?:src|href)=[\"']([^\"']+)[\"']",
    re.MULTILINE,
)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def anchors(markdown):
    """The anchors that a forge makes of the headings."""
    headings = HEADING.findall(CODE.sub("", markdown))
    plain = (re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading) for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


def dead_links(root, path):
    # Code keeps its line count so that what follows keeps its line number.
    text = CODE.sub(lambda code: "\n" * code[0].count("\n"), (root / path).read_text())
    for match in LINK.finditer(text):
        link = next(group for group in match.groups() if group)
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (root / path).parent / name if name else root / path
        line = text.count("\n", 0, match.start()) + 1
        if not target.exists():
            yield f"{path}:{line}: {link} leads nowhere"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text()):
            yield f"{path}:{line}: {link}: no such heading"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = [line for path in files(root, "*.md") for line in dead_links(root, path)]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
