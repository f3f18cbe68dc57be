"""Signing in by OpenID: with a certified provider on the good ways, with an evil one on all others."""

import time
import urllib.parse

import pytest

from harness.certificates import free_port
from harness.openid import (
    CALLBACK,
    CLIENT_SECRET,
    Browser,
    Provider,
    SigningKey,
    attempt,
    audit,
    challenge_of,
    come_to,
    ending,
    invite,
    openid_config,
    signed_in,
)
from harness.people import PASSWORD, set_up, user_command

# --- the real one ---


@pytest.fixture(params=["RS256", "PS256", "ES256"])
def algorithm(request) -> str:
    return request.param


@pytest.fixture
def real(new_server, tmp_path, request):
    """A server, and oidc-provider, which starts after it: a provider that is down does not stop a server."""
    algorithm = request.getfixturevalue("algorithm") if "algorithm" in request.fixturenames else "RS256"
    port = free_port()
    server = new_server(config=openid_config(tmp_path, f"http://127.0.0.1:{port}"), login=True).start()
    with ending(Provider(server.port, algorithm, port).start()) as provider:
        yield server, provider
    server.stop()
    log = server.log.read_text()
    assert CLIENT_SECRET not in log and urllib.parse.quote(CLIENT_SECRET, safe="") not in log


def test_an_invitation_is_taken_up_and_then_one_signs_in(real, algorithm):
    server, provider = real
    owner = set_up(server)
    link = invite(owner, "jo")
    jo = Browser(server)
    assert jo.get("/api/v1/session").json()["openid"] == "Farm ID"
    asked = jo.begin(link=link)
    assert jo.come_back(**provider.sign_in(asked["url"], "jo")) == "/"
    assert jo.who() == "jo"
    session = jo.get("/api/v1/session").json()["person"]
    assert session["role"] == "viewer" and session["password"] is False
    assert [person["invited"] for person in owner.get("/api/v1/people").json()["people"]] == [False, False]
    assert ("jo", "identity-connected", "jo@farm.example", True) in audit(owner)

    again = Browser(server)
    back = provider.sign_in(again.begin(go_on="/?page=account")["url"], "jo")
    assert back["iss"] == provider.issuer, "RFC 9207: oidc-provider names itself"
    assert again.come_back(**back) == "/?page=account"
    assert again.who() == "jo"
    assert again.cookies != jo.cookies


def test_an_account_is_connected_and_disconnected(real):
    server, provider = real
    owner = set_up(server)
    browser = signed_in(server)
    reply = browser.connect(PASSWORD, go_on="/?page=account")
    assert reply.status == 200, reply.body
    back = provider.sign_in(browser.asked_with(reply)["url"], "the-owner")
    assert browser.come_back(**back) == "/?page=account#openid=connected"
    (identity,) = browser.get("/api/v1/identities").json()["identities"]
    assert identity["label"] == "the-owner@farm.example" and identity["in_use"]
    assert identity["issuer"] == provider.issuer

    elsewhere = Browser(server)
    assert elsewhere.come_back(**provider.sign_in(elsewhere.begin()["url"], "the-owner")) == "/"
    assert elsewhere.who() == "owner"

    assert browser.request("DELETE", f"/api/v1/identities/{identity['id']}").status == 204
    assert browser.request("DELETE", f"/api/v1/identities/{identity['id']}").status == 404
    stranger = Browser(server)
    assert stranger.come_back(**provider.sign_in(stranger.begin()["url"], "the-owner")) == "/#openid=unknown"
    assert stranger.who() is None
    assert ("the-owner@farm.example", "sign-in", "the-owner@farm.example", False) in audit(owner)
    assert ("owner", "identity-disconnected", "the-owner@farm.example", True) in audit(owner)


def test_whoever_says_no_there_is_told_kindly(real):
    server, provider = real
    set_up(server)
    browser = Browser(server)
    back = provider.sign_in(browser.begin()["url"], "jo", refuse=True)
    assert back["error"] == "access_denied"
    assert browser.come_back(**back) == "/#openid=denied"


def test_the_provider_holds_the_code_against_the_verifier(real):
    """PKCE: a code that was seen on the way is worth nothing to whoever began by themselves."""
    server, provider = real
    set_up(server)
    victim, thief = Browser(server), Browser(server)
    stolen = provider.sign_in(victim.begin()["url"], "jo")["code"]
    asked = thief.begin()
    assert thief.come_back(code=stolen, state=asked["state"], iss=provider.issuer) == "/#openid=expired"
    assert "does not know the code" in server.tail_of_log()


# --- the evil one ---


@pytest.fixture
def server(evil_server):
    return evil_server


@pytest.fixture
def owner(server):
    return set_up(server)


@pytest.fixture
def jo(server, owner):
    """Somebody whom the evil provider knows: an attempt of anybody as them must fail."""
    return come_to(server, owner, "jo")


def test_the_evil_one_can_be_good(server, evil, jo):
    assert attempt(server, evil) == ("/", "jo")
    asked = Browser(server).begin()
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["redirect_uri"] == f"http://127.0.0.1:{server.port}{CALLBACK}"


def test_the_verifier_fits_the_challenge(server, evil, owner):
    browser = Browser(server)
    asked = browser.begin()
    browser.come_back(code=asked["nonce"], state=asked["state"])
    assert challenge_of(evil.forms[-1]["code_verifier"]) == asked["code_challenge"]
    assert evil.forms[-1]["redirect_uri"] == asked["redirect_uri"]


NOW = int(time.time())


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": "https://elsewhere.example"}, "another issuer"),
        ({"aud": "somebody-else"}, "another client"),
        ({"aud": ["heliograph", "somebody-else"]}, "another client"),
        ({"azp": "somebody-else"}, "another client"),
        ({"exp": NOW - 120}, "expired"),
        ({"iat": NOW + 3600}, "future"),
        ({"nbf": NOW + 3600}, "not hold yet"),
        ({"nonce": "of another sign-in"}, "another sign-in"),
        ({"nonce": None}, "another sign-in"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "another access token"),
        ({"sub": None}, "whose it is"),
        ({"exp": None}, "how long it holds"),
    ],
)
def test_claims_that_are_not_for_this_sign_in_are_refused(server, evil, jo, claims, why):
    evil.claims = claims
    assert attempt(server, evil) == ("/#openid=refused", None)
    assert why in server.tail_of_log()


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256", "kid": "1"}, {"alg": "RS256", "kid": "1", "crit": ["x"]}])
def test_signatures_that_anybody_can_make_are_refused(server, evil, jo, header):
    """HS256: with the public key for a secret."""
    evil.header = header
    assert attempt(server, evil) == ("/#openid=refused", None)


def test_a_signature_of_another_key_is_refused(server, evil, jo):
    evil.key = SigningKey("1")  # what is published stays
    assert attempt(server, evil) == ("/#openid=refused", None)


def test_a_new_key_is_looked_up(server, evil, jo):
    evil.key = SigningKey("2")
    evil.keys, evil.header = [evil.key.published], {"alg": "RS256", "kid": "2"}
    time.sleep(5.1)  # rest_between_asking
    asked = evil.asked.count("/jwks")
    assert attempt(server, evil) == ("/", "jo")
    evil.header["kid"] = "3"
    for _ in range(3):
        assert attempt(server, evil) == ("/#openid=refused", None)
    assert evil.asked.count("/jwks") == asked + 1, "unknown keys must not make the server ask and ask"


def test_a_callback_that_nobody_began_is_refused(server, evil, jo):
    """Login CSRF: somebody is sent to a callback with another one's code."""
    thief, victim = Browser(server), Browser(server)
    asked = thief.begin()
    tokens = evil.asked.count("/token")
    assert victim.come_back(code=asked["nonce"], state=asked["state"]) == "/#openid=expired"
    own = victim.begin()
    assert victim.come_back(code=asked["nonce"], state=asked["state"]) == "/#openid=expired"
    assert victim.come_back(code=asked["nonce"]) == "/#openid=expired"
    assert victim.come_back(code=asked["nonce"], state="") == "/#openid=expired"
    assert evil.asked.count("/token") == tokens, "the code stays with us"
    assert victim.come_back(code=own["nonce"], state=own["state"]) == "/", "what they began themselves goes on"


def test_a_callback_works_once(server, evil, jo):
    browser = Browser(server)
    asked = browser.begin()
    kept = dict(browser.cookies)
    back = {"code": asked["nonce"], "state": asked["state"]}
    assert browser.come_back(**back) == "/"
    assert not any("openid" in name for name in browser.cookies), "the browser has forgotten it"
    assert browser.come_back(**back) == "/#openid=expired"
    # Nor for whoever has kept the cookie, though this provider takes a code twice.
    replay = Browser(server)
    replay.cookies = kept
    assert replay.come_back(**back) == "/#openid=refused"
    assert replay.who() is None


def test_a_session_begins_anew(server, evil, jo):
    """Whatever session the browser had before, also one that was planted, is not the one it has afterwards."""
    thief = signed_in(server)
    victim = Browser(server)
    victim.cookies = dict(thief.cookies)
    asked = victim.begin()
    assert victim.come_back(code=asked["nonce"], state=asked["state"]) == "/"
    assert victim.who() == "jo" and thief.who() == "owner"
    assert victim.cookies != thief.cookies


def test_providers_are_not_mixed_up(server, evil, jo):
    assert attempt(server, evil, iss="https://elsewhere.example") == ("/#openid=refused", None)
    assert attempt(server, evil, iss=evil.issuer) == ("/", "jo")


def test_only_pages_of_ours_begin(server, evil, jo):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        for path in ("/api/v1/openid/begin", "/api/v1/openid/connect"):
            sent = {name.replace("-", "_"): value for name, value in headers.items()}
            assert jo.request("POST", path, {"password": PASSWORD}, **sent).status in (400, 403), path
        assert Browser(server).request("POST", "/api/v1/openid/begin", {}, **sent).status == 403
    form = Browser(server).request("POST", "/api/v1/openid/begin", None, Content_Type="application/x-www-form-urlencoded")
    assert form.status == 415
    assert Browser(server).get("/api/v1/openid/begin").status == 405


def test_one_is_sent_on_to_paths_of_ours_only(server, evil, jo):
    for path in ("//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "https://elsewhere.example", "x"):
        assert Browser(server).request("POST", "/api/v1/openid/begin", {"go_on": path}).status == 400, path
    browser = Browser(server)
    asked = browser.begin(go_on="/?page=account")
    name, value = next((name, value) for name, value in browser.cookies.items() if "openid" in name)
    assert "go=%2F%3Fpage%3Daccount" in value
    browser.cookies[name] = value.replace("go=%2F%3Fpage%3Daccount", "go=%2F%2Felsewhere.example")
    assert browser.come_back(code=asked["nonce"], state=asked["state"]) == "/#openid=expired"


def test_the_attempts_cookie_is_for_the_server_alone(server, evil, owner):
    browser = Browser(server)
    browser.begin()
    (cookie,) = browser.set_cookies
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax; Max-Age=600")


def test_nobody_is_added_without_an_invitation(server, evil, owner):
    assert attempt(server, evil) == ("/#openid=unknown", None)
    assert [person["name"] for person in owner.get("/api/v1/people").json()["people"]] == ["owner"]
    assert ("jo@farm.example", "sign-in", "jo@farm.example", False) in audit(owner)


def test_an_email_or_name_of_somebody_is_no_proof(server, evil, jo):
    evil.claims = {"sub": "eve", "preferred_username": "jo", "email": "jo@farm.example", "email_verified": True}
    assert attempt(server, evil) == ("/#openid=unknown", None)


def test_an_invitation_is_taken_up_once(server, evil, owner):
    link = invite(owner, "jo")
    first, second = Browser(server), Browser(server)
    asked = [browser.begin(link=link) for browser in (first, second)]
    evil.claims = {"sub": "jo"}
    assert first.come_back(code=asked[0]["nonce"], state=asked[0]["state"]) == "/"
    evil.claims = {"sub": "eve"}
    assert second.come_back(code=asked[1]["nonce"], state=asked[1]["state"]) == "/#openid=link"
    assert second.who() is None


def test_a_link_to_reset_a_password_is_not_taken_up(server, evil, owner):
    """Whoever reads somebody's mail does not have their phone, which is asked for beside a password only."""
    people = {person["name"]: person["id"] for person in owner.get("/api/v1/people").json()["people"]}
    link = owner.request("POST", f"/api/v1/people/{people['owner']}/link").json()["token"]
    browser = Browser(server)
    asked = browser.begin(link=link)
    assert browser.come_back(code=asked["nonce"], state=asked["state"]) == "/#openid=link"
    assert browser.who() is None


def test_connecting_asks_for_the_password_and_holds_for_whoever_began(server, evil, jo, owner):
    browser = signed_in(server)
    assert browser.connect("not the password").status == 401
    assert browser.who() == "owner"
    asked = browser.asked_with(browser.connect(PASSWORD))
    evil.claims = {"sub": "eve"}
    # Meanwhile somebody else has signed in at this browser.
    other = dict(browser.cookies) | {name: value for name, value in jo.cookies.items() if name in browser.cookies}
    browser.cookies = other
    assert browser.come_back(code=asked["nonce"], state=asked["state"]) == "/#openid=changed"
    browser = signed_in(server)
    asked = browser.asked_with(browser.connect(PASSWORD))
    browser.cookies = {name: value for name, value in browser.cookies.items() if "openid" in name}
    assert browser.come_back(code=asked["nonce"], state=asked["state"]) == "/#openid=changed"
    assert attempt(server, evil) == ("/#openid=unknown", None)


def test_an_account_that_is_somebodys_is_not_connected_to_another(server, evil, jo, owner):
    browser = signed_in(server)
    asked = browser.asked_with(browser.connect(PASSWORD))
    assert browser.come_back(code=asked["nonce"], state=asked["state"]) == "/#openid=taken"
    assert attempt(server, evil) == ("/", "jo")
    assert ("owner", "identity-connected", "jo@farm.example", False) in audit(owner)


def test_the_last_way_in_stays(server, evil, jo, owner):
    (identity,) = jo.get("/api/v1/identities").json()["identities"]
    reply = jo.request("DELETE", f"/api/v1/identities/{identity['id']}")
    assert reply.status == 409 and "only way in" in reply.problem()["detail"]
    assert user_command(server, "set-password", "jo").returncode == 0
    assert attempt(server, evil) == ("/", "jo"), "a password takes nothing away"
    jo = signed_in(server, "jo")
    assert jo.request("DELETE", f"/api/v1/identities/{identity['id']}").status == 204


def test_nobody_disconnects_others(server, evil, jo, owner):
    (identity,) = jo.get("/api/v1/identities").json()["identities"]
    assert owner.request("DELETE", f"/api/v1/identities/{identity['id']}").status == 404


def test_who_has_no_password_has_none_that_can_be_guessed(server, evil, jo):
    for password in ("", "x", PASSWORD):
        assert Browser(server).request("POST", "/api/v1/session", {"name": "jo", "password": password}).status == 401


def test_who_is_removed_comes_in_no_more(server, evil, jo, owner):
    people = {person["name"]: person["id"] for person in owner.get("/api/v1/people").json()["people"]}
    assert owner.request("DELETE", f"/api/v1/people/{people['jo']}").status == 204
    assert attempt(server, evil) == ("/#openid=unknown", None)
