"""The servers that pass a camera on to many who watch: ours, and go2rtc. Each is given the same pictures, the way it is
made for: ours by the camera's link, go2rtc by a film that it fetches. Every picture says when it was sent."""

import json
import multiprocessing
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

from processes import PROGRAMS, REPO, Process, free_port

sys.path.insert(0, str(REPO / "tests"))
from harness.live import Closed, Link  # noqa: E402  the tests' own ends of a link
from harness.pictures import unlike_all_others  # noqa: E402

# Of the comment that says when a picture was sent: nanoseconds, as text of one length, behind the start of the image and
# the comment's own marker and length.
STAMP_AT, STAMP_BYTES = 6, 19
HANDSHAKE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
# A text whose mask is zero, and whose length, of two bytes, is made up to by spaces: the bytes as they are.
MASKED_TEXT = b"\x81\xfe\x00\xc8\x00\x00\x00\x00"
WISH_BYTES = 200


def stamped(picture: bytes) -> bytes:
    return unlike_all_others(picture, f"{time.time_ns():0{STAMP_BYTES}}")


def age_ms(picture: bytes) -> float:
    return (time.time_ns() - int(picture[STAMP_AT : STAMP_AT + STAMP_BYTES])) / 1e6


def link_camera(port: int, camera, picture: bytes, fps: float) -> None:
    """Sends over a link while it has credits, at most `fps` a second."""
    link = Link(SimpleNamespace(port=port), camera)
    stream, credits, sequence, due = 0, 0, 0, 0.0
    while True:
        try:
            message = link.next(max(0.001, due - time.monotonic()) if credits else 60)
            if message["type"] == "start-live":
                stream, credits, sequence = message["stream"], message["credits"], 0
            if message["type"] == "credit":
                credits += message["frames"]
        except TimeoutError:
            pass
        except (Closed, OSError):
            return
        if credits and time.monotonic() >= due:
            link.send_frame(stream, sequence, stamped(picture))
            sequence, credits = sequence + 1, credits - 1
            due = max(due + 1 / fps, time.monotonic())


def film_camera(listener: socket.socket, picture: bytes, fps: float) -> None:
    """A camera of the usual kind: a film for whoever asks, one at a time."""
    while True:
        reader, _ = listener.accept()
        try:
            reader.recv(65536)
            reader.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n")
            due = time.monotonic()
            while True:
                one = stamped(picture)
                reader.sendall(b"--b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(one), one))
                due += 1 / fps
                time.sleep(max(0, due - time.monotonic()))
        except OSError:
            reader.close()


class Watched:
    """A server and its camera: started, watched, ended."""

    name = ""
    server: Process
    helpers: list[multiprocessing.Process]

    def start(self, folder: Path, picture: bytes, fps: int) -> None:
        raise NotImplementedError

    def film_path(self, fps: int) -> str:
        raise NotImplementedError

    def ask(self, viewer: socket.socket, number: int, fps: int) -> None:
        """What viewer `number` says first."""
        viewer.sendall(f"GET {self.film_path(fps)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    def play(self, camera, *arguments) -> None:
        self.helpers = [multiprocessing.Process(target=camera, args=arguments)]
        self.helpers[0].start()

    def end(self) -> None:
        for helper in self.helpers:
            helper.kill()
            helper.join()
        self.server.stop()


class Heliograph(Watched):
    name = "heliograph"

    def start(self, folder: Path, picture: bytes, fps: int) -> None:
        where = ["--data", folder / "data"]
        added = subprocess.run(
            [PROGRAMS / "heliograph", "camera", "add", "orchard", *where, "--json"], capture_output=True, check=True
        )
        told = json.loads(added.stdout)
        self.camera_id = told["id"]
        camera = SimpleNamespace(bearer={"Authorization": f"Bearer {told['key']}"})
        command = [PROGRAMS / "heliograph", "serve", *where, "--listen", "127.0.0.1:0", "--insecure-open"]
        self.server = Process(command, folder / "log", r"http://[0-9.]+:(\d+)")
        self.play(link_camera, self.server.port, camera, picture, fps)
        self._wait_for_link()

    def film_path(self, fps: int) -> str:
        return f"/live/{self.camera_id}.mjpeg?fps={fps}"

    def _wait_for_link(self) -> None:
        give_up = time.monotonic() + 10
        while time.monotonic() < give_up:
            metrics = urllib.request.urlopen(f"http://127.0.0.1:{self.server.port}/metrics").read()
            if b"heliograph_live_links 1\n" in metrics:
                return
            time.sleep(0.05)
        sys.exit("the camera did not come")


class HeliographMixed(Heliograph):
    """By turns as a page watches, over a WebSocket, and as everything else does."""

    name = "heliograph, half by WebSocket"

    def ask(self, viewer: socket.socket, number: int, fps: int) -> None:
        if number % 2 == 1:
            super().ask(viewer, number, fps)
            return
        wish = json.dumps({"type": "watch", "camera": self.camera_id, "fps": fps}).encode()
        viewer.sendall(f"GET /api/v1/live HTTP/1.1\r\nHost: x\r\n{HANDSHAKE}\r\n".encode())
        viewer.sendall(MASKED_TEXT + wish.ljust(WISH_BYTES))


class Go2rtc(Watched):
    name = "go2rtc"

    def start(self, folder: Path, picture: bytes, fps: int) -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        port = free_port()
        config = {
            "streams": {"orchard": f"http://127.0.0.1:{listener.getsockname()[1]}/film.mjpeg"},
            "api": {"listen": f"127.0.0.1:{port}"},
            "rtsp": {"listen": ""},
            "webrtc": {"listen": ""},
        }
        file = folder / "go2rtc.yaml"
        file.write_text(json.dumps(config))  # which is YAML, too
        self.server = Process([REPO / ".tools/bin/go2rtc", "-config", file], folder / "log", port=port)
        self.play(film_camera, listener, picture, fps)

    def film_path(self, fps: int) -> str:
        return "/api/stream.mjpeg?src=orchard"
