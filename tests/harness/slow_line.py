"""A line that takes its time, between a camera and its server: bytes arrive as they were sent, later."""

import socket
import threading
import time
from queue import SimpleQueue

CHUNK = 65536
PATIENCE_S = 30


class SlowLine:
    """Forwards connections to `port`, each piece `delay_s` after it was read."""

    def __init__(self, port: int, delay_s: float = 0):
        self.target, self.delay_s = port, delay_s
        self.forgotten: set[socket.socket] = set()
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()
        for end in list(self.open):
            end.close()

    def forget(self) -> None:
        """As a NAT that was bound anew: what is open leads nowhere from now on, and neither end is told."""
        self.forgotten |= self.open

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target), PATIENCE_S)
            except OSError:
                return
            far.settimeout(None)
            self.open |= {near, far}
            for source, sink in ((near, far), (far, near)):
                pieces: SimpleQueue = SimpleQueue()
                threading.Thread(target=self._read, args=(source, pieces), daemon=True).start()
                threading.Thread(target=self._write, args=(source, sink, pieces), daemon=True).start()

    def _read(self, source: socket.socket, pieces: SimpleQueue) -> None:
        piece = b"-"
        while piece:
            try:
                piece = source.recv(CHUNK)
            except OSError:
                piece = b""
            pieces.put((time.monotonic() + self.delay_s, piece))

    def _write(self, source: socket.socket, sink: socket.socket, pieces: SimpleQueue) -> None:
        piece = b"-"
        while piece:
            due, piece = pieces.get()
            time.sleep(max(0.0, due - time.monotonic()))
            if source in self.forgotten:
                continue
            try:
                if piece:
                    sink.sendall(piece)
                else:
                    sink.shutdown(socket.SHUT_WR)
            except OSError:
                return  # that end is gone
