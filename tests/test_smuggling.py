"""Request smuggling: what a sender hides in or behind a request is never answered, whether it asks the server itself or
an nginx in front of it, which sends everybody's requests through one connection."""

import itertools
import re
import socket

import pytest

from harness.nginx import Nginx, nginx_with_one_connection
from harness.server import Server
from harness.waiting import eventually

SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
PATIENCE_S = 30  # nobody here answers later, and nobody waits for us; the machine is busy
START_LINE = re.compile(rb"HTTP/1\.1 (\d{3}) ")
numbers = itertools.count(1)


def lines(*fields: str, request: str = "POST /upload HTTP/1.1") -> bytes:
    return "\r\n".join([request, "Host: h", *fields, "", ""]).encode("latin-1")


CHUNKED = lines("Transfer-Encoding: chunked")

# Two ways to see where the request ends; or one that others are known to see in another way.
AMBIGUOUS = {
    "two lengths": lines("Content-Length: 41", "Content-Length: 0"),
    "two lengths in one": lines("Content-Length: 0, 41"),
    "one length twice": lines("Content-Length: 0", "Content-Length: 0"),
    "length with a sign": lines("Content-Length: +0"),
    "length and blank": lines("Content-Length: 0 41"),
    "folded length": lines("Content-Length:", " 41"),
    "blank before the colon": lines("Content-Length : 41"),
    "length and chunks": lines("Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
    "chunks and length": lines("Transfer-Encoding: chunked", "Content-Length: 41") + b"0\r\n\r\n",
    "chunks twice": lines("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
    "chunks, chunks": lines("Transfer-Encoding: chunked, chunked") + b"0\r\n\r\n",
    "chunks, then nothing": lines("Transfer-Encoding: chunked, identity") + b"0\r\n\r\n",
    "chunks behind a vertical tab": lines("Transfer-Encoding: \vchunked", "Content-Length: 41"),
    "folded coding": lines("Transfer-Encoding:", " chunked", "Content-Length: 41"),
    "folded field": lines("X-Note: a", " Content-Length: 41"),
    "first field folded": b"POST /upload HTTP/1.1\r\n Content-Length: 41\r\nHost: h\r\n\r\n",
    "bare line feeds": b"POST /upload HTTP/1.1\nHost: h\n\n",
    "bare line feed in a field": lines("X-Note: a\nContent-Length: 41"),
    "bare carriage return in a field": lines("X-Note: a\rContent-Length: 41"),
    "NUL in a name": lines("Content-Length\0: 41"),
    "chunks for HTTP/1.0": lines("Transfer-Encoding: chunked", request="POST /upload HTTP/1.0") + b"0\r\n\r\n",
    "version of nobody": lines("Content-Length: 0", request="POST /upload HTTP/1.2"),
    "size with a prefix": CHUNKED + b"0x0\r\n\r\n",
    "size with a sign": CHUNKED + b"+0\r\n\r\n",
    "size of no number": CHUNKED + b"zero\r\n\r\n",
    "size beyond 64 bits": CHUNKED + b"10000000000000000\r\n\r\n0\r\n\r\n",
    "size of nearly 64 bits": CHUNKED + b"fffffffffffffffe\r\n",
    "size and bare line feed": CHUNKED + b"5\nhello\r\n0\r\n\r\n",
    "line feed in an extension": CHUNKED + b"5;a\nhello\r\n0\r\n\r\n",
    "line feed in a quoted extension": CHUNKED + b'29;a="\n"\r\n' + SMUGGLED + b"\r\n0\r\n\r\n",
    "line feeds in the last extension": CHUNKED + b'0;a="\n\n' + SMUGGLED + b'"\r\n\r\n',
    "nothing behind a chunk": CHUNKED + b"5\r\nhello0\r\n\r\n",
    "line feed behind a chunk": CHUNKED + b"5\r\nhello\n0\r\n\r\n",
    "more than the size": CHUNKED + b"5\r\nhello, world\r\n0\r\n\r\n",
    "line feeds at the end": CHUNKED + b"0\n\n",
    "length in the trailer": CHUNKED + b"0\r\nContent-Length: 41\r\n\r\n",
    "folded trailer": CHUNKED + b"0\r\nA: b\r\n c\r\n\r\n",
}

# The body is what a smuggler would write, and nobody can be in doubt that it is the body.
BODIES = {
    "length": lambda head: head(f"Content-Length: {len(SMUGGLED)}") + SMUGGLED,
    "length in blanks": lambda head: head(f"Content-Length: \t{len(SMUGGLED)} ") + SMUGGLED,
    "a coding of nobody's": lambda head: head("Transfer_Encoding: chunked", f"Content-Length: {len(SMUGGLED)}")
    + SMUGGLED,
    "chunk": lambda head: head("Transfer-Encoding: chunked") + b"%x\r\n%b\r\n0\r\n\r\n" % (len(SMUGGLED), SMUGGLED),
    "chunk with extensions": lambda head: head("Transfer-Encoding: CHUNKED")
    + b'%X;a="0\t;";b=c\r\n%b\r\n0;last\r\n\r\n' % (len(SMUGGLED), SMUGGLED),
    "size with zeros": lambda head: head("Transfer-Encoding: chunked")
    + b"%020x\r\n%b\r\n0000\r\n\r\n" % (len(SMUGGLED), SMUGGLED),
    "chunks of one byte": lambda head: head("Transfer-Encoding: chunked")
    + b"".join(b"1\r\n%c\r\n" % byte for byte in SMUGGLED)
    + b"0\r\n\r\n",
    "trailer": lambda head: head("Transfer-Encoding: chunked")
    + b"%x\r\n%b\r\n0\r\nX-Note: GET /smuggled HTTP/1.1\r\n\r\n" % (len(SMUGGLED), SMUGGLED),
}

# Each is answered without a look at the body, or before its end.
REFUSED = {
    "no key": ("POST /upload HTTP/1.1", (), 401),
    "no camera's key": ("PUT /upload?key=nobody HTTP/1.1", (), 401),
    "no such address": ("POST /nowhere HTTP/1.1", (), 404),
    "no such method": ("DELETE /healthz HTTP/1.1", (), 405),
    "no body wanted": ("GET /healthz HTTP/1.1", (), 413),
    "another type": ("POST /upload HTTP/1.1", ("X-API-Key: {key}", "Content-Type: text/html"), 415),
    "no picture": ("POST /upload HTTP/1.1", ("X-API-Key: {key}",), 422),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """It tells which requests it has answered."""
    folder = tmp_path_factory.mktemp("smuggling")
    (folder / "heliograph.toml").write_text('log_level = "debug"\n')
    server = Server(folder / "data", folder / "heliograph.toml").start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def camera(server):
    return server.add_camera()


@pytest.fixture(scope="module", params=["as it comes", "when it is whole"])
def nginx(request, server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("front") / "nginx"
    nginx = nginx_with_one_connection(folder, server, buffering="whole" in request.param)
    yield nginx
    nginx.end()


@pytest.fixture
def nothing_smuggled(server):
    before = len(server.answered())
    yield
    assert "GET /smuggled" not in server.answered()[before:]


def one_of_mine() -> tuple[bytes, bytes]:
    """A request whose answer can be no other's, and what stands in that."""
    name = f"mine-{next(numbers)}"
    end = "Connection: close"
    return lines(end, request=f"GET /api/v1/images/{name} HTTP/1.1"), f"no image {name}".encode()


def converse(port: int, said: bytes) -> bytes:
    """All that is answered, until the other side ends it."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as stream:
        stream.sendall(said)
        return b"".join(iter(lambda: stream.recv(65536), b""))


def statuses(answers: bytes) -> list[int]:
    return [int(status) for status in START_LINE.findall(answers)]


def refused(kind: str, body: str, camera) -> tuple[bytes, int]:
    request, fields, status = REFUSED[kind]
    known = [field.format(key=camera.key) for field in fields]
    return BODIES[body](lambda *framing: lines(*known, *framing, request=request)), status


# --- the server itself ---


@pytest.mark.parametrize("who", ["stranger", "camera"])
@pytest.mark.parametrize("request_", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_what_can_be_read_in_two_ways_ends_the_connection(server, camera, nothing_smuggled, request_, who):
    key = f"X-API-Key: {camera.key}\r\n".encode() if who == "camera" else b""
    first, rest = request_.split(b"Host: h", 1)
    answers = converse(server.port, first + key + b"Host: h" + rest + SMUGGLED)
    assert len(statuses(answers)) == 1, answers
    assert statuses(answers)[0] in (400, 401, 413, 501, 505)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_body_is_no_request(server, camera, nothing_smuggled, kind, body):
    request, status = refused(kind, body, camera)
    mine, proof = one_of_mine()
    answers = converse(server.port, request + mine)
    assert statuses(answers) == [status, 404] and proof in answers, answers


def test_a_body_that_was_not_asked_for_is_no_request(server, nothing_smuggled):
    """Whoever waits for `100 Continue` and is refused may send the body or not: nobody knows what follows."""
    asking = lines("Expect: 100-continue", f"Content-Length: {len(SMUGGLED)}")
    assert statuses(converse(server.port, asking + SMUGGLED)) == [401]


def test_an_older_client_gets_one_answer(server, nothing_smuggled):
    older = lines("Connection: keep-alive", "Content-Length: 0", request="POST /upload HTTP/1.0")
    assert statuses(converse(server.port, older + SMUGGLED)) == [400]


@pytest.mark.parametrize(
    "request_, status",
    [
        (lines(request="HEAD /healthz HTTP/1.1"), 200),
        (lines(request="HEAD / HTTP/1.1"), 200),
        (lines(request="HEAD /nowhere HTTP/1.1"), 404),
        (lines("If-None-Match: *", request="GET / HTTP/1.1"), 304),
        (lines(request="OPTIONS /device/v1/uploads HTTP/1.1"), 204),
    ],
    ids=["text", "static", "problem", "unchanged", "nothing"],
)
def test_nothing_follows_an_answer_that_has_no_body(server, request_, status):
    """It would be taken for the next answer, which may be somebody else's."""
    mine, proof = one_of_mine()
    answers = converse(server.port, request_ + mine)
    assert statuses(answers) == [status, 404] and proof in answers
    assert answers.partition(b"\r\n\r\n")[2].startswith(b"HTTP/1.1 404 ")


# --- through nginx ---


def ask_through(nginx: Nginx, server: Server, said: bytes) -> bytes:
    """As one person; then as another, who must get an answer of his own. And both must have seen the same requests."""
    answers = converse(nginx.port, said)
    mine, proof = one_of_mine()
    others = converse(nginx.port, mine)
    assert statuses(others) == [404] and proof in others, others
    return answers


@pytest.fixture
def in_step(nginx, server):
    """What nginx sent on in the test is what the server answered."""
    mine, proof = one_of_mine()
    assert proof in converse(nginx.port, mine)
    # A line is logged behind its answer: those of the test before may still be on their way, but stand before this one.
    mark = mine.partition(b" HTTP")[0].decode()
    eventually(lambda: mark in server.answered() and mark in nginx.forwarded(), within_s=PATIENCE_S)
    before, sent_before = len(server.answered()), len(nginx.forwarded())
    yield

    def both():
        return sorted(server.answered()[before:]), sorted(nginx.forwarded()[sent_before:])

    eventually(lambda: both()[0] == both()[1], within_s=PATIENCE_S)
    answered, forwarded = both()
    assert answered == forwarded


def test_nginx_uses_one_connection_for_all(nginx, server):
    connections = server.metric("heliograph_http_connections_total")
    for _ in range(10):
        mine, proof = one_of_mine()
        assert proof in converse(nginx.port, mine)
    assert server.metric("heliograph_http_connections_total") - connections <= 2  # one is of the question itself


@pytest.mark.parametrize("request_", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_what_can_be_read_in_two_ways_is_read_in_one_behind_nginx(nginx, server, in_step, request_):
    ask_through(nginx, server, request_ + SMUGGLED + lines("Connection: close", request="GET /end HTTP/1.1"))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_body_is_no_request_behind_nginx(
    nginx, server, camera, nothing_smuggled, in_step, kind, body
):
    request, status = refused(kind, body, camera)
    mine, proof = one_of_mine()
    answers = ask_through(nginx, server, request + mine)
    assert statuses(answers) == [400] or (statuses(answers) == [status, 404] and proof in answers), answers
