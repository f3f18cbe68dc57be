"""A PostgreSQL of the test's own, on a Unix socket only."""

import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest


def server_programs() -> Path:
    versions = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if not versions:
        pytest.skip("PostgreSQL's server programs are not installed: script/bootstrap test")
    return Path(versions[-1])


class Postgres:
    """One cluster in `folder`. PostgreSQL refuses to run as root, so root runs it as the user its package
    made."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.socket = Path(tempfile.mkdtemp(prefix="heliograph-pg-"))  # a socket's path has 107 bytes at most
        self.programs = server_programs()
        folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            shutil.chown(self.socket, "postgres")
            for parent in folder.parents:  # pytest keeps its folders to their owner
                if not os.stat(parent).st_mode & 0o001:
                    parent.chmod(os.stat(parent).st_mode | 0o011)
        self._run(
            "initdb",
            "--pgdata",
            folder,
            "--auth",
            "trust",
            "--username",
            "heliograph",
            "--no-sync",
            "--no-locale",
            "--encoding",
            "UTF8",
        )

    @property
    def address(self) -> str:
        return f"postgresql:///postgres?host={self.socket}&user=heliograph"

    def start(self):
        self._run(
            "pg_ctl",
            "start",
            "--wait",
            "--pgdata",
            self.folder,
            "--log",
            self.folder / "log",
            "--options",
            f"-c listen_addresses= -c unix_socket_directories={self.socket} -c shared_buffers=16MB",
        )

        self.pid = int((self.folder / "postmaster.pid").read_text().split()[0])

    def kill(self):
        """All of its processes at once, also when its disk does not answer any more."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        while subprocess.run(["pgrep", "--pgroup", str(self.pid)], stdout=subprocess.DEVNULL).returncode == 0:
            time.sleep(0.01)

    def stop(self, mode: str = "fast"):
        """`immediate` is what a crash is: no shutdown checkpoint, the log is replayed at the next start."""
        self._run("pg_ctl", "stop", "--pgdata", self.folder, "--mode", mode, check=False)

    def close(self):
        self.stop("immediate")
        shutil.rmtree(self.socket, ignore_errors=True)

    def _run(self, program: str, *args, check: bool = True):
        command = [self.programs / program, *args]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", *command]
        # Its output goes to a file: a server started by pg_ctl would hold a pipe open for ever.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                list(map(str, command)),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=60,
                cwd="/",
            )
            said.seek(0)
            assert not check or done.returncode == 0, f"{program}: {said.read().decode()}"
