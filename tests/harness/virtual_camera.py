"""A running `heliograph-cam`: started, killed, and asked what it did."""

import json
import subprocess
from pathlib import Path

from harness.networks import HERE, Network
from harness.programs import CAM, Camera

STOP_TIMEOUT_S = 30


class VirtualCamera:
    """One camera with a spool of its own, through any number of starts and ends. It takes a picture when it starts, and
    then only what it is told to, unless `options` say otherwise. It lives in `network`, if there is one. With `trusts`, a
    certificate, it speaks TLS."""

    def __init__(
        self, camera: Camera, port: int, directory: Path, *options, network: Network | None = None, trusts: Path | None = None
    ):
        self.camera, self.port, self.network, self.trusts = camera, port, network, trusts
        self.log = directory / f"{camera.name}.cam.log"
        self.spool = directory / f"{camera.name}.spool"
        self.options = [str(option) for option in options]
        self.process: subprocess.Popen | None = None

    def start(self) -> "VirtualCamera":
        inside, host = (self.network.inside, HERE) if self.network else ((), "127.0.0.1")
        scheme = "https" if self.trusts else "http"
        command = [*inside, CAM, "--server", f"{scheme}://{host}:{self.port}", "--key", self.camera.key, "--spool", self.spool]
        if self.trusts:
            command += ["--ca", self.trusts]
        for option, usual in (("--interval", "3600"), ("--heartbeat", "0.1")):
            if option not in self.options:
                command += [option, usual]
        command += ["--json", *self.options]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        return self

    def kill(self) -> None:
        """SIGKILL: it gets no chance to tidy up."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(STOP_TIMEOUT_S)
            self.process = None

    def events(self, kind: str) -> list[dict]:
        """What it told so far; the last line may be half written."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        told = []
        for line in lines:
            try:
                told.append(json.loads(line))
            except ValueError:
                continue
        return [event for event in told if event.get("event") == kind]
