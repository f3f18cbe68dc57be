"""Firmware releases on the server: what is taken, who may fetch it, and the key that never comes there."""

import json
import os
import shutil

import pytest

from harness.changes import follow_changes
from harness.firmware import JSON, MODEL, NEXT, Releases, Signer, flash_of, version_of
from harness.people import join, set_up
from harness.programs import CAM, heliograph, heliograph_json

OLD, NEW = version_of(CAM), version_of(NEXT)


@pytest.fixture(scope="session")
def owner(tmp_path_factory) -> Signer:
    return Signer(tmp_path_factory.mktemp("owner")).make()


@pytest.fixture
def releases(server) -> Releases:
    return Releases(server)


def speak(server, camera, **said) -> dict:
    """The camera says what it is, that it takes updates, and what else it has to say; the answer."""
    itself = {"boot": "b", "model": MODEL, "firmware": OLD, "capabilities": {"commands": ["update-firmware"]}}
    return server.request("POST", "/device/v1/heartbeat", json.dumps(itself | said), JSON | camera.bearer).json()


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


def test_a_board_is_flashed_with_what_stands_beside_its_release(releases, owner, server):
    program = bytes(range(256)) * 300
    release = releases.add(owner.sign(program, "1.2.0", model="trap"))
    path = f"/api/v1/releases/{release}/flash-image"
    assert releases.flash_images() == [] and server.get(path).status == 404
    for bad, why in [
        (b"", "begins with no boot loader"),
        (program, "begins with no boot loader"),
        (flash_of(program[:-1] + b"x"), "not that of trap 1.2.0"),
        (flash_of(program[:-1]), "not that of trap 1.2.0"),
    ]:
        reply = releases.put_flash_image(release, bad)
        assert reply.status == 422 and why in reply.problem()["detail"], reply.body
    assert len(list((server.data / "firmware").iterdir())) == 1, "what is refused leaves nothing"
    assert releases.put_flash_image("0000000000001", flash_of(program)).status == 404
    flash = flash_of(program) + b"\xff" * 100
    expected = {"release": release, "chip": "ESP32", "size_bytes": len(flash)}
    assert releases.put_flash_image(release, flash_of(program)).status == 200
    assert releases.put_flash_image(release, flash).json() == expected, "in the place of the one before"
    got = server.get(path)
    assert got.body == flash and got.headers["content-type"] == "application/octet-stream"
    part = server.request("GET", path, headers={"Range": "bytes=65536-65538"})
    assert part.status == 206 and part.body == program[:3]
    server.kill()
    for left in (f"{release}.flash.new", "06fk2r8m0q3zt.flash"):  # by a crash
        (server.data / "firmware" / left).write_bytes(b"half of one")
    server.start()
    assert releases.flash_images() == [expected]
    actions = [entry["action"] for entry in server.get("/api/v1/audit").json()["entries"]]
    assert actions.count("flash-image-added") == 2
    assert server.request("DELETE", f"/api/v1/releases/{release}").status == 204
    assert list((server.data / "firmware").iterdir()) == []


def test_a_halt_takes_back_what_is_being_fetched(releases, camera, owner, server):
    speak(server, camera)
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


def test_what_becomes_of_a_rollout_is_told(releases, camera, owner, server):
    speak(server, camera)
    release = releases.add(owner.sign(NEXT, NEW))
    with follow_changes(server) as changes:
        rollout = releases.start(release)
        assert changes.until("rollout-changed") == {"id": rollout}
        command = speak(server, camera)["orders"]["command"]["id"]
        speak(server, camera, reports=[{"command": command, "state": "failed", "reason": "no room"}])
        assert changes.until("rollout-changed") == {"id": rollout}
        assert releases.see(rollout)["state"] == "halted"
        again = releases.start(release)
        assert changes.until("rollout-changed") == {"id": again}
        releases.post(f"/{again}/advance")
        assert changes.until("rollout-changed") == {"id": again}
        releases.post(f"/{again}/halt")
        assert changes.until("rollout-changed") == {"id": again}


def test_a_camera_that_puts_it_off_is_no_failure(releases, camera, owner, server):
    """As the firmware reports it when its battery is low: AgentUpdate.OneIsPutOffWhileTheBatteryIsLow."""
    speak(server, camera)
    release = releases.add(owner.sign(NEXT, NEW))
    rollout = releases.start(release, automatic=True)
    command = speak(server, camera)["orders"]["command"]["id"]
    low = "its battery is at 3599 mV, and an update wants 3600 mV"
    report = {"command": command, "state": "failed", "reason": low, "result": {"put_off": True}}
    assert "orders" not in speak(server, camera, reports=[report])
    seen = releases.see(rollout)
    assert (seen["state"], seen["counts"]["put-off"], seen["counts"]["failed"]) == ("running", 1, 0)
    assert releases.cameras(rollout)["orchard"]["reason"] == low
    assert server.request("GET", f"/device/v1/firmware/{release}", headers=camera.bearer).status == 404
    another = server.add_camera("another")
    speak(server, another)
    releases.see(rollout)
    assert speak(server, another)["orders"]["command"]["name"] == "update-firmware", "another one is the first"
    assert releases.post(f"/{rollout}/halt").status == 200
    assert releases.cameras(rollout)["orchard"]["state"] == "left-out"


def test_only_administrators_are_told_of_rollouts(new_server, owner):
    server = new_server(login=True).start()
    administrator = set_up(server)
    camera = server.add_camera("orchard")
    viewer = join(administrator, "viewer", (None, "viewer"))
    signed = owner.sign(NEXT, NEW)
    release = heliograph_json("firmware", "add", signed, *server.where)["id"]
    with (
        follow_changes(server, {"Cookie": administrator.cookie}) as changes,
        follow_changes(server, {"Cookie": viewer.cookie}) as seen,
    ):
        started = administrator.request("POST", "/api/v1/rollouts", {"release": release})
        assert changes.next() == ("rollout-changed", {"id": started.json()["id"]})
        administrator.request("POST", f"/api/v1/cameras/{camera.id}/commands", {"name": "identify"})
        assert changes.next()[0] == seen.next()[0] == "command-changed"
    server.stop()


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
