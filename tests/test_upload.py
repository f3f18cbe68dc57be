"""A picture's way in, through every door there is."""

import hashlib
import re
import subprocess
import time

import pytest

from harness.pictures import make_picture
from harness.server import read_reply

FILENAME = re.compile(r"\d{8}T\d{6}\.\d{3}Z-[0-7][0-9a-hjkmnp-tv-z]{12}\.jpg")
NOON_MS = 1_795_348_800_000  # 2026-11-22T12:00:00Z

# --- POST /upload: the plain way ---


@pytest.mark.parametrize("content_type", ["image/jpeg", "image/jpg", "application/octet-stream", None])
def test_raw_upload_is_answered_ok_whatever_type_it_names(server, camera, picture, content_type):
    sent = picture("raw")
    reply = server.request(
        "POST", "/upload", sent, camera.bearer | ({"Content-Type": content_type} if content_type else {})
    )
    assert (reply.status, reply.type, reply.body) == (200, "text/plain", b"OK")
    [stored] = server.get("/api/v1/images").json()["images"]
    assert server.original(stored["filename"]) == sent


def test_other_types_are_refused_before_the_body(server, camera, picture):
    reply = server.request("POST", "/upload", picture("html"), camera.bearer | {"Content-Type": "text/html"})
    assert reply.status == 415
    assert "text/html" in reply.problem()["detail"] or "image/jpeg" in reply.problem()["detail"]


def test_upload_can_be_answered_in_json(server, camera, picture):
    first = server.upload(camera, picture("one"))
    assert first.status == 200 and first.type == "application/json"
    assert FILENAME.fullmatch(first.json()["filename"]) and first.json()["id"] in first.json()["filename"]
    assert first.json()["duplicate"] is False


def test_key_may_come_as_bearer_or_x_api_key(server, camera, picture):
    for header in (
        camera.bearer,
        {"X-API-Key": camera.key},
        {"x-api-key": camera.key},
        {"authorization": f"bearer {camera.key}"},
    ):
        assert server.request("POST", "/upload", picture(header), header).status == 200


def test_nameless_repeat_is_stored_once(server, camera, picture):
    first, again = (
        server.upload(camera, picture("same")).json(),
        server.upload(camera, picture("same")).json(),
    )
    assert again == first | {"duplicate": True}
    assert server.image_count() == 1


def test_two_cameras_may_send_the_same_bytes(server, camera, picture):
    other = server.add_camera("meadow")
    first, second = (
        server.upload(camera, picture("same")).json(),
        server.upload(other, picture("same")).json(),
    )
    assert not second["duplicate"] and first["id"] != second["id"]


def test_two_photos_in_one_millisecond_are_two_photos(server, camera, picture):
    replies = [
        server.send_image(camera, picture(n), n, headers={"Heliograph-Captured-At": str(NOON_MS)}).json()
        for n in range(2)
    ]
    assert len({reply["filename"] for reply in replies}) == 2
    assert server.original(replies[0]["filename"]) == picture(0) and server.original(
        replies[1]["filename"]
    ) == picture(1)


def test_zero_padding_behind_the_end_is_trimmed(server, camera, tmp_path):
    padded = make_picture(tmp_path / "padded.jpg", pad=1536)
    reply = server.upload(camera, padded)
    assert reply.status == 200
    stored = server.original(reply.json()["filename"])
    assert stored == padded.rstrip(b"\0") and stored.endswith(b"\xff\xd9")


def test_bytes_are_a_plain_file_a_person_can_find(server, camera, picture):
    filename = server.upload(camera, picture("plain")).json()["filename"]
    [file] = (server.data / "images").rglob("*.jpg")
    year, month, day = filename[0:4], filename[4:6], filename[6:8]
    assert file.relative_to(server.data).as_posix() == f"images/orchard/{year}/{month}/{day}/{filename}"
    assert file.read_bytes() == picture("plain")


def test_esp32_httpclient(server, camera, picture):
    """What Arduino's HTTPClient (ESP32 core 2 and 3) writes, byte for byte, twice on one connection; its
    reader takes the
    status from the tenth character of a line that starts with HTTP/1. and goes on only when it is told
    keep-alive.
    """

    def request(body: bytes) -> bytes:
        return (
            f"POST /upload HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUser-Agent: ESP32HTTPClient\r\n"
            "Connection: keep-alive\r\nAccept-Encoding: identity;q=1,chunked;q=0.1,*;q=0\r\n"
            f"Content-Type: image/jpeg\r\nX-API-Key: {camera.key}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    with server.connect() as stream:
        for shot in ("first", "second"):
            stream.sendall(request(picture(shot)))
            answer = b""
            while not answer.endswith(b"\r\n\r\nOK"):
                assert (piece := stream.recv(4096)), f"hung up after {answer!r}"
                answer += piece
            assert answer.startswith(b"HTTP/1.") and answer[9:12] == b"200"
            assert b"\r\ncontent-length: 2\r\n" in answer.lower()
            assert b"\r\nconnection: close" not in answer.lower()
    assert server.image_count() == 2


def test_arducam_sketch_over_http_1_0(server, camera, picture):
    """A sketch that writes its own HTTP/1.0 request and waits for the end of the connection."""
    body = picture("1.0")
    reply = server.raw(
        f"POST /upload HTTP/1.0\r\nX-API-Key: {camera.key}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    assert (reply.status, reply.body) == (200, b"OK")


def test_stray_line_ends_behind_the_body_do_no_harm(server, camera, picture):
    """Widely used camera firmware sends CR LF CR LF beyond its Content-Length, then waits for the server to
    hang up."""
    body = picture("stray")
    with server.connect() as stream:
        stream.sendall(
            f"POST /upload HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: image/jpg\r\n"
            f"X-API-Key: {camera.key}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"
        )
        reply = read_reply(stream)
    assert reply.status == 200


def test_request_target_in_absolute_form(server, camera, picture):
    """RFC 9112 §3.2.2 asks every server to accept it, and some camera firmware sends nothing else."""
    body = picture("absolute")
    reply = server.raw(
        f"POST http://127.0.0.1:{server.port}/upload HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"X-API-Key: {camera.key}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )
    assert reply.status == 200


def test_curl(server, camera, tmp_path):
    """The command of the README. Large enough for curl to ask with Expect: 100-continue and wait for the
    answer."""
    file = tmp_path / "x.jpg"
    make_picture(file, width=2560, height=1920, quality=98)
    started = time.monotonic()
    done = subprocess.run(
        [
            "curl",
            "-sS",
            "--http1.1",
            "-H",
            "Expect: 100-continue",
            "-H",
            f"X-API-Key: {camera.key}",
            "-H",
            "Content-Type: image/jpeg",
            "--data-binary",
            f"@{file}",
            f"http://127.0.0.1:{server.port}/upload",
        ],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.stdout, done.returncode) == ("OK", 0), done.stderr
    assert time.monotonic() - started < 0.9, "curl gave up waiting for 100 Continue (it waits a second)"


# --- POST /device/v1/images: the camera API ---


def test_named_picture_with_everything_a_camera_can_tell(server, camera, picture):
    before_ms = time.time_ns() // 1_000_000
    receipt = server.send_image(
        camera,
        picture("named"),
        7,
        boot="b-7_X",
        headers={
            "Heliograph-Captured-At": str(NOON_MS),
            "Heliograph-Telemetry": "battery_mv=3912, rssi_dbm=-71, lat_e7=450703000, lon_e7=76869000, "
            "temperature_mc=21500, heap_bytes=81234, uptime_s=3600, from_the_future=1",
        },
    )
    assert receipt.status == 201 and receipt.type == "application/json"
    assert before_ms <= receipt.json()["server_time"] <= time.time_ns() // 1_000_000
    assert receipt.json()["filename"].startswith("20261122T120000.000Z-")

    told = server.get(f"/api/v1/images/{receipt.json()['id']}").json()
    assert told["telemetry"] == {
        "battery_mv": 3912,
        "rssi_dbm": -71,
        "lat_e7": 450703000,
        "lon_e7": 76869000,
        "temperature_mc": 21500,
        "heap_bytes": 81234,
        "uptime_s": 3600,
    }
    assert (told["boot"], told["sequence"]) == ("b-7_X", 7)
    assert told["sha256"] == hashlib.sha256(picture("named")).hexdigest()
    image = told["image"]
    assert (
        image["camera_id"],
        image["captured_at"],
        image["width"],
        image["height"],
        image["size_bytes"],
    ) == (camera.id, NOON_MS, 320, 240, len(picture("named")))


def test_repeat_of_a_named_picture_is_answered_with_the_first_id(server, camera, picture):
    first = server.send_image(camera, picture("p"), 1).json()
    again = server.send_image(camera, picture("p"), 1)
    assert again.status == 201
    assert again.json()["duplicate"] and again.json()["id"] == first["id"]
    assert again.json()["filename"] == first["filename"]
    assert server.image_count() == 1


def test_one_name_for_two_pictures_is_a_conflict(server, camera, picture):
    first = server.send_image(camera, picture("p"), 1).json()
    reply = server.send_image(camera, picture("q"), 1)
    assert reply.status == 409
    reply.problem()
    assert server.image_count() == 1 and server.original(first["filename"]) == picture("p")


def test_names_belong_to_their_camera_and_boot(server, camera, picture):
    other = server.add_camera("meadow")
    ids = {
        server.send_image(camera, picture("p"), 1).json()["id"],
        server.send_image(other, picture("p"), 1).json()["id"],
        server.send_image(camera, picture("q"), 1, boot="boot-2").json()["id"],
    }
    assert len(ids) == 3


@pytest.mark.parametrize(
    "header, value",
    [
        ("Heliograph-Boot", ""),
        ("Heliograph-Boot", "a b"),
        ("Heliograph-Boot", "x" * 37),
        ("Heliograph-Sequence", ""),
        ("Heliograph-Sequence", "-1"),
        ("Heliograph-Sequence", "1.5"),
        ("Heliograph-Sequence", "0x10"),
        ("Heliograph-Sequence", "9007199254740992"),
        ("Heliograph-Sequence", "99999999999999999999"),
        ("Heliograph-Captured-At", "1577836799999"),
        ("Heliograph-Captured-At", "4102444800001"),
        ("Heliograph-Captured-At", "yesterday"),
        ("Heliograph-Telemetry", "battery_mv=full"),
        ("Heliograph-Telemetry", "battery_mv=100001"),
        ("Heliograph-Telemetry", "nonsense"),
        ("Heliograph-Telemetry", "uptime_s=" + "1" * 300),
    ],
)
def test_headers_out_of_their_form_are_refused_by_name(server, camera, picture, header, value):
    reply = server.send_image(camera, picture("p"), 1, headers={header: value})
    assert reply.status == 400
    assert header.lower() in reply.problem()["detail"].lower()
    assert server.image_count() == 0


@pytest.mark.parametrize("missing", ["Heliograph-Boot", "Heliograph-Sequence"])
def test_picture_without_a_whole_name_is_refused(server, camera, picture, missing):
    headers = camera.bearer | {"Heliograph-Boot": "b", "Heliograph-Sequence": "1"}
    del headers[missing]
    reply = server.request("POST", "/device/v1/images", picture("p"), headers)
    assert reply.status == 400 and missing.lower() in reply.problem()["detail"].lower()


def test_camera_that_does_not_know_the_time_is_given_ours(server, camera, picture):
    before_ms = time.time_ns() // 1_000_000
    image = server.get(f"/api/v1/images/{server.send_image(camera, picture('p'), 1).json()['id']}").json()[
        "image"
    ]
    assert before_ms <= image["captured_at"] <= image["received_at"] <= time.time_ns() // 1_000_000


def test_everything_is_there_after_a_restart(server, camera, picture):
    sent = {server.upload(camera, picture(n)).json()["filename"]: picture(n) for n in range(5)}
    server.stop()
    server.start()
    assert {filename: server.original(filename) for filename in sent} == sent
    assert server.upload(camera, picture(0)).json()["duplicate"]
    server.assert_fsck_finds_nothing()
