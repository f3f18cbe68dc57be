"""What people do with accounts once there are some: second factors, invitations, rights, tokens."""

import base64
import hashlib
import hmac
import struct
import time

import pytest

from harness.people import (
    PASSWORD,
    Visitor,
    join,
    make_token,
    mistyped,
    set_up,
    user_command,
)


@pytest.fixture
def owner(new_server):
    return set_up(new_server(login=True).start())


def totp(secret: str, at: float) -> str:
    """RFC 6238, by itself: not the library that the server uses."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


# --- the second factor ---


def begin_second_factor(person: Visitor) -> str:
    begun = person.request("POST", "/api/v1/second-factor", {"password": PASSWORD})
    assert begun.status == 200, begun.body
    assert begun.json()["uri"].startswith("otpauth://totp/Heliograph")
    return begun.json()["secret"]


def test_the_second_factor_is_asked_for_once_it_is_confirmed(owner):
    assert owner.request("POST", "/api/v1/second-factor", {"password": "wrong"}).status == 401
    secret = begin_second_factor(owner)
    other = Visitor(owner.server)
    assert other.sign_in("owner").status == 200, "not confirmed: not asked for"
    now = time.time()
    assert owner.request("PUT", "/api/v1/second-factor", {"code": "000000"}).status in (400,)
    confirmed = owner.request("PUT", "/api/v1/second-factor", {"code": totp(secret, now)})
    codes = confirmed.json()["recovery_codes"]
    assert confirmed.status == 200 and len(codes) == 10

    asked = other.sign_in("owner")
    assert asked.status == 401 and asked.problem()["title"] == "second-factor"
    assert other.sign_in("owner", "wrong password!").problem()["title"] == "unauthorized", "the password first"
    assert other.sign_in("owner", code=totp(secret, now)).status == 401, "it was used to confirm"
    assert other.sign_in("owner", code=totp(secret, now + 30)).status == 200
    time.sleep(1.1)  # tries from one address were many
    assert other.sign_in("owner", code=totp(secret, now + 30)).status == 401, "each code once"
    assert other.sign_in("owner", code=codes[3].upper().replace("-", " ")).status == 200
    assert other.sign_in("owner", code=codes[3]).status == 401, "each recovery code once"
    assert owner.request("POST", "/api/v1/second-factor", {"password": PASSWORD}).status == 409
    assert owner.request("POST", "/api/v1/second-factor/removal", {"password": PASSWORD}).status == 204
    assert other.sign_in("owner").status == 200


def test_a_lost_second_factor_is_forgotten_by_an_administrator_or_at_the_machine(owner):
    guest = join(owner, "guest", (None, "viewer"))
    for forget in (
        lambda: owner.request("DELETE", f"/api/v1/people/{guest.id}/second-factor").status == 204,
        lambda: user_command(owner.server, "reset-second-factor", "guest").returncode == 0,
    ):
        secret = begin_second_factor(guest)
        guest.request("PUT", "/api/v1/second-factor", {"code": totp(secret, time.time())})
        assert Visitor(owner.server).sign_in("guest").status == 401
        assert forget()
        assert Visitor(owner.server).sign_in("guest").status == 200


# --- people ---


def test_an_invitation_works_once_and_a_reset_link_too(owner):
    invited = owner.request("POST", "/api/v1/people", {"name": "Guest", "grants": [{"group": None, "role": "viewer"}]})
    token = invited.json()["token"]
    stranger = Visitor(owner.server)
    looked = stranger.request("POST", "/api/v1/link", {"token": token})
    assert looked.json() == {"name": "guest", "new": True}
    assert stranger.request("POST", "/api/v1/link", {"token": mistyped(token)}).status == 404
    use = {"token": token, "password": PASSWORD}
    guest = Visitor(owner.server)
    guest.take(guest.request("PUT", "/api/v1/link", use))
    assert guest.get("/api/v1/cameras").status == 200
    assert stranger.request("PUT", "/api/v1/link", use).status == 404

    reset = owner.request("POST", f"/api/v1/people/{guest.id}/link").json()
    assert guest.get("/api/v1/cameras").status == 200, "until it is used nothing changes"
    new = {"token": reset["token"], "password": "four storks in a row"}
    assert Visitor(owner.server).request("PUT", "/api/v1/link", new).status == 200
    assert guest.get("/api/v1/cameras").status == 401
    assert guest.sign_in("guest", "four storks in a row").status == 200


def test_the_last_administrator_cannot_leave(owner):
    viewer = [{"group": None, "role": "viewer"}]
    assert owner.request("PUT", f"/api/v1/people/{owner.id}/grants", {"grants": viewer}).status == 409
    assert owner.request("DELETE", f"/api/v1/people/{owner.id}").status == 409
    second = join(owner, "second", (None, "administrator"))
    assert second.request("DELETE", f"/api/v1/people/{owner.id}").status == 204
    assert owner.get("/api/v1/cameras").status == 401


def test_a_change_of_rights_holds_at_once(owner):
    guest = join(owner, "guest", (None, "administrator"))
    token = make_token(guest, "read")
    assert guest.get("/api/v1/people").status == 200
    assert owner.request("PUT", f"/api/v1/people/{guest.id}/grants", {"grants": []}).status == 204
    assert guest.get("/api/v1/people").status == 403 and token.get("/api/v1/cameras").status == 403


# --- tokens ---


def test_a_token_is_a_password_for_who_sends_no_header_and_changes_nothing_then(owner):
    token = make_token(owner, "read", "control")
    basic = {"Authorization": "Basic " + base64.b64encode(f"anybody:{token.token}".encode()).decode()}
    assert owner.server.get("/api/v1/cameras", **basic).status == 200
    wrong = {"Authorization": "Basic " + base64.b64encode(f"anybody:{mistyped(token.token)}".encode()).decode()}
    assert owner.server.get("/api/v1/cameras", **wrong).status == 401
    camera = owner.server.add_camera("orchard")
    command = (f"/api/v1/cameras/{camera.id}/commands", '{"name": "capture"}')
    as_json = {"Content-Type": "application/json"}
    assert owner.server.request("POST", *command, basic | as_json).status == 401
    assert owner.server.request("POST", *command, token.bearer | as_json).status == 202


def test_a_token_ends_with_its_time_its_removal_and_its_person(owner):
    soon = make_token(owner, "read", expires_at=int(time.time() * 1000) + 1500)
    removed = make_token(owner, "read")
    guest = join(owner, "guest", (None, "viewer"))
    orphan = make_token(guest, "read")
    for token in (soon, removed, orphan):
        assert token.get("/api/v1/cameras").status == 200
    assert owner.request("DELETE", f"/api/v1/tokens/{removed.id}").status == 204
    assert owner.request("DELETE", f"/api/v1/people/{guest.id}").status == 204
    time.sleep(1.6)
    for token in (soon, removed, orphan):
        assert token.get("/api/v1/cameras").status == 401
    listed = owner.get("/api/v1/tokens").json()["tokens"]
    assert [t["id"] for t in listed] == [soon.id] and listed[0]["used_at"] and "token" not in listed[0]


def test_a_token_cannot_make_others_nor_change_its_person(owner):
    token = make_token(owner, "read", "control")
    for method, path, body in (
        ("POST", "/api/v1/tokens", {"name": "more", "scopes": ["read"]}),
        ("PUT", "/api/v1/password", {"current": PASSWORD, "password": "four storks in a row"}),
        ("GET", "/api/v1/people", None),
        ("GET", "/api/v1/sessions", None),
        ("PUT", "/api/v1/retention", {"keep_days": 1}),
    ):
        assert token.request(method, path, body).status == 403, path


# --- the audit log ---


def test_the_audit_log_names_what_is_gone(owner):
    """By an id nobody would know it any more."""
    camera = owner.server.add_camera("North orchard")
    group = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    assert owner.request("PUT", f"/api/v1/cameras/{camera.id}/group", {"group": group}).status == 204
    assert owner.request("DELETE", f"/api/v1/groups/{group}").status == 204
    token = make_token(owner, "read")
    assert owner.request("DELETE", f"/api/v1/tokens/{token.id}").status == 204
    entries = owner.get("/api/v1/audit").json()["entries"]
    subjects = {entry["action"]: entry["subject"] for entry in entries}
    assert subjects["camera-moved"] == "North orchard"
    assert subjects["group-removed"] == "Farm"
    assert subjects["token-removed"] == "script"
