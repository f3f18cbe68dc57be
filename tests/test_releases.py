"""Firmware releases on the server: what is taken, who may fetch it, and the key that never comes there."""

import json
import os
import shutil

import pytest

from harness.firmware import MODEL, NEXT, Releases, Signer, version_of
from harness.programs import CAM, heliograph, heliograph_json

OLD, NEW = version_of(CAM), version_of(NEXT)


@pytest.fixture(scope="module")
def owner(tmp_path_factory) -> Signer:
    return Signer(tmp_path_factory.mktemp("owner")).make()


@pytest.fixture
def releases(server) -> Releases:
    return Releases(server)


def test_only_signed_images_are_taken(releases, owner, server):
    signed = owner.sign(NEXT, NEW)
    good = signed.read_bytes()
    for bad, why in [
        (b"", "begins with no manifest"),
        (NEXT.read_bytes(), "begins with no manifest"),
        (good.replace(NEW.encode(), b"8.8.8", 1), "signature is wrong"),
        (good[:-1], "cut off"),
        (good + b"x", "longer than"),
        (good[:-1] + bytes([good[-1] ^ 1]), "not the one that was signed"),
    ]:
        reply = releases.upload(bad)
        assert reply.status == 422 and why in reply.problem()["detail"], reply.body
    assert list((server.data / "firmware").iterdir()) == []
    assert releases.upload(signed).status == 201
    assert releases.upload(signed).status == 200  # the same
    (file,) = (server.data / "firmware").iterdir()
    assert file.read_bytes() == good
    typed = server.request("POST", "/api/v1/releases", good, {"Content-Type": "text/plain"})
    assert typed.status == 415


def test_nobody_tells_a_camera_to_update_by_hand(server, camera):
    path = f"/api/v1/cameras/{camera.id}/commands"
    body = '{"name": "update-firmware"}'
    reply = server.request("POST", path, body, {"Content-Type": "application/json"})
    assert reply.status == 400 and "rollout" in reply.problem()["detail"]


def test_releases_survive_kills(releases, owner, server):
    release = releases.add(owner.sign(NEXT, NEW))
    orphan = server.data / "firmware/06fk2r8m0q3zt.signed"
    server.kill()
    orphan.write_bytes(b"half of one")
    server.start()
    assert [one["id"] for one in server.get("/api/v1/releases").json()["releases"]] == [release]
    assert not orphan.exists()
    assert server.request("DELETE", f"/api/v1/releases/{release}").status == 204
    assert list((server.data / "firmware").iterdir()) == []


def test_a_halt_takes_back_what_is_being_fetched(releases, camera, owner, server):
    releases.server.request(
        "POST",
        "/device/v1/heartbeat",
        json.dumps({"boot": "b", "model": MODEL, "firmware": OLD, "capabilities": {"commands": ["update-firmware"]}}),
        {"Content-Type": "application/json"} | camera.bearer,
    )
    release = releases.add(owner.sign(NEXT, NEW))
    path = f"/device/v1/firmware/{release}"
    assert server.request("GET", path, headers=camera.bearer).status == 404  # it was not told
    rollout = releases.start(release)
    part = server.request("GET", path, headers=camera.bearer | {"Range": "bytes=0-511"})
    assert part.status == 206 and part.body.startswith(b"heliograph-firmware 1\n")
    goes_on = {"Range": "bytes=512-1023", "If-Range": part.headers["etag"]}
    assert server.request("GET", path, headers=camera.bearer | goes_on).status == 206
    assert server.request("GET", path, headers=camera.bearer | goes_on | {"If-Range": '"another"'}).status == 200
    assert server.request("GET", path).status == 401
    other = server.add_camera("another")
    assert server.request("GET", path, headers=other.bearer).status == 404
    assert releases.post(f"/{rollout}/halt").status == 200
    assert server.request("GET", path, headers=camera.bearer).status == 404
    assert releases.post(f"/{rollout}/halt").status == 409
    assert releases.post(f"/{rollout}/advance").status == 409


def test_keys_are_never_overwritten_and_mistakes_are_said(owner, tmp_path):
    before = owner.key.read_bytes()
    assert oct(os.stat(owner.key).st_mode & 0o777) == "0o600"
    again = heliograph("ota", "keygen", "--out", owner.key, check=False)
    assert again.returncode == 2 and owner.key.read_bytes() == before
    image = tmp_path / "image"
    image.write_bytes(b"image")
    sign = ["ota", "sign", image, "--key", owner.key, "--model", "trap", "--version", "1.0.0"]
    heliograph(*sign)
    for wrong in (
        sign,  # it is there already
        ["ota", "sign", image, "--key", image, "--model", "trap", "--version", "1.0.0"],
        ["ota", "sign", image, "--key", owner.key, "--model", "Trap 7", "--version", "1.0.0"],
        ["ota", "sign", image, "--key", owner.key, "--model", "trap", "--version", "v1"],
        ["ota", "sign", tmp_path / "none", "--key", owner.key, "--model", "trap", "--version", "1.0.0"],
        ["ota", "show", image],
    ):
        done = heliograph(*wrong, check=False)
        assert done.returncode == 2 and done.stderr.startswith("heliograph: "), done
    shutil.copy(tmp_path / "image.signed", tmp_path / "copy.signed")
    assert heliograph_json("ota", "show", tmp_path / "copy.signed")["version"] == "1.0.0"
