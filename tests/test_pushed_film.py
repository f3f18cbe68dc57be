"""A film that is pushed to `/api/stream.mjpeg`, as go2rtc takes it, is what a camera shows live: real server, and ffmpeg
as the one who pushes."""

import socket
import subprocess
from contextlib import contextmanager

from harness.live import Film, Link, Socket, film_of, watch
from harness.people import make_token, set_up
from harness.pictures import unlike_all_others
from harness.server import Server, read_reply
from harness.waiting import eventually


@contextmanager
def pushing(server: Server, query: str, headers: dict):
    """A connection over which a film without end is sent, in chunks."""
    with server.connect() as stream:
        fields = {"Host": "x", "Transfer-Encoding": "chunked"} | headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        stream.sendall(f"POST /api/stream.mjpeg{query} HTTP/1.1\r\n{lines}\r\n".encode())
        yield stream


def send_chunk(stream: socket.socket, bytes_: bytes) -> None:
    stream.sendall(f"{len(bytes_):x}\r\n".encode() + bytes_ + b"\r\n")


def end(stream: socket.socket):
    stream.sendall(b"0\r\n\r\n")
    return read_reply(stream)


def is_on_air(viewer: Socket) -> bool:
    return viewer.until("state")["linked"]


def test_what_is_pushed_is_live_in_every_form_and_nothing_is_stored(server, camera, photo):
    with watch(server, camera) as viewer:
        assert is_on_air(viewer) is False
        with pushing(server, f"?dst={camera.name}", camera.bearer) as stream:
            assert is_on_air(viewer) is True
            send_chunk(stream, film_of(photo))
            frame = viewer.frame()
            assert (frame.jpeg, frame.stream, frame.sequence) == (photo, 0, 0)
            second = unlike_all_others(photo, "second")
            with Film(server, f"/live/{camera.id}.mjpeg?fps=30") as film:
                send_chunk(stream, film_of(second)[:500])
                send_chunk(stream, film_of(second)[500:])
                assert film.next() == second and viewer.frame().jpeg == second
            assert server.get(f"/live/{camera.id}.jpg").body == second
            assert end(stream).json() == {"shown": 2, "dropped": 0}
        assert is_on_air(viewer) is False
    assert server.image_count() == 0


def test_what_is_no_picture_is_passed_over_and_what_is_no_film_is_refused(server, camera, photo):
    with watch(server, camera) as viewer:
        with pushing(server, "", camera.bearer) as stream:
            send_chunk(stream, film_of(b"no picture", photo[:-2]) + film_of(photo))
            assert viewer.frame().jpeg == photo
            assert end(stream).json() == {"shown": 1, "dropped": 2}
    for film, status in (
        (photo, 400),
        (b"--b\r\n\r\n" + photo, 400),
        (b"--b\r\nContent-Length: 2097153\r\n\r\n", 413),
    ):
        refused = server.request("POST", "/api/stream.mjpeg", film, camera.bearer)
        assert refused.status == status, refused.body
        refused.problem()


def test_more_than_anybody_can_ask_for_is_passed_over(server, camera, photo):
    count = 300
    ended = server.request("POST", "/api/stream.mjpeg", film_of(*[photo] * count), camera.bearer).json()
    assert ended["shown"] + ended["dropped"] == count
    assert ended["dropped"] > count / 2, "it came at once"


def test_only_the_cameras_own_key_and_only_its_own_film(server, camera, photo):
    other = server.add_camera("barn")
    for query, headers, status in (
        ("", {}, 401),
        ("", {"Authorization": "Bearer cam_wrong"}, 401),
        (f"?dst={other.id}", camera.bearer, 409),
        ("?dst=nobody", camera.bearer, 409),
        (f"?dst={camera.id}", camera.bearer, 200),
        (f"?dst={camera.name}", {"X-API-Key": camera.key}, 200),
        (f"?key={camera.key}", {}, 200),
    ):
        reply = server.request("POST", f"/api/stream.mjpeg{query}", film_of(photo), headers)
        assert reply.status == status, (query, reply.body)


def shown(viewer, send):
    """The first picture that comes of those that are sent: one that comes too soon after others is passed over."""
    for number in range(20):
        send(number)
        try:
            return viewer.frame(0.5)
        except TimeoutError:
            continue
    raise AssertionError("none of them came")


def test_a_newer_film_wins_and_a_link_over_any(server, camera, photo):
    with pushing(server, "", camera.bearer) as older, watch(server, camera) as viewer:
        send_chunk(older, film_of(photo))
        viewer.frame()
        with pushing(server, "", camera.bearer) as newer:
            send_chunk(newer, film_of(photo))
            viewer.frame()
            send_chunk(older, film_of(photo))
            assert "newer" in read_reply(older).problem()["detail"]
            with Link(server, camera) as link:
                send_chunk(newer, film_of(photo))
                assert "linked" in read_reply(newer).problem()["detail"]
                stream = link.until("start-live")["stream"]
                assert shown(viewer, lambda number: link.send_frame(stream, number, photo)).stream == stream
                refused = server.request("POST", "/api/stream.mjpeg", film_of(photo), camera.bearer)
                assert refused.status == 409


def test_a_film_ends_with_its_key(new_server, photo):
    server = new_server(login=True).start()
    owner = set_up(server)
    camera = server.add_camera("orchard")
    token = make_token(owner, "ingest")
    by_person = server.request("POST", f"/api/stream.mjpeg?dst={camera.id}", film_of(photo), token.bearer)
    assert by_person.status == 200, by_person.body
    assert server.request("POST", f"/api/stream.mjpeg?dst={camera.id}", film_of(photo), make_token(owner, "read").bearer).status == 403
    assert owner.request("DELETE", f"/api/v1/cameras/{camera.id}").status == 204
    assert server.request("POST", "/api/stream.mjpeg", film_of(photo), camera.bearer).status == 401
    server.stop()


@contextmanager
def ffmpeg(*words):
    process = subprocess.Popen(["ffmpeg", "-nostdin", "-loglevel", "error", *map(str, words)], stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_ffmpeg_pushes_a_film(server, camera):
    moving = ["-re", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=10", "-c:v", "mjpeg"]
    where = f"http://127.0.0.1:{server.port}/api/stream.mjpeg?dst={camera.id}"
    headers = "".join(f"{name}: {value}\r\n" for name, value in camera.bearer.items())
    with ffmpeg(*moving, "-headers", headers, "-f", "mpjpeg", where), watch(server, camera, fps=10) as viewer:
        frames = [viewer.frame() for _ in range(12)]
    assert len({frame.jpeg for frame in frames}) == 12
    assert [frame.sequence for frame in frames] == sorted(frame.sequence for frame in frames)
    assert eventually(lambda: server.get(f"/live/{camera.id}.jpg").status == 503), "it has gone"


def test_a_film_that_stops_coming_is_given_up(server, camera, photo):
    with pushing(server, "", camera.bearer) as stream, watch(server, camera) as viewer:
        send_chunk(stream, film_of(photo))
        viewer.frame()
        stream.settimeout(60)
        assert read_reply(stream).status == 408
        assert is_on_air(viewer) is False
