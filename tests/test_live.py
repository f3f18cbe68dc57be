"""A camera's link, and those who watch: real server, and a camera and browsers played by the test."""

import signal
import subprocess
import time
from contextlib import contextmanager

import pytest

from harness.live import Closed, Film, Link, Sender, Socket, watch
from harness.people import join, make_token, set_up
from harness.pictures import unlike_all_others
from harness.programs import CAM

LEASE_S = 10
LINGER_S = 3


@pytest.fixture
def link(server, camera):
    with Link(server, camera) as link:
        yield link


@pytest.fixture
def sender(link, photo):
    sender = Sender(link, photo)
    yield sender
    sender.end()


def test_nothing_is_asked_for_while_nobody_watches_and_everything_when_somebody_does(server, camera, link):
    assert link.is_silent(1)
    with watch(server, camera, fps=10) as viewer:
        assert viewer.until("state")["linked"] is True
        start = link.until("start-live")
        assert start | {"stream": 1, "fps": 10, "width": 0, "lease_ms": LEASE_S * 1000, "credits": 2} == start
        renewed = time.monotonic()
        assert link.until("renew", LEASE_S)["stream"] == 1
        assert time.monotonic() - renewed > LEASE_S / 2 - 1, "no oftener than needed"
    left = time.monotonic()
    assert link.until("stop-live")["stream"] == 1
    assert LINGER_S - 0.5 < time.monotonic() - left < LEASE_S
    assert link.is_silent(1)


def test_who_wants_more_is_heard(server, camera, link):
    with watch(server, camera, fps=5):
        assert link.until("start-live")["fps"] == 5
        with watch(server, camera, fps=20):
            assert link.until("start-live") | {"stream": 2, "fps": 20} == {
                "type": "start-live", "stream": 2, "fps": 20, "width": 0, "quality": 75, "lease_ms": 10000, "credits": 2
            }


def test_a_frame_comes_as_it_was_sent(server, camera, link, photo):
    with watch(server, camera) as viewer:
        stream = link.until("start-live")["stream"]
        link.send_frame(stream, 0, photo)
        frame = viewer.frame()
        assert (frame.camera, frame.stream, frame.sequence, frame.jpeg) == (camera.id, stream, 0, photo)
        assert abs(frame.captured_at - time.time() * 1000) < 5000
        assert link.until("credit") == {"type": "credit", "stream": stream, "frames": 1}


@pytest.mark.parametrize("how", ["film", "socket"])
def test_who_asked_for_few_pictures_is_shown_the_last_one(server, camera, link, photo, how):
    pictures = [unlike_all_others(photo, str(number)) for number in range(4)]
    film = Film(server, f"/live/{camera.id}.mjpeg?fps=1") if how == "film" else None
    viewer = film or watch(server, camera, fps=1)
    stream = link.until("start-live")["stream"]
    for number, picture in enumerate(pictures):
        link.send_frame(stream, number, picture)
        link.until("credit")
    # The camera sends nothing more.
    with viewer:
        seen = viewer.next() if film else viewer.frame().jpeg
        while seen != pictures[-1]:
            seen = viewer.next() if film else viewer.frame().jpeg


def test_a_film_and_pictures_for_everything_else(server, camera, sender):
    with Film(server, f"/live/{camera.id}.mjpeg?fps=20") as film:
        first, second = film.next(), film.next()
        assert first.startswith(b"\xff\xd8") and second.startswith(b"\xff\xd8") and first != second
    picture = server.get(f"/live/{camera.id}.jpg")
    assert picture.status == 200 and picture.type == "image/jpeg" and picture.body.startswith(b"\xff\xd8")
    newer = server.get(f"/live/{camera.id}.jpg", If_None_Match=picture.headers["etag"])
    assert newer.status == 200 and newer.headers["etag"] != picture.headers["etag"]


def test_a_picture_is_waited_for_and_no_longer_than_asked(server, camera, link, photo):
    began = time.monotonic()
    assert server.get(f"/live/{camera.id}.jpg?wait=1").status == 503
    assert 0.9 < time.monotonic() - began < 3
    stream = link.until("start-live")["stream"]
    link.send_frame(stream, 0, photo)
    with watch(server, camera):
        picture = server.get(f"/live/{camera.id}.jpg")
        assert picture.body == photo
        same = server.get(f"/live/{camera.id}.jpg?wait=1", If_None_Match=picture.headers["etag"])
        assert (same.status, same.body) == (304, b"")


def test_a_camera_that_is_not_linked_is_said_to_be(server, camera):
    for kind in ("mjpeg", "jpg"):
        assert "not linked" in server.get(f"/live/{camera.id}.{kind}").problem()["detail"]
    for wrong in (f"{camera.id}.png", camera.id, "x.jpg", f"{camera.id}x.jpg"):
        assert server.get(f"/live/{wrong}").status == 404
    assert server.get(f"/live/{camera.id}.jpg?fps=0").status == 400
    with watch(server, camera) as viewer:
        assert viewer.until("state")["linked"] is False
        with Link(server, camera) as link:
            assert viewer.until("state")["linked"] is True
            link.until("start-live")
        assert viewer.until("state")["linked"] is False


def test_the_newer_link_wins(server, camera, link):
    with Link(server, camera) as newer, pytest.raises(Closed) as closed:
        link.next()
    assert closed.value.code == 4001
    with Link(server, camera) as newest, watch(server, camera):
        newest.until("start-live")
    del newer


def test_a_link_needs_the_key_of_a_camera(server, camera):
    assert Socket(server, "/device/v1/link", {}).status == 401
    assert Socket(server, "/device/v1/link", {"Authorization": "Bearer cam_wrong"}).status == 401
    assert server.request("GET", "/device/v1/link", headers=camera.bearer).status == 426


def test_what_is_damaged_is_dropped_and_the_rest_goes_on(server, camera, link, photo):
    with watch(server, camera) as viewer:
        stream = link.until("start-live")["stream"]
        link.send_frame(stream, 0, photo, crc=1)
        link.until("credit")
        link.send_frame(stream, 1, photo[:-2])
        link.until("credit")
        link.send_frame(stream + 7, 2, photo)  # of a stream that nobody asked for: it costs its credit
        link.send_frame(stream, 3, photo)
        assert viewer.frame().sequence == 3


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"version": 2}, 1002),
        ({"kind": 3}, 1002),
        ({"flags": 8}, 1002),
        ({"length": 5}, 1002),
    ],
)
def test_a_header_that_is_none_ends_the_link(server, camera, link, photo, what, code):
    with watch(server, camera):
        stream = link.until("start-live")["stream"]
        link.send_frame(stream, 0, photo, **what)
        with pytest.raises(Closed) as closed:
            link.until("never")
    assert closed.value.code == code


def test_more_than_the_credits_ends_the_link(server, camera, link, photo):
    with watch(server, camera):
        stream = link.until("start-live")["stream"]
        with pytest.raises(Closed) as closed:
            # Of another stream: no credit comes back.
            for number in range(3):
                link.send_frame(stream + 1, number, photo)
            link.until("never")
    assert closed.value.code == 1009, "nothing larger than a text is read without a credit"


@pytest.mark.parametrize("text", [b"not json", b"[]", b"{}", b'{"type":"stopped"}', b"\xff"])
def test_what_is_no_message_ends_the_link(server, camera, link, text):
    link.send(1, text)
    with pytest.raises(Closed) as closed:
        link.next()
    assert closed.value.code == 1002


def test_nothing_large_is_taken_from_a_camera_that_was_asked_for_nothing(server, camera, link, photo):
    link.send_frame(1, 0, photo)
    with pytest.raises(Closed) as closed:
        link.next()
    assert closed.value.code == 1009


def test_a_camera_that_cannot_is_asked_again_later(server, camera, link):
    with watch(server, camera):
        stream = link.until("start-live")["stream"]
        link.say(type="stopped", stream=stream, reason="the sensor does not answer")
        began = time.monotonic()
        assert link.until("start-live")["stream"] == stream + 1
        assert time.monotonic() - began > 4


def test_a_stalled_viewer_delays_nobody_and_costs_nothing(server, camera, sender):
    stalled = [watch(server, camera, receive_buffer=4096) for _ in range(20)]
    with watch(server, camera) as quick:
        for _ in range(10):
            quick.frame()
        delays = []
        for _ in range(40):
            frame = quick.frame()
            delays.append(time.time() * 1000 - frame.captured_at)
        assert sorted(delays)[20] < 100, delays
    for socket in stalled:
        socket.stream.close()
    assert server.get("/healthz").status == 200


def test_a_server_that_was_killed_goes_on_when_the_camera_is_back(server, camera, photo):
    for _ in range(2):
        with Link(server, camera) as link, watch(server, camera) as viewer:
            link.send_frame(link.until("start-live")["stream"], 0, photo)
            assert viewer.frame().jpeg == photo
        server.kill()
        server.start()


def test_other_sites_pages_see_nothing(server, camera):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert Socket(server, "/api/v1/live", headers).status == 403
    same = {"Origin": f"http://127.0.0.1:{server.port}"}
    assert Socket(server, "/api/v1/live", same).status == 101


@pytest.mark.parametrize("wish", [b"x", b'{"type":"watch","camera":"x"}', b'{"type":"dance"}', b"{" * 2000])
def test_a_browser_that_says_nonsense_is_sent_away(server, camera, wish):
    with Socket(server, "/api/v1/live", {}) as viewer:
        viewer.send(1, wish)
        with pytest.raises(Closed) as closed:
            viewer.next()
    assert closed.value.code in (1003, 1009)


def test_who_may_not_see_a_camera_sees_it_not_and_who_lost_the_right_is_sent_away(new_server, photo):
    server = new_server(login=True).start()
    owner = set_up(server)
    camera = server.add_camera("orchard")
    other = server.add_camera("barn")
    group = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    owner.request("PUT", f"/api/v1/cameras/{camera.id}/group", {"group": group})
    guest = join(owner, "guest", (group, "viewer"))
    token = make_token(owner, "read")
    with Link(server, camera) as link:
        with Socket(server, "/api/v1/live", {"Cookie": guest.cookie}) as viewer:
            viewer.say(type="watch", camera=other.id)
            assert viewer.until("refused")["camera"] == other.id
            viewer.say(type="watch", camera=camera.id)
            link.send_frame(link.until("start-live")["stream"], 0, photo)
            assert viewer.frame().jpeg == photo
            assert guest.get(f"/live/{other.id}.jpg").status == 404
            assert Socket(server, "/api/v1/live", {}).status == 401
            assert Socket(server, "/api/v1/live", token.bearer).status == 101
            owner.request("PUT", f"/api/v1/people/{guest.id}/grants", {"grants": []})
            with pytest.raises(Closed) as closed:
                viewer.until("never", 12)
            assert closed.value.code == 4003


def test_stopping_the_server_does_not_wait_for_those_who_watch(server, camera, link):
    with watch(server, camera):
        link.until("start-live")
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 5


@contextmanager
def heliograph_cam(server, camera, spool, *options):
    """The camera's core on Linux, with a drawn orchard; it uploads a picture a second beside what is live."""
    where = ["--server", f"http://127.0.0.1:{server.port}", "--key", camera.key, "--spool", spool]
    process = subprocess.Popen(
        [CAM, *map(str, where), "--size", "320x240", "--interval", "1", *options],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def eventually(happened, patience_s: float = 10):
    give_up = time.monotonic() + patience_s
    while not (found := happened()):
        assert time.monotonic() < give_up, "it did not happen in time"
        time.sleep(0.05)
    return found


def is_linked(server) -> bool:
    return server.metric("heliograph_live_links") == 1


def test_the_linux_camera_is_live_while_it_is_watched_and_uploads_meanwhile(server, camera, tmp_path):
    with heliograph_cam(server, camera, tmp_path / "spool"):
        eventually(lambda: is_linked(server))
        time.sleep(1)
        assert server.metric("heliograph_live_frames_total") == 0, "nobody watches"
        with watch(server, camera, fps=10) as viewer:
            frames = [viewer.frame() for _ in range(20)]
        assert [frame.sequence for frame in frames] == list(range(20))
        assert len({frame.jpeg for frame in frames}) > 10, "it moves"
        assert all(abs(frame.captured_at - time.time() * 1000) < 10_000 for frame in frames)
        with Film(server, f"/live/{camera.id}.mjpeg") as film:
            assert film.next() != film.next()
        time.sleep(LINGER_S + 1)
        sent = server.metric("heliograph_live_frames_total")
        time.sleep(1)
        assert server.metric("heliograph_live_frames_total") == sent, "it has stopped"
        stored = server.image_count()
        eventually(lambda: server.image_count() > stored)


def test_the_linux_camera_comes_back_to_a_server_that_does(server, camera, tmp_path):
    with heliograph_cam(server, camera, tmp_path / "spool"):
        eventually(lambda: is_linked(server))
        with watch(server, camera) as viewer:
            viewer.frame()
        port = server.port
        server.kill()
        server.options = ["--listen", f"127.0.0.1:{port}", "--insecure-open"]
        server.start()
        with watch(server, camera) as viewer:
            viewer.frame(20)


def test_the_linux_camera_ends_when_it_is_told_to(server, camera, tmp_path):
    with heliograph_cam(server, camera, tmp_path / "spool") as process:
        eventually(lambda: is_linked(server))
        with watch(server, camera) as viewer:
            viewer.frame()
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) in (0, 1), "1: its last picture waits in the spool"
            assert viewer.until("state")["linked"] is False


def test_a_camera_that_is_to_upload_only_is_not_linked(server, camera, tmp_path):
    with heliograph_cam(server, camera, tmp_path / "spool", "--no-link"):
        eventually(lambda: server.image_count() > 0)
        assert not is_linked(server)
