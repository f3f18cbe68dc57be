"""What the benches start, and what those processes cost. Linux's /proc tells."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
PROGRAMS = Path(os.environ.get("HELIOGRAPH_BIN_DIR", REPO / "build/release/bin")).resolve()
TOOLS = PROGRAMS.parent / "bench"
JPEG_FIXTURE = PROGRAMS.parent / "tests/jpeg_fixture"
START_TIMEOUT_S = 15
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A server under test, with its workers."""

    def __init__(
        self,
        command: list,
        log: Path,
        address: str | None = None,
        port: int | None = None,
        env: dict[str, str] | None = None,
    ):
        """Waits until it says `address` (a pattern whose group is the port), or until `port` takes
        connections."""
        self.log = log
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                list(map(str, command)),
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                env=os.environ | (env or {}),
            )
        self.port = port
        give_up = time.monotonic() + START_TIMEOUT_S
        while not self._is_ready(address):
            if self.process.poll() is not None or time.monotonic() > give_up:
                sys.exit(f"{command[0]} did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.01)

    def _is_ready(self, address: str | None) -> bool:
        if address:
            found = re.search(address, self.log.read_text(errors="replace"))
            self.port = int(found.group(1)) if found else None
            return found is not None
        return port_answers(self.port)

    def pids(self) -> list[int]:
        """The process and everything below it."""
        found, parents = [], [self.process.pid]
        while parents:
            pid = parents.pop()
            found.append(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    parents += map(int, children.read_text().split())
                except OSError:
                    pass  # a thread that ended meanwhile
        return found

    def cpu_seconds(self) -> float:
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])  # user and system time
        return ticks / CLOCK_TICKS

    def memory_mib(self) -> float:
        """Proportional set size: what workers share is counted once."""
        kib = 0
        for pid in self.pids():
            try:
                said = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            kib += int(re.search(r"^Pss:\s+(\d+)", said, re.M).group(1))
        return kib / 1024

    def resident_mib(self) -> float:
        """Of the process alone, with what it shares."""
        said = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"^VmRSS:\s+(\d+)", said, re.M).group(1)) / 1024

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class MemoryPeak:
    """The largest memory_mib() while it is open."""

    INTERVAL_S = 0.25

    def __init__(self, process: Process):
        self.process, self.mib = process, 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def _watch(self):
        while not self.over.wait(self.INTERVAL_S):
            self.mib = max(self.mib, self.process.memory_mib())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def port_answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def written_bytes(folder: Path) -> int:
    """What the disk below `folder` has written since it was found; 0 where it does not say."""
    device = os.stat(folder).st_dev
    counts = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/stat")
    return int(counts.read_text().split()[6]) * 512 if counts.exists() else 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Markdown, aligned so that it can be read as it is."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    aligned = [
        "| "
        + " | ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in [heads, *rows]
    ]
    rule = "|" + "|".join("-" * (w + 1) + ("-" if i == 0 else ":") for i, w in enumerate(widths)) + "|"
    return "\n".join([aligned[0], rule, *aligned[1:]])
