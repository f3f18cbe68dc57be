"""Links that show a camera as it is now, to people without an account: real server, and a camera played by the test."""

import time

import pytest

from harness.live import Closed, Film, Link, Sender, Socket
from harness.people import join, set_up
from harness.pictures import unlike_all_others
from harness.sharing import Guest, share

ABOVE = "owner's coordinates 48.2081 N"
# What a share is asked about again after, and what a busy machine may add.
CUT_OFF_WITHIN_S = 10 + 5


@pytest.fixture
def server(new_server):
    server = new_server(login=True).start()
    yield server
    server.stop()


@pytest.fixture
def owner(server):
    return set_up(server)


@pytest.fixture
def orchard(server):
    return server.add_camera("orchard")


@pytest.fixture
def sender(server, orchard, photo):
    """A camera that sends whenever it is asked to, each picture with where it was taken."""
    with Link(server, orchard) as link:
        sender = Sender(link, unlike_all_others(photo, ABOVE))
        yield sender
        sender.end()


def guest_of(maker, camera, **wish) -> Guest:
    guest = Guest(maker.server, share(maker, camera=camera.id, **({"kind": "live"} | wish)))
    assert guest.open().status == 200
    return guest


def socket_of(guest: Guest, **headers: str) -> Socket:
    return Socket(guest.server, f"/api/v1/shared/{guest.link.id}/live", {"Cookie": guest.cookie} | headers)


def film_of(guest: Guest) -> Film:
    return Film(guest.server, f"/api/v1/shared/{guest.link.id}/live.mjpeg?fps=20", {"Cookie": guest.cookie})


def test_it_is_live_in_each_form_and_shows_no_other_camera(server, owner, orchard, sender):
    other = server.add_camera("barn")
    guest = guest_of(owner, orchard)
    with film_of(guest) as film:
        assert film.next().startswith(b"\xff\xd8") and film.next().startswith(b"\xff\xd8")
    picture = guest.get("/live.jpg")
    assert picture.status == 200 and picture.type == "image/jpeg" and picture.body.startswith(b"\xff\xd8")
    newer = guest.get("/live.jpg", If_None_Match=picture.headers["etag"])
    assert newer.status == 200 and newer.headers["etag"] != picture.headers["etag"]
    with socket_of(guest) as viewer:
        viewer.say(type="watch", camera=other.id)
        assert viewer.until("refused")["camera"] == other.id
        viewer.say(type="watch", camera=orchard.id, fps=20)
        assert viewer.until("state")["linked"] is True
        first, second = viewer.frame(), viewer.frame()
        assert first.camera == orchard.id and second.sequence > first.sequence


def test_a_camera_that_is_not_linked_is_said_to_be_and_what_is_stored_is_there(server, owner, orchard, photo):
    stored = server.send_image(orchard, photo, 1).json()["filename"]
    guest = guest_of(owner, orchard)
    for kind in ("mjpeg", "jpg"):
        assert "not linked" in guest.get(f"/live.{kind}").problem()["detail"]
    with socket_of(guest) as viewer:
        viewer.say(type="watch", camera=orchard.id)
        assert viewer.until("state")["linked"] is False
    assert guest.filenames() == [stored] and guest.sees(stored)


def test_live_pictures_lose_what_their_camera_wrote_unless_they_are_to_keep_it(owner, orchard, sender):
    for metadata in (False, True):
        guest = guest_of(owner, orchard, metadata=metadata)
        with film_of(guest) as film:
            assert (ABOVE.encode() in film.next()) is metadata
        assert (ABOVE.encode() in guest.get("/live.jpg").body) is metadata
        with socket_of(guest) as viewer:
            viewer.say(type="watch", camera=orchard.id)
            assert (ABOVE.encode() in viewer.frame().jpeg) is metadata


def wait_until_cut_off(film: Film, viewer: Socket) -> int:
    """The code that the socket was closed with."""
    give_up = time.monotonic() + CUT_OFF_WITHIN_S
    with pytest.raises(Closed) as closed:
        while time.monotonic() < give_up:
            viewer.frame()
    with pytest.raises(EOFError):
        while time.monotonic() < give_up:
            film.next()
    return closed.value.code


def take_back(owner, guest, _):
    assert owner.request("DELETE", f"/api/v1/shares/{guest.link.id}").status == 204


def take_the_makers_right(owner, _, maker):
    assert owner.request("PUT", f"/api/v1/people/{maker.id}/grants", {"grants": []}).status == 204


@pytest.mark.parametrize("end", [take_back, take_the_makers_right, None], ids=["taken back", "of no right", "expired"])
def test_whoever_looks_is_cut_off_when_it_ends(server, owner, orchard, sender, end):
    maria = join(owner, "maria", (None, "operator"))
    lasts = {} if end else {"expires_at": int(time.time() * 1000) + 2000}
    guest = guest_of(maria, orchard, **lasts)
    with film_of(guest) as film, socket_of(guest) as viewer:
        viewer.say(type="watch", camera=orchard.id)
        viewer.frame()
        film.next()
        if end:
            end(owner, guest, maria)
        assert wait_until_cut_off(film, viewer) == 4003
    assert socket_of(guest).status == 404
    for kind in ("mjpeg", "jpg"):
        assert guest.get(f"/live.{kind}").status == 404


def test_only_a_live_link_shows_what_is_live_and_only_to_whom_opened_it(server, owner, orchard, sender):
    stored = guest_of(owner, orchard, kind="camera")
    stranger = Guest(server, share(owner, kind="live", camera=orchard.id))
    for guest in (stored, stranger):
        assert guest.get("/live.jpg").status == 404
        assert guest.get("/live.mjpeg").status == 404
        assert socket_of(guest).status == 404
    guest = guest_of(owner, orchard)
    assert socket_of(guest, Origin="https://evil.example").status == 403
    assert server.get(f"/live/{orchard.id}.jpg", Cookie=guest.cookie).status == 401
    assert Socket(server, "/api/v1/live", {"Cookie": guest.cookie}).status == 401
