"""Behind nginx and HAProxy, as docs/behind-a-proxy.md sets them up: the server knows who asks and how, believes nobody else
who says so, and everything that works without a proxy works."""

import json
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import fronts
from harness.certificates import make_certificate
from harness.changes import Changes
from harness.fronts import Somebody
from harness.networks import HERE, THERE, another_network
from harness.people import PASSWORD, Visitor, user_command
from harness.pictures import grown_to
from harness.programs import Camera
from harness.server import Server, read_reply
from harness.waiting import eventually

PROXY = "127.0.0.1"  # whence nginx and HAProxy come, and alone are believed
CLIENT, OTHER_CLIENT, STRANGER = "127.0.0.3", "127.0.0.4", "127.0.0.5"
LARGE_BYTES = 16_000_000
SLOW_S = 4  # longer than any buffer on the way hides, shorter than anybody's patience
LIES = {
    "X-Forwarded-For": "192.0.2.66, 127.0.0.1",
    "X-Forwarded-Proto": "http",
    "Forwarded": "for=192.0.2.66;proto=http",
    "X-Real-IP": "192.0.2.66",
}
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"


@dataclass
class Front:
    server: Server
    proxy: object
    trusts: Path

    def somebody(self, address: str = CLIENT) -> Somebody:
        return Somebody(self.proxy.port, self.trusts, address)


def peers(server: Server, path: str) -> list[str]:
    """Who asked for this path, as the log says. A line is written behind its answer: wait for it."""
    lines = server.log.read_text().splitlines()
    asked = (json.loads(line) for line in lines if line.startswith("{") and line.endswith("}"))
    return [line["peer"] for line in asked if line["message"] == "request" and line["path"] == path]


def settings(*proxies: str, tls: Path | None = None, protocol: bool = False) -> str:
    text = f'log_level = "debug"\n[proxies]\ntrusted = {json.dumps(proxies)}\n'
    if protocol:
        text += "proxy_protocol = true\n"
    if tls:
        text += f'[tls]\ncertificate = "{tls}"\nkey = "{tls.parent / "key.pem"}"\n'
    return text


def configured(folder: Path, text: str) -> Path:
    config = folder / "heliograph.toml"
    config.write_text(text)
    return config


@pytest.fixture
def start(new_server, tmp_path):
    return lambda text, **how: new_server(config=configured(tmp_path, text), login=True, **how).start()


KINDS = ["nginx", "haproxy", "haproxy-v1", "haproxy-v2", "haproxy-v2-ssl"]


@pytest.fixture(scope="module", params=KINDS)
def front(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxies")
    passes_tls_on = request.param in ("haproxy-v1", "haproxy-v2")
    certificate = make_certificate(folder / "server-tls") if passes_tls_on else None
    protocol = request.param.startswith("haproxy-v")
    config = configured(folder, settings(PROXY, tls=certificate, protocol=protocol))
    server = Server(folder / "data", config, login=True).start()
    if passes_tls_on:
        option = "send-proxy" if request.param == "haproxy-v1" else "send-proxy-v2"
        proxy = fronts.haproxy_passing_tls_on(folder, server.port, option)
    else:
        begin = {"nginx": fronts.nginx, "haproxy": fronts.haproxy_with_fields, "haproxy-v2-ssl": fronts.haproxy_v2_ssl}
        proxy, certificate = begin[request.param](folder, server.port)
    assert user_command(server, "add", "owner").returncode == 0
    yield Front(server, proxy, certificate)
    proxy.end()
    server.stop()


@pytest.fixture(scope="module")
def camera(front) -> Camera:
    return front.server.add_camera()


def signed_in(somebody: Somebody, **headers) -> Visitor:
    visitor = Visitor(somebody)
    visitor.take(visitor.request("POST", "/api/v1/session", {"name": "owner", "password": PASSWORD}, **headers))
    return visitor


def upload(somebody: Somebody, camera: Camera, picture: bytes):
    told = {"Content-Type": "image/jpeg", "Accept": "application/json"}
    return somebody.request("POST", "/upload", picture, camera.bearer | told)


# --- who asks, and how ---


@pytest.mark.parametrize("lies", [{}, LIES], ids=["plain", "spoofed"])
def test_the_server_knows_the_client(front, lies):
    headers = {name.replace("-", "_"): value for name, value in lies.items()}
    before = len(peers(front.server, "/api/v1/session"))
    visitor = Visitor(front.somebody())
    reply = visitor.request("POST", "/api/v1/session", {"name": "owner", "password": "not the password"}, **headers)
    assert reply.status == 401
    reply = visitor.request("POST", "/api/v1/session", {"name": "owner", "password": PASSWORD}, **headers)
    visitor.take(reply)
    cookie, *attributes = (part.strip() for part in reply.headers["set-cookie"].split(";"))
    assert cookie.startswith("__Host-heliograph=") and "Secure" in attributes, "the client came by TLS"
    assert reply.headers["strict-transport-security"].startswith("max-age=")
    assert eventually(lambda: peers(front.server, "/api/v1/session")[before:] == [CLIENT, CLIENT])
    current = next(s for s in visitor.get("/api/v1/sessions").json()["sessions"] if s["current"])
    assert current["address"] == CLIENT
    tries = [e for e in visitor.get("/api/v1/audit").json()["entries"] if e["action"] == "sign-in"]
    assert tries and {entry["address"] for entry in tries} == {CLIENT}


def test_guesses_slow_down_the_guesser_alone(front):
    guesser = Visitor(front.somebody(OTHER_CLIENT))
    for number in range(6):
        reply = guesser.sign_in("owner", f"guess {number}")
    assert reply.status == 429
    signed_in(front.somebody())


def said_to(port: int, request: bytes) -> bytes:
    """What a stranger hears; nothing, too, when the connection was closed with what he said unread."""
    with socket.create_connection(("127.0.0.1", port), 10, (STRANGER, 0)) as stream:
        try:
            stream.sendall(request)
            return stream.recv(4096)
        except (ConnectionResetError, BrokenPipeError):
            return b""


def test_who_comes_past_the_proxy_is_not_believed(front, request):
    """It names a trusted proxy's client, and TLS, in every way there is."""
    if "[haproxy-v" in request.node.name:
        for header in (b"", b"PROXY TCP4 192.0.2.66 127.0.0.1 4711 443\r\n"):
            assert said_to(front.server.port, header + HEALTH) == b""
        assert "192.0.2.66" not in peers(front.server, "/healthz")
        return
    said = LIES | {"X-Forwarded-For": "192.0.2.66", "X-Forwarded-Proto": "https"}
    stranger = Visitor(Somebody(front.server.port, None, STRANGER))
    reply = stranger.request(
        "POST",
        "/api/v1/session",
        {"name": "owner", "password": PASSWORD},
        **{name.replace("-", "_"): value for name, value in said.items()},
    )
    assert reply.status == 200, "it is somebody on this machine"
    assert reply.headers["set-cookie"].startswith("heliograph=") and "Secure" not in reply.headers["set-cookie"]
    assert "strict-transport-security" not in reply.headers
    assert eventually(lambda: peers(front.server, "/api/v1/session")[-1] == STRANGER)


# --- what goes through ---


def test_changes_come_when_they_happen(front, camera, picture):
    visitor = signed_in(front.somebody())
    with front.somebody().connect() as stream:
        stream.sendall(
            f"GET /api/v1/changes HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\nCookie: {visitor.cookie}\r\n\r\n".encode()
        )
        lines = stream.makefile("rb")
        assert b" 200 " in lines.readline()
        while lines.readline().strip():
            pass
        while not lines.readline().startswith(b": here they come"):
            pass
        began = time.monotonic()
        assert upload(front.somebody(), camera, picture(f"live {time.time()}")).status == 200
        # Behind the head stand the sizes of chunks, of which the reader makes nothing.
        event, image = Changes(lines).next()
        assert event == "image-added" and image["camera_id"] == camera.id
        assert time.monotonic() - began < 2


def test_a_large_picture(front, camera, picture):
    large = grown_to(picture(f"large {time.time()}"), LARGE_BYTES)
    reply = upload(front.somebody(), camera, large)
    assert reply.status == 200, reply.body
    kept = signed_in(front.somebody()).get(f"/uploads/{reply.json()['filename']}")
    assert kept.status == 200 and kept.body == large


def test_a_slow_camera(front, camera, picture):
    slow = grown_to(picture(f"slow {time.time()}"), 40_000)
    pieces = [slow[at : at + 1000] for at in range(0, len(slow), 1000)]
    with front.somebody().connect() as stream:
        stream.sendall(
            f"POST /upload HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {camera.key}\r\nAccept: application/json\r\n"
            f"Content-Type: image/jpeg\r\nContent-Length: {len(slow)}\r\n\r\n".encode()
        )
        for piece in pieces:
            stream.sendall(piece)
            time.sleep(SLOW_S / len(pieces))
            if piece is pieces[20]:
                assert upload(front.somebody(), camera, picture(f"quick {time.time()}")).status == 200, "nobody waits for it"
        reply = read_reply(stream)
    assert reply.status == 200
    assert signed_in(front.somebody()).get(f"/uploads/{reply.json()['filename']}").body == slow


def test_a_slow_reader(front, camera, picture):
    large = grown_to(picture(f"read slowly {time.time()}"), LARGE_BYTES)
    name = upload(front.somebody(), camera, large).json()["filename"]
    visitor = signed_in(front.somebody())
    with front.somebody().connect() as stream:
        stream.sendall(f"GET /uploads/{name} HTTP/1.1\r\nHost: h\r\nCookie: {visitor.cookie}\r\n\r\n".encode())
        stream.recv(1)
        time.sleep(SLOW_S)
        rest = read_rest(stream, len(large))
    assert rest.endswith(large)


def read_rest(stream: socket.socket, body_bytes: int) -> bytes:
    received = bytearray()
    head_ends = -1
    while head_ends < 0 or len(received) < head_ends + 4 + body_bytes:
        piece = stream.recv(1 << 16)
        assert piece, "it ended too early"
        received += piece
        head_ends = received.find(b"\r\n\r\n")
    return bytes(received)


def test_many_at_once(front, camera, picture):
    replies: list[int] = []

    def send(number: int) -> None:
        client = front.somebody(f"127.0.1.{number}")
        for turn in range(5):
            replies.append(upload(client, camera, picture(f"{number} {turn} {time.time()}")).status)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == [200] * 40
    clients = {f"127.0.1.{number}" for number in range(1, 9)}
    assert eventually(lambda: clients <= set(peers(front.server, "/upload")))
    assert PROXY not in peers(front.server, "/upload")


# --- beyond this machine ---


def ask(stream: socket.socket, path: str, *fields: str):
    stream.sendall("\r\n".join([f"GET {path} HTTP/1.1", "Host: h", *fields, "", ""]).encode())
    return read_reply(stream)


def test_what_comes_in_clear_from_elsewhere_is_refused(start):
    """Past the proxy, that is. The login stays."""
    with another_network() as network:
        server = start(settings(PROXY), options=("--listen", "0.0.0.0:0"))
        said = [f"{name}: {value}" for name, value in (LIES | {"X-Forwarded-Proto": "https"}).items()]
        with network.connect(server.port) as stranger:
            for fields in ([], said):
                refused = ask(stranger, "/api/v1/session", *fields)
                assert refused.status == 403 and "https" in refused.problem()["detail"]
                assert "strict-transport-security" not in refused.headers
            assert ask(stranger, "/healthz").status == 200
            assert ask(stranger, "/readyz").status == 200
        assert server.get("/api/v1/session").json()["needs_set_up"], "this machine is asked to set it up"
        assert server.get("/api/v1/cameras").status == 401
        server.stop()


def test_a_proxy_elsewhere_says_how_its_clients_came(start):
    with another_network() as network:
        server = start(settings(THERE), options=("--listen", "0.0.0.0:0"))
        with network.connect(server.port) as proxy:
            of_client = "X-Forwarded-For: 192.0.2.1"
            assert ask(proxy, "/api/v1/session", of_client, "X-Forwarded-Proto: https").status == 200
            assert ask(proxy, "/api/v1/session", of_client, "X-Forwarded-Proto: http").status == 403
            assert ask(proxy, "/api/v1/session", of_client).status == 403
            assert ask(proxy, "/api/v1/session").status == 403
            assert ask(proxy, "/healthz").status == 200, "it looks at our health"
        assert eventually(lambda: peers(server, "/healthz") == [THERE])
        server.stop()


def test_a_proxy_has_as_many_connections_as_it_needs(start):
    with another_network() as network:
        text = settings(THERE, protocol=True) + "[limits]\nconnections_per_address = 2\n"
        server = start(text, options=("--listen", "0.0.0.0:0"))
        streams = [network.connect(server.port) for _ in range(8)]
        for number, stream in enumerate(streams):
            stream.sendall(f"PROXY TCP4 192.0.2.{number} {HERE} 4711 80\r\n".encode())
            assert ask(stream, "/healthz").status == 200
        clients = [f"192.0.2.{number}" for number in range(8)]
        assert eventually(lambda: peers(server, "/healthz") == clients)
        for stream in streams:
            stream.close()
        server.stop()


def test_the_plain_port_beside_tls_may_have_a_proxy_too(start, tmp_path):
    certificate = make_certificate(tmp_path / "tls")
    port = fronts.free_port()
    text = settings(PROXY, tls=certificate) + f'http = "127.0.0.1:{port}"\n'
    server = start(text.replace("[proxies]", "[proxies]\nproxy_protocol_http = true"), trusts=certificate)
    assert server.get("/healthz").status == 200, "the other port is without"
    with socket.create_connection(("127.0.0.1", port), 10) as proxy:
        proxy.sendall(b"PROXY TCP4 192.0.2.7 127.0.0.1 4711 80\r\n")
        assert ask(proxy, "/").status == 301
    assert eventually(lambda: peers(server, "/") == ["192.0.2.7"])
    server.stop()


def test_a_proxy_that_forgot_its_header_is_told_in_the_log(start):
    server = start(settings(PROXY, protocol=True))
    with socket.create_connection(("127.0.0.1", server.port), 10) as stream:
        stream.sendall(HEALTH)
        assert stream.recv(1) == b""
    assert eventually(lambda: "its PROXY header is missing" in server.tail_of_log())
    server.stop()
