"""Between a camera and its server: whole requests and answers, some of which get lost or come twice."""

import random
import socket
import threading

CHUNK = 65536
TIMEOUT_S = 30


def read_message(stream: socket.socket) -> bytes:
    """A request or an answer with its body; shorter when the other side hangs up."""
    message = b""
    while b"\r\n\r\n" not in message:
        piece = stream.recv(CHUNK)
        if not piece:
            return message
        message += piece
    head, _, body = message.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        piece = stream.recv(CHUNK)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


class Relay:
    """Forwards to `port`, which may become another. `unheard` and `twice` are chances: that an answer is lost, and that a
    request arrives twice. While it is `dark` nothing passes."""

    def __init__(self, port: int, chance: random.Random | None = None, unheard: float = 0, twice: float = 0):
        self.target, self.chance, self.unheard, self.twice = port, chance, unheard, twice
        self.dark = False
        self.lost = 0
        self.doubled = 0
        self.on_answer = lambda answer: None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.target), TIMEOUT_S) as far:
            far.sendall(request)
            return read_message(far)

    def _happens(self, probability: float) -> bool:
        return self.chance is not None and self.chance.random() < probability

    def _serve(self, near: socket.socket) -> None:
        near.settimeout(TIMEOUT_S)
        with near:
            try:
                while request := read_message(near):
                    if self.dark:
                        return
                    answer = self._ask(request)
                    if self._happens(self.twice):
                        self.doubled += 1
                        answer = self._ask(request)
                    if self._happens(self.unheard):
                        self.lost += 1
                        return
                    near.sendall(answer)
                    self.on_answer(answer)
            except OSError:
                pass  # one of them is gone
