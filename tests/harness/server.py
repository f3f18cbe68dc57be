"""A running `heliograph serve`: started, asked, stopped and killed."""

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from harness.programs import COMMAND_TIMEOUT_S, HELIOGRAPH, Camera, add_camera, fsck

START_TIMEOUT_S = 60  # recovery of a few thousand images included, on a machine that does much else
STOP_TIMEOUT_S = 20  # what the server promises after SIGTERM, twice: this machine has other work
REPLY_TIMEOUT_S = 60  # longer than any answer of a healthy server; no test waits for it on purpose
ADDRESS = re.compile(r"https?://[0-9.]+:(\d+)")


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip()

    def json(self):
        return json.loads(self.body)

    def problem(self) -> dict:
        """The body of an error, after a look at its form: what every error promises."""
        assert (
            self.type == "application/problem+json"
        ), f"{self.status} came as {self.type}: {self.body[:200]!r}"
        problem = self.json()
        assert problem["type"] == "about:blank" and problem["title"] and problem["status"] == self.status
        assert len(problem["detail"]) >= 10, f"says nothing: {problem}"
        return problem


def read_reply(stream: socket.socket) -> Reply:
    response = http.client.HTTPResponse(stream)
    response.begin()
    body = response.read()
    return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, body)


class Server:
    """`heliograph serve` over one data directory, through any number of starts and ends."""

    def __init__(
        self,
        data: Path,
        config: Path | None = None,
        options: tuple = (),
        log: Path | None = None,
        environment: dict | None = None,
        trusts: Path | None = None,
        login: bool = False,
    ):
        """`trusts`: the certificate that a server with TLS must show; whoever asks it here looks. Without
        `login` whoever comes is an administrator."""
        self.data = data
        self.trusts = trusts
        self.environment = os.environ | {name: str(value) for name, value in (environment or {}).items()}
        self.log = log or data.parent / f"{data.name}.log"
        self.where = ["--data", data] + (["--config", config] if config else [])
        self.options = [str(option) for option in options]
        if "--listen" not in self.options:
            self.options += ["--listen", "127.0.0.1:0"]
        if not login and "--insecure-open" not in self.options:
            self.options += ["--insecure-open"]
        self.process: subprocess.Popen | None = None
        self.said_before = 0  # bytes of the log from earlier starts
        self.port = 0

    # --- its life ---

    def start(self) -> "Server":
        self.launch()
        give_up = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < give_up:
            ended = self.process.poll() is not None
            said = self.log.read_bytes()[self.said_before :].decode(errors="replace")
            if found := ADDRESS.search(said):
                self.port = int(found.group(1))
                return self
            if ended:
                break
            time.sleep(0.005)
        self.kill()
        raise AssertionError(f"no address in {START_TIMEOUT_S} s; it said:\n{said}")

    def launch(self) -> None:
        """Starts the process and does not wait until it listens."""
        assert self.process is None
        with open(self.log, "ab") as log:
            self.said_before = log.tell()
            self.process = subprocess.Popen(
                [HELIOGRAPH, "serve", *self.where, *self.options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self.environment,
            )

    def stop(self) -> None:
        """SIGTERM; fails when it does not end in time and in order."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"still running {STOP_TIMEOUT_S} s after SIGTERM") from None
        self.process = None
        assert code == 0, f"ended with {code} after SIGTERM"

    def kill(self) -> None:
        """SIGKILL: the process gets no chance to tidy up."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def tail_of_log(self, bytes_at_most: int = 8000) -> str:
        return self.log.read_bytes()[-bytes_at_most:].decode(errors="replace") if self.log.exists() else ""

    def answered(self) -> list[str]:
        """Every request that was answered, as "METHOD /path", in order. Only with `log_level = "debug"`."""
        whole, _, _ = self.log.read_text().rpartition("\n")  # what stands behind it is still being written
        lines = (json.loads(line) for line in whole.splitlines() if line.startswith("{"))
        return [f"{line['method']} {line['path']}" for line in lines if line["message"] == "request"]

    def open_descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    # --- what is asked of it ---

    def request(
        self,
        method: str,
        path: str,
        body=None,
        headers: dict | None = None,
        timeout: float = REPLY_TIMEOUT_S,
        source: str | None = None,
        **encoding,
    ) -> Reply:
        """`source`: the address it comes from."""
        if self.trusts:
            context = ssl.create_default_context(cafile=self.trusts)
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout, context=context)
        else:
            leaving = (source, 0) if source else None
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout, source_address=leaving)
        try:
            connection.request(method, path, body, headers or {}, **encoding)
            response = connection.getresponse()
            return Reply(
                response.status,
                {name.lower(): value for name, value in response.getheaders()},
                response.read(),
            )
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    def connect(self, timeout: float = REPLY_TIMEOUT_S) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout)
        if not self.trusts:
            return connection
        context = ssl.create_default_context(cafile=self.trusts)
        return context.wrap_socket(connection, server_hostname="127.0.0.1")

    def raw(self, request: bytes, timeout: float = REPLY_TIMEOUT_S) -> Reply:
        """Sends bytes as they are and reads one answer, also when the server stops reading before their
        end."""
        with self.connect(timeout) as stream:
            try:
                stream.sendall(request)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has answered already, and hung up
            return read_reply(stream)

    # --- what a camera does ---

    def add_camera(self, name: str = "orchard") -> Camera:
        return add_camera(self.where, name)

    def upload(self, camera: Camera, picture: bytes, headers: dict | None = None) -> Reply:
        """The plain way, answered in JSON."""
        return self.request(
            "POST",
            "/upload",
            picture,
            camera.bearer | {"Content-Type": "image/jpeg", "Accept": "application/json"} | (headers or {}),
        )

    def send_image(
        self, camera: Camera, picture: bytes, sequence: int, boot: str = "boot-1", headers: dict | None = None
    ) -> Reply:
        """The camera API: a picture that knows its name."""
        return self.request(
            "POST",
            "/device/v1/images",
            picture,
            camera.bearer
            | {"Content-Type": "image/jpeg", "Heliograph-Boot": boot, "Heliograph-Sequence": str(sequence)}
            | (headers or {}),
        )

    # --- what is there ---

    def quarantine(self, camera: Camera, at_least: int = 1) -> list[dict]:
        """What is kept of the camera's refused uploads, newest first, once there is so much: a refusal is told
        before it is written down."""
        give_up = time.monotonic() + 5
        while True:
            kept = self.get(f"/api/v1/cameras/{camera.id}/quarantine?limit=500").json()["quarantine"]
            if len(kept) >= at_least or time.monotonic() > give_up:
                return kept
            time.sleep(0.01)

    def quarantined_bytes(self, kept: dict) -> bytes:
        reply = self.get(f"/api/v1/quarantine/{kept['id']}/bytes")
        assert reply.status == 200, reply.body[:200]
        return reply.body

    def metric(self, name: str) -> float:
        """`name` with its labels, as it stands in the text."""
        for line in self.get("/metrics").body.decode().splitlines():
            if line.startswith(name + " "):
                return float(line.rpartition(" ")[2])
        raise AssertionError(f"no metric {name}")

    def image_count(self) -> int:
        return sum(camera["image_count"] for camera in self.get("/api/v1/cameras").json()["cameras"])

    def original(self, filename: str) -> bytes:
        reply = self.get(f"/uploads/{filename}")
        assert reply.status == 200, f"{filename}: {reply.status} {reply.body[:200]!r}"
        return reply.body

    def assert_fsck_finds_nothing(self, timeout: float = COMMAND_TIMEOUT_S) -> None:
        code, report = fsck(self.where, timeout)
        assert code == 0, f"fsck found {json.dumps(report, indent=2)}"
