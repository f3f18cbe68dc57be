"""Requests written by hand, for what no HTTP library would send."""

from harness.programs import Camera

CRLF = "\r\n"


def head(camera: Camera, *lines: str, target: str = "/upload", method: str = "POST") -> bytes:
    return CRLF.join(
        [f"{method} {target} HTTP/1.1", "Host: localhost", f"X-API-Key: {camera.key}", *lines, "", ""]
    ).encode()
