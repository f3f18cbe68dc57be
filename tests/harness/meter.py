"""A line between a camera and its server that counts what goes over it, each way: what TCP carries, with TLS if there is
any, and without the headers of TCP and IP."""

import socket
import threading
import time

CHUNK = 65536
PATIENCE_S = 30
QUIET_S = 0.3  # without a byte: what was under way has come


class Meter:
    def __init__(self, port: int):
        self.target = port
        self.sent = 0  # by cameras
        self.answered = 0
        self.connections = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def reading(self) -> tuple[int, int]:
        """Bytes sent and answered so far, once nothing is under way any more."""
        before, now = None, (self.sent, self.answered)
        while before != now:
            time.sleep(QUIET_S)
            before, now = now, (self.sent, self.answered)
        return now

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target), PATIENCE_S)
            self.connections += 1
            for source, sink, name in ((near, far, "sent"), (far, near, "answered")):
                threading.Thread(target=self._carry, args=(source, sink, name), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, name: str) -> None:
        try:
            while piece := source.recv(CHUNK):
                with self.lock:
                    setattr(self, name, getattr(self, name) + len(piece))
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one of them is gone
