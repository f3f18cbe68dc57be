"""Links that show pictures to whoever holds them: what they show, to whom, until when, and nothing else."""

import contextlib
import re
import struct
import time

import pytest

from harness.people import Visitor, join, make_token, mistyped, set_up
from harness.pictures import unlike_all_others
from harness.postgres import Postgres
from harness.server import read_reply
from harness.sharing import Guest, Share, share

DAY_MS = 86_400_000
MIDNIGHT = 1_795_305_600_000  # 2026-11-22T00:00Z
ABOVE = "owner's coordinates 48.2081 N"


@pytest.fixture(params=["sqlite", "postgres"])
def server(request, new_server, tmp_path):
    if request.param == "sqlite":
        yield new_server(login=True).start()
        return
    postgres = Postgres(tmp_path / "postgres")
    try:
        postgres.start()
        config = tmp_path / "heliograph.toml"
        config.write_text(f'database = "{postgres.address}"\n')
        running = new_server(login=True, config=config).start()
        yield running
        running.stop()
    finally:
        postgres.close()


@pytest.fixture
def owner(server):
    return set_up(server)


@pytest.fixture
def orchard(server):
    return server.add_camera("orchard")


def send(server, camera, photo, sequence: int, captured_at: int) -> dict:
    picture = unlike_all_others(photo, f"{ABOVE} {camera.name} {sequence}")
    sent = server.send_image(camera, picture, sequence, headers={"Heliograph-Captured-At": str(captured_at)})
    assert sent.status == 201, sent.body
    return sent.json()


@pytest.fixture
def pictures(server, orchard, photo):
    """One a quarter of a day for three days, newest first; and one of another camera in the middle."""
    send(server, server.add_camera("harbour"), photo, 1, MIDNIGHT)
    made = [send(server, orchard, photo, i, MIDNIGHT + (i - 6) * DAY_MS // 4) for i in range(12)]
    return [one["filename"] for one in reversed(made)]


def guest_of(maker: Visitor, **wish) -> Guest:
    guest = Guest(maker.server, share(maker, **wish))
    assert guest.open().status == 200
    return guest


def all_filenames(owner) -> set[str]:
    return {image["filename"] for image in owner.get("/api/v1/images?limit=500").json()["images"]}


def image_id(filename: str) -> str:
    return filename.removesuffix(".jpg").rpartition("-")[2]


# --- what a link shows ---


def assert_sees_exactly(guest: Guest, owner: Visitor, seen: list[str]):
    assert guest.filenames() == seen
    assert guest.counted() == len(seen)
    assert {name for name in all_filenames(owner) if guest.sees(name)} == set(seen)


def test_each_kind_shows_what_it_is_of_and_nothing_else(owner, orchard, pictures):
    day = {"from": MIDNIGHT - DAY_MS // 2, "to": MIDNIGHT + DAY_MS // 2}
    cases = [
        ({"kind": "image", "image": image_id(pictures[3])}, pictures[3:4]),
        ({"kind": "day", "camera": orchard.id} | day, pictures[4:8]),
        ({"kind": "camera", "camera": orchard.id}, pictures),
    ]
    for wish, seen in cases:
        assert_sees_exactly(guest_of(owner, **wish), owner, seen)


def test_spans_and_pages_stay_within_the_share(owner, orchard, pictures):
    guest = guest_of(owner, **{"kind": "day", "camera": orchard.id, "from": MIDNIGHT, "to": MIDNIGHT + DAY_MS})
    wide = guest.get(f"/images?from=0&to={MIDNIGHT + 9 * DAY_MS}&limit=3&camera={orchard.id}").json()
    assert [image["filename"] for image in wide["images"]] == pictures[2:5]
    rest = guest.get(f"/images?from=0&limit=3&cursor={wide['next']}").json()
    assert [image["filename"] for image in rest["images"]] == pictures[5:6]
    one = guest_of(owner, kind="image", image=image_id(pictures[0]))
    page = one.get("/images?limit=1").json()
    assert len(page["images"]) == 1
    assert one.get(f"/images?limit=1&cursor={page['next']}").json()["images"] == []


def test_a_live_view_moves_on(owner, server, orchard, photo, pictures):
    guest = guest_of(owner, kind="live", camera=orchard.id)
    newest = send(server, orchard, photo, 50, MIDNIGHT + 9 * DAY_MS)["filename"]
    assert guest.filenames() == [newest] and guest.counted() == 1
    assert guest.sees(newest)
    assert guest.sees(pictures[0]), "a page that was told of it just now is about to ask for it"
    assert not any(guest.sees(name) for name in all_filenames(owner) - {newest, pictures[0]})


def test_nothing_else_of_the_server_is_open_to_a_guest(owner, orchard, pictures):
    guest = guest_of(owner, kind="camera", camera=orchard.id)
    picture = pictures[0]
    for path in (
        f"/uploads/{picture}",
        f"/thumbnails/{picture}",
        f"/api/v1/images/{image_id(picture)}",
        "/api/v1/images",
        "/api/v1/cameras",
        "/api/v1/changes",
        f"/api/v1/cameras/{orchard.id}/health",
        f"/api/v1/cameras/{orchard.id}/quarantine",
        "/api/v1/shares",
        "/metrics",
    ):
        for proof in ({"Cookie": guest.cookie}, {"Authorization": f"Bearer {guest.link.token}"}):
            assert guest.server.get(path, **proof).status == 401, path
    other = share(owner, kind="camera", camera=orchard.id)
    assert guest.server.get(f"/api/v1/shared/{other.id}", Cookie=guest.cookie).status == 404, "of another share"


# --- until when ---


def test_a_link_that_leads_nowhere_tells_nothing(owner, orchard, pictures):
    soon = guest_of(owner, kind="camera", camera=orchard.id, expires_at=int(time.time() * 1000) + 1500)
    taken_back = guest_of(owner, kind="camera", camera=orchard.id)
    assert soon.sees(pictures[0]) and taken_back.sees(pictures[0])
    assert owner.request("DELETE", f"/api/v1/shares/{taken_back.link.id}").status == 204
    time.sleep(1.6)
    answers = set()
    for token in (soon.link.token, taken_back.link.token, mistyped(soon.link.token), "", "x" * 5000):
        reply = Guest(owner.server, Share("", token)).open()
        assert reply.status == 404
        answers.add(reply.body)
    assert len(answers) == 1
    for guest in (soon, taken_back):
        assert guest.get().status == 404 and not guest.sees(pictures[0]), "also where it was open already"


def test_it_ends_with_what_it_hangs_on(owner, server, orchard, photo, pictures):
    group = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    owner.request("PUT", f"/api/v1/cameras/{orchard.id}/group", {"group": group})
    maria = join(owner, "maria", (group, "operator"))
    jo = join(owner, "jo", (group, "operator"))
    of_maria, of_jo = (guest_of(person, kind="camera", camera=orchard.id) for person in (maria, jo))
    of_owner = guest_of(owner, kind="camera", camera=orchard.id)
    one = guest_of(owner, kind="image", image=image_id(pictures[0]))
    guests = of_maria, of_jo, of_owner

    grants = f"/api/v1/people/{maria.id}/grants"
    owner.request("PUT", grants, {"grants": [{"group": group, "role": "viewer"}]})
    assert [guest.sees(pictures[0]) for guest in guests] == [False, True, True], "who may not operate, may not lend it"
    owner.request("PUT", grants, {"grants": [{"group": group, "role": "operator"}]})
    assert of_maria.sees(pictures[0])
    assert owner.request("DELETE", f"/api/v1/people/{jo.id}").status == 204
    assert [guest.sees(pictures[0]) for guest in guests] == [True, False, True]
    assert one.sees(pictures[0])
    assert owner.request("DELETE", f"/api/v1/cameras/{orchard.id}").status == 204
    assert not any(guest.sees(pictures[0]) for guest in (*guests, one))
    assert owner.request("POST", "/api/v1/shares", {"kind": "camera", "camera": orchard.id}).status == 404


def test_it_survives_a_restart(owner, server, orchard, pictures):
    guest = guest_of(owner, kind="camera", camera=orchard.id)
    server.stop()
    server.start()
    assert guest.sees(pictures[0])
    assert guest.open().status == 200


# --- passwords ---


def test_a_password_is_asked_for_and_guesses_are_slowed_down(owner, server, orchard, pictures):
    guest = Guest(server, share(owner, kind="camera", camera=orchard.id, password="green door"))
    asked = guest.open()
    assert asked.status == 401 and asked.problem()["title"] == "share-password"
    assert "set-cookie" not in asked.headers
    # What a guest without the password could make up.
    guest.cookie = f"heliograph-share={guest.link.token}.99999999999999.{'0' * 64}"
    assert not guest.sees(pictures[0])
    wrong = [guest.open(f"green door {i}").status for i in range(8)]
    assert wrong[0] == 401 and wrong[-1] == 429 and set(wrong) == {401, 429}
    other = Guest(server, share(owner, kind="camera", camera=orchard.id))
    assert other.open().status == 200, "who guesses at one link keeps nobody from another"
    time.sleep(int(guest.open("x").headers["retry-after"]) + 0.1)
    assert guest.open("green door").status == 200
    assert guest.sees(pictures[0])


def test_what_is_kept_opens_nothing(owner, server, orchard):
    """Neither secret stands in the catalog, in the log, or in any answer but one."""
    made = owner.request("POST", "/api/v1/shares", {"kind": "camera", "camera": orchard.id, "password": "green door"})
    token = made.json()["token"]
    guest = Guest(server, Share(made.json()["id"], token))
    assert guest.open("green door").status == 200
    secrets = token.encode(), b"green door"
    shown = owner.get("/api/v1/shares").body + owner.get("/api/v1/audit").body + guest.get().body
    kept = b"".join(file.read_bytes() for file in server.data.rglob("*") if file.is_file())
    for secret in secrets:
        assert secret not in shown and secret not in kept and secret not in server.log.read_bytes()


# --- who shares ---


def test_only_what_makes_sense_is_shared(owner, orchard, pictures):
    image = image_id(pictures[0])
    camera = {"kind": "camera", "camera": orchard.id}
    for wrong, status in [
        ({}, 400),
        ({"kind": "album", "camera": orchard.id}, 400),
        ({"kind": "image"}, 400),
        ({"kind": "image", "image": image, "camera": orchard.id}, 400),
        ({"kind": "image", "image": "0000000000001"}, 404),
        ({"kind": "camera", "camera": "0000000000001"}, 404),
        ({"kind": "camera", "camera": orchard.id, "image": image}, 400),
        ({"kind": "day", "camera": orchard.id}, 400),
        ({"kind": "day", "camera": orchard.id, "from": MIDNIGHT, "to": MIDNIGHT}, 400),
        ({"kind": "day", "camera": orchard.id, "from": MIDNIGHT, "to": MIDNIGHT + 2 * DAY_MS}, 400),
        (camera | {"from": MIDNIGHT}, 400),
        (camera | {"from": -1}, 400),
        (camera | {"expires_at": 1000}, 400),
        (camera | {"expires_at": 1 << 62}, 400),
        (camera | {"password": "short"}, 400),
        (camera | {"name": "x" * 65}, 400),
        (camera | {"metadata": "yes"}, 400),
        (camera | {"nonsense": 1}, 400),
    ]:
        refused = owner.request("POST", "/api/v1/shares", wrong)
        assert refused.status == status, wrong
        refused.problem()
    assert owner.get("/api/v1/shares").json() == {"shares": []}


def test_shares_are_listed_counted_and_noted(owner, server, orchard, pictures):
    link = share(owner, kind="camera", camera=orchard.id, name="For the neighbours", password="green door")
    guest = Guest(server, link)
    guest.open()
    guest.open("green door")
    for filename in pictures:
        assert guest.sees(filename)
    listed = owner.get("/api/v1/shares").json()["shares"]
    assert [one["id"] for one in listed] == [link.id]
    expected = {
        "name": "For the neighbours",
        "kind": "camera",
        "camera_name": "orchard",
        "made_by": "owner",
        "password": True,
        "metadata": False,
        "open": True,
        "views": 1,
    }
    assert {name: listed[0][name] for name in expected} == expected, "once, not once for each picture"
    assert listed[0]["viewed_at"] > listed[0]["created_at"] - 1000
    owner.request("DELETE", f"/api/v1/shares/{link.id}")
    audit = owner.get("/api/v1/audit").json()["entries"]
    assert [(entry["actor"], entry["action"], entry["subject"]) for entry in audit[:2]] == [
        ("owner", action, "For the neighbours (camera of orchard)") for action in ("share-ended", "share-made")
    ]


def test_everybody_sees_their_own_and_administrators_those_of_their_cameras(owner, server, orchard):
    group = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    owner.request("PUT", f"/api/v1/cameras/{orchard.id}/group", {"group": group})
    harbour = server.add_camera("harbour")
    operator, chief, viewer = (join(owner, f"the-{role}", (group, role)) for role in ("operator", "administrator", "viewer"))
    of_operator = share(operator, kind="camera", camera=orchard.id)
    of_chief = share(chief, kind="live", camera=orchard.id)
    of_owner = share(owner, kind="camera", camera=harbour.id)

    def ids(person):
        return {one["id"] for one in person.get("/api/v1/shares").json()["shares"]}

    assert ids(operator) == {of_operator.id}
    assert ids(chief) == {of_operator.id, of_chief.id}
    assert ids(owner) == {of_operator.id, of_chief.id, of_owner.id}
    assert viewer.get("/api/v1/shares").status == 403
    assert viewer.request("POST", "/api/v1/shares", {"kind": "camera", "camera": orchard.id}).status == 403
    assert operator.request("POST", "/api/v1/shares", {"kind": "camera", "camera": harbour.id}).status == 404
    assert operator.request("DELETE", f"/api/v1/shares/{of_chief.id}").status == 403
    assert operator.request("DELETE", f"/api/v1/shares/{of_owner.id}").status == 404
    assert make_token(operator, "read").get("/api/v1/shares").status == 403
    assert chief.request("DELETE", f"/api/v1/shares/{of_operator.id}").status == 204
    assert operator.get("/api/v1/shares").json()["shares"] == []


def test_without_a_login_links_work_and_end_when_there_is_one(new_server, photo):
    server = new_server().start()
    anybody, camera = Visitor(server), server.add_camera()
    filename = send(server, camera, photo, 1, MIDNIGHT)["filename"]
    guest = guest_of(anybody, kind="camera", camera=camera.id)
    assert guest.sees(filename)
    server.stop()
    again = new_server(data=server.data, login=True).start()
    guest.server = again
    assert not guest.sees(filename) and guest.open().status == 404


# --- pictures ---


def exif(orientation: int) -> bytes:
    """As a phone writes it: how it is turned, and where it was."""
    entries = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack(">HHII", 0x8825, 4, 1, 38)
    body = b"Exif\0\0MM\0*\0\0\0\x08\0\x02" + entries + b"\0\0\0\0" + ABOVE.encode()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_pictures_lose_what_their_camera_wrote_unless_they_are_to_keep_it(owner, server, orchard, photo):
    picture = photo[:2] + exif(6) + photo[2:]
    stored = server.send_image(orchard, picture, 1).json()["filename"]
    bare, whole = (
        guest_of(owner, kind="camera", camera=orchard.id, metadata=metadata) for metadata in (False, True)
    )
    shown = bare.get(f"/originals/{stored}")
    assert shown.status == 200 and shown.headers["cache-control"] == "no-store"
    assert ABOVE.encode() not in shown.body and b"\x88\x25" not in shown.body[:60]
    assert b"\x01\x12\0\x03\0\0\0\x01\0\x06" in shown.body[:60], "it would turn"
    assert shown.body.endswith(photo[-len(photo) + 20 :]), "to the last byte of the pixels"
    assert whole.get(f"/originals/{stored}").body == picture
    for guest in (bare, whole):
        assert ABOVE.encode() not in guest.get(f"/thumbnails/{stored}").body


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_as_many_as_come_at_once_get_the_whole_picture(owner, server, orchard, pictures):
    """More than any queue of work on pictures holds."""
    guest = guest_of(owner, kind="camera", camera=orchard.id)
    whole = guest.get(f"/originals/{pictures[0]}").body
    path = f"/api/v1/shared/{guest.link.id}/originals/{pictures[0]}"
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {guest.cookie}\r\nConnection: close\r\n\r\n".encode()
    with contextlib.ExitStack() as streams:
        readers = [streams.enter_context(server.connect()) for _ in range(400)]
        for reader in readers:
            reader.sendall(request)
        replies = [read_reply(reader) for reader in readers]
    assert {reply.status for reply in replies} == {200} and {reply.body for reply in replies} == {whole}


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_pictures_come_as_pictures_and_are_asked_for_anew(owner, orchard, pictures):
    for metadata in (False, True):
        guest = guest_of(owner, kind="camera", camera=orchard.id, metadata=metadata)
        for kind in ("originals", "thumbnails"):
            reply = guest.get(f"/{kind}/{pictures[0]}")
            assert reply.type == "image/jpeg" and reply.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in reply.headers["content-security-policy"]
            assert reply.headers["referrer-policy"] == "no-referrer"
            assert "immutable" not in reply.headers["cache-control"]
            if etag := reply.headers.get("etag"):
                assert guest.get(f"/{kind}/{pictures[0]}", If_None_Match=etag).status == 304


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_cookie_goes_only_where_it_is_needed(owner, server, orchard):
    guest = Guest(server, share(owner, kind="camera", camera=orchard.id))
    cookie = guest.open().headers["set-cookie"]
    assert re.fullmatch(
        rf"heliograph-share=[\w.]+; Path=/api/v1/shared/{guest.link.id}; HttpOnly; SameSite=Strict; Max-Age=43200",
        cookie,
    )
    elsewhere = Visitor(server).request(
        "POST", "/api/v1/shared", {"token": guest.link.token}, Sec_Fetch_Site="cross-site"
    )
    assert elsewhere.status == 403 and "set-cookie" not in elsewhere.headers
