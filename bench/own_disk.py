"""A filesystem of its own for a bench, in an image on a loop device: what others do to the machine's disk, and did to it
before, is not measured. Needs root."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

IMAGE_BYTES = 14 << 30
# As each tool makes one when it is asked for nothing in particular.
MAKE = {"ext4": ["mkfs.ext4", "-q"], "xfs": ["mkfs.xfs", "-q"]}


@dataclass
class Volume:
    """What a disk can do, and how much Linux lets wait for it in memory."""

    bytes_per_s: int
    writes_per_s: int
    unwritten_bytes: int


# EC2's gp3 as it comes, on a machine with 2 GiB of memory: a fifth of what is free there may be unwritten.
CLOUD_VOLUME = Volume(125 << 20, 3000, 300 << 20)

# Limits of the whole machine, by device: the kernel's write-back belongs to no process that could be limited.
THROTTLE = Path("/sys/fs/cgroup/blkio")


@contextmanager
def own_disk(kind: str, below: Path, volume: Volume | None) -> Iterator[Path]:
    """The mounted folder. Everything goes at the end."""
    image, folder = below / "disk.img", below / "disk"
    below.mkdir(parents=True, exist_ok=True)
    with ExitStack() as ends:
        ends.callback(image.unlink, missing_ok=True)
        # Written, not only reserved: the first write to a reserved block costs the filesystem below a change of its own.
        print(f"writing an image of {IMAGE_BYTES >> 30} GiB", file=sys.stderr, flush=True)
        run("dd", "if=/dev/zero", f"of={image}", "bs=4M", f"count={IMAGE_BYTES >> 22}", "status=none")
        device = run("losetup", "--find", "--show", "--direct-io=on", str(image))
        ends.callback(run, "losetup", "--detach", device)
        run(*MAKE[kind], device)
        folder.mkdir(exist_ok=True)
        ends.callback(folder.rmdir)
        run("mount", device, str(folder))
        ends.callback(run, "umount", str(folder))
        if volume:
            ends.enter_context(limited(Path(device).name, volume))
        yield folder


@contextmanager
def limited(name: str, volume: Volume) -> Iterator[None]:
    number = Path(f"/sys/block/{name}/dev").read_text().strip()
    limits = {"write_bps": volume.bytes_per_s, "write_iops": volume.writes_per_s}
    if not all(throttle(limit).exists() for limit in limits):
        sys.exit(f"this kernel limits no disk: {throttle('write_bps')} is missing")
    waiting = Path(f"/sys/block/{name}/bdi")
    (waiting / "max_bytes").write_text(str(volume.unwritten_bytes))
    (waiting / "strict_limit").write_text("1")
    try:
        for limit, value in limits.items():
            throttle(limit).write_text(f"{number} {value}")
        yield
    finally:
        for limit in limits:
            throttle(limit).write_text(f"{number} 0")
        (waiting / "strict_limit").write_text("0")
        (waiting / "max_ratio").write_text("100")


def throttle(limit: str) -> Path:
    return THROTTLE / f"blkio.throttle.{limit}_device"


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
