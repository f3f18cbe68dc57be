"""Every operation of the contract × everybody who may come × a camera of theirs and one of others.

What must happen follows from the operation's `x-access` and the table of visitors, by the rules in `expected`: nothing
of it is read from the server. An operation without a row in CALLS fails the test.
"""

import itertools

import pytest

from harness.calls import CALLS
from harness.contract import OPERATIONS, assert_documented
from harness.people import Visitor
from harness.pictures import make_picture, unlike_all_others
from harness.server import Reply
from harness.visitors import NONE, WHO, Who, World

# What a good call of somebody who may is answered with, where it is no success: it asks for what nobody has.
MAY_BUT = {
    "setUp": 400,
    "beginOpenId": 409,  # there is no provider
    "connectOpenId": 409,
    "finishOpenId": 303,
    "deleteIdentity": 404,
    "tryPush": 404,
    "signIn": 401,
    "setPassword": 401,
    "beginSecondFactor": 401,
    "removeSecondFactor": 401,
    "confirmSecondFactor": 409,
    "announceCamera": 401,
    "followLive": 426,  # it is no handshake
    "getLivePicture": 503,  # the camera is not linked
    "keepLivePicture": 410,  # nobody watches
    "getTrust": 404,
    **dict.fromkeys(("addRelease", "putFlashImage"), 415),
    "getFlashImage": 404,
    **dict.fromkeys(("removeRelease", "startRollout", "getRollout", "advanceRollout", "haltRollout"), 404),
    "getArchive": 404,
    "getCameraLog": 404,  # it has sent none
    "setCameraSettings": 428,  # it does not say which version it changes
}
NEEDS_A_RULE = {"getCameraRetention", "clearCameraRetention", "clearRetention"}
# A wrong one stands there in CALLS; the right one beside it makes two, which is refused too.
KEY_IN_THE_PATH = {"uploadKeyed", "putKeyed", "uploadWebhook", "putWebhook"}
# Nobody can do it in a camera's name.
BY_ITSELF = {"heartbeat", "getFirmware", "openLink", "sendLog"}
# They say what the protocol can do, which is no secret.
ABOUT_THE_PROTOCOL = {"describeUploads", "describeUpload"}
# They end what the test still needs: done with a session of their own.
ENDS_SESSIONS = {"signOut", "endOtherSessions", "endSession"}
# Their answers are told by the throttle after a few wrong passwords.
GUESSES = {"signIn", "setPassword", "beginSecondFactor", "removeSecondFactor"}


def expected(operation: str, visitor: Who, place: str) -> str:
    """ok, or the kind of the refusal."""
    access = OPERATIONS[operation][2]["x-access"]
    here = visitor.everywhere | (visitor.farm if place == "farm" else NONE)
    anywhere = visitor.everywhere | visitor.farm
    if access == "anyone" or operation in ABOUT_THE_PROTOCOL:
        return "ok"
    if access == "share":
        return "not-found"  # nobody here has opened one; tests/test_shares.py does
    if access == "camera" and visitor.camera and operation not in KEY_IN_THE_PATH:
        return "known"
    if access == "camera" and visitor.known and not visitor.session and operation not in KEY_IN_THE_PATH:
        in_its_name = "ingest" in visitor.farm and operation not in BY_ITSELF
        return "known" if in_its_name else "forbidden"
    if access == "camera" or not visitor.known:
        return "unauthorized"
    if access == "session":
        return "ok" if visitor.session else "forbidden"
    right, _, all_of_them = access.partition("-")
    if right not in (visitor.everywhere if all_of_them else anywhere):
        return "forbidden"
    if CALLS[operation].of_camera and right not in here:
        return "forbidden" if "view" in here else "not-found"
    return "ok"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    directory = tmp_path_factory.mktemp("authorisation")
    world = World(directory, make_picture(directory / "photo.jpg"))
    yield world
    world.server.kill()


def test_every_operation_and_every_visitor_has_a_row(world):
    assert set(CALLS) == set(OPERATIONS)
    assert set(WHO) == set(world.visitors)


# So that nothing but the key is missing.
WHAT_A_CAMERA_SENDS = {
    "Heliograph-Boot": "b",
    "Heliograph-Sequence": "1",
    "Tus-Resumable": "1.0.0",
    "Upload-Length": "100",
    "Upload-Offset": "0",
    "X-HTTP-Method-Override": "HEAD",
}


def send_as_camera(world: World, visitor: Visitor, method: str, path: str):
    takes_body = method in ("POST", "PUT", "PATCH") and path != "/device/v1/uploads/0000000000000"
    tus = path.startswith("/device/v1/uploads")
    kind = "application/offset+octet-stream" if tus else "image/jpeg"
    headers = WHAT_A_CAMERA_SENDS | {"Heliograph-Camera": world.cameras["farm"].id} | visitor.bearer | ({"Content-Type": kind} if takes_body or method == "PATCH" else {})
    return visitor.server.request(method, path, b"\xff\xd8" if takes_body or method == "PATCH" else None, headers)


def ask(world: World, operation: str, visitor: Visitor, place: str):
    method, _, _ = OPERATIONS[operation]
    path, body = CALLS[operation].make(world, place, visitor)
    if operation == "followChanges":
        return begin_stream(visitor, path)
    if OPERATIONS[operation][2]["x-access"] == "camera":
        return send_as_camera(world, visitor, method, path)
    return visitor.request(method, path, body)


def begin_stream(visitor: Visitor, path: str):
    """Its head; the stream is left."""
    with visitor.server.connect() as stream:
        credentials = f"Cookie: {visitor.cookie}\r\n" if visitor.cookie else ""
        credentials += f"Authorization: Bearer {visitor.token}\r\n" if visitor.token else ""
        stream.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n{credentials}\r\n".encode())
        status = int(stream.recv(12).split()[1])
    return Reply(status, {}, b"")


def test_what_one_may_not_see_looks_like_what_is_not_there(world):
    """To the letter, but for the name that was asked for."""
    guest = world.visitors["viewer of the farm"]
    for path in ("/api/v1/images/{}", "/api/v1/cameras/{}/health", "/api/v1/quarantine/{}"):
        unseen, gone = {
            "/api/v1/images/{}": world.pictures["elsewhere"]["id"],
            "/api/v1/cameras/{}/health": world.cameras["elsewhere"].id,
            "/api/v1/quarantine/{}": world.refused("elsewhere"),
        }[path], "0000000000001"
        assert guest.get(path.format(unseen)).body.replace(unseen.encode(), b"") == guest.get(
            path.format(gone)
        ).body.replace(gone.encode(), b"")


def test_lists_hold_only_what_one_may_see(world):
    guest, owner = world.visitors["viewer of the farm"], world.owner
    farm = world.cameras["farm"].id
    for camera in world.cameras.values():
        told = '{"boot": "b", "telemetry": "lat_e7=464530000, lon_e7=112580000"}'
        headers = camera.bearer | {"Content-Type": "application/json"}
        assert world.server.request("POST", "/device/v1/heartbeat", told, headers).status == 200
    for visitor, seen in ((guest, {farm}), (owner, {camera.id for camera in world.cameras.values()})):
        assert {camera["id"] for camera in visitor.get("/api/v1/cameras").json()["cameras"]} == seen
        assert {image["camera_id"] for image in visitor.get("/api/v1/images").json()["images"]} == seen
        runs = visitor.get("/api/v1/histogram").json()["runs"]
        assert sum(sum(run["counts"]) for run in runs) == len(seen)
        assert {camera["id"] for camera in visitor.get("/api/v1/storage").json()["cameras"]} == seen
        assert {place["camera_id"] for place in visitor.get("/api/v1/map").json()["places"]} == seen
        assert {one["camera"]["id"] for one in visitor.get("/api/v1/fleet").json()["cameras"]} == seen
    elsewhere = world.cameras["elsewhere"].id
    assert guest.get(f"/api/v1/images?camera={elsewhere}").json()["images"] == []
    assert guest.get(f"/api/v1/histogram?camera={elsewhere}").json()["runs"] == []
    assert world.visitors["somebody without rights"].get("/api/v1/images").status == 403


def test_a_stream_tells_only_of_what_one_may_see(world):
    guest = world.visitors["viewer of the farm"]
    with world.server.connect() as stream:
        stream.sendall(f"GET /api/v1/changes HTTP/1.1\r\nHost: x\r\nCookie: {guest.cookie}\r\n\r\n".encode())
        seen = b""
        while b"here they come" not in seen:
            seen += stream.recv(65536)
        for number, place in enumerate(("elsewhere", "farm"), start=10):
            world.server.send_image(world.cameras[place], unlike_all_others(world.photo, place), number)
        while world.cameras["farm"].id.encode() not in seen:
            seen += stream.recv(65536)
    assert world.cameras["elsewhere"].id.encode() not in seen


# Last, because it leaves cameras, groups and people behind.
@pytest.mark.parametrize("operation", sorted(CALLS))
def test_only_the_right_people(world, operation):
    access = OPERATIONS[operation][2]["x-access"]
    places = ("farm", "elsewhere") if CALLS[operation].of_camera else ("farm",)
    for name, place in itertools.product(WHO, places):
        visitor = world.visitors[name]
        if operation in ENDS_SESSIONS and WHO[name].known and WHO[name].session:
            visitor = world.twin_of(name)
        if operation in NEEDS_A_RULE:
            for path in ("", *(f"/{camera.id}" for camera in world.cameras.values())):
                world.owner.request("PUT", f"/api/v1/retention{path}", {"keep_days": 36525})
        reply = ask(world, operation, visitor, place)
        wanted = expected(operation, WHO[name], place)
        what = f"{operation} ({access}) by {name}, {place}: {reply.status} {reply.body[:200]!r}"
        if wanted == "ok" and operation in MAY_BUT:
            allowed = {MAY_BUT[operation]} | ({429} if operation in GUESSES else set())
            allowed |= {200} if operation == "announceCamera" and WHO[name].camera else set()
            assert reply.status in allowed, what
        elif wanted == "known":
            assert reply.status not in (401, 403), what
        elif operation in KEY_IN_THE_PATH:
            assert reply.status in (400, 401), what
        elif wanted == "ok":
            assert 200 <= reply.status < 300, what
        else:
            assert reply.status == {"unauthorized": 401, "forbidden": 403, "not-found": 404}[wanted], what
        if operation != "followChanges" and not (wanted == "unauthorized" and access == "camera"):
            assert_documented(operation, reply)
