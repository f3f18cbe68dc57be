"""How every operation of the contract is called, about a camera of theirs or one of others."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.people import PASSWORD, Visitor
from harness.visitors import World


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


# Of RFC 8291, appendix A: keys that a browser could have, at a service that is not asked.
BROWSER = {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


def a_browser(world: World) -> dict:
    return {"endpoint": f"https://fcm.googleapis.com/fcm/send/{next(world.numbers)}", "keys": BROWSER, "kinds": ["silent"]}


def own_browser(world: World, visitor: Visitor) -> str:
    made = visitor.request("POST", "/api/v1/push", a_browser(world))
    return f"/api/v1/push/{made.json()['id'] if made.status == 201 else '0000000000000'}"


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


NO_IMAGES = ["0000000000001"]
ABOUT_ONESELF = {"password": "not this one"}  # nobody's: the second factor and passwords stay as they are
CALLS = {
    "listCameras": plain("/api/v1/cameras"),
    "getFleet": plain("/api/v1/fleet"),
    "listAlerts": plain("/api/v1/alerts"),
    "placeCamera": of_camera("/api/v1/cameras/{camera}/place", {"lat_e7": 464530000, "lon_e7": 112580000}),
    "unplaceCamera": of_camera("/api/v1/cameras/{camera}/place"),
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
    "setNote": of_camera("/api/v1/images/{image}/note", {"note": "a moth"}),
    "setDetections": of_camera("/api/v1/images/{image}/detections", {"source": "eye", "detections": []}),
    "listLabels": plain("/api/v1/labels"),
    # What one may do with which image of many is in tests/test_organise.py: here nobody has any of these.
    "starImages": plain("/api/v1/stars", {"images": NO_IMAGES, "starred": True}),
    "listTags": plain("/api/v1/tags"),
    "tagImages": plain("/api/v1/tags", {"images": NO_IMAGES, "add": ["moth"]}),
    "listTrash": plain("/api/v1/trash"),
    "trashImages": plain("/api/v1/trash", {"images": NO_IMAGES}),
    "emptyTrash": plain("/api/v1/trash"),
    "restoreImages": plain("/api/v1/trash/restore", {"images": NO_IMAGES}),
    "prepareArchive": plain("/api/v1/archives"),
    "getArchive": plain("/api/v1/archives/none"),
    "exportImages": plain("/api/v1/exports/images"),
    "exportChosenImages": plain("/api/v1/exports/images", {"images": NO_IMAGES}),
    "exportTelemetry": of_camera("/api/v1/cameras/{camera}/telemetry/export"),
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
    "getNearestImages": of_camera("/api/v1/cameras/{camera}/nearest?at=1795348800000"),
    "listReleases": plain("/api/v1/releases"),
    "addRelease": plain("/api/v1/releases", "no signed image"),
    "removeRelease": plain("/api/v1/releases/0000000000000"),
    "listFlashImages": plain("/api/v1/flash-images"),
    "putFlashImage": plain("/api/v1/releases/0000000000000/flash-image", "no flash image"),
    "getFlashImage": plain("/api/v1/releases/0000000000000/flash-image"),
    "listRollouts": plain("/api/v1/rollouts"),
    "startRollout": plain("/api/v1/rollouts", {"release": "0000000000000"}),
    "getRollout": plain("/api/v1/rollouts/0000000000000"),
    **{f"{verb}Rollout": plain(f"/api/v1/rollouts/0000000000000/{verb}") for verb in ("advance", "halt")},
    "getCameraLog": of_camera("/api/v1/cameras/{camera}/log"),
    "getRetention": plain("/api/v1/retention"),
    "setRetention": plain("/api/v1/retention", {"keep_days": 36525}),
    "clearRetention": plain("/api/v1/retention"),
    "previewRetention": plain("/api/v1/retention/preview"),
    "previewRetentionChange": plain("/api/v1/retention/preview", {"keep_days": 36525}),
    "getCameraRetention": of_camera("/api/v1/retention/{camera}"),
    "setCameraRetention": of_camera("/api/v1/retention/{camera}", {"keep_days": 36525}),
    "clearCameraRetention": of_camera("/api/v1/retention/{camera}"),
    "getStorage": plain("/api/v1/storage"),
    "getSystem": plain("/api/v1/system"),
    "getMap": plain("/api/v1/map"),
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
    "getPush": plain("/api/v1/push"),
    "addPush": Call(lambda world, *_: ("/api/v1/push", a_browser(world))),
    "changePush": Call(lambda world, _, visitor: (own_browser(world, visitor), {"kinds": ["clock"]})),
    "removePush": Call(lambda world, _, visitor: (own_browser(world, visitor), None)),
    "tryPush": plain("/api/v1/push/0000000000000/try"),  # tests/test_push.py has a service
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
