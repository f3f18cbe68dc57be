"""A reader of `/api/v1/changes`, as a browser's EventSource reads it."""

import http.client
import json
import socket
import threading
from contextlib import contextmanager

from harness.server import Server

CHANGE_TIMEOUT_S = 60  # a change is pushed within milliseconds, but what makes it may wait for a busy machine


class Changes:
    def __init__(self, lines):
        self.lines = lines

    def until(self, wanted: str) -> object:
        """The data of the next event of that name; others are passed over."""
        while True:
            name, data = self.next()
            if name == wanted:
                return data

    def next(self) -> tuple[str, object]:
        """The next event: its name and what its data says. Comments are passed over."""
        name, data = "message", []
        while True:
            line = self.lines.readline()
            assert line, "the stream ended"
            field, _, value = line.decode().rstrip("\r\n").partition(":")
            if field == "event":
                name = value.strip()
            elif field == "data":
                data.append(value.strip())
            elif not field and not value and (data or name != "message"):
                return name, json.loads("\n".join(data)) if any(data) else None


@contextmanager
def follow_changes(server: Server, headers: dict | None = None):
    """Yields once the stream has begun, so that nothing that happens afterwards is missed."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=CHANGE_TIMEOUT_S)
    try:
        connection.request("GET", "/api/v1/changes", headers={"Accept": "text/event-stream"} | (headers or {}))
        response = connection.getresponse()
        assert response.status == 200 and response.getheader("Content-Type", "").startswith(
            "text/event-stream"
        )
        yield Changes(response)
    finally:
        connection.close()


@contextmanager
def hear_of_images(connection: socket.socket):
    """Follows changes over a connection of the test's own. Yields the ids of the images that were told of so far; when
    the connection breaks, no more are."""
    told: list[str] = []
    connection.sendall(b"GET /api/v1/changes HTTP/1.1\r\nHost: h\r\n\r\n")

    def listen() -> None:
        changes = Changes(connection.makefile("rb"))
        try:
            while True:
                event, data = changes.next()
                if event == "image-added":
                    told.append(data["id"])
        except (OSError, ValueError, AssertionError):
            pass

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield told
    finally:
        connection.shutdown(socket.SHUT_RDWR)
        thread.join()
        connection.close()
