"""Every operation of the contract × everybody who may come × a camera of theirs and one of others.

What must happen follows from the operation's `x-access` and the table of visitors, by the rules in `expected`: nothing
of it is read from the server. An operation without a row in CALLS fails the test.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from harness.contract import OPERATIONS, assert_documented
from harness.people import PASSWORD, Visitor
from harness.pictures import make_picture, unlike_all_others
from harness.server import Reply
from harness.visitors import NONE, WHO, Who, World


@dataclass(frozen=True)
class Call:
    """How an operation is called: its path and body. `of_camera`: it is about the camera of `place`."""

    make: Callable[[World, str, Visitor], tuple]
    of_camera: bool = False


def of_camera(path: str, body=None) -> Call:
    def make(world: World, place: str, _: Visitor):
        names = {
            "camera": world.cameras[place].id,
            "image": world.pictures[place]["id"],
            "file": world.pictures[place]["filename"],
        }
        return path.format(**names), body

    return Call(make, of_camera=True)


def plain(path: str, body=None) -> Call:
    return Call(lambda *_: (path, body))


def of_refused(path: str) -> Call:
    return Call(lambda world, place, _: (path.format(world.refused(place)), None), of_camera=True)


def of_session(_: World, __: str, visitor: Visitor) -> tuple:
    other = Visitor(visitor.server, cookie=visitor.cookie, csrf=visitor.csrf)
    listed = other.get("/api/v1/sessions")
    ids = [s["id"] for s in listed.json()["sessions"]] if listed.status == 200 else []
    return f"/api/v1/sessions/{(ids or ['0000000000000'])[0]}", None


def of_person(path: str, body=None) -> Call:
    return Call(lambda world, *_: (path.format(world.make_person()["person"]["id"]), body))


def of_group(path: str, body=None) -> Call:
    return Call(lambda world, *_: (path.format(world.make_group()), body))


def own_token(_: World, __: str, visitor: Visitor) -> tuple:
    made = visitor.request("POST", "/api/v1/tokens", {"name": "x", "scopes": ["read"]})
    return f"/api/v1/tokens/{made.json()['id'] if made.status == 201 else '0000000000000'}", None


def own_share(world: World, place: str, visitor: Visitor) -> tuple:
    """Of whoever asks, if they may make one; else of the owner."""
    wish = {"kind": "camera", "camera": world.cameras[place].id}
    made = visitor.request("POST", "/api/v1/shares", wish)
    if made.status != 201:
        made = world.owner.request("POST", "/api/v1/shares", wish)
    return f"/api/v1/shares/{made.json()['id']}", None


def of_camera_command(world: World, place: str, _: Visitor) -> tuple:
    """None waits for long: a camera may have only so many."""
    return f"{world.camera_path(place)}/commands", {"name": "capture", "expires_in_ms": 1000}


def of_command(world: World, place: str, _: Visitor) -> tuple:
    made = world.owner.request("POST", f"{world.spare_camera_path(place)}/commands", {"name": "capture"})
    assert made.status == 202, made.body
    return f"/api/v1/cameras/{made.json()['camera_id']}/commands/{made.json()['id']}", None


def shared(rest: str = "") -> Call:
    """Of a share that is there, asked for by those who have not opened it."""
    return Call(lambda world, *_: (f"/api/v1/shared/{world.share['id']}{rest.format(**world.pictures['farm'])}", None))


def fresh(path: str, **body) -> Call:
    """Each call with a name of its own."""
    return Call(lambda world, *_: (path, body | {"name": f"{body['name']}-{next(world.numbers)}"}))


ABOUT_ONESELF = {"password": "not this one"}  # nobody's: the second factor and passwords stay as they are
CALLS = {
    "listCameras": plain("/api/v1/cameras"),
    "getHistogram": plain("/api/v1/histogram"),
    "listImages": plain("/api/v1/images"),
    "getImage": of_camera("/api/v1/images/{image}"),
    "addCamera": fresh("/api/v1/cameras", name="Meadow"),
    "importCameras": Call(lambda world, *_: ("/api/v1/cameras/import", f"name\nImported {next(world.numbers)}\n")),
    "listClaims": plain("/api/v1/claims"),
    "acceptClaim": Call(lambda world, *_: ("/api/v1/claims", {"code": world.announce(), "name": f"c{next(world.numbers)}"})),
    "announceCamera": plain("/device/v1/claim", {}),
    "changeCamera": Call(lambda world, place, _: (world.camera_path(place), {"name": place}), of_camera=True),
    "removeCamera": Call(lambda world, place, _: (world.spare_camera_path(place), None), of_camera=True),
    "rotateCameraKey": Call(lambda world, place, _: (world.spare_camera_path(place) + "/key", {}), of_camera=True),
    "starImage": of_camera("/api/v1/images/{image}/star"),
    "unstarImage": of_camera("/api/v1/images/{image}/star"),
    "getOriginal": of_camera("/uploads/{file}"),
    "getThumbnail": of_camera("/thumbnails/{file}"),
    "getCameraHealth": of_camera("/api/v1/cameras/{camera}/health"),
    "listQuarantine": of_camera("/api/v1/cameras/{camera}/quarantine"),
    "getQuarantined": of_refused("/api/v1/quarantine/{}"),
    "getQuarantinedBytes": of_refused("/api/v1/quarantine/{}/bytes"),
    "deleteQuarantined": of_refused("/api/v1/quarantine/{}"),
    "listCommands": of_camera("/api/v1/cameras/{camera}/commands"),
    "sendCommand": Call(of_camera_command, of_camera=True),
    "getCommand": Call(of_command, of_camera=True),
    "cancelCommand": Call(of_command, of_camera=True),
    "getCameraSettings": of_camera("/api/v1/cameras/{camera}/settings"),
    "setCameraSettings": of_camera("/api/v1/cameras/{camera}/settings", {"values": {}}),
    "keepLivePicture": of_camera("/api/v1/cameras/{camera}/snapshots", {"frame": "1-0-0"}),
    "getTelemetry": of_camera("/api/v1/cameras/{camera}/telemetry"),
    "listReleases": plain("/api/v1/releases"),
    "addRelease": plain("/api/v1/releases", "no signed image"),
    "removeRelease": plain("/api/v1/releases/0000000000000"),
    "listRollouts": plain("/api/v1/rollouts"),
    "startRollout": plain("/api/v1/rollouts", {"release": "0000000000000"}),
    "getRollout": plain("/api/v1/rollouts/0000000000000"),
    **{f"{verb}Rollout": plain(f"/api/v1/rollouts/0000000000000/{verb}") for verb in ("advance", "halt")},
    "getCameraLog": of_camera("/api/v1/cameras/{camera}/log"),
    "getRetention": plain("/api/v1/retention"),
    "setRetention": plain("/api/v1/retention", {"keep_days": 36525}),
    "clearRetention": plain("/api/v1/retention"),
    "previewRetention": plain("/api/v1/retention/preview"),
    "getCameraRetention": of_camera("/api/v1/retention/{camera}"),
    "setCameraRetention": of_camera("/api/v1/retention/{camera}", {"keep_days": 36525}),
    "clearCameraRetention": of_camera("/api/v1/retention/{camera}"),
    "getStorage": plain("/api/v1/storage"),
    "followChanges": plain("/api/v1/changes"),
    "followLive": plain("/api/v1/live"),
    "getLivePicture": of_camera("/live/{camera}.jpg"),
    "getMetrics": plain("/metrics"),
    "getSession": plain("/api/v1/session"),
    "setUp": plain("/api/v1/setup", {"token": "lnk_none"}),
    "signIn": plain("/api/v1/session", {"name": "", "password": "x"}),
    "signOut": plain("/api/v1/session"),
    "lookAtLink": Call(lambda world, *_: ("/api/v1/link", {"token": world.make_person()["token"]})),
    "useLink": Call(lambda world, *_: ("/api/v1/link", {"token": world.make_person()["token"], "password": PASSWORD})),
    "beginOpenId": plain("/api/v1/openid/begin", {}),
    "connectOpenId": plain("/api/v1/openid/connect", ABOUT_ONESELF),
    "finishOpenId": plain("/api/v1/openid/callback?state=x&code=x"),
    "listIdentities": plain("/api/v1/identities"),
    "deleteIdentity": plain("/api/v1/identities/0000000000000"),
    "listSessions": plain("/api/v1/sessions"),
    "endOtherSessions": plain("/api/v1/sessions"),
    "endSession": Call(of_session),
    "setPassword": plain("/api/v1/password", {"current": "not this one", "password": PASSWORD}),
    "beginSecondFactor": plain("/api/v1/second-factor", ABOUT_ONESELF),
    "confirmSecondFactor": plain("/api/v1/second-factor", {"code": "000000"}),
    "removeSecondFactor": plain("/api/v1/second-factor/removal", ABOUT_ONESELF),
    "listTokens": plain("/api/v1/tokens"),
    "makeToken": plain("/api/v1/tokens", {"name": "x", "scopes": ["read"]}),
    "deleteToken": Call(own_token),
    "listPeople": plain("/api/v1/people"),
    "invitePerson": fresh("/api/v1/people", name="somebody", grants=[]),
    "deletePerson": of_person("/api/v1/people/{}"),
    "setGrants": of_person("/api/v1/people/{}/grants", {"grants": []}),
    "makeLink": of_person("/api/v1/people/{}/link"),
    "resetSecondFactor": of_person("/api/v1/people/{}/second-factor"),
    "listGroups": plain("/api/v1/groups"),
    "addGroup": fresh("/api/v1/groups", name="Meadow"),
    "renameGroup": Call(lambda world, *_: (f"/api/v1/groups/{world.make_group()}", {"name": f"n{next(world.numbers)}"})),
    "deleteGroup": of_group("/api/v1/groups/{}"),
    "moveCamera": Call(lambda world, *_: (f"/api/v1/cameras/{world.cameras['farm'].id}/group", {"group": world.farm})),
    "listAudit": plain("/api/v1/audit"),
    "listShares": plain("/api/v1/shares"),
    "makeShare": Call(
        lambda world, place, _: ("/api/v1/shares", {"kind": "live", "camera": world.cameras[place].id}), of_camera=True
    ),
    "deleteShare": Call(own_share, of_camera=True),
    "openShare": Call(lambda world, *_: ("/api/v1/shared", {"token": world.share["token"]})),
    "getShared": shared(),
    "getSharedHistogram": shared("/histogram"),
    "listSharedImages": shared("/images"),
    "followSharedLive": shared("/live"),
    "getSharedLiveFilm": shared("/live.mjpeg"),
    "getSharedLivePicture": shared("/live.jpg"),
    "getSharedOriginal": shared("/originals/{filename}"),
    "getSharedThumbnail": shared("/thumbnails/{filename}"),
    "getHealth": plain("/healthz"),
    "getReadiness": plain("/readyz"),
    "getContract": plain("/api/openapi.yaml"),
    "uploadRaw": plain("/upload"),
    "putRaw": plain("/upload"),
    "uploadNamed": plain("/upload/farm"),
    "uploadPhp": plain("/upload.php"),
    "uploadKeyed": plain("/u/cam_wrong/upload.php"),
    "putKeyed": plain("/u/cam_wrong/x.jpg"),
    "putPrusaSnapshot": plain("/c/snapshot"),
    "putPrusaInfo": plain("/c/info"),
    "uploadObico": plain("/api/v1/octo/pic/"),
    "uploadWebhook": plain("/api/webhook/cam_wrong"),
    "putWebhook": plain("/api/webhook/cam_wrong"),
    "pushFilm": plain("/api/stream.mjpeg"),
    "uploadImage": plain("/device/v1/images"),
    "heartbeat": plain("/device/v1/heartbeat"),
    "getFirmware": plain("/device/v1/firmware/0000000000000"),
    "sendLog": plain("/device/v1/log"),
    "getTrust": plain("/device/v1/trust.pem"),
    "openLink": plain("/device/v1/link"),
    "describeUploads": plain("/device/v1/uploads"),
    "createUpload": plain("/device/v1/uploads"),
    "describeUpload": plain("/device/v1/uploads/0000000000000"),
    "askUpload": plain("/device/v1/uploads/0000000000000"),
    "appendUpload": plain("/device/v1/uploads/0000000000000"),
    "removeUpload": plain("/device/v1/uploads/0000000000000"),
    "overrideUpload": plain("/device/v1/uploads/0000000000000"),
}
# What a good call of somebody who may is answered with, where it is no success: it asks for what nobody has.
MAY_BUT = {
    "setUp": 400,
    "beginOpenId": 409,  # there is no provider
    "connectOpenId": 409,
    "finishOpenId": 303,
    "deleteIdentity": 404,
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
    "addRelease": 415,
    **dict.fromkeys(("removeRelease", "startRollout", "getRollout", "advanceRollout", "haltRollout"), 404),
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
    for visitor, seen in ((guest, {farm}), (owner, {camera.id for camera in world.cameras.values()})):
        assert {camera["id"] for camera in visitor.get("/api/v1/cameras").json()["cameras"]} == seen
        assert {image["camera_id"] for image in visitor.get("/api/v1/images").json()["images"]} == seen
        runs = visitor.get("/api/v1/histogram").json()["runs"]
        assert sum(sum(run["counts"]) for run in runs) == len(seen)
        assert {camera["id"] for camera in visitor.get("/api/v1/storage").json()["cameras"]} == seen
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
