"""Signing in by OpenID: a real provider, an evil one, and the browser between them and the server."""

import base64
import hashlib
import http.client
import http.cookiejar
import json
import re
import ssl
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from harness.certificates import free_port
from harness.people import PASSWORD, Visitor
from harness.programs import REPO
from harness.server import REPLY_TIMEOUT_S, Reply, Server

PROVIDER = REPO / "tests/harness/openid_provider.mjs"
NODE = REPO / ".tools/bin/node"
START_TIMEOUT_S = 60
CLIENT_ID = "heliograph"
CLIENT_SECRET = "two:herons & a %25 + b"  # as openid_provider.mjs has it
CALLBACK = "/api/v1/openid/callback"


def openid_config(folder: Path, issuer: str, secret: str = CLIENT_SECRET, **more) -> Path:
    """A server's configuration with this provider, and more settings of [openid]."""
    (folder / "secret").write_text(secret + "\n")
    settings = {"issuer": issuer, "client_id": CLIENT_ID, "client_secret_file": folder / "secret", "name": "Farm ID"}
    file = folder / "openid.toml"
    lines = [f'{name} = "{value}"' for name, value in (settings | more).items()]
    file.write_text("log_level = \"debug\"\n[openid]\n" + "\n".join(lines) + "\n")
    return file


class Browser(Visitor):
    """Keeps the server's cookies, and follows no redirect by itself. What a page of ours would send goes with it."""

    def __init__(self, server: Server):
        super().__init__(server)
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []  # of the last answer

    def request(self, method: str, path: str, json=None, **headers) -> Reply:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if self.csrf:
            sent.setdefault("X-CSRF-Token", self.csrf)
        body = None
        if json is not None:
            body = dumps(json)
            sent.setdefault("Content-Type", "application/json")
        connection = self.connection()
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            self.set_cookies = response.headers.get_all("Set-Cookie") or []
            for cookie in self.set_cookies:
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies.pop(name, None)
                if "Max-Age=0" not in cookie:
                    self.cookies[name] = value
            fields = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, fields, response.read())
        finally:
            connection.close()

    def connection(self) -> http.client.HTTPConnection:
        if self.server.trusts:
            context = ssl.create_default_context(cafile=self.server.trusts)
            return http.client.HTTPSConnection("127.0.0.1", self.server.port, timeout=REPLY_TIMEOUT_S, context=context)
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=REPLY_TIMEOUT_S)

    def begin(self, **wanted) -> dict[str, str]:
        """Sets out, and returns what the provider is asked with."""
        reply = self.request("POST", "/api/v1/openid/begin", wanted)
        assert reply.status == 200, reply.body
        return self.asked_with(reply)

    def connect(self, password: str, **wanted) -> Reply:
        return self.request("POST", "/api/v1/openid/connect", {"password": password} | wanted)

    @staticmethod
    def asked_with(reply: Reply) -> dict[str, str]:
        url = reply.json()["url"]
        return {"url": url} | dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))

    def come_back(self, **brought) -> str:
        """What the provider sends the browser back with; returns where the server sends it on."""
        reply = self.request("GET", f"{CALLBACK}?{urllib.parse.urlencode(brought)}")
        assert reply.status == 303, reply.body
        return reply.headers["location"]

    def who(self) -> str | None:
        """Who is signed in, as a page finds out when it loads."""
        session = self.get("/api/v1/session").json()
        self.csrf = session["csrf"] or ""
        return session["person"] and session["person"]["name"]


# --- the real one ---


class Provider:
    """oidc-provider, and somebody at its pages."""

    def __init__(self, server_port: int, algorithm: str = "RS256", port: int | None = None):
        self.port = port or free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.command = [NODE, PROVIDER, self.port, f"http://127.0.0.1:{server_port}{CALLBACK}", algorithm]
        self.process: subprocess.Popen | None = None

    def start(self) -> "Provider":
        words = [str(word) for word in self.command]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout and self.process.stdout.readline().strip() == self.issuer
        # What it says after that is nobody's to read, and must not fill the pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        return self

    def end(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def sign_in(self, url: str, name: str, refuse: bool = False) -> dict[str, str]:
        """Goes there, signs in, agrees, and returns what the browser is sent back with."""
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Stay())
        form: dict[str, str] | None = None
        for _ in range(12):
            body = urllib.parse.urlencode(form).encode() if form else None
            with opener.open(urllib.request.Request(url, body), timeout=REPLY_TIMEOUT_S) as answer:
                page, location = answer.read().decode(), answer.headers.get("Location")
            if location:
                url, form = urllib.parse.urljoin(url, location), None
                if CALLBACK in url:
                    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
                continue
            if refuse:
                url = urllib.parse.urljoin(url, re.search(r'href="([^"]*abort)"', page)[1])
                continue
            url = urllib.parse.urljoin(url, re.search(r'action="([^"]+)"', page)[1])
            prompt = re.search(r'name="prompt" value="(\w+)"', page)[1]
            form = {"prompt": prompt} | ({"login": name, "password": "x"} if prompt == "login" else {})
        raise AssertionError(f"the provider leads nowhere: {url}")


class Stay(urllib.request.HTTPRedirectHandler):
    """Answers with the redirect itself."""

    def http_error_302(self, request, answer, code, message, headers):
        return answer

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


# --- the evil one ---


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def number(value: int) -> str:
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class SigningKey:
    def __init__(self, kid: str):
        self.kid = kid
        self.key = rsa.generate_private_key(65537, 2048)

    @property
    def published(self) -> dict:
        numbers = self.key.public_key().public_numbers()
        return {"kty": "RSA", "use": "sig", "kid": self.kid, "n": number(numbers.n), "e": number(numbers.e)}

    def sign(self, content: bytes) -> bytes:
        return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())


class EvilProvider:
    """Signs what it likes. What a test does not change is as a good provider does it; `asked` are the paths it was
    asked for, `forms` what came with codes."""

    def __init__(self, certificate: Path | None = None):
        self.key = SigningKey("1")
        self.keys = [self.key.published]
        self.header: dict = {"alg": "RS256", "kid": "1"}
        self.claims: dict = {}
        self.metadata: dict = {}
        self.token_answer: Callable[[dict], tuple[int, dict]] = self.give_token
        self.asked: list[str] = []
        self.forms: list[dict] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        scheme = "http"
        if certificate:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, certificate.parent / "key.pem")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.issuer = f"{scheme}://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def handler(self):
        evil = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                evil.asked.append(self.path)
                self.answer(200, {"keys": evil.keys} if self.path == "/jwks" else evil.described())

            def do_POST(self):
                evil.asked.append(self.path)
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                evil.forms.append(dict(urllib.parse.parse_qsl(body)))
                self.answer(*evil.token_answer(evil.forms[-1]))

            def answer(self, status: int, content) -> None:
                body = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler

    def described(self) -> dict:
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        return {"issuer": self.issuer} | {name: self.issuer + path for name, path in places.items()} | self.metadata

    def give_token(self, form: dict) -> tuple[int, dict]:
        """The code is the nonce: nobody has to be remembered."""
        now = int(time.time())
        good = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "jo", "email": "jo@farm.example", "exp": now + 300,
                "iat": now, "nonce": form["code"]}  # fmt: skip
        claims = {name: value for name, value in (good | self.claims).items() if value is not None}
        return 200, {"id_token": self.token(claims), "access_token": "x", "token_type": "Bearer"}

    def token(self, claims: dict) -> str:
        signed = ".".join(base64url(json.dumps(part).encode()) for part in (self.header, claims))
        return f"{signed}.{base64url(self.signature(signed.encode()))}"

    def signature(self, content: bytes) -> bytes:
        if self.header["alg"] == "none":
            return b""
        if self.header["alg"] == "HS256":
            code = hmac.HMAC(json.dumps(self.key.published).encode(), hashes.SHA256())
            code.update(content)
            return code.finalize()
        return self.key.sign(content)


def challenge_of(verifier: str) -> str:
    return base64url(hashlib.sha256(verifier.encode()).digest())


@contextmanager
def ending(provider):
    try:
        yield provider
    finally:
        provider.end()


# --- people and the two of them ---


def invite(owner, name: str) -> str:
    invited = owner.request("POST", "/api/v1/people", {"name": name, "grants": [{"group": None, "role": "viewer"}]})
    assert invited.status == 201, invited.body
    return invited.json()["token"]


def audit(owner) -> list[tuple]:
    entries = owner.get("/api/v1/audit").json()["entries"]
    return [(entry["actor"], entry["action"], entry["subject"], entry["allowed"]) for entry in entries]


def signed_in(server: Server, name: str = "owner") -> Browser:
    browser = Browser(server)
    reply = browser.request("POST", "/api/v1/session", {"name": name, "password": PASSWORD})
    assert reply.status == 200, reply.body
    assert browser.who() == name
    return browser


def attempt(server, evil, **brought) -> tuple[str, str | None]:
    """Sets out and comes back; where one ends, and as whom."""
    browser = Browser(server)
    asked = browser.begin()
    end = browser.come_back(**({"code": asked["nonce"], "state": asked["state"]} | brought))
    return end, browser.who()


def come_to(server: Server, owner: Visitor, name: str) -> Browser:
    """Somebody who takes up an invitation with a provider that gives a token for a nonce."""
    browser = Browser(server)
    asked = browser.begin(link=invite(owner, name))
    assert browser.come_back(code=asked["nonce"], state=asked["state"]) == "/"
    assert browser.who() == name
    return browser
