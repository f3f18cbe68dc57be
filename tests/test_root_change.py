"""A server that moves to another certificate authority, and the cameras in the field: those that were told in time come
along, over restarts too, and one that was not stays out."""

import signal
import ssl

import pytest

from harness.certificates import Authority, tls_config
from harness.virtual_camera import VirtualCamera
from harness.waiting import eventually

EACH_S = 1  # between pictures
WAIT_S = 30


@pytest.fixture
def authorities():
    return Authority("the first root"), Authority("the second root")


@pytest.fixture
def certificate(tmp_path, authorities):
    return authorities[0].certify(tmp_path / "tls")


@pytest.fixture
def given(tmp_path, authorities):
    """What cameras were set up with."""
    file = tmp_path / "first.pem"
    file.write_text(authorities[0].root)
    return file


@pytest.fixture
def server(new_server, tmp_path, authorities, certificate):
    bundle = tmp_path / "roots.pem"
    bundle.write_text(authorities[0].root + authorities[1].root)
    everybody = tmp_path / "both.pem"  # whoever asks in this test
    everybody.write_text(bundle.read_text())
    server = new_server(config=tls_config(tmp_path, certificate, trust_bundle=bundle), trusts=everybody).start()
    yield server
    server.stop()


def shown_by(server) -> str:
    """The certificate that a new connection is shown."""
    return ssl.get_server_certificate(("127.0.0.1", server.port))


def test_cameras_come_along_to_another_root(server, authorities, certificate, given, tmp_path, frames):
    options = [*frames, "--interval", EACH_S, "--heartbeat", "0"]
    told = VirtualCamera(server.add_camera("told"), server.port, tmp_path, *options, trusts=given).start()
    assert eventually(lambda: told.events("trusting"), WAIT_S), told.log.read_text()
    assert "too" in told.events("trusting")[0]["detail"]
    kept = told.spool / "1" / "roots.pem"
    assert kept.read_text() == authorities[0].root + authorities[1].root

    before, sent = shown_by(server), len(told.events("sent"))
    authorities[1].certify(certificate.parent)
    server.process.send_signal(signal.SIGHUP)
    assert eventually(lambda: shown_by(server) != before, WAIT_S)
    told.kill()  # so that it has to shake hands anew, with what it kept
    told.start()
    untold = VirtualCamera(server.add_camera("untold"), server.port, tmp_path, *options, trusts=given).start()
    assert eventually(lambda: len(told.events("sent")) > sent + 1, WAIT_S), told.log.read_text()
    assert eventually(lambda: untold.events("postponed"), WAIT_S), untold.log.read_text()
    assert not untold.events("sent") and "not trusted" in untold.log.read_text()
    told.stop()
    untold.kill()
