"""Turns a directory of web files into sources: one blob for the assembler's .incbin, and a table of what lies where.

usage: embed_directory.py DIRECTORY SYMBOL PREFIX    (see EmbedDirectory.cmake)

Writes PREFIX.bin, PREFIX.S, PREFIX.cpp, and PREFIX.d for Ninja. A blob and not an array in C++, because a compiler takes a
minute for the megabyte that an assembler copies at once.
"""

import gzip
import hashlib
import json
import pathlib
import sys

# Types by extension. A file of any other kind is a mistake that should not be served.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
COMPRESSIBLE = {".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest"}
# Saving less is not worth a second copy in the program.
WORTHWHILE = 0.9
ETAG_DIGITS = 20  # 80 bits of SHA-256


def cpp_string(text: str) -> str:
    return json.dumps(text)  # the same escapes, for ASCII


class Blob:
    def __init__(self):
        self.bytes = bytearray()

    def add(self, content: bytes) -> str:
        """Appends, and returns the C++ expression for it."""
        offset = len(self.bytes)
        self.bytes += content
        return f"part({offset}, {len(content)})"


def compressed(path: pathlib.Path, content: bytes) -> bytes:
    if path.suffix not in COMPRESSIBLE:
        return b""
    smaller = gzip.compress(content, 9, mtime=0)  # no time: the same input makes the same program
    return smaller if len(smaller) < WORTHWHILE * len(content) else b""


def table_row(blob: Blob, root: pathlib.Path, path: pathlib.Path) -> str:
    if path.suffix not in TYPES:
        sys.exit(f"embed_directory: {path}: no content type is known for '{path.suffix}'")
    content = path.read_bytes()
    smaller = compressed(path, content)
    url = "/" + path.relative_to(root).as_posix()
    etag = hashlib.sha256(content).hexdigest()[:ETAG_DIGITS]
    # Vite puts a hash of their content into the names of the files below assets/.
    immutable = "true" if url.startswith("/assets/") else "false"
    fields = [cpp_string(url), cpp_string(TYPES[path.suffix]), cpp_string(etag)]
    fields += [blob.add(content), blob.add(smaller), immutable]
    return "    {" + ", ".join(fields) + "},\n"


def source(symbol: str, rows: list[str]) -> str:
    return f"""// Made by cmake/embed_directory.py.
#include "server/http/assets.hpp"

extern "C" const std::uint8_t heliograph_{symbol}_blob[];

namespace heliograph::http {{

std::span<const Asset> {symbol}();

std::span<const Asset> {symbol}() {{
  [[maybe_unused]] const auto part = [](std::size_t offset, std::size_t length) {{
    return std::span<const std::uint8_t>(heliograph_{symbol}_blob + offset, length);
  }};
  static const std::vector<Asset> assets = {{
{"".join(rows)}  }};
  return assets;
}}

}}  // namespace heliograph::http
"""


def assembly(symbol: str, blob: bytes, blob_path: str) -> str:
    name = f"heliograph_{symbol}_blob"
    return f"""// Made by cmake/embed_directory.py from {hashlib.sha256(blob).hexdigest()}
    .section .rodata
    .global {name}
    .balign 16
{name}:
    .incbin "{blob_path}"
    .byte 0
    .section .note.GNU-stack, "", %progbits
"""


def main() -> None:
    directory, symbol, prefix = sys.argv[1:]
    root = pathlib.Path(directory)
    if directory and not (root / "index.html").is_file():
        sys.exit(f"embed_directory: {root} holds no index.html: build the dashboard first")
    entries = sorted(root.rglob("*")) if directory else []
    files = [path for path in entries if path.is_file()]

    blob = Blob()
    rows = [table_row(blob, root, path) for path in files]
    pathlib.Path(f"{prefix}.bin").write_bytes(blob.bytes)
    pathlib.Path(f"{prefix}.cpp").write_text(source(symbol, rows))
    pathlib.Path(f"{prefix}.S").write_text(assembly(symbol, bytes(blob.bytes), f"{prefix}.bin"))
    # The directories too: their times change when a file comes or goes.
    watched = [root, *entries] if directory else []
    dependencies = " ".join(str(path).replace(" ", "\\ ") for path in watched)
    pathlib.Path(f"{prefix}.d").write_text(f"{prefix}.cpp: {dependencies}\n")


if __name__ == "__main__":
    main()
