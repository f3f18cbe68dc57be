"""Requests that are wrong, and senders that are no friends: a clear answer, nothing lost, a server that still
works."""

import pytest

from harness.requests import head
from harness.server import read_reply

# --- requests that are wrong in one piece: what is sent after the head, and what is answered ---

GOOD = b"the picture"  # stands for one in the table


@pytest.mark.parametrize(
    "lines, body, status, says",
    [
        pytest.param([], b"", 400, "no body", id="no body and no length"),
        pytest.param(["Content-Length: 0"], b"", 400, "no body", id="empty body"),
        pytest.param(["Content-Length: {size}", "Content-Length: {size}"], GOOD, 400, "", id="length twice"),
        pytest.param(["Content-Length: {size}", "Content-Length: 5"], GOOD, 400, "", id="two lengths"),
        pytest.param(
            ["Content-Length: {size}", "Transfer-Encoding: chunked"], GOOD, 400, "", id="length and chunked"
        ),
        pytest.param(
            ["Transfer-Encoding: gzip, chunked"], b"0\r\n\r\n", 501, "chunked", id="a coding we do not know"
        ),
        pytest.param(["Content-Length: -1"], GOOD, 400, "", id="negative length"),
        pytest.param(["Content-Length: 1e3"], GOOD, 400, "", id="length is no number"),
        pytest.param(["Content-Length: 99999999999999999999"], GOOD, 400, "", id="length beyond 64 bits"),
        pytest.param(["Transfer-Encoding: chunked"], b"zz\r\n\r\n", 400, "", id="chunk size is no number"),
        pytest.param(
            ["Transfer-Encoding: chunked"], b"fffffffffffffffff\r\n", 400, "", id="chunk size beyond 64 bits"
        ),
        pytest.param(
            ["Content-Length: 104857600"], b"\xff\xd8\xff", 413, "bytes at most", id="100 MB announced"
        ),
        pytest.param(["Content-Length: 10"], b"test image", 422, "JPEG", id="text"),
        pytest.param(["no colon here", "Content-Length: {size}"], GOOD, 400, "", id="header without a colon"),
        pytest.param(["X-Junk: " + "x" * 100_000, "Content-Length: {size}"], GOOD, 431, "", id="huge header"),
        pytest.param(
            [f"X-Junk-{n}: {n}" for n in range(5000)] + ["Content-Length: {size}"],
            GOOD,
            431,
            "",
            id="thousands of headers",
        ),
    ],
)
def test_bad_request(server, camera, picture, unharmed, lines, body, status, says):
    sent = picture("bad") if body is GOOD else body
    reply = server.raw(head(camera, *(line.format(size=len(sent)) for line in lines)) + sent)
    assert reply.status == status
    assert says in reply.problem()["detail"]


@pytest.mark.parametrize(
    "target, status",
    [
        ("/../etc/passwd", 400),
        ("/uploads/../heliograph.sqlite", 400),
        ("/uploads/..%2fheliograph.sqlite", 400),
        ("/uploads/%2e%2e/heliograph.sqlite", 400),
        ("/uploads/%2e%2e%2fheliograph.sqlite", 400),
        ("/uploads/..%5c..%5clock", 404),
        ("/uploads/..\\..\\heliograph.sqlite", 400),
        ("/uploads/%252e%252e%252fheliograph.sqlite", 404),
        ("/uploads/..%252f..%252fheliograph.sqlite", 404),
        ("/uploads/%c0%ae%c0%ae%c0%afheliograph.sqlite", 404),
        ("/uploads/....//heliograph.sqlite", 404),
        ("/thumbnails/%2e%2e%5cheliograph.sqlite", 404),
        ("/assets/../heliograph.sqlite", 400),
        ("/assets/%2e%2e/heliograph.sqlite", 400),
        ("/assets/..%5cheliograph.sqlite", 404),
        ("/assets//etc/passwd", 404),
        ("/api/v1/quarantine/..%5cheliograph.sqlite/bytes", 404),
        ("//heliograph.sqlite", 404),
        ("/uploads/a%00b.jpg", 400),
        ("/uploads/%zz", 400),
        ("/uploads/%", 400),
        ("/uploads//etc/passwd", 404),
        ("/uploads/heliograph.sqlite", 404),
        ("/thumbnails/..%2f..%2flock", 400),
        ("no-slash", 400),
        ("/uploads/" + "x" * 300, 404),
        ("/api/v1/images/0000000000000", 404),
        ("/api/v1/images/not-an-id", 404),
        ("/api/v1/nothing", 404),
    ],
)
def test_bad_target(server, camera, unharmed, target, status):
    reply = server.raw(head(camera, target=target, method="GET"))
    assert reply.status == status
    reply.problem()
    assert b"root:" not in reply.body and b"SQLite" not in reply.body


def test_target_without_end(server, camera, unharmed):
    reply = server.raw(head(camera, target="/" + "x" * 200_000, method="GET"))
    assert reply.status in (414, 431)
    reply.problem()


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=many",
        "limit=-1",
        "from=yesterday",
        "from=-1",
        "to=1e9",
        "cursor=%21%21",
        "cursor=",
        "cursor=" + "a" * 1000,
        "camera=nobody",
        "from=99999999999999999999",
    ],
)
def test_bad_query(server, camera, unharmed, query):
    reply = server.get(f"/api/v1/images?{query}")
    assert reply.status == 400
    assert query.split("=")[0] in reply.problem()["detail"]


@pytest.mark.parametrize(
    "method, path, allowed",
    [
        ("GET", "/upload", {"POST", "PUT"}),
        ("PUT", "/device/v1/images", {"POST"}),
        ("DELETE", "/api/v1/cameras", {"GET", "HEAD", "POST"}),
        ("POST", "/uploads/x.jpg", {"GET", "HEAD"}),
    ],
)
def test_wrong_method(server, unharmed, method, path, allowed):
    reply = server.request(method, path)
    assert reply.status == 405
    assert {name.strip() for name in reply.headers["allow"].split(",")} - {"OPTIONS"} == allowed
    reply.problem()


def test_unknown_method(server, unharmed):
    reply = server.request("BREW", "/healthz")
    assert reply.status == 501
    reply.problem()


@pytest.mark.parametrize(
    "line",
    [
        b"HELLO",
        b"GET",
        b"GET /",
        b"GET / HTTP/9.9",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"SSH-2.0-OpenSSH_9.2",
        b"\0" * 64,
    ],
)
def test_what_is_no_http_is_hung_up_on(server, unharmed, line):
    with server.connect(timeout=5) as stream:
        stream.sendall(line + b"\r\n\r\n")
        try:
            answer = stream.recv(4096)
        except ConnectionResetError:
            return
        assert not answer or b" 400 " in answer or b" 505 " in answer, answer


# --- keys ---


@pytest.mark.parametrize("door", ["/upload", "/device/v1/images"])
@pytest.mark.parametrize(
    "headers, status",
    [
        pytest.param({}, 401, id="none"),
        pytest.param({"X-API-Key": "wrong"}, 401, id="wrong"),
        pytest.param({"Authorization": "Bearer wrong"}, 401, id="wrong bearer"),
        pytest.param({"X-API-Key": ""}, 401, id="empty"),
        pytest.param({"X-API-Key": "x" * 4000}, 401, id="long"),
        pytest.param({"Authorization": "Basic b3JjaGFyZDpwYXNz"}, 400, id="basic"),
        pytest.param({"Authorization": "Bearer"}, 400, id="no token"),
    ],
)
def test_without_a_good_key_nothing_is_stored(server, unharmed, picture, door, headers, status):
    reply = server.request(
        "POST", door, picture("stranger"), headers | {"Heliograph-Boot": "b", "Heliograph-Sequence": "1"}
    )
    assert reply.status == status
    assert "key" in reply.problem()["detail"].lower()
    assert status != 401 or "Bearer" in reply.headers["www-authenticate"]


def test_stranger_is_refused_before_the_body(server, unharmed):
    with server.connect() as stream:
        stream.sendall(b"POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\n")
        assert read_reply(stream).status == 401
