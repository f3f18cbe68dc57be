"""A push service of the test's own, and browsers that subscribe at it: they decrypt with http-ece, which is not ours."""

import base64
import json
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import http_ece
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from harness.certificates import make_certificate
from harness.people import Visitor

LIFE_OF_A_SIGNATURE_S = 24 * 3600  # at most: RFC 8292
MAX_BODY = 4096


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def to_base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Push:
    """What the service was asked."""

    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes


class PushService:
    def __init__(self, folder: Path):
        self.certificate = make_certificate(folder)
        self.statuses: dict[str, int] = {}  # by path; 201 where nothing is said
        self.pause_s = 0.0  # before each answer
        self.pushes: list[Push] = []
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, folder / "key.pem")
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.http.daemon_threads = True
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True, do_handshake_on_connect=False)
        self.origin = f"https://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def handler(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.pushes.append(Push(self.path, headers, body))
                time.sleep(service.pause_s)
                self.send_response(service.statuses.get(self.path, 201))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Handler

    def end(self) -> None:
        self.http.shutdown()
        self.http.server_close()

    def config(self, folder: Path, **more) -> Path:
        """A server's configuration that tells this service."""
        settings = {"contact": "mailto:farm@example.org", "ca_file": str(self.certificate), "services": ["127.0.0.1"]} | more
        file = folder / "push.toml"
        file.write_text("[push]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items()))
        return file


@dataclass
class Browser:
    """One that has subscribed, and what it does with what its service brings."""

    service: PushService
    name: str
    public_key: str  # of the server that may write to it
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes ok"
    id: str = ""

    @property
    def endpoint(self) -> str:
        return f"{self.service.origin}/{self.name}"

    def subscription(self, *kinds: str) -> dict:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": to_base64url(point), "auth": to_base64url(self.auth)}
        return {"endpoint": self.endpoint, "keys": keys, "kinds": list(kinds)}

    def messages(self) -> list[dict]:
        """Everything it was sent so far, after a look at who sent it and how."""
        return [self.read(push) for push in self.service.pushes if push.path == f"/{self.name}"]

    def read(self, push: Push) -> dict:
        assert push.headers["content-encoding"] == "aes128gcm"
        assert 0 <= int(push.headers["ttl"]) <= 24 * 3600
        assert len(push.body) <= MAX_BODY
        self.check_signature(push.headers["authorization"])
        text = http_ece.decrypt(push.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        return json.loads(text)

    def check_signature(self, authorization: str) -> None:
        """As RFC 8292 has the service do."""
        scheme, _, rest = authorization.partition(" ")
        said = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert scheme == "vapid" and said["k"] == self.public_key
        head, claims, signature = said["t"].split(".")
        both = from_base64url(signature)
        numbers = encode_dss_signature(int.from_bytes(both[:32]), int.from_bytes(both[32:]))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(said["k"]))
        key.verify(numbers, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        assert json.loads(from_base64url(head)) == {"typ": "JWT", "alg": "ES256"}
        claimed = json.loads(from_base64url(claims))
        assert claimed["aud"] == self.service.origin
        assert time.time() < claimed["exp"] <= time.time() + LIFE_OF_A_SIGNATURE_S
        assert claimed["sub"] == "mailto:farm@example.org"


def subscribe(visitor: Visitor, service: PushService, name: str, *kinds: str) -> Browser:
    browser = Browser(service, name, visitor.get("/api/v1/push").json()["public_key"])
    added = visitor.request("POST", "/api/v1/push", browser.subscription(*kinds))
    assert added.status == 201, added.body
    browser.id = added.json()["id"]
    return browser
