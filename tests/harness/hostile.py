"""A server that means no good: it lets cameras link, says what the test wants, and keeps what they say."""

import base64
import hashlib
import json
import socket
import threading
from collections.abc import Callable

from harness.live import CLOSE, PING, TEXT

ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TIMEOUT_S = 60


def frame(opcode: int, payload: bytes, final: bool = True) -> bytes:
    """A frame as servers send them: not masked."""
    head = bytes([opcode | (0x80 if final else 0)])
    if len(payload) < 126:
        return head + bytes([len(payload)]) + payload
    return head + bytes([126]) + len(payload).to_bytes(2, "big") + payload


def text(message: dict) -> bytes:
    return frame(TEXT, json.dumps(message).encode())


class Peer:
    """One camera's link, seen from the server."""

    def __init__(self, stream: socket.socket):
        self.stream = stream
        self.received = b""

    def send(self, data: bytes) -> None:
        self.stream.sendall(data)

    def take(self, size: int) -> bytes:
        while len(self.received) < size:
            piece = self.stream.recv(65536)
            if not piece:
                raise EOFError
            self.received += piece
        taken, self.received = self.received[:size], self.received[size:]
        return taken

    def next(self) -> dict:
        """The next text. EOFError: the camera has hung up."""
        while True:
            first, size = self.take(2)
            assert size & 0x80, "a client's frames are masked"
            size &= 0x7F
            if size == 126:
                size = int.from_bytes(self.take(2), "big")
            mask = self.take(4)
            payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.take(size)))
            if first & 15 == CLOSE:
                raise EOFError
            if first & 15 == TEXT:
                return json.loads(payload)
            assert first & 15 in (PING, PING + 1), first


class HostileServer:
    """Link n is handed to `turns[n]`, and then closed; the last turn is everybody's who comes later. Everything else is
    answered 503."""

    def __init__(self, *turns: Callable[[Peer], None]):
        self.turns = list(turns)
        self.faults: list[BaseException] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.links = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "HostileServer":
        return self

    def __exit__(self, *_) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                stream, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(stream,), daemon=True).start()

    def _serve(self, stream: socket.socket) -> None:
        stream.settimeout(TIMEOUT_S)
        peer = Peer(stream)
        with stream:
            try:
                head = b""
                while b"\r\n\r\n" not in head:
                    head += peer.take(1)
                if not head.startswith(b"GET /device/v1/link "):
                    peer.send(b"HTTP/1.1 503 No\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                key = head.split(b"Sec-WebSocket-Key: ")[1].split(b"\r\n")[0].decode()
                accept = base64.b64encode(hashlib.sha1((key + ACCEPT_GUID).encode()).digest()).decode()
                answer = f"HTTP/1.1 101 x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
                peer.send(answer.encode())
                turn = self.turns[min(self.links, len(self.turns) - 1)]
                self.links += 1
                turn(peer)
            except (OSError, EOFError):
                pass  # the camera has had enough
            except BaseException as fault:  # of the test's own; it looks there
                self.faults.append(fault)
