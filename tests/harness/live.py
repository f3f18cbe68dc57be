"""Both ends of what is live: a camera's link and a browser's socket, byte by byte, and a reader of a film."""

import json
import os
import socket
import struct
import threading
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass

from harness.pictures import unlike_all_others
from harness.programs import Camera
from harness.server import Server

PATIENCE_S = 30  # for what takes milliseconds, on a machine that does much else
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
FRAME_HEAD = struct.Struct("<BBHIIqIII")


@dataclass(frozen=True)
class Closed(Exception):
    code: int
    reason: str


def connect(port: int, receive_buffer: int) -> socket.socket:
    stream = socket.socket()
    if receive_buffer:
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    stream.settimeout(PATIENCE_S)
    stream.connect(("127.0.0.1", port))
    return stream


class Socket:
    """A WebSocket's client. Pings are answered in passing."""

    def __init__(
        self, server: Server, path: str, headers: dict, receive_buffer: int = 0, stream: socket.socket | None = None
    ):
        """`stream`: a connection to the server, if it is to be another than a plain one."""
        self.stream = stream or connect(server.port, receive_buffer)
        fields = {
            "Host": f"127.0.0.1:{server.port}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        } | headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self.stream.sendall(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
        self.received = b""
        while b"\r\n\r\n" not in self.received:
            self.fill()
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        self.status = int(head.split()[1])

    def __enter__(self):
        assert self.status == 101, self.status
        return self

    def __exit__(self, *_):
        self.stream.close()

    def fill(self) -> None:
        more = self.stream.recv(256 * 1024)
        if not more:
            raise Closed(1006, "without a goodbye")
        self.received += more

    def take(self, size: int) -> bytes:
        while len(self.received) < size:
            self.fill()
        taken, self.received = self.received[:size], self.received[size:]
        return taken

    def send(self, opcode: int, payload: bytes) -> None:
        mask = os.urandom(4)
        size = len(payload)
        head = bytes([0x80 | opcode])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 65536:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", size)
        key = mask * (size // 4 + 1)
        masked = (int.from_bytes(payload, "little") ^ int.from_bytes(key[:size], "little")).to_bytes(size, "little")
        self.stream.sendall(head + mask + masked)

    def say(self, **message) -> None:
        self.send(TEXT, json.dumps(message).encode())

    def next(self, patience_s: float = PATIENCE_S):
        """The next message: a dict of what was said, or bytes. TimeoutError when none comes."""
        self.stream.settimeout(patience_s)
        while True:
            while len(self.received) < 2:
                self.fill()
            opcode, size = self.take(2)
            if size == 126:
                (size,) = struct.unpack(">H", self.take(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", self.take(8))
            payload = self.take(size)
            if opcode & 15 == PING:
                self.send(PONG, payload)
            elif opcode & 15 == CLOSE:
                raise Closed(struct.unpack(">H", payload[:2])[0], payload[2:].decode())
            elif opcode & 15 == TEXT:
                return json.loads(payload)
            elif opcode & 15 == BINARY:
                return payload

    def until(self, wanted: str, patience_s: float = PATIENCE_S) -> dict:
        """The next message of that type; others are passed over."""
        give_up = time.monotonic() + patience_s
        while True:
            message = self.next(max(0.01, give_up - time.monotonic()))
            if isinstance(message, dict) and message["type"] == wanted:
                return message

    def frame(self, patience_s: float = PATIENCE_S) -> "Frame":
        """The next picture that a browser is sent."""
        give_up = time.monotonic() + patience_s
        while True:
            message = self.next(max(0.01, give_up - time.monotonic()))
            if isinstance(message, bytes):
                return read_frame(message)

    def is_silent(self, seconds: float) -> bool:
        try:
            self.next(seconds)
        except TimeoutError:
            return True
        return False


@dataclass(frozen=True)
class Frame:
    camera: str
    stream: int
    sequence: int
    captured_at: int
    jpeg: bytes

    @property
    def name(self) -> str:
        """As the server names it."""
        return f"{self.stream:x}-{self.sequence:x}-{zlib.crc32(self.jpeg):x}"


def read_frame(message: bytes) -> Frame:
    version, kind, _, stream, sequence, captured_at, length, crc, _ = FRAME_HEAD.unpack_from(message, 16)
    jpeg = message[48:]
    assert (version, kind, length, crc) == (1, 1, len(jpeg), zlib.crc32(jpeg))
    return Frame(message[:13].decode(), stream, sequence, captured_at, jpeg)


def write_frame(stream: int, sequence: int, jpeg: bytes, **other) -> bytes:
    fields = {"version": 1, "kind": 1, "flags": 1, "length": len(jpeg), "crc": zlib.crc32(jpeg)} | other
    return (
        FRAME_HEAD.pack(
            fields["version"], fields["kind"], fields["flags"], stream, sequence, int(time.time() * 1000), fields["length"], fields["crc"], 0
        )
        + jpeg
    )


class Link(Socket):
    """A camera's end, which does nothing by itself."""

    number = 0  # of the last heartbeat

    def __init__(self, server: Server, camera: Camera, **how):
        super().__init__(server, "/device/v1/link", camera.bearer, **how)
        if self.status == 101:
            assert self.next()["type"] == "welcome"

    def heartbeat(self, **said) -> dict:
        """Says what a camera says of itself; the answer."""
        self.number += 1
        self.say(type="heartbeat", number=self.number, boot="b", **said)
        answer = self.until("heard")
        assert answer["number"] == self.number
        return answer

    def send_frame(self, stream: int, sequence: int, jpeg: bytes, **other) -> None:
        self.send(BINARY, write_frame(stream, sequence, jpeg, **other))


class Sender:
    """A camera that does as it is told: sends pictures while it has credits and a lease."""

    def __init__(self, link: Link, picture: bytes, fps: float = 20):
        self.link, self.picture, self.fps = link, picture, fps
        self.stream, self.credits, self.lease_ends, self.sent = 0, 0, 0.0, 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                self.hear()
                if self.credits and time.monotonic() < self.lease_ends:
                    self.link.send_frame(self.stream, self.sent, unlike_all_others(self.picture, str(self.sent)))
                    self.credits -= 1
                    self.sent += 1
            except (Closed, OSError):
                return

    def hear(self) -> None:
        give_up = time.monotonic() + 1 / self.fps
        while (left := give_up - time.monotonic()) > 0:
            try:
                message = self.link.next(left)
            except TimeoutError:
                return
            if message["type"] == "start-live":
                self.stream, self.credits = message["stream"], message["credits"]
            if message["type"] in ("start-live", "renew"):
                self.lease_ends = time.monotonic() + message["lease_ms"] / 1000
            if message["type"] == "credit":
                self.credits += message["frames"]
            if message["type"] == "stop-live":
                self.lease_ends = 0

    def end(self) -> None:
        self.ended.set()
        self.thread.join(5)


def watch(server: Server, camera: Camera, fps: int = 30, headers: dict | None = None, **how) -> Socket:
    """Somebody at a page who looks at the camera."""
    socket = Socket(server, "/api/v1/live", headers or {}, **how)
    assert socket.status == 101
    socket.say(type="watch", camera=camera.id, fps=fps)
    return socket


def film_of(*pictures: bytes) -> bytes:
    """As ffmpeg's mpjpeg writes it: the boundary of the next stands behind each."""
    part = "Content-type: image/jpeg\r\nContent-length: {}\r\n\r\n"
    return b"--ffmpeg\r\n" + b"".join(part.format(len(one)).encode() + one + b"\r\n--ffmpeg\r\n" for one in pictures)


class Film:
    """A reader of multipart/x-mixed-replace. EOFError when it has ended."""

    def __init__(
        self, server: Server, path: str, headers: dict | None = None, connection: socket.socket | None = None
    ):
        """`connection`: to the server, if it is to be another than the usual one."""
        self.connection = connection or server.connect()
        self.connection.settimeout(PATIENCE_S)
        lines = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        # HTTP/1.0: as the bytes lie, without chunks.
        self.connection.sendall(f"GET {path} HTTP/1.0\r\nHost: x\r\n{lines}\r\n".encode())
        self.lines = self.connection.makefile("rb")
        self.status = int(self.lines.readline().split()[1])
        self.head = {}
        while line := self.lines.readline().strip().decode():
            name, _, value = line.partition(": ")
            self.head[name.lower()] = value

    def __enter__(self):
        assert self.status == 200, self.status
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.connection.close()

    def next(self) -> bytes:
        boundary = self.head["content-type"].partition("boundary=")[2].encode()
        while (line := self.lines.readline()).strip() != b"--" + boundary:
            if not line:
                raise EOFError
            assert not line.strip(), line
        size = 0
        while line := self.lines.readline().strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split()[1])
        return self.lines.read(size)


@contextmanager
def seen_in(film: Film):
    """Watches from now on. Yields when each picture came, so far; when the film breaks off, no more do."""
    seen: list[float] = []

    def look() -> None:
        try:
            while film.next():
                seen.append(time.monotonic())
        except (OSError, EOFError, ValueError, AssertionError):
            pass

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        film.connection.shutdown(socket.SHUT_RDWR)
        thread.join()
