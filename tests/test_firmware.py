"""Firmware releases with the real programs: a camera replaces itself, or does not and says why, whatever breaks."""

import os
import signal
import threading
import time

import pytest

from harness.firmware import (
    ANSWERED,
    JSON,
    MODEL,
    NEXT,
    Cutter,
    Releases,
    Signer,
    script,
    version_of,
)
from harness.pictures import unlike_all_others
from harness.programs import CAM, heliograph, heliograph_json
from harness.relay import Relay
from harness.virtual_camera import VirtualCamera
from harness.waiting import eventually

OLD, NEW = version_of(CAM), version_of(NEXT)
PATIENCE_S = 60  # for a whole update on a machine that does much else


@pytest.fixture(scope="session")
def owner(tmp_path_factory) -> Signer:
    return Signer(tmp_path_factory.mktemp("owner")).make()


@pytest.fixture
def releases(server) -> Releases:
    return Releases(server)


@pytest.fixture
def run_camera(server, camera, tmp_path, photo, owner):
    """Starts cameras that trust the owner's key."""
    frames = tmp_path / "frames"
    frames.mkdir()
    (frames / "0.jpg").write_bytes(unlike_all_others(photo, "frame"))
    started = []

    def run(one=camera, *options, port: int | None = None) -> VirtualCamera:
        usual = ["--frames", frames, "--loop", "--firmware-key", owner.public, "--no-link"]
        started.append(VirtualCamera(one, port or server.port, tmp_path, *usual, *options).start())
        return started[-1]

    yield run
    for one in started:
        one.kill()


def boot_record(camera: VirtualCamera) -> dict[str, str]:
    path = camera.spool / "firmware/BOOT.TXT"
    return dict(line.partition(" ")[::2] for line in path.read_text().splitlines()) if path.exists() else {}


def answer_of(releases: Releases, rollout: str, name: str = "orchard", within_s: float = PATIENCE_S) -> dict:
    """What the camera has come to."""
    answered = eventually(
        lambda: (seen := releases.cameras(rollout).get(name)) and seen["state"] in ANSWERED and seen, within_s
    )
    assert answered, releases.see(rollout)
    return answered


def begin(releases: Releases, signed, **wish) -> str:
    """Brings it to the cameras that are there."""
    return releases.start(releases.add(signed), **wish)


def still_obeys(releases: Releases, camera, name: str = "identify") -> bool:
    path = f"/api/v1/cameras/{camera.id}/commands"
    sent = releases.server.request("POST", path, f'{{"name": "{name}"}}', {"Content-Type": "application/json"}).json()
    return eventually(
        lambda: releases.server.get(f"{path}/{sent['id']}").json()["state"] == "succeeded", PATIENCE_S
    )


# --- it replaces itself ---


def test_a_camera_replaces_itself(releases, run_camera, camera, owner):
    cam = run_camera()
    assert still_obeys(releases, camera)
    launcher = cam.process.pid
    rollout = begin(releases, owner.sign(NEXT, NEW))
    answered = answer_of(releases, rollout)
    assert (answered["state"], answered["firmware"]) == ("updated", NEW), answered
    assert cam.process.pid == launcher and cam.process.poll() is None
    assert boot_record(cam)["active"] == "a"
    assert still_obeys(releases, camera, "reboot"), "the launcher takes no notice of that"
    assert cam.process.pid == launcher and boot_record(cam)["outcome"] == "none"
    cam.kill()  # and it stays
    cam.start()
    assert still_obeys(releases, camera)
    assert releases.cameras(rollout)["orchard"]["firmware"] == NEW
    cam.stop()


def test_a_camera_that_signs_replaces_itself(releases, run_camera, camera, owner):
    run_camera(camera, "--sign", camera.id)
    assert still_obeys(releases, camera)
    answered = answer_of(releases, begin(releases, owner.sign(NEXT, NEW)))
    assert (answered["state"], answered["firmware"]) == ("updated", NEW), answered


def test_a_camera_obeys_while_it_fetches(releases, run_camera, camera, owner, server):
    relay = Relay(server.port)
    run_camera(port=relay.port)
    assert still_obeys(releases, camera)
    pieces, fetching, go_on = [0], threading.Event(), threading.Event()

    def hold(answer: bytes) -> None:
        if not answer.startswith(b"HTTP/1.1 206"):
            return
        pieces[0] += 1
        if pieces[0] == 4:
            fetching.set()
            go_on.wait(PATIENCE_S)

    relay.on_answer = hold
    rollout = begin(releases, owner.sign(NEXT, NEW))
    assert fetching.wait(PATIENCE_S)
    path = f"/api/v1/cameras/{camera.id}/commands"
    sent = server.request("POST", path, '{"name": "capture"}', JSON).json()
    go_on.set()
    done = eventually(lambda: (now := server.get(f"{path}/{sent['id']}").json())["state"] == "succeeded" and now, PATIENCE_S)
    assert done, "it waited for the whole image"
    assert answer_of(releases, rollout)["state"] == "updated"
    told = next(one for one in server.get(path).json()["commands"] if one["name"] == "update-firmware")
    assert done["changed_at"] < told["changed_at"], "it was done afterwards only"
    relay.close()


def test_several_cameras_of_one_process_are_passed_over(releases, run_camera, camera, owner, server, tmp_path):
    fleet = VirtualCamera(camera, server.port, tmp_path, "--cameras", "2", "--no-link", "--size", "64x64").start()
    assert still_obeys(releases, camera)
    release = releases.add(owner.sign(NEXT, NEW))
    refused = releases.post("", release=release, first=camera.id)
    assert refused.status == 422 and "takes updates" in refused.problem()["detail"]
    rollout = releases.start(release)
    assert releases.cameras(rollout)["orchard"]["state"] == "unable"
    fleet.kill()


def test_it_goes_back_only_where_that_is_allowed(releases, run_camera, camera, owner):
    cam = run_camera()
    assert still_obeys(releases, camera)
    newer = begin(releases, owner.sign(NEXT, NEW, "--security", "2"), automatic=True)
    assert answer_of(releases, newer)["state"] == "updated"
    assert eventually(lambda: releases.see(newer)["state"] == "finished")
    replayed = begin(releases, owner.sign(CAM, OLD, "--security", "2"))
    answered = answer_of(releases, replayed)
    assert answered["state"] == "failed" and f"it is {OLD}, and {NEW} runs" in answered["reason"]
    insecure = begin(releases, owner.sign(CAM, OLD, "--security", "1", "--allow-downgrade"))
    assert "security number is 1" in answer_of(releases, insecure)["reason"]
    allowed = begin(releases, owner.sign(CAM, OLD, "--security", "2", "--allow-downgrade"))
    answered = answer_of(releases, allowed)
    assert (answered["state"], answered["firmware"]) == ("updated", OLD), answered
    assert boot_record(cam)["active"] == "b" and boot_record(cam)["security"] == "2"


# --- and takes back what is no good ---


@pytest.mark.parametrize(
    "image, why",
    [
        (script("exit 3"), "rolled back: it ended with status 3"),
        (script("kill -SEGV $$"), "rolled back: it was ended by signal 11"),
        (b"\x7fELF and nothing behind it", "rolled back: it could not be started"),
        (script("sleep 600"), "rolled back: it hung"),
        (NEXT, "rolled back: the program says that it is another one"),  # signed as what it is not
    ],
    ids=["exits", "crashes", "is no program", "hangs", "is another version"],
)
def test_a_bad_image_is_rolled_back(releases, run_camera, camera, owner, image, why):
    cam = run_camera(camera, "--trial", "2")
    assert still_obeys(releases, camera)
    answered = answer_of(releases, begin(releases, owner.sign(image, "9.9.9")))
    assert (answered["state"], answered["firmware"]) == ("failed", OLD), answered
    assert answered["reason"].startswith(why)
    assert boot_record(cam)["active"] == "installed" and boot_record(cam)["trial"] == "none"
    assert still_obeys(releases, camera)


def test_a_program_that_reaches_nobody_is_rolled_back(releases, run_camera, camera, owner, server):
    relay = Relay(server.port)
    cam = run_camera(camera, "--trial", "1", port=relay.port)
    assert still_obeys(releases, camera)
    rollout = begin(releases, owner.sign(NEXT, NEW))
    # Dark from the moment at which the last piece has gone.
    size = NEXT.stat().st_size
    program = cam.spool / "firmware/a/program"
    relay.on_answer = lambda answer: setattr(
        relay, "dark", relay.dark or (program.exists() and program.stat().st_size + len(answer) > size)
    )
    assert eventually(lambda: boot_record(cam).get("outcome") == "rolled-back", PATIENCE_S), boot_record(cam)
    relay.on_answer = lambda answer: None
    relay.dark = False
    answered = answer_of(releases, rollout)
    assert (answered["state"], answered["firmware"]) == ("failed", OLD)
    assert answered["reason"] == "rolled back: it did not reach the server in time"
    relay.close()


# --- what it does not even begin ---


def test_what_it_does_not_trust_is_refused(releases, run_camera, camera, owner, tmp_path):
    cam = run_camera()
    assert still_obeys(releases, camera)
    stranger = Signer(tmp_path, "stranger").make()
    answered = answer_of(releases, begin(releases, stranger.sign(NEXT, NEW)))
    assert answered["reason"] == "it is not signed by a key that this camera was given"
    assert not (cam.spool / "firmware/a/MANIFEST.TXT").exists()
    assert still_obeys(releases, camera)


def test_a_server_that_is_broken_into_installs_nothing(releases, run_camera, camera, owner, server, tmp_path):
    """Whoever writes to its disk can put anything behind a release's name."""
    run_camera()
    assert still_obeys(releases, camera)
    good = owner.sign(NEXT, NEW).read_bytes()
    forger = Signer(tmp_path, "forger").make()
    head, image = good[: good.index(b"signature")], good[good.index(b"\n", good.index(b"signature")) + 1 :]
    forged = forger.sign(NEXT, "7.0.0").read_bytes()
    another = owner.sign(NEXT, "7.0.1", model="esp32-cam").read_bytes()
    tampered = good[:-1] + bytes([good[-1] ^ 1])
    changed = head.replace(NEW.encode(), b"8.8.8") + good[len(head) : len(good) - len(image)] + image
    rows = {
        "forged": (forged, "not signed by a key"),
        "changed": (changed, "not signed by a key"),
        "of another model": (another, "it is for esp32-cam"),
        "tampered with": (tampered, "its SHA-256 is another"),
        "cut off": (good[:-1000], "shorter than its manifest says"),
        "no manifest": (image, "it begins with no manifest"),
    }
    for number, (what, (bytes_on_disk, why)) in enumerate(rows.items()):
        release = releases.add(owner.sign(NEXT, f"6.0.{number}"))
        (server.data / "firmware" / f"{release}.signed").write_bytes(bytes_on_disk)
        answered = answer_of(releases, releases.start(release))
        assert answered["state"] == "failed" and why in answered["reason"], (what, answered)
        assert answered["firmware"] == OLD
    assert still_obeys(releases, camera)


# --- links that drop, and power cuts ---


def test_a_download_goes_on_where_it_broke_off(releases, run_camera, camera, owner, server):
    cutter = Cutter(server.port, after_bytes=150_000)
    run_camera(port=cutter.port)
    assert still_obeys(releases, camera)
    answered = answer_of(releases, begin(releases, owner.sign(NEXT, NEW)))
    assert (answered["state"], answered["firmware"]) == ("updated", NEW), answered
    size = NEXT.stat().st_size
    assert cutter.cuts >= size // 150_000 - 1, "nothing was cut: this proves nothing"
    assert cutter.passed < 1.5 * size, "pieces were fetched again"
    cutter.close()


# What has been answered of an update when the camera dies: it was told, has accepted, has the manifest, the first
# pieces, all but the last, is on trial, was confirmed, has reported. There are 22 pieces or so.
ANSWERS = (1, 2, 3, 4, 12, 23, 24, 25, 26, 27, 28)


def test_a_kill_at_each_step_costs_only_time(releases, run_camera, camera, owner, server):
    relay = Relay(server.port)
    cam = run_camera(port=relay.port)
    assert still_obeys(releases, camera)
    for number, answers in enumerate(ANSWERS):
        target, version = (NEXT, NEW) if number % 2 == 0 else (CAM, OLD)
        signed = owner.sign(target, version, "--allow-downgrade", "--security", str(number + 1))
        left = [answers]

        def count_down(_: bytes, left=left) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(cam.process.pid, signal.SIGKILL)

        relay.on_answer = count_down
        rollout = begin(releases, signed, automatic=True)
        assert eventually(lambda: cam.process.poll() is not None, PATIENCE_S)
        relay.on_answer = lambda answer: None
        cam.start()
        answered = answer_of(releases, rollout)
        assert answered["state"] == "updated", (answers, answered)
        assert eventually(lambda v=version, r=rollout: releases.cameras(r)["orchard"]["firmware"] == v), answers
        assert eventually(lambda r=rollout: releases.see(r)["state"] == "finished"), answers
    relay.close()


def test_kills_at_any_moment_leave_a_camera_that_runs(releases, run_camera, camera, owner, chance):
    """Launcher and camera end at once, again and again, while one update after the other comes."""
    cam = run_camera()
    assert still_obeys(releases, camera)
    outcomes = []
    for number in range(4):
        target, version = (NEXT, NEW) if number % 2 == 0 else (CAM, OLD)
        rollout = begin(releases, owner.sign(target, version, "--allow-downgrade", "--security", str(number + 1)))
        for _ in range(4):
            time.sleep(chance.uniform(0, 0.5))
            cam.kill()
            cam.start()
        answered = answer_of(releases, rollout)
        outcomes.append(answered["state"])
        if answered["state"] == "failed":  # the third of four kills within one trial
            assert "restarted too often" in answered["reason"], answered
            assert releases.see(rollout)["state"] == "halted"
        else:
            assert answered["firmware"] == version
            assert eventually(lambda id=rollout: releases.see(id)["state"] == "running")
            assert releases.post(f"/{rollout}/halt").status == 200
        assert still_obeys(releases, camera)
    assert "updated" in outcomes, outcomes


# --- a fleet ---


def test_a_rollout_is_halted_by_its_first_camera(releases, run_camera, server, owner):
    cameras = [server.add_camera(f"trap {n}") for n in range(3)]
    for one in cameras:
        run_camera(one, "--trial", "2")
    assert all(still_obeys(releases, one) for one in cameras)
    rollout = begin(releases, owner.sign(script("exit 1"), "9.9.9"), first=cameras[1].id, automatic=True)
    assert answer_of(releases, rollout, "trap 1")["state"] == "failed"
    seen = eventually(lambda: (now := releases.see(rollout))["state"] == "halted" and now)
    assert seen and seen["reason"] == "the first camera failed"
    assert {camera["state"] for camera in seen["cameras"] if camera["name"] != "trap 1"} == {"waiting"}
    audit = server.get("/api/v1/audit").json()["entries"]
    assert any(entry["action"] == "rollout-started" for entry in audit)


def test_a_rollout_comes_to_all_of_them_by_itself(releases, run_camera, server, owner):
    cameras = [server.add_camera(f"trap {n}") for n in range(3)]
    for one in cameras:
        run_camera(one)
    assert all(still_obeys(releases, one) for one in cameras)
    rollout = begin(releases, owner.sign(NEXT, NEW), automatic=True)
    done = eventually(lambda: releases.see(rollout)["state"] == "finished", 2 * PATIENCE_S)
    assert done, releases.see(rollout)
    assert releases.see(rollout)["counts"]["updated"] == 3
    assert {camera["firmware"] for camera in releases.cameras(rollout).values()} == {NEW}


# --- at the machine itself ---


def test_the_command_line_does_it_all(server, camera, run_camera, owner, tmp_path):
    cam = run_camera()
    assert still_obeys(Releases(server), camera)
    signed = owner.sign(NEXT, NEW)
    shown = heliograph_json("ota", "show", signed)
    assert (shown["model"], shown["version"], shown["key"]) == (MODEL, NEW, owner.public)
    release = heliograph_json("firmware", "add", signed, *server.where)
    assert release["version"] == NEW
    listed = heliograph_json("firmware", "list", *server.where)["releases"]
    assert [one["id"] for one in listed] == [release["id"]]
    rollout = heliograph_json("firmware", "start", release["id"], "--first", camera.name, *server.where)
    assert rollout["counts"]["told"] == 1
    status = ["firmware", "status", rollout["id"], *server.where]
    assert eventually(lambda: heliograph_json(*status)["counts"]["updated"] == 1, PATIENCE_S), heliograph_json(*status)
    assert "updated" in heliograph(*status).stdout
    assert heliograph_json("firmware", "advance", rollout["id"], *server.where)["stage"] == "tenth"
    assert heliograph_json("firmware", "halt", rollout["id"], *server.where)["state"] == "halted"
    assert heliograph_json("firmware", "status", *server.where)["rollouts"][0]["state"] == "halted"
    heliograph("firmware", "remove", release["id"], *server.where)
    assert heliograph_json("firmware", "list", *server.where)["releases"] == []
    cam.stop()
