"""Bodies that come in other ways than whole and of the announced length."""

import http.client
import json
import socket
import time

import pytest

from harness.disks import MIB
from harness.requests import head
from harness.server import read_reply


def test_good_chunked_upload(server, camera, picture, unharmed):
    sent = picture("chunked")
    pieces = (sent[at : at + 1000] for at in range(0, len(sent), 1000))
    reply = server.request(
        "POST", "/upload", pieces, camera.bearer | {"Accept": "application/json"}, encode_chunked=True
    )
    assert reply.status == 200
    assert server.original(reply.json()["filename"]) == sent
    unharmed.append(reply)


def test_chunks_without_an_end(server, camera, picture, unharmed):
    with server.connect() as stream:
        stream.sendall(
            head(camera, "Transfer-Encoding: chunked") + b"100\r\n" + picture("cut")[:256] + b"\r\n"
        )
        stream.shutdown(socket.SHUT_WR)
        reply = read_reply(stream)
    assert reply.status == 400
    reply.problem()


@pytest.mark.parametrize("framing", ["length", "chunks"])
def test_100_mb(server, camera, photo, unharmed, framing):
    """It begins as a picture and goes on for ever; who sends on without listening still gets to hear why
    not."""
    size = 100 * MIB
    comment = b"\xff\xfe\xff\xff" + bytes(65533)

    def body():
        yield photo[:2]
        for _ in range(size // len(comment)):
            yield comment

    length = 2 + size // len(comment) * len(comment)
    started = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request(
            "POST",
            "/upload",
            body(),
            camera.bearer | ({"Content-Length": str(length)} if framing == "length" else {}),
            encode_chunked=framing == "chunks",
        )
    except (BrokenPipeError, ConnectionResetError):
        pass  # hung up on; the answer was sent before
    response = connection.getresponse()
    assert response.status == 413
    assert json.loads(response.read())["status"] == 413
    connection.close()
    assert time.monotonic() - started < 15
    assert not any(file.stat().st_size > MIB for file in (server.data / "images").rglob("*.jpg"))


def test_body_shorter_than_it_says(server, camera, picture, unharmed):
    with server.connect() as stream:
        stream.sendall(head(camera, f"Content-Length: {len(picture('short')) + 1000}") + picture("short"))
        stream.shutdown(socket.SHUT_WR)
        reply = read_reply(stream)
    assert reply.status == 400
    reply.problem()


def test_sender_gone_in_the_middle(server, camera, picture, unharmed):
    for cut in (1, 2, 100, 4000):
        with server.connect() as stream:
            stream.sendall(head(camera, f"Content-Length: {len(picture('gone'))}") + picture("gone")[:cut])
            # A reset, as a network that went away gives it, not an orderly end.
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def test_body_longer_than_it_says(server, camera, picture, unharmed):
    """The rest is taken for the next request, and is none."""
    with server.connect() as stream:
        stream.sendall(
            head(camera, f"Content-Length: {len(picture('kept'))}")
            + picture("kept")
            + b"\xff\xd9" * 50
            + b"\r\n\r\n"
        )
        assert read_reply(stream).status == 200  # a repeat of what is there
        rest = stream.recv(4096)
        assert not rest or rest.startswith(b"HTTP/1.1 400 ")
