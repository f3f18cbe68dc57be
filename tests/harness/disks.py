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
    """An ext4 on a loop device over a file, mounted at `folder`."""

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
def ext4_disk(folder: Path, size_mib: int):
    folder.mkdir()
    image = folder.with_name(folder.name + ".img")
    with open(image, "wb") as file:
        file.truncate(size_mib * MIB)
    run("mkfs.ext4", "-q", image)
    try:
        device = run("losetup", "--find", "--show", image)
    except (subprocess.CalledProcessError, OSError) as error:
        skip_unless_permitted(error, "loop devices")
    try:
        disk = Disk(device, folder)
        try:
            disk.mount()
        except subprocess.CalledProcessError as error:
            skip_unless_permitted(error, "mounting")
        try:
            yield disk
        finally:
            unmount(folder)
    finally:
        run("losetup", "--detach", device)
        image.unlink()
