#!/usr/bin/env python3
"""A file over 400 lines has to argue for itself, here. `sizes.py [ROOT]` prints those that do not."""

import sys
from pathlib import Path

from tree import files

LIMIT = 400  # lines: what a person still reads in one go

ARGUED: dict[str, str] = {  # file: reason
    "api/openapi.yaml": "the contract is one document: it is compiled in, served whole, and read by tools that want one file",
    "protocol/README.md": "whoever writes a camera of their own reads it from top to bottom, and searches in one text",
    "server/catalog/upgrades/v6.sql": "it is the schema as it was, for the test that upgrades lead from it to today's",
    "server/catalog/upgrades/v7.sql": "the same",
    "server/catalog/upgrades/v8.sql": "the same",
    "server/catalog/upgrades/v9.sql": "the same",
    "server/catalog/upgrades/v10.sql": "the same",
    "server/catalog/schema.sql": "the schema is one text, made in one transaction, and is read from top to bottom",
}
GENERATED = ["web/package-lock.json", "web/src/api/schema.gen.ts"]
PATTERNS = ["*.cpp", "*.hpp", "*.h", "*.c", "*.sql", "*.ts", "*.tsx", "*.css", "*.py", "*.yaml", "*.cmake",
            "CMakeLists.txt", "script/*", "*.md"]


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    lines = {str(path): len((root / path).read_bytes().splitlines()) for path in files(root, *PATTERNS)}
    found = [f"{path}: {count} lines; split it, or argue in script/checks/sizes.py"
             for path, count in lines.items() if count > LIMIT and path not in ARGUED and path not in GENERATED]
    found += [f"{path}: argued for in script/checks/sizes.py, but {lines.get(path, 0)} lines need no argument"
              for path in ARGUED if lines.get(path, 0) <= LIMIT]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
