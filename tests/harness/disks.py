"""Filesystems of the test's own: small ones that fill up, and ones whose power is cut. They need root."""

import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

MIB = 1024 * 1024


def run(*command) -> str:
    return subprocess.run(
        list(map(str, command)), check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()


def skip_unless_permitted(error: Exception, what: str):
    said = getattr(error, "stderr", None) or str(error)
    pytest.skip(f"this machine does not allow {what}: {said.strip()}")


def unmount(folder: Path):
    """Processes that were killed hold their files for a moment longer."""
    for _ in range(100):
        if subprocess.run(["umount", folder], capture_output=True).returncode == 0 or not os.path.ismount(
            folder
        ):
            return
        time.sleep(0.05)
    run("umount", "--lazy", folder)  # a server that is ending lets go of it a moment later


@contextmanager
def memory_disk(folder: Path, size_mib: int):
    folder.mkdir()
    try:
        run("mount", "-t", "tmpfs", "-o", f"size={size_mib}m", "tmpfs", folder)
    except (subprocess.CalledProcessError, OSError) as error:
        skip_unless_permitted(error, "mounting a tmpfs")
    try:
        yield folder
    finally:
        unmount(folder)


class Disk:
    """A filesystem on a loop device over a file, mounted at `folder`."""

    def __init__(self, device: str, folder: Path):
        self.device, self.folder = device, folder

    def mount(self):
        run("mount", self.device, self.folder)

    def cut_power(self):
        """What was not synced is gone, and every use of the mount fails from now on; the device is not
        written again."""
        run("xfs_io", "-x", "-c", "shutdown", self.folder)

    def power_returns(self):
        """Nobody may use the mount any more."""
        unmount(self.folder)
        self.mount()


@contextmanager
def small_disk(kind: str, folder: Path, size_mib: int):
    """Yields the folder of a disk that fills up soon: a `memory` or an `ext4` one, with about so much room."""
    if kind == "memory":
        with memory_disk(folder, size_mib) as where:
            yield where
    else:
        with new_disk(folder, size_mib + EXT4_OWN_MIB) as disk:
            yield disk.folder


# What a small ext4 keeps for its journal and inodes.
EXT4_OWN_MIB = 8
MAKE_FILESYSTEM = {
    # All of it at once: a thread that fills in the rest later would write beside what is tested.
    "ext4": ("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0"),
    "xfs": ("mkfs.xfs", "-q"),
}


def make_image(image: Path, size_mib: int, filesystem: str) -> None:
    """An XFS has at least 300 MiB; what is not written takes no room."""
    with open(image, "wb") as file:
        file.truncate(size_mib * MIB)
    run(*MAKE_FILESYSTEM[filesystem], image)


@contextmanager
def loop_disk(image: Path, folder: Path, sound: bool = True):
    """The image, mounted at `folder`. One that may not be `sound` fails the test when it cannot be mounted."""
    folder.mkdir(exist_ok=True)
    try:
        device = run("losetup", "--find", "--show", image)
    except (subprocess.CalledProcessError, OSError) as error:
        skip_unless_permitted(error, "loop devices")
    try:
        disk = Disk(device, folder)
        try:
            disk.mount()
        except subprocess.CalledProcessError as error:
            if not sound:
                raise
            skip_unless_permitted(error, "mounting")
        try:
            yield disk
        finally:
            unmount(folder)
    finally:
        run("losetup", "--detach", device)


@contextmanager
def new_disk(folder: Path, size_mib: int, filesystem: str = "ext4"):
    image = folder.with_name(folder.name + ".img")
    make_image(image, size_mib, filesystem)
    try:
        with loop_disk(image, folder) as disk:
            yield disk
    finally:
        image.unlink()
