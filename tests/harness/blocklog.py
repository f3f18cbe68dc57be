"""What was written to a disk, block by block, and what it holds when the power goes out at any point of that.

A disk keeps what it was told to flush. Of what was written since, it has kept what it liked, in whatever order, and the
last of it perhaps only in part.
"""

import os
import random
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.disks import loop_disk, unmount

RECORD = struct.Struct("<cQIB")  # as in recording_disk.py
PLUGIN = Path(__file__).with_name("recording_disk.py")
SECTOR = 512  # what a disk writes at once, or not at all
START_TIMEOUT_S = 60


@contextmanager
def recording_disk(image: Path, log: Path, folder: Path):
    """The image mounted at `folder`; what is written to it is appended to `log`."""
    if not (shutil.which("nbdkit") and shutil.which("nbdfuse")):
        pytest.skip("nbdkit and nbdfuse are not installed: script/bootstrap test")
    socket, device = folder.with_name("nbd.sock"), folder.with_name("nbd")
    device.mkdir()
    programs = [
        subprocess.Popen(
            ["nbdkit", "-f", "--exit-with-parent", "-U", socket, "python", PLUGIN, f"image={image}", f"log={log}"]
        )
    ]
    try:
        wait_for(socket)
        programs.append(subprocess.Popen(["nbdfuse", device / "disk", "--unix", socket]))
        wait_for(device / "disk")
        with loop_disk(device / "disk", folder) as disk:
            yield disk
    finally:
        if os.path.ismount(device):
            unmount(device)
        for program in reversed(programs):
            program.terminate()
            program.wait(timeout=START_TIMEOUT_S)


def wait_for(path: Path) -> None:
    give_up = time.monotonic() + START_TIMEOUT_S
    while not path.exists():
        if time.monotonic() > give_up:
            pytest.skip(f"this machine does not allow a disk in user space: no {path.name}")
        time.sleep(0.01)


@dataclass(frozen=True)
class Record:
    is_flush: bool
    offset: int
    bytes: bytes
    durable: bool  # by itself, without a flush
    end: int  # of the record, in the log


def read_log(log: Path) -> list[Record]:
    content = log.read_bytes()
    records, at = [], 0
    while at < len(content):
        kind, offset, length, durable = RECORD.unpack_from(content, at)
        at += RECORD.size
        records.append(Record(kind == b"F", offset, content[at : at + length], durable == 1, at + length))
        at += length
    return records


def keep(image: Path, writes: list[Record]) -> None:
    with open(image, "r+b") as disk:
        for write in writes:
            disk.seek(write.offset)
            disk.write(write.bytes)


def of_chance(writes: list[Record], chance: random.Random) -> list[Record]:
    """What a disk has kept of writes that were not flushed."""
    share = chance.choice((0, 0.5, 0.9, 1))
    kept = [write for write in writes if write.durable or chance.random() < share]
    if kept and not kept[-1].durable and chance.random() < 0.5:
        whole = kept.pop()
        part = SECTOR * chance.randrange(len(whole.bytes) // SECTOR + 1)
        kept.append(Record(False, whole.offset, whole.bytes[:part], False, whole.end))
    return kept


def images_at(base: Path, records: list[Record], cuts: list[int], chance: random.Random) -> Iterator[tuple[int, Path]]:
    """For each cut, in order, how many records came before it and an image as the disk would be; valid until the
    next."""
    flushed, left = base.with_name("flushed.img"), base.with_name("left.img")
    copy(base, flushed)
    done = 0
    for cut in sorted(cuts):
        last_flush = max((i for i in range(cut) if records[i].is_flush), default=0)
        keep(flushed, [record for record in records[done:last_flush] if not record.is_flush])
        done = max(done, last_flush)
        copy(flushed, left)
        keep(left, of_chance([record for record in records[done:cut] if not record.is_flush], chance))
        yield cut, left


def copy(image: Path, to: Path) -> None:
    subprocess.run(["cp", "--sparse=always", image, to], check=True, timeout=60)
