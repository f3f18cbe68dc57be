"""Certificates: signed by themselves, and from an ACME server of the test's own that certbot asks."""

import json
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from harness.programs import run_program

START_TIMEOUT_S = 10


def make_certificate(folder: Path) -> Path:
    """For 127.0.0.1, signed by itself; the key is beside it, key.pem."""
    folder.mkdir(exist_ok=True)
    certificate = folder / "certificate.pem"
    run_program(
        Path("/usr/bin/openssl"),
        *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
        *("-days", "90", "-subj", "/CN=heliograph", "-addext", "subjectAltName=IP:127.0.0.1"),
        *("-keyout", folder / "key.pem", "-out", certificate),
    )
    return certificate


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Acme:
    """Pebble, Let's Encrypt's ACME server for tests, which fetches proofs from `http_port` of this machine, whatever the
    name; and certbot, which asks it."""

    def __init__(self, folder: Path, http_port: int):
        self.folder = folder
        self.api, self.management, names = free_port(), free_port(), free_port()
        self.certificate = make_certificate(folder)
        config = folder / "pebble.json"
        config.write_text(
            json.dumps(
                {
                    "pebble": {
                        "listenAddress": f"127.0.0.1:{self.api}",
                        "managementListenAddress": f"127.0.0.1:{self.management}",
                        "certificate": str(self.certificate),
                        "privateKey": str(folder / "key.pem"),
                        "httpPort": http_port,
                        "tlsPort": free_port(),
                    }
                }
            )
        )
        # It would sleep, and refuse good nonces at random, which certbot bears once and not twice in a row.
        environment = os.environ | {"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0"}
        with open(folder / "pebble.log", "wb") as log:
            self.processes = [
                subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment)
                for command in (
                    ["pebble", "-config", config, "-dnsserver", f"127.0.0.1:{names}"],
                    ["pebble-challtestsrv", "-defaultIPv6", "", "-dns01", f"127.0.0.1:{names}", "-http01", "",
                     "-https01", "", "-tlsalpn01", "", "-management", f"127.0.0.1:{free_port()}"],
                )
            ]  # fmt: skip
        self.root = folder / "root.pem"
        self.root.write_text(self._ask_for_root())

    def _ask_for_root(self) -> str:
        """Made anew at each start of it."""
        context = ssl.create_default_context(cafile=self.certificate)
        give_up = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                address = f"https://127.0.0.1:{self.management}/roots/0"
                return urllib.request.urlopen(address, timeout=5, context=context).read().decode()
            except OSError:
                if time.monotonic() > give_up:
                    self.end()
                    raise AssertionError((self.folder / "pebble.log").read_text()) from None
                time.sleep(0.05)

    def certbot(self, *command) -> None:
        """All that it keeps is below the folder."""
        done = subprocess.run(
            [
                Path(sys.executable).parent / "certbot",
                *map(str, command),
                *("--non-interactive", "--server", f"https://127.0.0.1:{self.api}/dir"),
                *("--config-dir", self.folder / "etc", "--work-dir", self.folder / "work"),
                *("--logs-dir", self.folder / "logs"),
            ],
            env=os.environ | {"REQUESTS_CA_BUNDLE": str(self.certificate)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, f"certbot: exit {done.returncode}\n{done.stdout}{done.stderr}"

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
