"""HTTPS: a certificate that is renewed while pictures come in, and whom a camera refuses."""

import http.client
import json
import signal
import ssl
import time
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from harness.certificates import DAY, free_port, make_certificate, tls_config
from harness.programs import CAM, run_program
from harness.server import read_reply
from harness.waiting import eventually


@pytest.fixture
def certificate(tmp_path) -> Path:
    return make_certificate(tmp_path / "tls")


@pytest.fixture
def server(new_server, tmp_path, certificate):
    """With TLS, where there is one without in other tests."""
    server = new_server(config=tls_config(tmp_path, certificate), trusts=certificate).start()
    yield server
    server.stop()


def shown_by(server) -> str:
    """The certificate that a new connection is shown."""
    return ssl.get_server_certificate(("127.0.0.1", server.port))


def upload_head(camera, length: int) -> bytes:
    return (
        f"POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {camera.key}\r\nAccept: application/json\r\n"
        f"Content-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def test_a_renewed_certificate_drops_no_upload(server, camera, picture, certificate):
    bytes_ = picture("sent while the certificate was renewed")
    before = shown_by(server)
    with server.connect() as sender:
        sender.sendall(upload_head(camera, len(bytes_)) + bytes_[:1000])
        make_certificate(certificate.parent)
        server.process.send_signal(signal.SIGHUP)
        assert eventually(lambda: shown_by(server) != before)
        sender.sendall(bytes_[1000:])
        reply = read_reply(sender)
    assert reply.status == 200
    assert shown_by(server) == certificate.read_text()
    assert server.original(reply.json()["filename"]) == bytes_


def test_half_a_renewal_is_refused_with_the_reason_and_made_good(server, camera, picture, certificate):
    before, key = shown_by(server), certificate.parent / "key.pem"
    old_key = key.read_bytes()
    make_certificate(certificate.parent)
    new_key = key.read_bytes()
    key.write_bytes(old_key)
    server.process.send_signal(signal.SIGHUP)
    assert eventually(lambda: "the new certificate cannot be used" in server.tail_of_log())
    said = [json.loads(line) for line in server.tail_of_log().splitlines() if "cannot be used" in line]
    assert str(key) in said[0]["why"] and len(said) == 1
    assert shown_by(server) == before
    key.write_bytes(new_key)
    server.process.send_signal(signal.SIGHUP)
    assert eventually(lambda: shown_by(server) != before)
    assert server.upload(camera, picture("after it")).status == 200


def test_the_metric_says_when_the_certificate_expires(server):
    expires = server.metric("heliograph_certificate_expiry_timestamp_seconds")
    assert abs(expires - time.time() - 90 * 86400) < 600


def send_once(server, camera, spool: Path, trusts: Path, check: bool):
    return run_program(
        CAM,
        *("--server", f"https://127.0.0.1:{server.port}", "--key", camera.key, "--spool", spool, "--ca", trusts),
        *("--once", "--size", "320x240", "--patience", 1),
        check=check,
    )


@pytest.mark.parametrize(
    "faulty, why",
    [
        ({}, None),
        ({"names": ("photos.example.org", IPv4Address("127.0.0.2"))}, "IP address mismatch"),
        ({"begins": -2 * DAY, "ends": -timedelta(minutes=1)}, "certificate has expired"),
        ({"begins": timedelta(minutes=5)}, "certificate is not yet valid"),
    ],
    ids=["good", "another-host", "expired", "not-yet-valid"],
)
def test_a_camera_refuses_what_is_not_for_this_host_today(new_server, tmp_path, faulty, why):
    """It trusts the certificate's root in every case."""
    certificate = make_certificate(tmp_path / "shown", **faulty)
    server = new_server(config=tls_config(tmp_path, certificate), trusts=certificate).start()
    camera = server.add_camera()
    done = send_once(server, camera, tmp_path / "spool", certificate, check=why is None)
    if why:
        assert done.returncode != 0 and f"certificate is not trusted: {why}" in done.stdout + done.stderr
    server.stop()

    # With a good one, the same camera sends what it kept.
    right = make_certificate(tmp_path / "right")
    server = new_server(data=server.data, config=tls_config(tmp_path, right), trusts=right).start()
    assert server.image_count() == (0 if why else 1)
    send_once(server, camera, tmp_path / "spool", right, check=True)
    assert server.image_count() == 2
    server.stop()


def test_a_camera_sends_nothing_to_whom_it_does_not_trust(server, camera, tmp_path):
    other = make_certificate(tmp_path / "other")
    done = send_once(server, camera, tmp_path / "spool", other, check=False)
    assert done.returncode != 0 and "certificate is not trusted: self-signed certificate" in done.stdout + done.stderr
    assert server.image_count() == 0


def test_the_way_to_https(server, new_server, certificate, tmp_path):
    port = free_port()
    config = tls_config(certificate.parent, certificate, http=f"127.0.0.1:{port}")
    beside = new_server(config=config, trusts=certificate).start()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/?camera=orchard")
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://127.0.0.1:{beside.port}/?camera=orchard"
    beside.stop()
