"""HTTPS, and a certificate that is renewed while pictures come in."""

import json
import signal
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from harness.programs import CAM, run_program
from harness.server import read_reply


def make_certificate(folder: Path) -> Path:
    """For 127.0.0.1, signed by itself; the key is beside it."""
    folder.mkdir(exist_ok=True)
    certificate = folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-days", "90", "-subj", "/CN=heliograph", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", folder / "key.pem", "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate


@pytest.fixture
def certificate(tmp_path) -> Path:
    return make_certificate(tmp_path / "tls")


@pytest.fixture
def server(new_server, tmp_path, certificate):
    """With TLS, where there is one without in other tests."""
    config = tmp_path / "heliograph.toml"
    key = certificate.parent / "key.pem"
    config.write_text(f'[tls]\ncertificate = "{certificate}"\nkey = "{key}"\n')
    server = new_server(config=config, trusts=certificate).start()
    yield server
    server.stop()


def shown_by(server) -> str:
    """The certificate that a new connection is shown."""
    return ssl.get_server_certificate(("127.0.0.1", server.port))


def wait_until(happened, timeout_s: float = 10) -> None:
    give_up = time.monotonic() + timeout_s
    while not happened():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.02)


def test_a_renewed_certificate_drops_no_upload(server, camera, picture, certificate):
    bytes_ = picture("sent while the certificate was renewed")
    before = shown_by(server)
    head = (
        f"POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {camera.key}\r\nAccept: application/json\r\n"
        f"Content-Type: image/jpeg\r\nContent-Length: {len(bytes_)}\r\n\r\n"
    )
    with server.connect() as sender:
        sender.sendall(head.encode() + bytes_[:1000])
        make_certificate(certificate.parent)
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: shown_by(server) != before)
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
    wait_until(lambda: "the new certificate cannot be used" in server.tail_of_log())
    said = [json.loads(line) for line in server.tail_of_log().splitlines() if "cannot be used" in line]
    assert str(key) in said[0]["why"] and len(said) == 1
    assert shown_by(server) == before
    key.write_bytes(new_key)
    server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: shown_by(server) != before)
    assert server.upload(camera, picture("after it")).status == 200


def test_the_metric_says_when_the_certificate_expires(server):
    expires = server.metric("heliograph_certificate_expiry_timestamp_seconds")
    assert abs(expires - time.time() - 90 * 86400) < 600


def test_a_camera_sends_to_whom_it_trusts_and_to_nobody_else(server, camera, certificate, tmp_path):
    where = ["--server", f"https://127.0.0.1:{server.port}", "--key", camera.key]
    sends = [*where, "--once", "--size", "320x240"]
    run_program(CAM, *sends, "--spool", tmp_path / "trusting", "--ca", certificate)
    assert server.image_count() == 1
    other = make_certificate(tmp_path / "other")
    done = run_program(
        CAM, *sends, "--spool", tmp_path / "wary", "--ca", other, "--patience", 1, check=False
    )
    assert done.returncode != 0 and "certificate" in (done.stdout + done.stderr)
    assert server.image_count() == 1
