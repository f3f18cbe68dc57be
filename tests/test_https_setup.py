"""`heliograph https setup`: from a server without a certificate to one whose certificate renews itself, with certbot and
Pebble, while pictures come in."""

import hashlib
import json
import os
import shlex
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509

from harness.certificates import Acme, free_port
from harness.changes import hear_of_images
from harness.live import Film, Link, Sender, seen_in
from harness.programs import HELIOGRAPH
from harness.server import Server, read_reply
from harness.waiting import eventually

# certbot itself takes seconds on a busy machine.
SETUP_TIMEOUT_S = 120
DAY_S = 86400
NOBODY = 65534


@pytest.fixture
def http_port() -> int:
    return free_port()


@pytest.fixture
def acme(tmp_path, http_port):
    acme = Acme(tmp_path / "acme", http_port)
    yield acme
    acme.end()


@dataclass
class Box:
    """Somebody's machine: a data directory, a configuration, and what they type."""

    folder: Path
    acme: Acme
    http_port: int

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def config(self) -> Path:
        return self.folder / "heliograph.toml"

    @property
    def units(self) -> Path:
        return self.folder / "units"

    @property
    def chain(self) -> Path:
        return self.data / "https/live/heliograph/fullchain.pem"

    def type(self, *words, acme: Acme | None = None) -> subprocess.CompletedProcess:
        return subprocess.run(
            [HELIOGRAPH, "https", *map(str, words), "--data", self.data, "--config", self.config],
            env=os.environ | (acme or self.acme).environment,
            capture_output=True,
            text=True,
            timeout=SETUP_TIMEOUT_S,
        )

    def setup(self, *words, acme: Acme | None = None) -> subprocess.CompletedProcess:
        server = (acme or self.acme).directory
        return self.type("setup", "--server", server, "--units", self.units, *words, acme=acme)

    def configure(self, trust: Path | None) -> None:
        """What `setup --write-config` leaves to the owner: another port for plain HTTP, and whom cameras trust."""
        text = self.config.read_text().replace('":80"', f'"127.0.0.1:{self.http_port}"')
        self.config.write_text(text + (f'trust_bundle = "{trust}"\n' if trust else ""))

    def timer_command(self) -> list[str]:
        """What systemd would run, and as which user."""
        lines = (self.units / "heliograph-https.service").read_text().splitlines()
        return shlex.split(next(line for line in lines if line.startswith("ExecStart=")).removeprefix("ExecStart="))

    def run_timer(self) -> None:
        done = subprocess.run(
            self.timer_command(),
            env=os.environ | self.acme.environment,
            capture_output=True,
            text=True,
            timeout=SETUP_TIMEOUT_S,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def box(tmp_path, acme, http_port) -> Box:
    """Without TLS yet; the data directory is there, and the server is not running."""
    box = Box(tmp_path / "box", acme, http_port)
    box.data.mkdir(parents=True)
    box.units.mkdir()
    box.config.write_text("# mine\nlog_level = 'debug'")
    return box


@pytest.fixture
def server(box, new_server) -> Server:
    """Configured by --write-config, and waiting for its certificate."""
    box.setup("--domain", "photos.example.org", "--write-config")
    box.configure(trust=box.acme.root)
    server = new_server(data=box.data, config=box.config).start()
    yield server
    server.stop()


def connect(server: Server, name: str, root: Path) -> ssl.SSLSocket:
    """As somebody who knows the server by this name and trusts only this root. An address is told in no handshake."""
    connection = socket.create_connection(("127.0.0.1", server.port), 10)
    return ssl.create_default_context(cafile=root).wrap_socket(connection, server_hostname=name)


def shown_by(server: Server) -> str:
    return ssl.get_server_certificate(("127.0.0.1", server.port))


def shows_chain(server: Server, chain: Path) -> bool:
    return chain.exists() and chain.read_text().startswith(shown_by(server))


def upload(connection, camera, picture: bytes) -> int:
    head = (
        f"POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {camera.key}\r\n"
        f"Content-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
    )
    connection.sendall(head.encode() + picture)
    return read_reply(connection).status


@contextmanager
def live_film(server: Server, photo: bytes, name: str, root: Path):
    """A camera that is linked, and somebody who watches a film of it. Yields when its pictures came, so far."""
    camera = server.add_camera("watched")
    with Link(server, camera, stream=connect(server, name, root)) as link:
        sender = Sender(link, photo)
        film = Film(server, f"/live/{camera.id}.mjpeg?fps=20", connection=connect(server, name, root))
        with film, seen_in(film) as seen:
            yield seen
        sender.end()


@contextmanager
def senders(server: Server, camera, picture, name: str, root: Path):
    """Cameras that send all the time: one over a connection that it keeps, two that connect for each picture, and one
    that is slow. Yields the answers so far; an error is one of them."""
    answers: list = []
    over = threading.Event()

    def fast(who: str, keep: bool) -> None:
        connection, count = None, 0
        while not over.is_set():
            count += 1
            try:
                connection = connection or connect(server, name, root)
                answers.append(upload(connection, camera, picture(f"{who} {count}")))
                if not keep:
                    connection.close()
                    connection = None
            except OSError as error:
                answers.append(error)
                connection = None

    def slow() -> None:
        """One picture, from the beginning to the end of it all."""
        bytes_ = picture("slow")
        try:
            connection = connect(server, name, root)
            head = (
                f"POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {camera.key}\r\n"
                f"Content-Type: image/jpeg\r\nContent-Length: {len(bytes_)}\r\n\r\n"
            )
            connection.sendall(head.encode() + bytes_[:500])
            over.wait()
            connection.sendall(bytes_[500:])
            answers.append(read_reply(connection).status)
        except OSError as error:
            answers.append(error)

    threads = [threading.Thread(target=fast, args=(f"sender {n}", n == 0)) for n in range(3)]
    threads.append(threading.Thread(target=slow))
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        over.set()
        for thread in threads:
            thread.join(30)


def life_s(certificate: Path) -> float:
    first = x509.load_pem_x509_certificate(certificate.read_bytes())
    return (first.not_valid_after_utc - first.not_valid_before_utc).total_seconds()


@pytest.mark.parametrize(
    "words, name, days",
    [
        (["--domain", "photos.example.org", "--profile", "classic"], "photos.example.org", 90),
        (["--domain", "photos.example.org", "--profile", "shortlived"], "photos.example.org", 6),
        (["--ip", "127.0.0.1"], "127.0.0.1", 6),
    ],
    ids=["name", "name-six-days", "address"],
)
def test_a_certificate_is_obtained_and_renewed_and_nobody_dropped(box, server, photo, picture, words, name, days):
    done = box.setup(*words, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["names"] == [name] and told["faults"] == []
    assert told["signed_by"] in told["trusted_by"]
    assert abs(life_s(box.chain) - days * DAY_S) < 60
    assert eventually(lambda: shows_chain(server, box.chain)), "nobody told the server, and nobody has to"
    first, orders = shown_by(server), box.acme.orders()

    camera = server.add_camera()
    with (
        hear_of_images(connect(server, name, box.acme.root)) as told,
        live_film(server, photo, name, box.acme.root) as seen,
        senders(server, camera, picture, name, box.acme.root) as answers,
    ):
        assert eventually(lambda: len(answers) > 20 and told and seen)
        box.acme.want_back(first)
        box.run_timer()
        assert eventually(lambda: shown_by(server) != first)
        after, told_after, seen_after = len(answers), len(told), len(seen)
        assert eventually(lambda: len(answers) > after + 20)
        assert eventually(lambda: len(told) > told_after + 10), "the stream that was open before goes on"
        assert eventually(lambda: len(seen) > seen_after + 10), "and so do the link and the film"
    assert set(answers) == {200}, [answer for answer in answers if answer != 200]
    assert shows_chain(server, box.chain)
    assert box.acme.orders() == orders + 1

    box.run_timer()
    assert box.acme.orders() == orders + 1, "it is not due"
    server.assert_fsck_finds_nothing()


def test_setup_says_what_to_do_next_and_keeps_what_is_there(box, new_server):
    mine = box.config.read_text()
    asked = box.setup("--domain", "photos.example.org")
    assert asked.returncode == 2
    assert f'certificate = "{box.chain}"' in asked.stderr and "[tls]" in asked.stderr
    assert box.config.read_text() == mine, "nobody said that it may be changed"

    added = box.setup("--domain", "photos.example.org", "--write-config")
    assert added.returncode == 2 and f"added to {box.config}" in added.stderr
    assert box.config.read_text().startswith(mine + "\n") and "[tls]" in box.config.read_text()
    box.configure(trust=box.acme.root)

    alone = box.setup("--domain", "photos.example.org")
    assert alone.returncode == 2
    assert f"no server shows proofs at http://127.0.0.1:{box.http_port} (ask it: Connection refused)" in alone.stderr
    assert box.acme.orders() == 0

    server = new_server(data=box.data, config=box.config).start()
    box.config.write_text(box.config.read_text().replace("/https/webroot", "/elsewhere"))
    stale = box.setup("--domain", "photos.example.org")
    assert stale.returncode == 2 and 'it answered "HTTP/1.1 404 Not Found"' in stale.stderr
    assert box.acme.orders() == 0
    box.config.write_text(box.config.read_text().replace("/elsewhere", "/https/webroot"))
    assert box.setup("--domain", "photos.example.org").returncode == 0
    kept = {file: file.read_bytes() for file in (box.data / "https").rglob("*.pem")}
    account = {file: file.read_bytes() for file in (box.data / "https/accounts").rglob("private_key.json")}
    assert account and kept
    shutil.rmtree(box.units)
    box.units.mkdir()
    again = box.setup("--domain", "photos.example.org")
    assert again.returncode == 0, again.stderr
    assert box.acme.orders() == 1, "a machine set up anew over the same data asks for no other certificate"
    assert (box.units / "heliograph-https.timer").exists()

    other = box.setup("--domain", "photos.example.org", "--domain", "www.photos.example.org", "--json")
    assert json.loads(other.stdout)["names"] == ["photos.example.org", "www.photos.example.org"]
    assert box.acme.orders() == 2
    assert {file: file.read_bytes() for file in account} == account
    server.stop()


def test_a_renewal_that_is_killed_harms_nothing_and_the_next_one_succeeds(box, server, picture, chance):
    """Also one that was writing: four files belong together."""
    assert box.setup("--domain", "photos.example.org").returncode == 0
    assert eventually(lambda: shows_chain(server, box.chain))
    camera = server.add_camera()
    for attempt in range(4):
        box.acme.want_back(shown_by(server))
        renewal = subprocess.Popen(
            [*box.timer_command(), "--force-renewal"],
            env=os.environ | box.acme.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            renewal.wait(chance.uniform(0.5, 2.5))
        except subprocess.TimeoutExpired:
            renewal.kill()
            renewal.wait()
        with connect(server, "photos.example.org", box.acme.root) as connection:
            assert upload(connection, camera, picture(f"after attempt {attempt}")) == 200
    before = shown_by(server)
    box.acme.want_back(before)
    box.run_timer()
    assert eventually(lambda: shows_chain(server, box.chain))
    assert box.type("check").returncode == 0


def test_another_authority_replaces_what_the_first_gave(box, server, tmp_path, http_port):
    assert box.setup("--domain", "photos.example.org").returncode == 0
    first = box.chain.read_text()
    other = Acme(tmp_path / "other", http_port)
    try:
        done = box.setup("--domain", "photos.example.org", "--json", acme=other)
        assert done.returncode == 1, done.stderr
        assert box.chain.read_text() != first and other.orders() == 1
        (fault,) = json.loads(done.stdout)["faults"]
        assert fault.startswith('it ends at "Pebble Root CA') and "they will refuse it" in fault
    finally:
        other.end()


def test_cameras_are_given_the_roots_that_the_certificate_ends_at(box, server, new_server):
    roots = box.acme.root.read_text()
    assert box.setup("--domain", "photos.example.org").returncode == 0
    assert eventually(lambda: shows_chain(server, box.chain))

    def ask(**headers: str):
        with connect(server, "photos.example.org", box.acme.root) as connection:
            more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
            connection.sendall(f"GET /device/v1/trust.pem HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode())
            return read_reply(connection)

    reply = ask()
    assert reply.status == 200 and reply.body.decode() == roots
    assert reply.headers["etag"] == f'"{hashlib.sha256(reply.body).hexdigest()}"'
    assert ask(If_None_Match=reply.headers["etag"]).status == 304
    assert box.type("check").returncode == 0
    server.stop()

    # Of Let's Encrypt's roots none vouches for it: a camera that took them could not come back.
    box.config.write_text(box.config.read_text().replace("trust_bundle", "# trust_bundle"))
    server.start()
    assert ask().status == 404
    assert "cameras that trust only the roots of the trust bundle refuse the certificate" in server.tail_of_log()
    looked = box.type("check")
    assert looked.returncode == 1
    assert "WARNING" in looked.stdout and "ISRG Root X1" in looked.stdout


def test_a_failure_is_told_in_certbots_words(box, server):
    done = box.setup("--domain", "photos.example.org", "--email", "nobody")
    assert done.returncode == 2
    assert "certbot got no certificate. It said:" in done.stderr and "mail" in done.stderr
    assert box.acme.orders() == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can work for others")
def test_root_works_as_the_owner_of_the_data(acme, http_port, new_server):
    """Who owns the data may be anybody: links in it must not lead root astray."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        box = Box(Path(place), acme, http_port)
        box.data.mkdir()
        box.units.mkdir()
        box.config.write_text("")
        os.chown(box.data, NOBODY, NOBODY)
        certbot = shutil.which("certbot") or ""
        may = subprocess.run(["setpriv", f"--reuid={NOBODY}", "--clear-groups", certbot, "--version"], capture_output=True)
        if may.returncode != 0:
            pytest.skip("nobody may run this checkout's certbot")
        shutil.copy(acme.certificate, place)
        acme.certificate = Path(place) / acme.certificate.name
        assert "added to" in box.setup("--domain", "photos.example.org", "--write-config").stderr
        box.configure(trust=acme.root)
        server = new_server(data=box.data, config=box.config).start()
        done = box.setup("--domain", "photos.example.org")
        assert done.returncode == 0, done.stderr
        assert {path.lstat().st_uid for path in (box.data / "https").rglob("*")} == {NOBODY}
        assert (box.data / "https").stat().st_mode & 0o777 == 0o700
        assert (box.data / "https/live/heliograph/privkey.pem").stat().st_mode & 0o777 == 0o600
        assert "\nUser=nobody\n" in (box.units / "heliograph-https.service").read_text()
        server.stop()
