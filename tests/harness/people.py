"""Somebody at the dashboard: signs in, keeps the cookie, and sends what a page of ours would send."""

import re
import subprocess
from dataclasses import dataclass
from json import dumps

from harness.programs import COMMAND_TIMEOUT_S, HELIOGRAPH
from harness.server import Reply, Server
from harness.waiting import eventually

PASSWORD = "two herons on one leg"
SET_UP_LINK = re.compile(r"#setup=(lnk_\w+)")


@dataclass
class Visitor:
    """Nobody at first. Programs use `token` instead of a cookie."""

    server: Server
    cookie: str = ""
    csrf: str = ""
    token: str = ""
    id: str = ""

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def request(self, method: str, path: str, json=None, **headers) -> Reply:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            sent.setdefault("Cookie", self.cookie)
        sent |= self.bearer
        if self.csrf:
            sent.setdefault("X-CSRF-Token", self.csrf)
        body = None
        if isinstance(json, str):  # a table
            body = json
            sent.setdefault("Content-Type", "text/csv")
        elif json is not None:
            body = dumps(json)
            sent.setdefault("Content-Type", "application/json")
        return self.server.request(method, path, body, sent)

    def get(self, path: str) -> Reply:
        return self.request("GET", path)

    def sign_in(self, name: str, password: str = PASSWORD, code: str | None = None) -> Reply:
        reply = self.request("POST", "/api/v1/session", {"name": name, "password": password, "code": code})
        if reply.status == 200:
            self.take(reply)
        return reply

    def take(self, reply: Reply) -> None:
        """The session that an answer begins."""
        assert reply.status == 200, reply.body
        self.cookie = reply.headers["set-cookie"].split(";")[0]
        self.csrf = reply.json()["csrf"]
        self.id = reply.json()["person"]["id"]


def mistyped(token: str) -> str:
    return token[:-1] + ("x" if token[-1] != "x" else "y")


def set_up_token(server: Server) -> str:
    """What the server tells where only its owner looks: behind its address, so it may not stand there yet."""
    links = eventually(lambda: SET_UP_LINK.findall(server.tail_of_log()))
    assert links, "no link was told"
    return links[-1]


def set_up(server: Server, name: str = "owner") -> Visitor:
    """The first account, as its owner makes it."""
    owner = Visitor(server)
    owner.take(
        owner.request(
            "POST", "/api/v1/setup", {"token": set_up_token(server), "name": name, "password": PASSWORD}
        )
    )
    return owner


def join(owner: Visitor, name: str, *grants: tuple[str | None, str]) -> Visitor:
    """Somebody who took up an invitation; grants are (group, role)."""
    invitation = {"name": name, "grants": [{"group": group, "role": role} for group, role in grants]}
    invited = owner.request("POST", "/api/v1/people", invitation)
    assert invited.status == 201, invited.body
    guest = Visitor(owner.server)
    token = invited.json()["token"]
    guest.take(guest.request("PUT", "/api/v1/link", {"token": token, "password": PASSWORD}))
    return guest


def make_token(person: Visitor, *scopes: str, expires_at: int | None = None) -> Visitor:
    made = person.request(
        "POST", "/api/v1/tokens", {"name": "script", "scopes": list(scopes), "expires_at": expires_at}
    )
    assert made.status == 201, made.body
    return Visitor(person.server, token=made.json()["token"], id=made.json()["id"])


def user_command(server: Server, *words: str, password: str = PASSWORD) -> subprocess.CompletedProcess:
    return subprocess.run(
        [HELIOGRAPH, *server.where, "user", *words],
        input=password + "\n",
        capture_output=True,
        text=True,
        timeout=COMMAND_TIMEOUT_S,
    )
