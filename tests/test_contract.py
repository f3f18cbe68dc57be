"""api/openapi.yaml is a promise: every route is there, and answers as it says, in good times and bad."""

import itertools
from dataclasses import dataclass, field
from json import dumps

import pytest

from harness import dialects
from harness.certificates import make_certificate, tls_config
from harness.contract import OPERATIONS, assert_documented
from harness.firmware import Signer, flash_of
from harness.firmware_calls import calls_about_firmware
from harness.keys import make_camera_key
from harness.live import film_of
from harness.organise import organise_calls
from harness.people import Visitor
from harness.server import Server
from harness.sharing import Guest, share

NEEDS_A_RULE = {"clearRetention", "getCameraRetention", "clearCameraRetention"}
ENDLESS = {
    "followChanges",  # its stream is read in test_upload.py
    "followLive",  # these three in test_live.py
    "getLivePicture",
    "keepLivePicture",  # test_live_keep.py
    *("followSharedLive", "getSharedLiveFilm", "getSharedLivePicture"),  # test_shared_live.py
    "openLink",
}
PEOPLE = {name for name, (_, _, operation) in OPERATIONS.items() if "people" in operation["tags"]}  # test_authorisation.py


# --- one good request for each operation ---

NUMBERS = itertools.count()  # names that no other test took
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=b"}


def trap_form(picture: bytes) -> bytes:
    return dialects.form(
        "b",
        dialects.part("b", 'name="trap_id"', b"7"),
        dialects.part("b", 'name="image"; filename="x.jpg"', picture),
    )


@dataclass
class Call:
    path: str
    headers: dict = field(default_factory=dict)
    body: bytes | None = None


@pytest.fixture(scope="module")
def world(tmp_path_factory, photo):
    """A server with TLS and two cameras, one of which has sent a picture with everything, and what is there by name."""
    folder = tmp_path_factory.mktemp("contract")
    certificate = make_certificate(folder / "tls")
    config = tls_config(folder, certificate, trust_bundle=certificate)
    server = Server(folder / "data", config=config, trusts=certificate).start()
    camera = server.add_camera("orchard")
    server.add_camera("meadow without images")
    receipt = server.send_image(
        camera,
        photo,
        1,
        headers={"Heliograph-Captured-At": "1795348800000", "Heliograph-Telemetry": "battery_mv=3912, lat_e7=-1"},
    ).json()
    refused = server.upload(camera, b"this is no picture")
    assert refused.status == 422
    log = server.request("POST", "/device/v1/log", b"a line\n", {"Content-Type": "text/plain"} | camera.bearer)
    assert log.status == 200
    yield server, camera, receipt
    server.kill()


WAITING = [make_camera_key()]


def bearer_of(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture(scope="module")
def guest(world) -> Guest:
    """Somebody who has opened a share that keeps metadata, and so is served files as they are."""
    server, camera, _ = world
    guest = Guest(server, share(Visitor(server), kind="camera", camera=camera.id, metadata=True))
    assert guest.open().headers["set-cookie"].endswith("; Secure")
    return guest


@pytest.fixture(scope="module")
def unwanted_share(world) -> str:
    server, camera, _ = world
    return share(Visitor(server), kind="live", camera=camera.id).id


@pytest.fixture(scope="module")
def firmware_calls(world, tmp_path_factory) -> dict[str, Call]:
    calls = calls_about_firmware(world[0], Signer(tmp_path_factory.mktemp("owner")).make())
    return {name: Call(*call) for name, call in calls.items()}


@pytest.fixture
def good_calls(world, picture, guest, unwanted_share, firmware_calls) -> dict[str, Call]:
    server, camera, receipt = world
    opened = f"/api/v1/shared/{guest.link.id}"
    cookie = {"Cookie": guest.cookie}
    tus = camera.bearer | {"Tus-Resumable": "1.0.0"}
    piece = {"Content-Type": "application/offset+octet-stream"}

    def begin(sequence: int) -> str:
        name = {"Heliograph-Boot": "tus", "Heliograph-Sequence": str(sequence), "Upload-Length": "1000"}
        return server.request("POST", "/device/v1/uploads", None, tus | name).headers["location"]

    def chosen() -> str:
        return f"camera {next(NUMBERS)}"

    def announced() -> str:
        """The code of a camera that waits."""
        reply = server.request("POST", "/device/v1/claim", "{}", JSON | bearer_of(WAITING[-1]))
        if reply.status == 202:
            return reply.json()["code"]
        WAITING.append(make_camera_key())  # that one has been added
        return announced()

    def added() -> str:
        """The key of a camera that has announced itself and was added."""
        key = make_camera_key()
        code = server.request("POST", "/device/v1/claim", "{}", JSON | bearer_of(key)).json()["code"]
        accepted = server.request("POST", "/api/v1/claims", dumps({"code": code, "name": chosen()}), JSON)
        assert accepted.status == 201, accepted.body
        return key

    def commanded() -> str:
        """The address of a command of a camera of its own: one camera may have only so many."""
        commands = f"/api/v1/cameras/{server.add_camera(chosen()).id}/commands"
        made = server.request("POST", commands, '{"name": "capture"}', JSON)
        assert made.status == 202, made.body
        return f"{commands}/{made.json()['id']}"

    server.upload(camera, b"also no picture")  # the newest, which may be removed
    quarantined = server.quarantine(camera, at_least=2)[-1]["id"]
    marks = organise_calls(server, camera, receipt["id"], picture(f"unwanted {next(NUMBERS)}"), next(NUMBERS))
    organise = {name: Call(path, JSON if body else {}, body) for name, (path, body) in marks.items()}
    return firmware_calls | organise | {
        "listCameras": Call("/api/v1/cameras"),
        "addCamera": Call("/api/v1/cameras", JSON, b'{"name": "%s"}' % chosen().encode()),
        "importCameras": Call("/api/v1/cameras/import", {"Content-Type": "text/csv"}, b"name\n%s\n" % chosen().encode()),
        "listClaims": Call("/api/v1/claims"),
        "acceptClaim": Call("/api/v1/claims", JSON, b'{"code": "%s", "name": "%s"}' % (announced().encode(), chosen().encode())),
        "announceCamera": Call("/device/v1/claim", JSON | bearer_of(added()), b"{}"),
        "changeCamera": Call(f"/api/v1/cameras/{server.add_camera(chosen()).id}", JSON, b'{"name": "%s"}' % chosen().encode()),
        "removeCamera": Call(f"/api/v1/cameras/{server.add_camera(chosen()).id}"),
        "rotateCameraKey": Call(f"/api/v1/cameras/{server.add_camera(chosen()).id}/key", JSON, b"{}"),
        "getHistogram": Call(f"/api/v1/histogram?camera={camera.id}&from=1795348800000"),
        "getCameraHealth": Call(f"/api/v1/cameras/{camera.id}/health"),
        "listQuarantine": Call(f"/api/v1/cameras/{camera.id}/quarantine?limit=1"),
        "getQuarantined": Call(f"/api/v1/quarantine/{quarantined}"),
        "getQuarantinedBytes": Call(f"/api/v1/quarantine/{quarantined}/bytes"),
        "deleteQuarantined": Call(f"/api/v1/quarantine/{server.quarantine(camera)[0]['id']}"),
        "listImages": Call(f"/api/v1/images?limit=1&from=0&to=4102444800000&camera={camera.id}"),
        "getImage": Call(f"/api/v1/images/{receipt['id']}"),
        "starImage": Call(f"/api/v1/images/{receipt['id']}/star"),
        "unstarImage": Call(f"/api/v1/images/{receipt['id']}/star"),
        "listCommands": Call(f"/api/v1/cameras/{camera.id}/commands"),
        "sendCommand": Call(f"/api/v1/cameras/{camera.id}/commands", JSON, b'{"name": "capture", "expires_in_ms": 1000}'),
        "getCommand": Call(commanded()),
        "cancelCommand": Call(commanded()),
        "getCameraSettings": Call(f"/api/v1/cameras/{camera.id}/settings"),
        "setCameraSettings": Call(f"/api/v1/cameras/{camera.id}/settings", JSON | {"If-Match": "*"}, b'{"values": {"quality": 80}}'),
        "getTelemetry": Call(f"/api/v1/cameras/{camera.id}/telemetry?from=1795348800000&to=1795352400000&step=600000"),
        "exportTelemetry": Call(f"/api/v1/cameras/{camera.id}/telemetry/export?format=json"),
        "getNearestImages": Call(f"/api/v1/cameras/{camera.id}/nearest?at=1795348800000,1795435200000&within=3600000"),
        "getCameraLog": Call(f"/api/v1/cameras/{camera.id}/log"),
        "sendLog": Call("/device/v1/log", {"Content-Type": "text/plain"} | camera.bearer, b"a line\n"),
        "heartbeat": Call("/device/v1/heartbeat", JSON | camera.bearer, b'{"boot": "b", "telemetry": "battery_mv=3900"}'),
        "getRetention": Call("/api/v1/retention"),
        "setRetention": Call("/api/v1/retention", {}, b'{"keep_days": 36525}'),
        "clearRetention": Call("/api/v1/retention"),
        "previewRetention": Call("/api/v1/retention/preview"),
        "previewRetentionChange": Call(f"/api/v1/retention/preview?camera={camera.id}", {}, b'{"keep_days": 36525}'),
        "getCameraRetention": Call(f"/api/v1/retention/{camera.id}"),
        "setCameraRetention": Call(f"/api/v1/retention/{camera.id}", {}, b'{"keep_days": 36525}'),
        "clearCameraRetention": Call(f"/api/v1/retention/{camera.id}"),
        **{f"get{what}": Call(f"/api/v1/{what.lower()}") for what in ("Storage", "System")},
        "getMap": Call("/api/v1/map"),
        "getFleet": Call("/api/v1/fleet"),
        "listAlerts": Call("/api/v1/alerts"),
        "placeCamera": Call(f"/api/v1/cameras/{camera.id}/place", JSON, b'{"lat_e7": 464530000, "lon_e7": 112580000}'),
        "unplaceCamera": Call(f"/api/v1/cameras/{camera.id}/place"),
        "getOriginal": Call(f"/uploads/{receipt['filename']}"),
        "getThumbnail": Call(f"/thumbnails/{receipt['filename']}"),
        "listShares": Call("/api/v1/shares"),
        "makeShare": Call("/api/v1/shares", JSON, b'{"kind": "image", "image": "%s"}' % receipt["id"].encode()),
        "deleteShare": Call(f"/api/v1/shares/{unwanted_share}"),
        "openShare": Call("/api/v1/shared", JSON, b'{"token": "%s"}' % guest.link.token.encode()),
        "getShared": Call(opened, cookie),
        "getSharedHistogram": Call(f"{opened}/histogram", cookie),
        "listSharedImages": Call(f"{opened}/images?limit=1", cookie),
        "getSharedOriginal": Call(f"{opened}/originals/{receipt['filename']}", cookie),
        "getSharedThumbnail": Call(f"{opened}/thumbnails/{receipt['filename']}", cookie),
        "uploadRaw": Call("/upload", camera.bearer, picture("raw")),
        "putRaw": Call("/upload?timestamp=1795348800", {"APIKEY": camera.key}, picture("put")),
        "uploadNamed": Call("/upload/orchard", camera.bearer, picture("by name")),
        "uploadPhp": Call("/upload.php", camera.bearer | FORM, trap_form(picture("php"))),
        "uploadKeyed": Call(f"/u/{camera.key}/upload.php", FORM, trap_form(picture("keyed"))),
        "putKeyed": Call(f"/u/{camera.key}/x.jpg", {}, picture("put keyed")),
        "putPrusaSnapshot": Call("/c/snapshot", {"Token": camera.key}, picture("prusa")),
        "putPrusaInfo": Call("/c/info", {"Token": camera.key, "Content-Type": "application/json"}, b"{}"),
        "uploadObico": Call("/api/v1/octo/pic/", camera.bearer | FORM, trap_form(picture("obico"))),
        "uploadWebhook": Call(f"/api/webhook/{camera.key}", FORM, trap_form(picture("webhook"))),
        "putWebhook": Call(f"/api/webhook/{camera.key}", {}, picture("put webhook")),
        "pushFilm": Call(f"/api/stream.mjpeg?dst={camera.id}", camera.bearer, film_of(picture("pushed"))),
        "uploadImage": Call("/device/v1/images", camera.bearer | {"Heliograph-Boot": "b", "Heliograph-Sequence": "2"}, picture("named")),
        "getTrust": Call("/device/v1/trust.pem"),
        "describeUploads": Call("/device/v1/uploads"),
        "createUpload": Call(
            "/device/v1/uploads",
            tus
            | piece
            | {"Heliograph-Boot": "tus", "Heliograph-Sequence": "1"}
            | {"Upload-Length": str(len(picture("tus")))},
            picture("tus"),
        ),
        "describeUpload": Call("/device/v1/uploads/0000000000000"),
        "askUpload": Call(begin(2), tus),
        "appendUpload": Call(begin(3), tus | piece | {"Upload-Offset": "0"}, b"\xff\xd8"),
        "removeUpload": Call(begin(4), tus),
        "overrideUpload": Call(begin(5), tus | {"X-HTTP-Method-Override": "HEAD"}),
        "getHealth": Call("/healthz"),
        "getReadiness": Call("/readyz"),
        "getMetrics": Call("/metrics"),
        "getContract": Call("/api/openapi.yaml"),
    }


def test_every_operation_is_called(good_calls):
    assert set(good_calls) | ENDLESS | PEOPLE == set(OPERATIONS)


@pytest.mark.parametrize("operation_id", sorted(set(OPERATIONS) - ENDLESS - PEOPLE))
def test_good_request(world, good_calls, operation_id):
    server, _, _ = world
    if operation_id in NEEDS_A_RULE:
        for call in (good_calls["setRetention"], good_calls["setCameraRetention"]):
            assert server.request("PUT", call.path, call.body).status == 200
    method, _, operation = OPERATIONS[operation_id]
    call = good_calls[operation_id]
    reply = server.request(method, call.path, call.body, call.headers)
    assert str(reply.status) == min(operation["responses"]), reply.body[:300]
    assert_documented(operation_id, reply)


def test_raw_upload_in_its_other_form(world, picture):
    server, camera, _ = world
    assert_documented("uploadRaw", server.upload(camera, picture("json")))


# --- and what can be refused ---


@pytest.mark.parametrize(
    "operation_id, change, status",
    [
        ("getHistogram", {"path": "/api/v1/histogram?camera=nobody"}, 400),
        ("listImages", {"path": "/api/v1/images?limit=501"}, 400),
        ("getImage", {"path": "/api/v1/images/0000000000000"}, 404),
        ("starImage", {"path": "/api/v1/images/0000000000000/star"}, 404),
        ("unstarImage", {"path": "/api/v1/images/nobody/star"}, 404),
        ("setRetention", {"body": b"{}{}"}, 400),
        ("setRetention", {"body": b'{"keep_days": 0}'}, 400),
        ("setRetention", {"body": b" " * 5000}, 413),
        ("setCameraRetention", {"path": "/api/v1/retention/0000000000000"}, 404),
        ("setCameraRetention", {"path": "/api/v1/retention/nobody"}, 404),
        ("clearCameraRetention", {"path": "/api/v1/retention/0000000000001"}, 404),
        ("getCameraHealth", {"path": "/api/v1/cameras/0000000000000/health"}, 404),
        ("getCameraHealth", {"path": "/api/v1/cameras/orchard/health"}, 404),
        ("listQuarantine", {"path": "/api/v1/cameras/0000000000000/quarantine"}, 404),
        ("listQuarantine", {"path": "/api/v1/cameras/0000000000000/quarantine?limit=501"}, 400),
        ("getQuarantined", {"path": "/api/v1/quarantine/0000000000000"}, 404),
        ("getQuarantinedBytes", {"path": "/api/v1/quarantine/0000000000000/bytes"}, 404),
        ("getQuarantinedBytes", {"headers": {"Range": "bytes=0-1"}}, 206),
        ("deleteQuarantined", {"path": "/api/v1/quarantine/0000000000000"}, 404),
        ("getOriginal", {"path": "/uploads/20261122T120000.000Z-0000000000000.jpg"}, 404),
        ("getOriginal", {"headers": {"Range": "bytes=999999999-"}}, 416),
        ("getOriginal", {"headers": {"Range": "bytes=0-1"}}, 206),
        ("getOriginal", {"headers": {"If-None-Match": "*"}}, 304),
        ("getThumbnail", {"path": "/thumbnails/20261122T120000.000Z-0000000000000.jpg"}, 404),
        ("getThumbnail", {"headers": {"If-None-Match": "*"}}, 304),
        ("makeShare", {"body": b'{"kind": "image", "image": "0000000000001"}'}, 404),
        ("makeShare", {"body": b"{}"}, 400),
        ("deleteShare", {"path": "/api/v1/shares/0000000000001"}, 404),
        ("openShare", {"body": b'{"token": "shr_none"}'}, 404),
        ("openShare", {"more": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ("openShare", {"more": {"Content-Type": "text/plain"}}, 415),
        ("getShared", {"headers": {}}, 404),
        ("getSharedHistogram", {"path": "/api/v1/shared/0000000000001/histogram"}, 404),
        ("listSharedImages", {"more": {"Cookie": "__Secure-heliograph-share=x"}}, 404),
        ("getSharedOriginal", {"more": {"Range": "bytes=0-1"}}, 206),
        ("getSharedOriginal", {"more": {"If-None-Match": "*"}}, 304),
        ("getSharedOriginal", {"more": {"Range": "bytes=999999999-"}}, 416),
        ("getSharedThumbnail", {"more": {"If-None-Match": "*"}}, 304),
        ("listCommands", {"path": "/api/v1/cameras/0000000000001/commands"}, 404),
        ("sendCommand", {"body": b'{"name": "explode"}'}, 400),
        ("sendCommand", {"body": b'{"name": "burst"}'}, 400),
        ("sendCommand", {"body": b'{"name": "capture", "id": "a b"}'}, 400),
        ("sendCommand", {"body": b'{"name": "capture", "expires_in_ms": 1}'}, 400),
        ("sendCommand", {"path": "/api/v1/cameras/0000000000001/commands"}, 404),
        ("sendCommand", {"headers": {}}, 415),
        ("getCommand", {"path": "/api/v1/cameras/0000000000001/commands/x"}, 404),
        ("cancelCommand", {"path": "/api/v1/cameras/0000000000001/commands/x"}, 404),
        ("getCameraSettings", {"path": "/api/v1/cameras/0000000000001/settings"}, 404),
        ("setCameraSettings", {"body": b'{"values": {"quality": 0}}'}, 400),
        ("setCameraSettings", {"body": b'{"values": []}'}, 400),
        ("setCameraSettings", {"more": {"If-Match": '"77"'}}, 412),
        ("setCameraSettings", {"headers": JSON}, 428),
        ("addRelease", {"body": b"no signed image"}, 422),
        ("addRelease", {"headers": JSON}, 415),
        ("removeRelease", {"path": "/api/v1/releases/0000000000001"}, 404),
        ("putFlashImage", {"body": flash_of(b"another")}, 422),
        ("putFlashImage", {"headers": JSON}, 415),
        ("putFlashImage", {"path": "/api/v1/releases/0000000000001/flash-image"}, 404),
        ("getFlashImage", {"path": "/api/v1/releases/0000000000001/flash-image"}, 404),
        ("getFlashImage", {"headers": {"Range": "bytes=0-1"}}, 206),
        ("getFlashImage", {"headers": {"Range": "bytes=999999999-"}}, 416),
        ("getFlashImage", {"headers": {"If-None-Match": "*"}}, 304),
        ("startRollout", {"body": b'{"release": "0000000000001"}'}, 404),
        ("startRollout", {"body": b'{"release": 1}'}, 400),
        ("startRollout", {"headers": {}}, 415),
        ("getRollout", {"path": "/api/v1/rollouts/0000000000001"}, 404),
        ("advanceRollout", {"path": "/api/v1/rollouts/nobody/advance"}, 404),
        ("haltRollout", {"path": "/api/v1/rollouts/0000000000001/halt"}, 404),
        ("getFirmware", {"headers": {}}, 401),
        ("getFirmware", {"path": "/device/v1/firmware/0000000000001"}, 404),
        ("getFirmware", {"more": {"Range": "bytes=0-511"}}, 206),
        ("getFirmware", {"more": {"Range": "bytes=99999-"}}, 416),
        ("getFirmware", {"more": {"If-None-Match": "*"}}, 304),
        ("getTelemetry", {"path": "/api/v1/cameras/0000000000001/telemetry"}, 404),
        ("getNearestImages", {"path": "/api/v1/cameras/0000000000001/nearest?at=1"}, 404),
        ("getNearestImages", {"path": "/api/v1/cameras/0000000000001/nearest?at=noon"}, 400),
        ("getCameraLog", {"path": "/api/v1/cameras/0000000000001/log"}, 404),
        ("sendLog", {"headers": {"Content-Type": "text/plain"}}, 401),
        ("sendLog", {"more": {"Content-Type": "image/jpeg"}}, 415),
        ("sendLog", {"body": b"x" * 17000}, 413),
        ("heartbeat", {"body": b"{}"}, 400),
        ("heartbeat", {"headers": JSON}, 401),
        ("heartbeat", {"more": {"Content-Type": "text/plain"}}, 415),
        ("heartbeat", {"body": b" " * 20000}, 413),
        ("getTrust", {"headers": {"If-None-Match": "*"}}, 304),
        ("getTrust", {"headers": {"Range": "bytes=0-26"}}, 206),
        ("uploadRaw", {"headers": {}}, 401),
        ("uploadRaw", {"body": b"text"}, 422),
        ("putRaw", {"headers": {"APIKEY": "x"}}, 401),
        ("uploadNamed", {"path": "/upload/meadow%20without%20images"}, 409),
        ("uploadPhp", {"more": {"Content-Type": "multipart/form-data"}}, 400),
        ("uploadKeyed", {"path": "/u/x/upload.php"}, 401),
        ("putKeyed", {"more": {"X-API-Key": "another"}}, 400),
        ("putPrusaSnapshot", {"headers": {}}, 401),
        ("putPrusaInfo", {"headers": {}}, 401),
        ("uploadObico", {"body": b"--b--"}, 422),
        ("uploadWebhook", {"more": {"Content-Type": "application/json"}}, 415),
        ("putWebhook", {"path": "/api/webhook/x"}, 401),
        ("uploadRaw", {"more": {"Content-Type": "text/plain"}}, 415),
        ("uploadImage", {"headers": {}}, 401),
        ("uploadImage", {"body": b"\xff\xd8text"}, 422),
        ("uploadImage", {"more": {"Heliograph-Sequence": "first"}}, 400),
        ("uploadImage", {"more": {"Heliograph-Sequence": "1", "Heliograph-Boot": "boot-1"}}, 409),
        ("uploadImage", {"more": {"Content-Type": "text/plain"}}, 415),
    ],
)
def test_refusal(world, good_calls, operation_id, change, status):
    server, _, _ = world
    call = good_calls[operation_id]
    reply = server.request(
        OPERATIONS[operation_id][0],
        change.get("path", call.path),
        change.get("body", call.body),
        change.get("headers", call.headers) | change.get("more", {}),
    )
    assert reply.status == status, reply.body[:300]
    assert_documented(operation_id, reply)
