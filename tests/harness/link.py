"""A link to a server that drops: a proxy on loopback that cuts its connections after so many bytes."""

import socket
import threading


class DroppingLink:
    """Forwards to `port`, which may become another. Connection n is cut after `drops[n]` bytes from the client; later ones
    only by cut()."""

    def __init__(self, port: int, drops: list[int] = ()):
        self.target, self.drops, self.dropped = port, list(drops), 0
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()
        self.cut()

    def cut(self) -> None:
        """Both sides of all that is open see their connection broken."""
        for stream in list(self.open):
            try:
                stream.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it is broken already

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            limit = self.drops.pop(0) if self.drops else None
            try:
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                near.close()  # there is no server now
                continue
            self.open |= {near, far}
            threading.Thread(target=self._pump, args=(near, far, limit), daemon=True).start()
            threading.Thread(target=self._pump, args=(far, near, None), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, limit: int | None) -> None:
        passed = 0
        try:
            while piece := source.recv(16384):
                if limit is not None and passed + len(piece) > limit:
                    sink.sendall(piece[: limit - passed])
                    self.dropped += 1
                    for end in (source, sink):
                        end.shutdown(socket.SHUT_RDWR)  # wakes the thread of the other direction
                        end.close()
                    return
                sink.sendall(piece)
                passed += len(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other half was cut
        finally:
            self.open -= {source}
