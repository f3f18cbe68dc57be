"""An OpenID provider that fails, is not believed, or is not configured as it should be."""

import json
import time

import pytest

from harness.certificates import free_port, make_certificate
from harness.openid import (
    CALLBACK,
    Browser,
    EvilProvider,
    attempt,
    come_to,
    ending,
    invite,
    openid_config,
    signed_in,
)
from harness.people import PASSWORD, set_up


@pytest.fixture
def server(evil_server):
    return evil_server


@pytest.fixture
def owner(server):
    return set_up(server)


@pytest.fixture
def jo(server, owner):
    return come_to(server, owner, "jo")


# --- a provider that fails ---


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
        {"padding": "x" * 300_000},
    ],
)
def test_metadata_that_cannot_be_used_is_said_to_the_page(server, evil, owner, metadata):
    evil.metadata = metadata
    reply = Browser(server).request("POST", "/api/v1/openid/begin", {})
    assert reply.status == 503 and "Farm ID does not answer as it should" in reply.problem()["detail"]


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ((400, {"error": "invalid_grant"}), "expired"),
        ((401, {"error": "invalid_client"}), "provider"),
        ((500, {}), "provider"),
        ((200, {"access_token": "x"}), "refused"),
        ((200, b"<html>"), "refused"),
        ((200, b"x" * 300_000), "refused"),
        ((200, {"id_token": "a.b.c"}), "refused"),
        ((302, {}), "provider"),
    ],
)
def test_answers_that_cannot_be_used_are_said_kindly(server, evil, jo, answer, word):
    evil.token_answer = lambda form: answer
    end, who = attempt(server, evil)
    assert end in (f"/#openid={word}", "/#openid=refused") and who is None


def test_a_provider_that_is_gone_does_not_stop_the_server(new_server, tmp_path):
    server = new_server(config=openid_config(tmp_path, f"http://127.0.0.1:{free_port()}"), login=True).start()
    set_up(server)
    began = time.monotonic()
    assert Browser(server).request("POST", "/api/v1/openid/begin", {}).status == 503
    assert time.monotonic() - began < 10
    assert signed_in(server).who() == "owner", "passwords still work"
    server.stop()


def test_a_slow_provider_holds_up_neither_others_nor_the_end(server, evil, jo):
    evil.token_answer = lambda form: time.sleep(30) or (500, {})
    browser = Browser(server)
    asked = browser.begin()
    connection = browser.connection()
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    connection.request("GET", f"{CALLBACK}?code=x&state={asked['state']}", headers={"Cookie": cookie})
    began = time.monotonic()
    assert server.get("/healthz").status == 200
    assert jo.get("/api/v1/cameras").status == 200
    assert time.monotonic() - began < 2
    location = connection.getresponse().getheader("Location")
    assert location == "/#openid=provider"
    assert 4 < time.monotonic() - began < 10
    connection.close()


# --- certificates, addresses, configuration ---


def test_a_provider_is_believed_by_its_certificate(new_server, tmp_path):
    certificate = make_certificate(tmp_path / "provider")
    own = make_certificate(tmp_path / "own")
    with ending(EvilProvider(certificate)) as evil:
        for ca_file, believed in ((None, False), (own, False), (certificate, True)):
            folder = tmp_path / f"case-{ca_file.parent.name if ca_file else 'none'}"
            folder.mkdir()
            more = {"ca_file": ca_file} if ca_file else {}
            server = new_server(config=openid_config(folder, evil.issuer, **more), login=True).start()
            set_up(server)
            reply = Browser(server).request("POST", "/api/v1/openid/begin", {})
            assert reply.status == (200 if believed else 503)
            if not believed:
                assert "certificate" in server.tail_of_log().lower()
            server.stop()


def test_a_certificate_of_another_host_is_not_believed(new_server, tmp_path):
    certificate = make_certificate(tmp_path / "provider", names=("elsewhere.example",))
    with ending(EvilProvider(certificate)) as evil:
        server = new_server(config=openid_config(tmp_path, evil.issuer, ca_file=certificate), login=True).start()
        set_up(server)
        assert Browser(server).request("POST", "/api/v1/openid/begin", {}).status == 503
        server.stop()


def test_with_tls_everything_is_secure(new_server, tmp_path, evil):
    certificate = make_certificate(tmp_path / "tls")
    config = openid_config(tmp_path, evil.issuer)
    with config.open("a") as file:
        file.write(f'[tls]\ncertificate = "{certificate}"\nkey = "{certificate.parent / "key.pem"}"\n')
    server = new_server(config=config, trusts=certificate, login=True).start()
    owner = set_up(server)
    browser = Browser(server)
    asked = browser.begin(link=invite(owner, "jo"))
    (cookie,) = browser.set_cookies
    assert cookie.startswith("__Host-heliograph-openid=") and cookie.endswith("; Secure")
    assert asked["redirect_uri"] == f"https://127.0.0.1:{server.port}{CALLBACK}"
    assert browser.come_back(code=asked["nonce"], state=asked["state"]) == "/"
    assert all(cookie.endswith("; Secure") for cookie in browser.set_cookies) and len(browser.set_cookies) == 2
    server.stop()


def test_the_configured_address_goes_before_the_host_that_is_asked_for(new_server, tmp_path, evil):
    config = openid_config(tmp_path, evil.issuer, address="https://photos.example.org")
    server = new_server(config=config, login=True).start()
    set_up(server)
    reply = Browser(server).request("POST", "/api/v1/openid/begin", {}, Host="elsewhere.example")
    assert Browser.asked_with(reply)["redirect_uri"] == f"https://photos.example.org{CALLBACK}"
    server.stop()


def test_a_host_that_is_none_is_refused(server, evil, owner):
    for host in ("jo@elsewhere.example", "elsewhere.example/x"):
        assert Browser(server).request("POST", "/api/v1/openid/begin", {}, Host=host).status == 400


def test_a_server_without_a_provider_says_so(new_server):
    server = new_server(login=True).start()
    set_up(server)
    browser = signed_in(server)
    assert browser.get("/api/v1/session").json()["openid"] is None
    assert browser.request("POST", "/api/v1/openid/begin", {}).status == 409
    assert browser.connect(PASSWORD).status == 409
    assert browser.come_back(code="x", state="x") == "/#openid=expired"
    server.stop()


def test_what_is_not_used_is_not_loaded(new_server):
    """libcurl and libcjose take memory that a server without a provider does not have to spare."""
    server = new_server(login=True).start()
    maps = open(f"/proc/{server.process.pid}/maps").read()
    assert "libcurl" not in maps and "libcjose" not in maps and "libjansson" not in maps
    server.stop()


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('issuer = "https://id.example"', "needs `issuer` and `client_id`"),
        ('issuer = "http://id.example"\nclient_id = "x"', "with https"),
        ('issuer = "https://id.example"\nclient_id = "x"\nclient_secret_file = "/nowhere"', "cannot be read"),
        ('issuer = "https://id.example"\nclient_id = "x"\nclient_secret = "y"', "no setting `openid.client_secret`"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_named(new_server, tmp_path, lines, says):
    config = tmp_path / "openid.toml"
    config.write_text(f"[openid]\n{lines}\n")
    with pytest.raises(AssertionError, match=says):
        new_server(config=config, login=True).start()


def test_an_open_server_has_no_provider(new_server, tmp_path):
    with pytest.raises(AssertionError, match="for a server with a login"):
        new_server(config=openid_config(tmp_path, "https://id.example")).start()


def test_the_log_says_why_and_no_secret(server, evil, jo):
    evil.claims = {"aud": "other"}
    browser = Browser(server)
    asked = browser.begin()
    browser.come_back(code=asked["nonce"], state=asked["state"])
    log = server.log.read_text()
    assert "another client" in log
    for secret in (asked["nonce"], asked["state"], evil.forms[-1]["code_verifier"], "two:herons"):
        assert secret not in log
    assert any(json.loads(line)["message"] == "a sign-in with OpenID failed" for line in log.splitlines() if line[0] == "{")
