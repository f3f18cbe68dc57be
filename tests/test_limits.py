"""Too much of everything: a disk that gets stuck, cameras that send more than their share, an address with too many
connections. Whoever is sent away hears when to come back, nothing acknowledged is lost, and the gallery answers."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.dialects import s60sc
from harness.networks import another_network
from harness.pictures import grown_to, unlike_all_others
from harness.programs import SLOW_FLUSH
from harness.requests import head
from harness.server import Reply, Server, read_reply
from harness.waiting import eventually

PICTURE_BYTES = 200_000
WAITING_BYTES = 500_000  # so the third picture is one too many
PATIENCE_S = 10  # a body waits so long for room
STUCK_MS = 600_000


@pytest.fixture
def configured(new_server, tmp_path):
    def start(settings: str, **how) -> Server:
        config = tmp_path / "heliograph.toml"
        config.write_text(settings)
        return new_server(config=config, **how).start()

    return start


class Disk:
    """How long each flush takes."""

    def __init__(self, file):
        self.file = file
        self.heal()

    def heal(self):
        self.file.write_text("0")

    def get_stuck(self):
        self.file.write_text(str(STUCK_MS))


@pytest.fixture
def disk(tmp_path):
    disk = Disk(tmp_path / "flush-delay")
    yield disk
    disk.heal()


@pytest.fixture
def server(configured, disk):
    assert SLOW_FLUSH.exists(), "`script/build release all` makes it; without it no disk here is slow"
    settings = f'[limits]\nwaiting_bytes = "{WAITING_BYTES}"\n'
    server = configured(settings, environment={"LD_PRELOAD": SLOW_FLUSH, "FLUSH_DELAY_FILE": disk.file})
    yield server
    disk.heal()
    server.assert_fsck_finds_nothing()
    server.stop()


@pytest.fixture
def large(photo):
    return lambda tag: grown_to(unlike_all_others(photo, str(tag)), PICTURE_BYTES)


def assert_sent_away(reply: Reply, status: int, at_least: int, at_most: int) -> int:
    assert reply.status == status, reply.body
    reply.problem()
    seconds = int(reply.headers["retry-after"])
    assert at_least <= seconds <= at_most
    return seconds


def send_slowly(server, camera, picture: bytes) -> socket.socket:
    """A request of which half the body is still to come."""
    stream = server.connect()
    stream.sendall(head(camera, f"Content-Length: {len(picture)}") + picture[: len(picture) // 2])
    return stream


def finish(stream: socket.socket, picture: bytes) -> Reply:
    with stream:
        stream.sendall(picture[len(picture) // 2 :])
        return read_reply(stream)


def ask_first(server, request: bytes) -> Reply:
    """The answer to a head that asks for leave to send its body, which never follows."""
    with server.connect() as stream:
        stream.sendall(request)
        return read_reply(stream)


def expecting(camera, length: int = PICTURE_BYTES) -> bytes:
    return head(camera, "Expect: 100-continue", "Content-Type: image/jpeg", f"Content-Length: {length}")


# --- more than the disk takes ---


def test_what_waits_for_the_disk_is_bounded_and_the_gallery_answers(server, disk, large):
    camera = server.add_camera()
    stored = server.upload(camera, large("before")).json()["filename"]
    disk.get_stuck()
    with ThreadPoolExecutor(20) as senders:
        replies = [senders.submit(server.send_image, camera, large(n), n) for n in range(20)]
        assert eventually(lambda: server.metric("heliograph_waiting_bodies") >= 10)
        waiting = server.metric("heliograph_waiting_bytes")
        assert WAITING_BYTES < waiting <= WAITING_BYTES + 3 * PICTURE_BYTES
        took = []
        for _ in range(50):
            began = time.monotonic()
            assert server.get("/api/v1/images?limit=50").status == 200
            assert server.original(stored) == large("before")
            took.append(time.monotonic() - began)
        assert sorted(took)[len(took) // 2] < 0.2, "the gallery does not wait for the disk"
        assert server.metric("heliograph_waiting_bytes") == waiting, "and nothing more was read meanwhile"
        disk.heal()
        assert [reply.result().status for reply in replies] == [201] * len(replies)
    assert server.image_count() == 21
    assert server.metric("heliograph_waiting_bytes") == 0
    assert server.metric('heliograph_uploads_refused_total{reason="waiting"}') == 0


def test_a_stuck_disk_sends_cameras_away_before_their_bodies(server, disk, large):
    """In every dialect, and not all for the same time; what they keep is taken when the disk is well."""
    camera = server.add_camera()
    tus = camera.bearer | {"Tus-Resumable": "1.0.0", "Heliograph-Boot": "tus", "Heliograph-Sequence": "1"}
    begun = server.request("POST", "/device/v1/uploads", None, tus | {"Upload-Length": str(PICTURE_BYTES)})
    assert begun.status == 201
    where = begun.headers["location"]
    disk.get_stuck()
    with ThreadPoolExecutor(12) as senders:
        replies = [senders.submit(server.send_image, camera, large(n), n) for n in range(12)]
        assert eventually(lambda: sum(reply.done() for reply in replies) >= 6), "nobody waits for ever"
        told = [assert_sent_away(reply.result(), 503, 10, 20) for reply in replies if reply.done()]
        assert len(set(told)) > 1, "they must not all come back together"

        began = time.monotonic()
        patch = tus | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        named = "\r\n".join(f"{name}: {value}" for name, value in patch.items())
        for request in (
            expecting(camera),
            head(camera, "Expect: 100-continue", f"Content-Length: {PICTURE_BYTES}", named.partition("\r\n")[2],
                 target=where, method="PATCH"),
            s60sc(camera, large("form")),
        ):
            assert_sent_away(ask_first(server, request), 503, 10, 20)
        assert time.monotonic() - began < 2, "who comes new hears at once that nothing moves"
        assert server.get("/api/v1/images").status == 200
        disk.heal()
        stored = [n for n, reply in enumerate(replies) if reply.result().status == 201]
    assert 1 <= len(stored) <= 6
    assert server.image_count() == len(stored)
    assert server.metric('heliograph_uploads_refused_total{reason="waiting"}') >= 3
    for n in range(12):
        again = server.send_image(camera, large(n), n)
        assert again.status == 201 and again.json()["duplicate"] == (n in stored)
    assert server.request("PATCH", where, large("tus"), patch).status == 204
    assert server.image_count() == 13


def test_bodies_on_their_way_do_not_wait_for_each_other(server, large):
    cameras = [server.add_camera(f"camera-{n}") for n in range(4)]
    pictures = [large(n) for n in range(200)]
    streams = [send_slowly(server, cameras[n % 4], picture) for n, picture in enumerate(pictures)]
    replies = [finish(stream, picture) for stream, picture in zip(streams, pictures, strict=True)]
    assert {reply.status for reply in replies} == {200}
    assert server.image_count() == 200


# --- more than a camera's share ---


def test_a_camera_has_so_many_uploads_in_hand(configured, large):
    server = configured("[limits]\nuploads_per_camera = 2\n")
    camera, other = server.add_camera(), server.add_camera("other")
    first, second = (send_slowly(server, camera, large(n)) for n in (1, 2))
    assert eventually(lambda: server.metric("heliograph_uploads_in_hand") == 2)
    assert_sent_away(ask_first(server, expecting(camera)), 429, 10, 20)
    assert_sent_away(server.upload(camera, large(3)), 429, 10, 20)
    assert_sent_away(server.send_image(camera, large(3), 3), 429, 10, 20)
    tus = camera.bearer | {"Tus-Resumable": "1.0.0", "Heliograph-Boot": "tus", "Heliograph-Sequence": "1"}
    begin = tus | {"Upload-Length": str(PICTURE_BYTES)}
    assert_sent_away(server.request("POST", "/device/v1/uploads", None, begin), 429, 10, 20)
    assert_sent_away(server.raw(s60sc(camera, large(3))), 429, 10, 20)
    assert server.upload(other, large(4)).status == 200, "no other camera suffers"
    assert finish(first, large(1)).status == 200
    assert server.upload(camera, large(3)).status == 200
    assert finish(second, large(2)).status == 200
    assert server.metric('heliograph_uploads_refused_total{reason="camera-at-once"}') == 5
    assert server.metric("heliograph_uploads_in_hand") == 0
    assert server.image_count() == 4
    server.assert_fsck_finds_nothing()
    server.stop()


def test_an_upload_that_broke_off_is_not_in_hand(configured, large):
    server = configured("[limits]\nuploads_per_camera = 1\n")
    camera = server.add_camera()
    for n in range(5):
        send_slowly(server, camera, large(n)).close()
        assert eventually(lambda: server.metric("heliograph_uploads_in_hand") == 0)
    assert server.upload(camera, large(5)).status == 200
    server.stop()


def test_a_camera_has_a_rate(configured, picture):
    server = configured("[limits]\nimages_per_minute = 4\nimage_burst = 3\n")
    camera, other = server.add_camera(), server.add_camera("other")
    for n in range(3):
        assert server.send_image(camera, picture(n), n).status == 201
    reply = server.send_image(camera, picture(3), 3)
    assert_sent_away(reply, 429, 10, 30)
    assert "4 pictures a minute" in reply.problem()["detail"]
    assert_sent_away(ask_first(server, expecting(camera)), 429, 10, 30)
    assert server.send_image(other, picture(3), 3).status == 201
    assert server.metric('heliograph_uploads_refused_total{reason="camera-rate"}') == 2
    server.stop()


def test_all_who_have_no_key_share_one_camera(configured, large):
    server = configured('anonymous_camera = "Visitors"\n[limits]\nuploads_per_camera = 1\n')
    camera = server.add_camera()
    request = f"POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: {PICTURE_BYTES}\r\n\r\n".encode()
    with server.connect() as stream:
        stream.sendall(request + large(1)[: PICTURE_BYTES // 2])
        assert eventually(lambda: server.metric("heliograph_uploads_in_hand") == 1)
        assert_sent_away(server.raw(request + large(2)), 429, 10, 20)
        assert server.upload(camera, large(3)).status == 200, "who has a key does not suffer from those who have none"
        stream.sendall(large(1)[PICTURE_BYTES // 2 :])
        assert read_reply(stream).status == 200
    server.stop()


# --- more than an address's share ---


def test_an_address_has_so_many_connections(configured):
    health = b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"
    with another_network() as network:
        server = configured(
            "[limits]\nconnections_per_address = 3\n", options=("--listen", "0.0.0.0:0", "--insecure-open")
        )

        def ask(stream: socket.socket) -> Reply:
            stream.sendall(health)
            return read_reply(stream)

        streams = [network.connect(server.port) for _ in range(3)]
        assert [ask(stream).status for stream in streams] == [200] * 3
        for _ in range(5):
            with network.connect(server.port) as refused:
                # It hears so without having asked for anything.
                assert_sent_away(read_reply(refused), 429, 60, 120)
                assert refused.recv(1) == b""
        assert [ask(stream).status for stream in streams] == [200] * 3, "who is in stays"
        mine = [server.connect() for _ in range(10)]
        assert [ask(stream).status for stream in mine] == [200] * 10, "this machine is everybody"
        streams.pop().close()
        assert eventually(lambda: server.metric("heliograph_http_connections_open") == 13)
        with network.connect(server.port) as again:
            assert ask(again).status == 200
        assert server.metric('heliograph_http_connections_refused_total{reason="address"}') == 5
        for stream in streams + mine:
            stream.close()
        server.stop()
