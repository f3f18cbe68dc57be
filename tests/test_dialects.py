"""Cameras that were made for another server, and what their firmwares get wrong."""

import socket
import subprocess
import time

import pytest

from harness import dialects
from harness.dialects import DIALECTS, FORMS, Dialect
from harness.pictures import grown_to
from harness.programs import Camera
from harness.server import Reply, Server, read_reply

AT_ONCE_S = 5  # far below the 30 s that a silent sender is waited for


def stored(server: Server) -> list[bytes]:
    """The pictures that are there, newest first."""
    return [server.original(image["filename"]) for image in server.get("/api/v1/images").json()["images"]]


def send(server: Server, request: bytes) -> Reply:
    """One request on a connection that stays open: an answer must not wait for its end."""
    started = time.monotonic()
    reply = server.raw(request)
    assert time.monotonic() - started < AT_ONCE_S
    return reply


def with_anonymous(tmp_path, new_server) -> Server:
    config = tmp_path / "heliograph.toml"
    config.write_text('anonymous_camera = "Visitors"\nlog_level = "debug"\n')
    return new_server(config=config).start()


# --- each as it is, and four ways to break it ---


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_good_request(server, camera, picture, dialect: Dialect):
    sent = picture("good")
    reply = send(server, dialect.request(camera, sent))
    assert reply.status == 200, reply.body
    assert stored(server) == [sent]
    if dialect.answer is not None:
        assert reply.body == dialect.answer
    again = send(server, dialect.request(camera, sent))
    assert again.status == 200 and len(stored(server)) == 1, "a repeat is stored once"


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_one_byte_at_a_time(server, camera, picture, dialect: Dialect):
    sent = picture("bytes")
    with server.connect() as stream:
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        request = dialect.request(camera, sent)
        for at in range(len(request)):
            stream.sendall(request[at : at + 1])
        assert read_reply(stream).status == 200
    assert stored(server) == [sent]


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_short_body(server, camera, picture, unharmed, dialect: Dialect):
    request = dialect.request(camera, picture("short"))
    with server.connect() as stream:
        stream.sendall(request[: len(request) // 2])
        stream.shutdown(socket.SHUT_WR)
        reply = read_reply(stream)
    assert reply.status == 400
    reply.problem()


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_two_lengths(server, camera, picture, unharmed, dialect: Dialect):
    request = dialect.request(camera, picture("two"))
    reply = send(
        server,
        request.replace(b"Content-Length: ", b"Content-Length: 7\r\nContent-Length: ", 1),
    )
    assert reply.status == 400
    reply.problem()


@pytest.mark.parametrize("dialect", FORMS, ids=str)
def test_wrong_boundary(server, camera, picture, unharmed, dialect: Dialect):
    request = dialect.request(camera, picture("wrong"))
    real = b"boundary=" + dialect.boundary.encode()
    reply = send(server, request.replace(real, b"boundary=" + b"x" * len(dialect.boundary), 1))
    assert reply.status == 400
    assert "boundary" in reply.problem()["detail"]


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_noise_instead_of_a_picture(server, camera, unharmed, dialect: Dialect):
    reply = send(server, dialect.request(camera, b"\x13\x37noise" * 1000))
    assert reply.status == 422
    assert "no JPEG" in reply.problem()["detail"]


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_unknown_key(server, camera, picture, unharmed, dialect: Dialect):
    request = dialect.request(camera, picture("stranger"))
    stranger = camera.key[:-1] + ("a" if camera.key[-1] != "a" else "b")
    request = request.replace(
        camera.key.removeprefix("cam_").encode(), stranger.removeprefix("cam_").encode()
    )
    assert send(server, request).status == 401


# --- Random Nerd Tutorials ---


def test_form_that_lost_its_last_block(server, camera, photo, unharmed):
    """The sketch writes blocks of 1024 bytes and forgets the last one if it is full. Then it listens for ten
    seconds."""
    whole = grown_to(photo, len(photo) // 1024 * 1024 + 2048)
    request = dialects.random_nerd_tutorials(camera, whole)
    at = request.index(whole) + len(whole)
    with server.connect() as stream:
        started = time.monotonic()
        stream.sendall(request[: at - 1024] + request[at:])
        reply = read_reply(stream)
        assert time.monotonic() - started < AT_ONCE_S, "the closing boundary ends it, not the length"
    assert reply.status == 422
    assert "cut off" in reply.problem()["detail"]


def test_form_without_its_closing_boundary(server, camera, picture):
    """A sketch that counts a few bytes too few: the bytes of the picture decide."""
    sent = picture("uncounted")
    body = dialects.part("b", 'name="imageFile"; filename="a.jpg"', sent, "image/jpeg") + b"--"
    reply = send(
        server,
        dialects.request(f"POST /u/{camera.key}/upload.php", [dialects.form_type("b")], body),
    )
    assert reply.status == 200
    assert stored(server) == [sent]


# --- the insect trap ---


def test_trap_is_told_what_its_php_receiver_tells(server, camera, picture):
    sent = picture("trap")
    told = send(server, dialects.insect_trap(camera, sent)).json()
    [image] = server.get("/api/v1/images").json()["images"]
    assert told == {
        "status": "success",
        "filename": image["filename"],
        "size": len(sent),
    }


# --- Prusa Connect ---


def test_prusa_is_answered_and_hung_up_on(server, camera, picture):
    """It waits until the connection ends, watched by a timer of 40 s; a reset because of its four stray bytes
    could erase the answer."""
    with server.connect() as stream:
        stream.sendall(dialects.prusa_connect(camera, picture("prusa")))
        started = time.monotonic()
        answer = b""
        while piece := stream.recv(4096):
            answer += piece
        assert time.monotonic() - started < AT_ONCE_S
    assert answer.startswith(b"HTTP/1.1 200 ") and answer.endswith(b"\r\n\r\nOK")
    assert b"\r\nConnection: close\r\n" in answer


def test_prusa_of_earlier_years(server, camera, picture):
    """It spoke HTTP/1.0, and took nothing for an answer that did not begin with HTTP/1.1."""
    request = dialects.prusa_connect(camera, picture("old")).replace(b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", 1)
    with server.connect() as stream:
        stream.sendall(request.removesuffix(b"\r\n\r\n"))
        answer = b""
        while piece := stream.recv(4096):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_prusa_that_lost_its_last_block(server, camera, photo, unharmed):
    """It writes blocks of 2048 bytes and forgets the last one if it is full, then waits for an answer. EXIF data
    goes before the blocks, so the length tells nothing."""
    whole = grown_to(photo, len(photo) // 2048 * 2048 + 4096 + 300)
    request = dialects.prusa_connect(camera, whole)
    with server.connect() as stream:
        started = time.monotonic()
        stream.sendall(request[: -2048 - 4] + b"\r\n\r\n")
        reply = read_reply(stream)
        assert stream.recv(1) == b"", "hung up on"
        assert time.monotonic() - started < AT_ONCE_S
    assert reply.status == 422
    assert "cut off" in reply.problem()["detail"]


def test_prusa_tells_of_itself(server, camera):
    body = b'{"config":{"name":"Printer","firmware":"1.1.2","resolution":{"width":1600,"height":1200}}}'
    fields = ["Connection: close", "Content-Type: application/json", "fingerprint: f"]
    for key, status in (
        (camera.key, 200),
        (camera.key.removeprefix("cam_"), 200),
        ("0" * 20, 401),
    ):
        request = dialects.request("PUT https://h/c/info", [*fields, f"token: {key}"], body)
        assert send(server, request + b"\r\n\r\n").status == status


# --- AI-on-the-edge ---


def test_meter_tells_when_it_looked(server, camera, picture):
    assert send(server, dialects.ai_on_the_edge(camera, picture("meter"))).status == 200
    clockless = dialects.ai_on_the_edge(camera, picture("clockless")).replace(b"=1795348800", b"=0")
    before_ms = time.time_ns() // 1_000_000
    assert send(server, clockless).status == 200
    times = sorted(image["captured_at"] for image in server.get("/api/v1/images").json()["images"])
    assert 1_795_348_800_000 in times and min(times) >= min(before_ms, 1_795_348_800_000)


def test_meter_readings_are_answered_and_not_kept(server, camera, unharmed):
    readings = b'[{"timestamp":"2026-11-22T12:00:00+0100","name":"main","value":"531.2","error":"no error"}]'
    for key, status in ((camera.key, 200), ("wrong", 401)):
        fields = ["Content-Type: application/json", f"APIKEY: {key}"]
        assert send(server, dialects.request("POST /upload", fields, readings)).status == status
    without = dialects.request(
        "POST /upload",
        ["Content-Type: application/json", f"X-API-Key: {camera.key}"],
        readings,
    )
    assert send(server, without).status == 415


# --- s60sc ---


@pytest.mark.parametrize("name", ["20261122_120000_SVGA.avi", "telemetry.csv", "clip.srt"])
def test_films_and_tables_are_refused_with_a_reason(server, camera, unharmed, name):
    reply = send(server, dialects.s60sc(camera, b"RIFF" + bytes(5000), name))
    assert reply.status == 415
    assert name in reply.problem()["detail"] and "JPEG" in reply.problem()["detail"]


def test_next_request_is_found_behind_two_bytes_too_many(server, camera, picture):
    with server.connect() as stream:
        for shot in ("first", "second"):
            stream.sendall(dialects.s60sc(camera, picture(shot)))
            assert read_reply(stream).status == 200
    assert len(stored(server)) == 2


# --- forms in general ---


def test_picture_behind_noise_that_claims_to_be_one(server, camera, picture):
    sent = picture("better")
    body = dialects.form(
        "b",
        dialects.part("b", 'name="a"; filename="a.jpg"', b"noise" * 100, "image/jpeg"),
        dialects.part("b", 'name="b"; filename="b.jpg"', sent, "image/jpeg"),
        dialects.part("b", 'name="c"; filename="c.jpg"', picture("third"), "image/jpeg"),
    )
    request = dialects.request("POST /upload", [f"X-API-Key: {camera.key}", dialects.form_type("b")], body)
    assert send(server, request).status == 200
    assert stored(server) == [sent]
    assert len(list((server.data / "images").rglob("*.jpg"))) == 1


def test_form_without_a_picture(server, camera, unharmed):
    body = dialects.form("b", dialects.part("b", 'name="temperature"', b"21.5"))
    request = dialects.request("POST /upload", [f"X-API-Key: {camera.key}", dialects.form_type("b")], body)
    reply = send(server, request)
    assert reply.status == 422
    assert "no picture" in reply.problem()["detail"]


def test_chunked_form(server, camera, picture):
    sent = picture("chunked")
    body = dialects.form("b", dialects.part("b", 'name="x"; filename="x"', sent))
    reply = server.request(
        "POST",
        "/upload",
        (body[at : at + 777] for at in range(0, len(body), 777)),
        camera.bearer | {"Content-Type": "multipart/form-data; boundary=b"},
        encode_chunked=True,
    )
    assert reply.status == 200
    assert stored(server) == [sent]


def curl(*arguments) -> str:
    done = subprocess.run(
        ["curl", "-sS", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl_as_in_the_documentation(server, camera, picture, tmp_path):
    """Home Assistant's line, and that of Motion's on_picture_save."""
    file = tmp_path / "x.jpg"
    at = f"http://127.0.0.1:{server.port}"
    file.write_bytes(picture("webhook"))
    assert curl("-F", f"image=@{file}", f"{at}/api/webhook/{camera.key}") == "OK"
    file.write_bytes(picture("motion"))
    assert (
        curl(
            "-H",
            f"X-API-Key: {camera.key}",
            "--data-binary",
            f"@{file}",
            f"{at}/upload",
        )
        == "OK"
    )
    file.write_bytes(picture("put"))
    assert curl("-T", file, f"{at}/u/{camera.key}/snapshot.jpg") == "OK"
    assert len(stored(server)) == 3


# --- whose it is ---


def test_the_key_decides_and_a_mix_up_is_refused(server, camera, picture):
    """A name that no camera has is ignored; that of another camera is a mistake that must not pass, wherever it
    stands (generic_form has it behind the picture)."""
    server.add_camera("meadow")
    tries = {
        f"/upload/{camera.name}": 200,
        "/upload/Trap_07": 200,
        "/upload/meadow": 409,
        "/upload?device_id=meadow": 409,
    }
    for path, status in tries.items():
        reply = server.request("POST", path, picture(path), {"X-API-Key": camera.key})
        assert reply.status == status, path
    reply = server.request("POST", "/upload", picture("header"), camera.bearer | {"X-Camera": "meadow"})
    assert reply.status == 409 and "mixed up" in reply.problem()["detail"]
    posing = Camera(camera.id, "meadow", camera.key)
    assert send(server, dialects.generic_form(posing, picture("part"))).status == 409
    cameras = server.get("/api/v1/cameras").json()["cameras"]
    assert {c["name"]: c["image_count"] for c in cameras} == {"orchard": 2, "meadow": 0}
    kept = server.quarantine(camera, at_least=4)
    assert len(kept) == 4 and all("mixed up" in one["reason"] for one in kept)
    assert server.quarantined_bytes(kept[0]) == picture("part"), "nothing is lost by a mix-up"


def test_without_a_key_nobody_is_impersonated(tmp_path, new_server, picture):
    server = with_anonymous(tmp_path, new_server)
    server.add_camera("orchard")
    tries = {
        "/upload": 200,
        "/upload/Trap_07": 200,
        "/upload/Visitors": 200,
        "/upload/orchard": 401,
    }
    for path, status in tries.items():
        assert server.request("POST", path, picture(path), {}).status == status, path
    cameras = server.get("/api/v1/cameras").json()["cameras"]
    assert {c["name"]: c["image_count"] for c in cameras} == {
        "Visitors": 3,
        "orchard": 0,
    }


def test_two_different_keys_are_refused(server, camera, picture):
    other = server.add_camera("meadow")
    reply = server.request("POST", f"/u/{camera.key}/upload", picture("two"), {"X-API-Key": other.key})
    assert reply.status == 400
    assert "two different keys" in reply.problem()["detail"]


def test_a_form_without_any_key_is_not_stored(server, picture):
    request = dialects.insect_trap(Camera("", "", "x"), picture("keyless"))
    assert send(server, request.replace(b"X-API-Key: x\r\n", b"")).status == 401


def test_keys_are_never_logged(tmp_path, new_server, picture):
    server = with_anonymous(tmp_path, new_server)
    camera = server.add_camera("orchard")
    for dialect in DIALECTS:
        assert server.raw(dialect.request(camera, picture(dialect))).status == 200
    for path in (
        f"/u/{camera.key}",
        f"/u/{camera.key}/a/b",
        f"/api/webhook/{camera.key}/x",
        f"/?key={camera.key}",
    ):
        server.get(path)
        server.request("POST", path, b"x", {})
    server.stop()
    log = server.log.read_text(errors="replace")
    assert "/u/***" in log and "/api/webhook/***" in log, "requests are logged, or this proves nothing"
    assert camera.key.removeprefix("cam_") not in log
