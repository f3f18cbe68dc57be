"""HTTPS: a certificate from an ACME server, and its renewal while pictures come in."""

import http.client
import json
import signal
import socket
import ssl
import time
from pathlib import Path

import pytest

from harness.certificates import Acme, free_port, make_certificate
from harness.programs import CAM, run_program
from harness.server import read_reply
from harness.waiting import eventually


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


def upload_head(camera, length: int) -> bytes:
    return (
        f"POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {camera.key}\r\nAccept: application/json\r\n"
        f"Content-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def ssl_connection(server, name: str, root: Path) -> ssl.SSLSocket:
    """As somebody who knows the server by this name and trusts only this root."""
    connection = socket.create_connection(("127.0.0.1", server.port), 10)
    return ssl.create_default_context(cafile=root).wrap_socket(connection, server_hostname=name)


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


@pytest.fixture
def acme(tmp_path):
    """An ACME server, and where it fetches proofs."""
    port = free_port()
    acme = Acme(tmp_path / "acme", port)
    yield acme, port
    acme.end()


def test_certbot_gets_a_certificate_and_renews_it(acme, new_server, tmp_path, picture):
    """From the first start, without any certificate, as a person would who follows docs/https.md."""
    acme, http_port = acme
    name = "photos.example.org"
    webroot, live = tmp_path / "webroot", tmp_path / "acme/etc/live/heliograph"
    webroot.mkdir()
    config = tmp_path / "heliograph.toml"
    config.write_text(
        f'[tls]\ncertificate = "{live}/fullchain.pem"\nkey = "{live}/privkey.pem"\n'
        f'http = "127.0.0.1:{http_port}"\nacme_webroot = "{webroot}"\n'
    )
    server = new_server(config=config, trusts=acme.root).start()
    with pytest.raises(ssl.SSLCertVerificationError):
        server.get("/healthz")
    reload = ["--deploy-hook", f"kill -HUP {server.process.pid}"]
    acme.certbot(
        *("certonly", "--webroot", "--webroot-path", webroot, "--cert-name", "heliograph", "--domain", name),
        *("--agree-tos", "--register-unsafely-without-email", *reload),
    )
    assert eventually(lambda: shown_by(server) in (live / "fullchain.pem").read_text())
    first = shown_by(server)

    camera, bytes_ = server.add_camera(), picture("sent while certbot renewed")
    with ssl_connection(server, name, acme.root) as sender:
        sender.sendall(upload_head(camera, len(bytes_)) + bytes_[:1000])
        acme.certbot("renew", "--force-renewal", "--no-random-sleep-on-renew")
        assert eventually(lambda: shown_by(server) != first)
        sender.sendall(bytes_[1000:])
        assert read_reply(sender).status == 200
    server.stop()


def test_the_way_to_https(server, new_server, certificate, tmp_path):
    port = free_port()
    config = tmp_path / "with-http.toml"
    key = certificate.parent / "key.pem"
    config.write_text(f'[tls]\ncertificate = "{certificate}"\nkey = "{key}"\nhttp = "127.0.0.1:{port}"\n')
    beside = new_server(config=config, trusts=certificate).start()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/?camera=orchard")
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://127.0.0.1:{beside.port}/?camera=orchard"
    beside.stop()
