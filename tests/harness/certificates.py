"""Certificates: signed by themselves, and from an ACME server of the test's own."""

import json
import os
import socket
import ssl
import subprocess
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from harness.programs import REPO

START_TIMEOUT_S = 60
DAY = timedelta(days=1)
TOOLS = REPO / ".tools/bin"  # script/bootstrap builds Pebble there


def make_certificate(
    folder: Path, names: tuple = (IPv4Address("127.0.0.1"),), begins: timedelta = -DAY, ends: timedelta = 90 * DAY
) -> Path:
    """For these hosts and addresses, from and until so far from now, signed by itself; the key is beside it, key.pem."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "heliograph")])
    hosts = [x509.IPAddress(host) if isinstance(host, IPv4Address) else x509.DNSName(host) for host in names]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now + begins, now + ends)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    coding = serialization.Encoding.PEM
    certificate = folder / "certificate.pem"
    certificate.write_bytes(made.public_bytes(coding))
    (folder / "key.pem").write_bytes(
        key.private_bytes(coding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate


class Authority:
    """A certificate authority of the test's own: a root, and what it signs."""

    def __init__(self, name: str):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self.root = self._sign(self.name, self.key.public_key(), x509.BasicConstraints(ca=True, path_length=None))

    def _sign(self, subject: x509.Name, key, *extensions) -> str:
        now = datetime.now(UTC)
        made = x509.CertificateBuilder(self.name, subject, key, x509.random_serial_number(), now - DAY, now + 90 * DAY)
        for extension in extensions:
            made = made.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    def certify(self, folder: Path) -> Path:
        """A certificate for this machine, in the place of what the folder has; the key is beside it, key.pem."""
        folder.mkdir(exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "heliograph")])
        names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
        certificate = folder / "certificate.pem"
        certificate.write_text(self._sign(subject, key.public_key(), names))
        (folder / "key.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return certificate


def tls_config(folder: Path, certificate: Path, **more) -> Path:
    """A server's configuration with a certificate that make_certificate made, and more settings of [tls]."""
    settings = {"certificate": certificate, "key": certificate.parent / "key.pem"} | more
    file = folder / "heliograph.toml"
    file.write_text("[tls]\n" + "".join(f'{name} = "{value}"\n' for name, value in settings.items()))
    return file


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Acme:
    """Pebble, Let's Encrypt's ACME server for tests, which fetches proofs from `http_port` of this machine, whatever the
    name, and gives certificates of 90 days, or of six: as it likes, or as its client wants."""

    PROFILES = {
        "classic": {"description": "as ever", "validityPeriod": 90 * 86400},
        "shortlived": {"description": "six days", "validityPeriod": 6 * 86400},
    }

    def __init__(self, folder: Path, http_port: int):
        folder.mkdir()
        self.log = folder / "pebble.log"
        self.api, self.management, names = free_port(), free_port(), free_port()
        # Of its own interface, not of what it signs.
        self.certificate = make_certificate(folder)
        config = folder / "pebble.json"
        settings = {
            "listenAddress": f"127.0.0.1:{self.api}",
            "managementListenAddress": f"127.0.0.1:{self.management}",
            "certificate": str(self.certificate),
            "privateKey": str(folder / "key.pem"),
            "httpPort": http_port,
            "tlsPort": free_port(),
            "keyAlgorithm": "ecdsa",
            "profiles": self.PROFILES,
        }
        config.write_text(json.dumps({"pebble": settings}))
        # It would sleep, and refuse good nonces at random, which certbot bears once and not twice in a row. Its
        # chains are as long as Let's Encrypt's: two that sign between the root and the server.
        environment = os.environ | {
            "PEBBLE_VA_NOSLEEP": "1",
            "PEBBLE_WFE_NONCEREJECT": "0",
            "PEBBLE_AUTHZREUSE": "0",
            "PEBBLE_CHAIN_LENGTH": "2",
        }
        with open(self.log, "wb") as log:
            self.processes = [
                subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment)
                for command in (
                    [TOOLS / "pebble", "-config", config, "-dnsserver", f"127.0.0.1:{names}"],
                    [TOOLS / "pebble-challtestsrv", "-defaultIPv6", "", "-dnsserver", f"127.0.0.1:{names}",
                     "-http01", "", "-https01", "", "-tlsalpn01", "", "-management", f"127.0.0.1:{free_port()}"],
                )
            ]  # fmt: skip
        self.root = folder / "root.pem"
        self.root.write_text(self._ask_for_root())

    @property
    def directory(self) -> str:
        return f"https://127.0.0.1:{self.api}/dir"

    @property
    def environment(self) -> dict[str, str]:
        """Of a client, so that it believes this server's interface."""
        return {"REQUESTS_CA_BUNDLE": str(self.certificate)}

    def _manage(self, path: str, body: bytes | None = None) -> str:
        context = ssl.create_default_context(cafile=self.certificate)
        address = f"https://127.0.0.1:{self.management}{path}"
        return urllib.request.urlopen(address, body, timeout=5, context=context).read().decode()

    def _ask_for_root(self) -> str:
        """Made anew at each start of it."""
        give_up = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                return self._manage("/roots/0")
            except OSError:
                if time.monotonic() > give_up:
                    self.end()
                    raise AssertionError(self.log.read_text()) from None
                time.sleep(0.05)

    def want_back(self, certificate: str) -> None:
        """From now on it says of this one that it should have been renewed yesterday (RFC 9773)."""
        yesterday = datetime.now(UTC) - timedelta(days=1)
        window = {"start": yesterday.isoformat(), "end": (yesterday + timedelta(hours=1)).isoformat()}
        body = {"Certificate": certificate, "ARIResponse": json.dumps({"suggestedWindow": window})}
        self._manage("/set-renewal-info/", json.dumps(body).encode())

    def orders(self) -> int:
        """How many certificates it has given away."""
        return self.log.read_text().count("Issued certificate serial")

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
