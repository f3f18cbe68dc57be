"""What stands in front of a server as docs/behind-a-proxy.md has it, with ports and certificates of the test's own, and
people who reach the server through it."""

import http.client
import re
import socket
import ssl
from pathlib import Path

from harness.certificates import free_port, make_certificate
from harness.haproxy import Haproxy
from harness.nginx import Nginx
from harness.programs import REPO
from harness.server import REPLY_TIMEOUT_S, Reply

PAGE = REPO / "docs/behind-a-proxy.md"
CODE = re.compile(r"^```(nginx|haproxy)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def recipes(program: str) -> list[str]:
    return [text for language, text in CODE.findall(PAGE.read_text()) if language == program]


def replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"{old} is not in the recipe"
        text = text.replace(old, new)
    return text


def nginx(folder: Path, upstream: int) -> tuple[Nginx, Path]:
    """Started, and the certificate that it shows; so the others."""
    certificate = make_certificate(folder / "tls")
    port = free_port()
    site = replaced(
        recipes("nginx")[0],
        {
            "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "/etc/ssl/photos/fullchain.pem": str(certificate),
            "/etc/ssl/photos/key.pem": str(certificate.parent / "key.pem"),
            "127.0.0.1:8080": f"127.0.0.1:{upstream}",
        },
    )
    return Nginx(folder / "nginx", port, site), certificate


def _haproxy_with_tls(folder: Path, upstream: int, recipe: str) -> tuple[Haproxy, Path]:
    certificate = make_certificate(folder / "tls")
    both = folder / "both.pem"
    both.write_bytes(certificate.read_bytes() + (certificate.parent / "key.pem").read_bytes())
    port = free_port()
    config = replaced(
        recipe,
        {
            "bind :443": f"bind 127.0.0.1:{port}",
            "/etc/haproxy/photos.pem": str(both),
            "127.0.0.1:8080": f"127.0.0.1:{upstream}",
        },
    )
    return Haproxy(folder / "haproxy", port, config), certificate


def haproxy_with_fields(folder: Path, upstream: int) -> tuple[Haproxy, Path]:
    return _haproxy_with_tls(folder, upstream, recipes("haproxy")[0])


def haproxy_v2_ssl(folder: Path, upstream: int) -> tuple[Haproxy, Path]:
    return _haproxy_with_tls(folder, upstream, recipes("haproxy")[1])


def haproxy_passing_tls_on(folder: Path, upstream: int, option: str) -> Haproxy:
    """The certificate is the server's. `option`: which version of the PROXY protocol it speaks."""
    port = free_port()
    changes = {"bind :443": f"bind 127.0.0.1:{port}", "127.0.0.1:8443": f"127.0.0.1:{upstream}", "send-proxy-v2": option}
    return Haproxy(folder / "haproxy", port, replaced(recipes("haproxy")[2], changes))


class Somebody:
    """Knows only where the proxy is, and comes from an address of their own. Asks as Server does."""

    def __init__(self, port: int, trusts: Path | None, address: str):
        self.port = port
        self.trusts = trusts
        self.address = address

    def connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), REPLY_TIMEOUT_S, (self.address, 0))
        if self.trusts is None:
            return connection
        context = ssl.create_default_context(cafile=self.trusts)
        return context.wrap_socket(connection, server_hostname="127.0.0.1")

    def request(self, method: str, path: str, body=None, headers: dict | None = None) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.sock = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, told, response.read())
        finally:
            connection.close()
