#!/usr/bin/env python3
"""Who may include whom, held against every #include of the tree.

The link graph of CMake enforces the direction between our modules once; this says it in one place, knows the
libraries too, and names the line. `includes.py [ROOT]` prints each violation as `file:line: rule` and exits with 1 if
there is one.
"""

import re
import sys
from pathlib import Path

from tree import files

# Bottom-up. A module sees the layers below its own, never a sibling and never what stands above.
SERVER_LAYERS = [
    ["base"],
    ["store", "catalog", "media", "live", "outbound"],
    ["ingest", "cameras", "accounts", "jobs", "openid"],
    ["http"],
    ["app"],
]

# Our folders, and the folders each may include beside itself. The longest name that a path starts with decides.
MODULES = {
    "protocol": [],
    "firmware/core": ["protocol"],
    "firmware/linux": ["protocol", "firmware/core"],
    "firmware/esp32/decide": ["protocol", "firmware/core"],
    "firmware/esp32/boards": ["protocol"],
    "firmware/esp32": ["protocol", "firmware/core"],
    "tests/support": ["protocol", "server/base", "server/media", "server/catalog"],
    "bench": ["protocol", "server", "firmware", "tests/support"],
}
for depth, layer in enumerate(SERVER_LAYERS):
    below = [f"server/{name}" for names in SERVER_LAYERS[:depth] for name in names]
    MODULES |= {f"server/{name}": ["protocol", *below] for name in layer}

# Tests, fuzz targets, and the fixtures and fakes that serve them; and what they may include on top of their module.
TEST_FILE = re.compile(r"(_test\.cpp|_fuzz\.cpp|_fixture\.hpp|/test_support\.[ch]pp|/fake_\w+\.hpp)$")
TEST_FOLDERS = ["tests/support"]
TEST_LIBRARIES = ["gtest/", "gmock/", "boost/json", "stdlib.h"]

# Asio and Beast cost seconds of compile time per file and leak their types everywhere, so they stay in these files.
# The rest of the server sees http.hpp.
ASIO_FILES = [f"server/http/{name}" for name in (
    "asio.cpp",  # compiles both, once for all
    "api/catalog_pool_test.cpp", "await.cpp", "await_test.cpp", "listener.cpp", "listener.hpp", "server.cpp", "session.hpp", "stream.cpp", "stream.hpp",
)]
BEAST_FILES = [f"server/http/{name}" for name in ("asio.cpp", "head.cpp", "parser.cpp")]

# Libraries by the beginning of their header's name, and the folders or files that may include them. The longest
# beginning decides. A header that is not listed here needs a line, which is the moment to ask whether it is needed.
LIBRARIES = {
    "boost/asio/": ASIO_FILES,
    "boost/asio/awaitable.hpp": ["server/http/http.hpp", *ASIO_FILES],
    "boost/asio/io_context.hpp": ["server/http/http.hpp", *ASIO_FILES],
    "boost/beast/": BEAST_FILES,
    "boost/json": ["server", "firmware/linux"],
    "boost/system/": ["server"],
    "boost/url": ["server/http", "server/openid", "firmware/linux"],
    "CLI/": ["server/app", "firmware/linux", "bench", "tests/support"],
    "toml++/": ["server/app"],
    "curl/": ["server/outbound"],
    "cjose/": ["server/openid"],
    "dlfcn.h": ["server/base"],
    "prometheus/": ["server/http", "server/app"],
    "spdlog/": ["server/base"],
    "fmt/": ["server", "firmware/linux", "bench", "tests/support"],
    "openssl/": ["server/base", "server/http", "server/outbound", "firmware/linux", "bench"],
    "zlib.h": ["server/base"],
    "sodium.h": ["server/accounts", "server/cameras", "firmware/esp32/port", "firmware/esp32/main"],
    "liboath/": ["server/accounts"],
    "csv.h": ["server/cameras", "server/http/api"],
    "sqlite3.h": ["server/catalog", "server/http/api/catalog_pool_test.cpp"],  # the test takes its memory away
    "libpq-fe.h": ["server/catalog", "tests/support"],
    "turbojpeg.h": ["server/media", "firmware/linux", "tests/support"],
    "benchmark/": ["bench"],
    "malloc.h": ["server/app"],  # what the C library keeps of freed memory is a setting of the process
    "link.h": ["server/app"],  # so are the pages of what it is linked of
    # ESP-IDF, esp_modem and esp32-camera; on the host, firmware/esp32/fake_idf.
    **{header: ["firmware/esp32/port", "firmware/esp32/main", "firmware/esp32/fake_idf"] for header in (
        "bootloader_random.h", "driver/", "esp_", "freertos/", "lwip/", "nvs", "sd_protocol_types.h")},
    "sdkconfig.h": ["firmware/esp32/boards", "firmware/esp32/fake_idf"],
    # The operating system: for all but the code that also runs on a board.
    **{header: ["server", "firmware/linux", "firmware/esp32/port", "firmware/esp32/main", "firmware/esp32/fake_idf", "bench", "tests/support"] for header in (
        "arpa/", "dirent.h", "fcntl.h", "grp.h", "linux/", "netdb.h", "netinet/", "poll.h", "pthread.h", "pwd.h", "sched.h", "signal.h",
        "spawn.h", "sys/", "syslog.h", "termios.h", "time.h", "unistd.h", "utime.h")},
}

# The standard headers for code that also runs on a board: values only, no threads, no streams, no files.
BOARD_FOLDERS = ["protocol", "firmware/core", "firmware/esp32/decide", "firmware/esp32/boards"]
BOARD_STD = {
    "algorithm", "array", "atomic", "cctype", "charconv", "cmath", "cstddef", "cstdint", "cstdlib", "cstring",
    "functional", "limits", "memory", "optional", "string", "string_view", "system_error", "tuple", "type_traits",
    "utility", "variant",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def longest_prefix(name, table):
    return max((key for key in table if name.startswith(key)), key=len, default=None)


def within(path, folders):
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def broken_rule(path, bracket, header):
    """The rule that `#include header` in `path` breaks, as a sentence, or None."""
    module = longest_prefix(path, [f"{name}/" for name in MODULES])
    if module is None:
        return "no module of script/checks/includes.py holds this file"
    module = module.rstrip("/")
    is_test = bool(TEST_FILE.search(path))

    if bracket == '"':
        allowed = [module, *MODULES[module], *(TEST_FOLDERS if is_test else [])]
        if not within(header, allowed):
            return f"{module} may not include {header}; it may include {', '.join(allowed)}"
        return None

    if within(header, MODULES):
        return f'a header of ours goes in quotes: "{header}"'
    if is_test and any(header.startswith(library) for library in TEST_LIBRARIES):
        return None
    library = longest_prefix(header, LIBRARIES)
    if library is not None:
        if not within(path, LIBRARIES[library]):
            places = LIBRARIES[library]
            few = ", ".join(places) if len(places) < 4 else "what script/checks/includes.py lists"
            return f"only {few} may include <{library}…>"
        return None
    if "/" in header or header.endswith((".h", ".hpp")):
        return f"no line of script/checks/includes.py says who may include <{header}>"
    if within(path, BOARD_FOLDERS) and header not in BOARD_STD and not is_test:
        return f"<{header}> is not for code that also runs on a board"
    return None


def violations(path, text):
    for number, line in enumerate(text.splitlines(), start=1):
        match = INCLUDE.match(line)
        if match and (rule := broken_rule(path, *match.groups())):
            yield f"{path}:{number}: {rule}"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    paths = files(root, "*.cpp", "*.hpp", "*.h")
    found = [line for path in paths for line in violations(str(path), (root / path).read_text())]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
