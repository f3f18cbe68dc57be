"""What a picture of 100 KB costs on the wire, by the camera of ours and by the usual sketch, plain and over TLS.

The table of docs/firmware/data.md is what this prints:

    python3 -m pytest -q -s -p no:cacheprovider tests/test_wire_bytes.py
"""

import socket
import ssl
from itertools import pairwise

import pytest

from harness.certificates import make_certificate, tls_config
from harness.meter import Meter
from harness.pictures import grown_to, unlike_all_others
from harness.server import read_reply
from harness.virtual_camera import VirtualCamera
from harness.waiting import eventually

SIZE = 100_000
PICTURES = 3
INTERVAL_S = 3  # longer than a meter's quiet
WAIT_S = 30


@pytest.fixture(params=["plain", "TLS"])
def way(request):
    return request.param


@pytest.fixture
def certificate(tmp_path):
    return make_certificate(tmp_path / "tls")


@pytest.fixture
def server(new_server, tmp_path, certificate, way):
    tls = {"config": tls_config(tmp_path, certificate), "trusts": certificate} if way == "TLS" else {}
    server = new_server(**tls).start()
    yield server
    server.stop()


@pytest.fixture
def pictures(photo):
    return [grown_to(unlike_all_others(photo, f"frame {n}"), SIZE) for n in range(PICTURES)]


def costs(readings: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of each picture: what it took beyond its own bytes, and what was answered."""
    return [(after[0] - before[0] - SIZE, after[1] - before[1]) for before, after in pairwise(readings)]


def tell(capsys, way: str, who: str, found: list[tuple[int, int]]) -> None:
    with capsys.disabled():
        for name, (sent, answered) in (("first", found[0]), ("following", found[-1])):
            print(f"\n| {who} | {way} | {name} | {sent:,} | {answered:,} | {100 * (sent + answered) / SIZE:.1f} % |", end="")


def test_our_camera(server, camera, tmp_path, certificate, pictures, way, capsys):
    folder = tmp_path / "frames"
    folder.mkdir()
    for n, picture in enumerate(pictures):
        (folder / f"{n}.jpg").write_bytes(picture)
    meter = Meter(server.port)
    options = ["--frames", folder, "--loop", "--interval", INTERVAL_S, "--heartbeat", "0", "--no-link"]
    trusts = certificate if way == "TLS" else None
    one = VirtualCamera(camera, meter.port, tmp_path, *options, trusts=trusts).start()
    readings = [(0, 0)]
    for n in range(1, PICTURES + 1):
        assert eventually(lambda: len(one.events("sent")) >= n, WAIT_S), one.log.read_text()  # noqa: B023
        readings.append(meter.reading())
    one.stop()
    found = costs(readings)
    tell(capsys, way, "heliograph-cam", found)
    assert meter.connections <= (2 if way == "TLS" else 1), "one connection, and one that proves roots"
    assert all(sent + answered < 0.02 * SIZE for sent, answered in found[1:]), "no handshake for each further one"
    meter.close()


# Byte for byte what HTTPClient of the Arduino core writes (test_upload.py has it on a connection that is kept).
def httpclient_request(camera, port: int, body: bytes) -> bytes:
    return (
        f"POST /upload HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: ESP32HTTPClient\r\n"
        "Connection: keep-alive\r\nAccept-Encoding: identity;q=1,chunked;q=0.1,*;q=0\r\n"
        f"Content-Type: image/jpeg\r\nX-API-Key: {camera.key}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def test_the_usual_sketch(server, camera, certificate, pictures, way, capsys):
    """`HTTPClient http; http.begin(…); http.POST(…); http.end();` in loop(): a connection for each picture."""
    meter = Meter(server.port)
    readings = [(0, 0)]
    for picture in pictures:
        with socket.create_connection(("127.0.0.1", meter.port), WAIT_S) as stream:
            if way == "TLS":
                context = ssl.create_default_context(cafile=certificate)
                stream = context.wrap_socket(stream, server_hostname="127.0.0.1")
            stream.sendall(httpclient_request(camera, meter.port, picture))
            assert read_reply(stream).status == 200
            stream.close()
        readings.append(meter.reading())
    found = costs(readings)
    tell(capsys, way, "HTTPClient", found)
    assert meter.connections == PICTURES
    meter.close()
