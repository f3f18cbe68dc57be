"""A line between a camera and its server that has one fault after the other, a connection each, and then none."""

import socket
import struct
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

CHUNK = 4096
PATIENCE_S = 30
BEFORE_ANYTHING = 1 << 62


@dataclass
class Fault:
    """Of one connection: it ends after so many bytes of requests, or of answers; or it is answered by the line itself."""

    after_sent: int = BEFORE_ANYTHING
    after_answered: int = BEFORE_ANYTHING
    resets: bool = False  # or ends in order
    answer: bytes = b""  # in the place of the server's, once a head has come


def status(line: str, *headers: str) -> Fault:
    lines = [f"HTTP/1.1 {line}", *headers, "Content-Length: 0", "Connection: close", "", ""]
    return Fault(answer="\r\n".join(lines).encode())


class FaultyLine:
    def __init__(self, port: int, faults: Iterable[Fault], host: str = "127.0.0.1"):
        self.target, self.faults = port, deque(faults)
        self.sent = 0  # bytes that came from cameras
        self.listener = socket.create_server((host, 0))
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
            fault = self.faults.popleft() if self.faults else Fault()
            threading.Thread(target=self._serve, args=(near, fault), daemon=True).start()

    def _serve(self, near: socket.socket, fault: Fault) -> None:
        near.settimeout(PATIENCE_S)
        with near, socket.create_connection(("127.0.0.1", self.target), PATIENCE_S) as far:
            try:
                if fault.answer:
                    while b"\r\n\r\n" not in near.recv(CHUNK):
                        pass
                    near.sendall(fault.answer)
                else:
                    back = threading.Thread(target=self._answer, args=(near, far, fault), daemon=True)
                    back.start()
                    self._request(near, far, fault)
                    back.join(0 if fault.resets else PATIENCE_S)
                if fault.resets:
                    near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            except OSError:
                pass  # one of them is gone

    def _request(self, near: socket.socket, far: socket.socket, fault: Fault) -> None:
        left = fault.after_sent
        while left > 0 and (piece := near.recv(min(left, CHUNK))):
            left -= len(piece)
            self.sent += len(piece)
            far.sendall(piece)
        end_of(far)
        if left == 0 and not fault.resets:
            end_of(near)

    def _answer(self, near: socket.socket, far: socket.socket, fault: Fault) -> None:
        left = fault.after_answered
        try:
            while left > 0 and (piece := far.recv(min(left, CHUNK))):
                left -= len(piece)
                near.sendall(piece)
        except OSError:
            pass
        end_of(near)
        end_of(far)


def end_of(stream: socket.socket) -> None:
    try:
        stream.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
