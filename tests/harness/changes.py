"""A reader of `/api/v1/changes`, as a browser's EventSource reads it."""

import http.client
import json
from contextlib import contextmanager

from harness.server import Server

CHANGE_TIMEOUT_S = 5  # a change is pushed within milliseconds; a thumbnail is made first


class Changes:
    def __init__(self, lines):
        self.lines = lines

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
def follow_changes(server: Server):
    """Yields once the stream has begun, so that nothing that happens afterwards is missed."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=CHANGE_TIMEOUT_S)
    try:
        connection.request("GET", "/api/v1/changes", headers={"Accept": "text/event-stream"})
        response = connection.getresponse()
        assert response.status == 200 and response.getheader("Content-Type", "").startswith(
            "text/event-stream"
        )
        yield Changes(response)
    finally:
        connection.close()
