"""Senders that take their time: they hold up nobody, and are let go when it is over."""

import threading
import time

import pytest

from harness.requests import head
from harness.server import Server

pytestmark = pytest.mark.long

HEADER_TIME_S = 10  # header_time of server/http/limits.hpp: a request's first byte to the end of its header
BODY_GRACE_S = 30  # body_grace: what a sender of a body may waste before it must keep up 512 bytes a second
SLACK_S = 3  # deadlines are looked at four times a second, and this machine is busy


class SlowSender(threading.Thread):
    """Sends what it has, then one byte a second for as long as it is let; `took_s` is how long that was."""

    def __init__(self, server, at_once: bytes, then: bytes):
        super().__init__(daemon=True)
        self.server, self.at_once, self.then = server, at_once, then
        self.took_s = None
        self.answer = b""
        self.start()

    def run(self):
        started = time.monotonic()
        with self.server.connect(timeout=1) as stream:
            stream.sendall(self.at_once)
            try:
                for byte in self.then:
                    stream.sendall(bytes([byte]))
                    try:
                        if not (piece := stream.recv(4096)):
                            break
                        self.answer += piece
                    except TimeoutError:
                        pass
            except OSError:
                pass
        self.took_s = time.monotonic() - started


@pytest.fixture(scope="module")
def slow_senders(tmp_path_factory, photo):
    """They start together, and are waited for one kind after the other."""
    server = Server(tmp_path_factory.mktemp("slow") / "data").start()
    camera = server.add_camera()
    yield server, camera, {
        "header without end": [
            SlowSender(server, b"POST /upload HTTP/1.1\r\nHost: h\r\n", b"X-Slow: " + b"x" * 100)
            for _ in range(10)
        ],
        "body": [
            SlowSender(server, head(camera, f"Content-Length: {len(photo)}"), photo[:100]) for _ in range(10)
        ],
    }
    server.stop()


def test_slow_senders_do_not_hold_up_others(slow_senders, picture):
    server, camera, _ = slow_senders
    started = time.monotonic()
    assert server.upload(camera, picture("quick")).status == 200
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("kind, limit_s", [("header without end", HEADER_TIME_S), ("body", BODY_GRACE_S)])
def test_slow_senders_are_let_go(slow_senders, kind, limit_s):
    server, _, senders = slow_senders
    for sender in senders[kind]:
        sender.join(timeout=limit_s + SLACK_S)
        assert sender.took_s is not None, f"still connected after {limit_s + SLACK_S} s"
        assert limit_s - SLACK_S <= sender.took_s <= limit_s + SLACK_S
        assert sender.answer.startswith(b"HTTP/1.1 408 ") and b"application/problem+json" in sender.answer
    assert server.get("/healthz").status == 200
