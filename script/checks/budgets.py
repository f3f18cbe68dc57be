#!/usr/bin/env python3
"""What the camera's core takes of a board, held against budgets: flash, static memory, the stack of each function.

`budgets.py` compiles every source of firmware/core and protocol as a port would, for an Xtensa without a system, prints
what they take, and exits with 1 when that is too much. How to read the figures: docs/firmware/budgets.md.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tree import files

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/budgets"

# Bytes; why so many: docs/firmware/budgets.md.
BUDGETS = {"flash": 128 * 1024, "static RAM": 32 * 1024}
STACK_BUDGET = 1600  # of one function

COMPILER = "xtensa-lx106-elf-g++"
FLAGS = ["-std=c++17", "-Os", "-fno-exceptions", "-fno-rtti", "-ffunction-sections", "-fdata-sections", "-mlongcalls",
         "-fstack-usage", "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers",
         "-Wno-maybe-uninitialized",  # GCC 12 says it of every std::optional that it does not follow
         "-iquote", "."]

# What a board makes once, in static memory, with the header of each. The slabs of pictures are not the core's.
OBJECTS = {
    "Agent": "firmware/core/agent.hpp",
    "LinkClient": "firmware/core/link_client.hpp",
    "LinkMail": "firmware/core/link_mail.hpp",
    "LiveGate": "firmware/core/live_gate.hpp",
    "ArducamMega": "firmware/core/arducam/mega.hpp",
}

FRAME = re.compile(r"^(?P<place>[^:]+:\d+):\d+:(?P<function>.+)\t(?P<bytes>\d+)\t(?P<kind>\S+)$")
SECTION = re.compile(r"^\.(?P<kind>text|literal|rodata|data|bss)\S*\s+(?P<bytes>\d+)\s")
SYMBOL = re.compile(r"^\S+ (?P<bytes>[0-9a-f]+) B room_(?P<name>\w+)$")


def system_headers():
    """Debian's compiler brings no library of C or C++: those of another processor without a system (script/bootstrap)."""
    newlib = ROOT / ".tools/board-headers/usr/include/newlib"
    (library,) = (newlib / "c++").iterdir()
    places = [library, library / "arm-none-eabi/thumb/v6-m/nofp", newlib]
    return ["-nostdinc++", *(flag for place in places for flag in ("-isystem", str(place)))]


def compile_source(source, name):
    """Makes NAME.o and NAME.su of `source`, a path or the text of one. Returns what the compiler says; empty: it is well."""
    is_text = not isinstance(source, Path)
    run = subprocess.run(["ccache", COMPILER, *FLAGS, *system_headers(), "-c", "-o", BUILD / f"{name}.o",
                          *(["-x", "c++", "-"] if is_text else [source])],
                         cwd=ROOT, input=source if is_text else None, capture_output=True, text=True)
    return run.stderr if run.returncode else ""


def frames(usage):
    """(place, function, bytes, is bounded) for each function that GCC's -fstack-usage lists."""
    for line in usage.splitlines():
        match = FRAME.match(line)
        if match:
            yield match["place"], match["function"], int(match["bytes"]), match["kind"] != "dynamic"


def room(sections):
    """Flash and static memory in bytes, from `size -A`: what has a value at the start stands in both."""
    flash = ram = 0
    for line in sections.splitlines():
        match = SECTION.match(line)
        if match:
            flash += int(match["bytes"]) * (match["kind"] != "bss")
            ram += int(match["bytes"]) * (match["kind"] in ("data", "bss"))
    return flash, ram


def too_much(taken, stack):
    """The sentences about what is beyond its budget. `taken`: bytes by the names of BUDGETS; `stack`: as frames() gives."""
    for what, budget in BUDGETS.items():
        if taken[what] > budget:
            yield f"{what}: {taken[what]:,} bytes, of which there are {budget:,}"
    for place, function, size, is_bounded in stack:
        if not is_bounded:
            yield f"{place}: {function} takes stack without a bound"
        elif size > STACK_BUDGET:
            yield f"{place}: {function} takes {size:,} bytes of stack, of which there are {STACK_BUDGET:,}"


def tool(name, *arguments):
    return subprocess.run([f"xtensa-lx106-elf-{name}", *arguments], cwd=BUILD, check=True, capture_output=True, text=True).stdout


def object_sizes():
    """Bytes by the names of OBJECTS, or what the compiler says instead."""
    lines = [f'#include "{header}"' for header in OBJECTS.values()]
    lines += [f"char room_{name}[sizeof(heliograph::firmware::{name})];" for name in OBJECTS]
    complaint = compile_source("\n".join(lines) + "\n", "objects")
    if complaint:
        sys.exit(complaint)
    symbols = map(SYMBOL.match, tool("nm", "--print-size", "objects.o").splitlines())
    return {match["name"]: int(match["bytes"], 16) for match in symbols if match}


def main():
    BUILD.mkdir(parents=True, exist_ok=True)
    sources = [path for path in files(ROOT, "firmware/core/*.cpp", "protocol/*.cpp")
               if not path.stem.endswith(("_test", "_fuzz"))]
    names = [str(path.with_suffix("")).replace("/", "-") for path in sources]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = [text for text in pool.map(compile_source, sources, names) if text]
    if complaints:
        sys.exit("\n".join(complaints))

    # Together, so that what several of them have from one template is there once.
    tool("ld", "-r", "-o", "core.o", *(f"{name}.o" for name in names))
    flash, ram = room(tool("size", "-A", "core.o"))
    objects = object_sizes()
    taken = {"flash": flash, "static RAM": ram + sum(objects.values())}
    stack = sorted((frame for name in names for frame in frames((BUILD / f"{name}.su").read_text())), key=lambda frame: -frame[2])

    for what, budget in BUDGETS.items():
        print(f"note: {what} {taken[what]:,} of {budget:,} bytes")
    print("note: of which", ", ".join(f"{name} {size:,}" for name, size in sorted(objects.items(), key=lambda item: -item[1])))
    for place, function, size, _ in stack[:2]:
        print(f"note: stack {size:,} of {STACK_BUDGET:,} bytes: {function} ({place})")
    found = list(too_much(taken, stack))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
