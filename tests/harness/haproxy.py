"""HAProxy in front of a server."""

import socket
import subprocess
import time
from pathlib import Path

START_TIMEOUT_S = 60


class Haproxy:
    """Runs until end(). `config`: what it serves, and at which port of this machine."""

    def __init__(self, folder: Path, port: int, config: str):
        folder.mkdir()
        self.port = port
        file = folder / "haproxy.cfg"
        file.write_text(f"global\n  maxconn 200\n\n{config}")
        said = folder / "log"
        with open(said, "wb") as log:
            command = ["haproxy", "-db", "-f", file]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        give_up = time.monotonic() + START_TIMEOUT_S
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.end()
                raise AssertionError(f"HAProxy does not start: {said.read_text()}")
            time.sleep(0.01)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
