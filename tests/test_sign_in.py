"""Signing in: the first account, sessions, what a browser of another site can do, guesses, tokens, links."""

import hashlib
import threading
import time

import pytest

from harness.people import (
    PASSWORD,
    Visitor,
    join,
    make_token,
    mistyped,
    set_up,
    set_up_token,
    user_command,
)
from harness.pictures import make_picture


@pytest.fixture
def server(new_server):
    return new_server(login=True).start()


@pytest.fixture
def owner(server):
    return set_up(server)


# --- the first account ---


def test_a_stranger_finds_nothing(server):
    stranger = Visitor(server)
    for path in ("/api/v1/cameras", "/api/v1/images", "/api/v1/changes", "/metrics", "/api/v1/people"):
        reply = stranger.get(path)
        assert reply.status == 401, path
        assert "sign in" in reply.problem()["detail"]
    assert stranger.get("/api/v1/session").json() == {
        "login": True,
        "needs_set_up": True,
        "openid": None,
        "person": None,
        "csrf": None,
    }
    assert stranger.get("/healthz").status == 200 and stranger.get("/").status == 200


def test_the_set_up_link_makes_one_administrator(server):
    token = set_up_token(server)
    wrong = {"token": mistyped(token), "name": "eve", "password": PASSWORD}
    assert Visitor(server).request("POST", "/api/v1/setup", wrong).status == 404
    weak = {"token": token, "name": "owner", "password": "heliograph123"}
    assert Visitor(server).request("POST", "/api/v1/setup", weak).status == 400, "and the link still works"
    owner = set_up(server, "Owner")
    session = owner.get("/api/v1/session").json()
    assert session["person"]["name"] == "owner" and session["person"]["role"] == "administrator"
    assert not session["needs_set_up"]
    again = {"token": token, "name": "eve", "password": PASSWORD}
    assert Visitor(server).request("POST", "/api/v1/setup", again).status == 404
    server.stop()
    before = server.log.stat().st_size
    server.start()
    assert "#setup=" not in server.log.read_text()[before:], "nobody is asked to set up again"


def test_the_machine_itself_can_always_let_somebody_in(server):
    owner = Visitor(server)
    assert owner.get("/api/v1/session").json()["needs_set_up"]
    assert user_command(server, "add", "owner").returncode == 0
    assert not owner.get("/api/v1/session").json()["needs_set_up"], "before anybody signs in"
    assert owner.sign_in("OWNER").status == 200
    assert user_command(server, "set-password", "owner", password="four storks in a row").returncode == 0
    assert owner.get("/api/v1/cameras").status == 401, "signed out everywhere"
    assert owner.sign_in("owner").status == 401
    assert owner.sign_in("owner", "four storks in a row").status == 200
    assert user_command(server, "add", "guest", "--role", "viewer").returncode == 0
    listed = user_command(server, "list").stdout
    assert "owner" in listed and "guest" in listed and "viewer of every camera" in listed
    refused = user_command(server, "remove", "owner")
    assert refused.returncode == 2 and "nobody would be left" in refused.stderr
    assert user_command(server, "remove", "guest").returncode == 0
    for words, says in (
        (("add", "owner"), "already"),
        (("add", "x y"), "no spaces"),
        (("add", "z", "--role", "king"), "viewer, operator or administrator"),
        (("remove", "nobody"), "nobody called nobody"),
    ):
        refused = user_command(server, *words)
        assert refused.returncode == 2 and says in refused.stderr, refused.stderr
    refused = user_command(server, "set-password", "owner", password="short")
    assert refused.returncode == 2 and "12 characters" in refused.stderr
    machine = [entry for entry in owner.get("/api/v1/audit").json()["entries"] if entry["address"] == ""]
    assert {entry["action"] for entry in machine} >= {"person-added", "password-set", "person-removed"}
    assert all(entry["actor"].startswith("on the machine") for entry in machine)


# --- sessions ---


def test_a_session_is_a_cookie_that_scripts_cannot_read(owner):
    reply = Visitor(owner.server).sign_in("owner")
    attributes = {part.strip() for part in reply.headers["set-cookie"].split(";")[1:]}
    assert {"Path=/", "HttpOnly", "SameSite=Lax"} <= attributes
    assert "Secure" not in attributes, "this is plain HTTP on the machine itself"
    token = owner.cookie.partition("=")[2]
    database = (owner.server.data / "heliograph.sqlite").read_bytes()
    wal = owner.server.data / "heliograph.sqlite-wal"
    kept = database + (wal.read_bytes() if wal.exists() else b"")
    assert token.encode() not in kept and PASSWORD.encode() not in kept
    assert hashlib.sha256(token.encode()).digest() in kept


def test_signing_in_makes_a_new_session_whatever_cookie_came(owner):
    """Session fixation: a cookie that somebody else has put there never becomes a session."""
    planted = "heliograph=ses_" + "A" * 36
    victim = Visitor(owner.server, cookie=planted)
    assert victim.get("/api/v1/cameras").status == 401
    assert victim.sign_in("owner").status == 200
    assert victim.cookie != planted
    assert Visitor(owner.server, cookie=planted).get("/api/v1/cameras").status == 401
    earlier = victim.cookie
    assert victim.sign_in("owner").status == 200 and victim.cookie != earlier, "a new one for each sign-in"


def test_signing_out_ends_the_session_at_once(owner):
    reply = owner.request("DELETE", "/api/v1/session")
    assert reply.status == 204 and "Max-Age=0" in reply.headers["set-cookie"]
    assert owner.get("/api/v1/cameras").status == 401
    assert owner.get("/api/v1/session").json()["person"] is None


def test_sessions_are_listed_and_ended(owner):
    other = Visitor(owner.server)
    other.request("GET", "/")
    assert other.sign_in("owner").status == 200
    sessions = owner.get("/api/v1/sessions").json()["sessions"]
    assert len(sessions) == 2 and [s["current"] for s in sessions].count(True) == 1
    assert sessions[0]["address"] == "127.0.0.1"
    elsewhere = next(s["id"] for s in sessions if not s["current"])
    assert owner.request("DELETE", f"/api/v1/sessions/{elsewhere}").status == 204
    assert other.get("/api/v1/cameras").status == 401
    assert owner.request("DELETE", f"/api/v1/sessions/{elsewhere}").status == 404
    assert other.sign_in("owner").status == 200
    assert owner.request("DELETE", "/api/v1/sessions").status == 204
    assert other.get("/api/v1/cameras").status == 401 and owner.get("/api/v1/cameras").status == 200


def test_a_stream_ends_with_its_session(owner):
    ended = threading.Event()
    opened = threading.Event()

    def follow():
        with owner.server.connect(timeout=40) as stream:
            stream.sendall(f"GET /api/v1/changes HTTP/1.1\r\nHost: x\r\nCookie: {owner.cookie}\r\n\r\n".encode())
            while piece := stream.recv(4096):
                opened.set()
                if piece.endswith(b"0\r\n\r\n"):
                    break
        ended.set()

    follower = threading.Thread(target=follow)
    follower.start()
    assert opened.wait(10)
    owner.request("DELETE", "/api/v1/session")
    assert ended.wait(35), "the stream of somebody who signed out goes on"
    follower.join()


def test_the_password_changes_and_other_sessions_end(owner):
    other = Visitor(owner.server)
    other.sign_in("owner")
    new = {"current": PASSWORD, "password": "four storks in a row"}
    assert owner.request("PUT", "/api/v1/password", new | {"current": "wrong"}).status == 401
    assert owner.request("PUT", "/api/v1/password", new | {"password": "owner-owner-1"}).status == 400
    assert owner.request("PUT", "/api/v1/password", new).status == 204
    assert owner.get("/api/v1/cameras").status == 200 and other.get("/api/v1/cameras").status == 401
    assert other.sign_in("owner").status == 401
    assert other.sign_in("owner", "four storks in a row").status == 200


# --- pages of other sites ---


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
    ],
    ids=str,
)
def test_a_page_of_another_site_changes_nothing(owner, headers):
    names = {name.replace("-", "_"): value for name, value in headers.items()}
    assert owner.request("POST", "/api/v1/groups", {"name": "Farm"}, **names).status == 403
    assert owner.request("DELETE", "/api/v1/session", **names).status == 403
    assert owner.get("/api/v1/groups").json()["groups"] == []


def test_a_form_of_another_site_cannot_sign_somebody_in(owner):
    """Login CSRF: what a form can send is no JSON."""
    body = f'{{"name": "owner", "password": "{PASSWORD}"}}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        reply = owner.server.request("POST", "/api/v1/session", body, {"Content-Type": kind})
        assert reply.status == 415
    reply = owner.server.request(
        "POST", "/api/v1/session", body, {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}
    )
    assert reply.status == 403 and "set-cookie" not in reply.headers


# --- guesses ---


def test_ten_thousand_guesses_get_nowhere_and_cost_others_nothing(owner):
    """Six guessers at once. They get sent away before anything is hashed, so others hardly notice."""
    guest = join(owner, "guest", (None, "viewer"))
    answers: list[int] = []

    def guess(count: int) -> None:
        guesser = Visitor(owner.server)
        for number in range(count):
            answers.append(guesser.sign_in("owner", f"wrong password {number}").status)

    guessers = [threading.Thread(target=guess, args=(1667,)) for _ in range(6)]
    for thread in guessers:
        thread.start()
    slowest = 0.0
    while any(thread.is_alive() for thread in guessers):
        began = time.monotonic()
        assert guest.get("/api/v1/cameras").status == 200
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.01)
    for thread in guessers:
        thread.join()
    assert len(answers) >= 10_000 and set(answers) == {401, 429}
    assert answers.count(401) < 20, "passwords that were looked at"
    assert slowest < 2, "somebody who is signed in waited for guessers"
    told = owner.server.request("POST", "/api/v1/session", '{"name":"owner","password":"x"}', {"Content-Type": "application/json"})
    assert told.status == 429 and int(told.headers["retry-after"]) >= 1
    tried = [e for e in owner.get("/api/v1/audit?limit=500").json()["entries"] if not e["allowed"]]
    assert 1 <= len(tried) < 20 and tried[0]["action"] == "sign-in" and tried[0]["subject"] == "owner"


def test_who_mistyped_hears_how_long_to_wait(owner):
    """The pause itself, which is a second at first: somebody looks at the clock."""
    guesser = Visitor(owner.server)
    while (reply := guesser.sign_in("owner", "not the password")).status == 401:
        pass
    assert reply.status == 429 and reply.headers["retry-after"] == "1"


def test_nobody_learns_who_has_an_account(owner):
    def answer(name: str) -> tuple:
        stranger = Visitor(owner.server)
        reply = stranger.sign_in(name, "not the password")
        return reply.status, reply.body

    def took(name: str) -> float:
        began = time.monotonic()
        answer(name)
        return time.monotonic() - began

    assert answer("owner") == answer("nobody") == answer("")
    known, unknown = took("owner"), min(took(f"nobody-{i}") for i in range(3))
    assert unknown > known / 5, f"{unknown:.3f} s for an unknown name, {known:.3f} s for a known one"


# --- no secret is where it should not be ---


def test_no_secret_is_in_the_log(server, tmp_path):
    owner = set_up(server)
    token = make_token(owner, "read")
    owner.sign_in("owner", "a wrong password, in clear")
    guest = join(owner, "guest", (None, "viewer"))
    camera = server.add_camera()
    server.upload(camera, make_picture(tmp_path / "p.jpg"))
    said = server.log.read_text()
    for secret in (PASSWORD, "a wrong password", token.token, owner.cookie.partition("=")[2], guest.csrf, camera.key):
        assert secret not in said
