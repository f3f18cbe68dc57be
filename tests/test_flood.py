"""A flood of connections that send their headers byte by byte, so that each holds a place for as long as it may."""

import itertools
import resource
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.waiting import eventually

CONNECTIONS = 5000
SOURCES = [f"127.0.0.{n}" for n in range(2, 12)]  # a flood comes from many addresses
OTHER_FILES = 500  # of this process, beside the flood
HEADER_TIME_S = 10  # header_time of server/http/limits.hpp: a request's first byte to the end of its header
SLACK_S = 5  # five thousand answers, on a busy machine
UPLOADS = 200
SENDERS = 8
ANSWER_S = 2  # a page of the gallery, at most


class Flood:
    """Connected when made; from start() on each connection sends a byte a second, until its end or end()."""

    def __init__(self, port: int):
        self.streams = [
            socket.create_connection(("127.0.0.1", port), 20, source_address=(source, 0))
            for source in itertools.islice(itertools.cycle(SOURCES), CONNECTIONS)
        ]
        self.over = threading.Event()
        self.sender = threading.Thread(target=self._trickle, daemon=True)

    def start(self) -> None:
        for stream in self.streams:
            stream.sendall(b"GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ")
        self.sender.start()

    def _trickle(self) -> None:
        while not self.over.wait(1):
            for stream in self.streams:
                try:
                    stream.send(b"x", socket.MSG_DONTWAIT)
                except OSError:
                    pass  # it was ended; the others go on

    def answer(self, stream: socket.socket, within_s: float) -> bytes:
        """Up to its end."""
        stream.settimeout(max(within_s, 0.001))
        try:
            return b"".join(iter(lambda: stream.recv(4096), b""))
        except TimeoutError:
            return b"still connected"

    def end(self) -> None:
        self.over.set()
        if self.sender.ident:
            self.sender.join()
        for stream in self.streams:
            stream.close()


@pytest.fixture
def open_files():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = CONNECTIONS + OTHER_FILES
    if hard < needed:
        pytest.skip(f"this machine lets a process have {hard} files open, and the flood needs {needed}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, needed), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def flood(open_files, server):
    flood = Flood(server.port)
    yield flood
    flood.end()


def test_a_flood_of_slow_headers_drowns_nobody(server, camera, picture, flood):
    stored = server.upload(camera, picture("before")).json()["filename"]
    assert server.metric("heliograph_http_connections_open") > CONNECTIONS
    flood.start()
    began = time.monotonic()

    with ThreadPoolExecutor(SENDERS) as senders:
        uploads = [senders.submit(server.send_image, camera, picture(n), n) for n in range(UPLOADS)]
        for path in ("/", "/api/v1/images?limit=50", "/api/v1/histogram", f"/uploads/{stored}") * 10:
            asked = time.monotonic()
            assert server.get(path).status == 200
            assert time.monotonic() - asked < ANSWER_S
        assert [upload.result().status for upload in uploads] == [201] * UPLOADS
    assert server.metric("heliograph_http_connections_open") > CONNECTIONS, "the flood went on all the while"

    give_up = began + HEADER_TIME_S + SLACK_S
    answers = [flood.answer(stream, give_up - time.monotonic()) for stream in flood.streams]
    assert time.monotonic() - began >= HEADER_TIME_S, "a slow network needs so long"
    assert all(answer.startswith(b"HTTP/1.1 408 ") for answer in answers)
    flood.end()
    assert eventually(lambda: server.metric("heliograph_http_connections_open") < 10)
    assert server.image_count() == 1 + UPLOADS
    server.assert_fsck_finds_nothing()
