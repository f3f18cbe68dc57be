"""Live pictures that somebody keeps: the one that they see, and one every few seconds. Real server, and a camera played
by the test."""

import time
from dataclasses import replace

import pytest

from harness.changes import follow_changes
from harness.contract import assert_documented
from harness.live import Link, Sender, Socket, watch
from harness.people import Visitor, join, set_up


@pytest.fixture
def sender(server, camera, photo):
    with Link(server, camera) as link:
        sender = Sender(link, photo)
        yield sender
        sender.end()


def keep(visitor: Visitor, camera, frame: str):
    reply = visitor.request("POST", f"/api/v1/cameras/{camera.id}/snapshots", {"frame": frame})
    assert_documented("keepLivePicture", reply)
    return reply


def test_the_very_picture_that_is_seen_is_kept_like_any_other(server, camera, sender):
    anybody = Visitor(server)
    with watch(server, camera) as viewer, follow_changes(server) as changes:
        seen = viewer.frame()
        viewer.frame()
        viewer.frame()
        kept = keep(anybody, camera, seen.name)
        assert kept.status == 201 and kept.json()["duplicate"] is False
        name, image = changes.next()
        assert name == "image-added" and image["id"] == kept.json()["id"]
        assert abs(image["captured_at"] - seen.captured_at) < 1, "when the shutter opened, not when it was kept"
        assert server.original(kept.json()["filename"]) == seen.jpeg
        again = keep(anybody, camera, seen.name)
        assert again.status == 201 and again.json() == kept.json() | {"duplicate": True}
    assert server.image_count() == 1
    folder, = (server.data / "images").iterdir()
    assert [file.name for file in folder.rglob("*.jpg")] == [kept.json()["filename"]]
    server.assert_fsck_finds_nothing()


def test_the_etag_of_a_picture_names_it_too(server, camera, sender):
    picture = server.get(f"/live/{camera.id}.jpg")
    kept = keep(Visitor(server), camera, picture.headers["etag"].strip('"'))
    assert kept.status == 201 and server.original(kept.json()["filename"]) == picture.body


def test_what_has_gone_by_is_gone_and_said_so(server, camera, sender):
    anybody = Visitor(server)
    with watch(server, camera) as viewer:
        first = viewer.frame()
        while viewer.frame().sequence < first.sequence + 70:
            pass
        gone = keep(anybody, camera, first.name)
        assert gone.status == 410 and gone.problem()["title"] == "gone"
        assert keep(anybody, camera, "nonsense").status == 410
    for body in ({}, {"frame": 1}, {"frame": "1-1-1", "other": 1}):
        assert anybody.request("POST", f"/api/v1/cameras/{camera.id}/snapshots", body).status == 400
    assert server.image_count() == 0


def test_a_camera_that_does_not_exist_has_no_pictures_that_have_gone_by(server, camera):
    assert keep(Visitor(server), camera, "1-1-1").status == 410
    assert keep(Visitor(server), replace(camera, id="0000000000001"), "1-1-1").status == 404


def test_one_every_few_seconds_is_kept_while_somebody_watches(server, camera, sender):
    with watch(server, camera) as viewer:
        viewer.say(type="keep", camera=camera.id, every_s=2)
        began = time.monotonic()
        images = [viewer.until("kept")["image"] for _ in range(3)]
        assert 3.9 < time.monotonic() - began < 8
        viewer.say(type="keep", camera=camera.id, every_s=0)
        while time.monotonic() - began < 8:
            message = viewer.next()
            assert isinstance(message, bytes) or message["type"] == "state", message
    stored = server.get(f"/api/v1/images?camera={camera.id}").json()["images"]
    assert sorted(image["id"] for image in stored) == sorted(images)


def test_a_series_ends_with_its_watcher(server, camera, sender):
    with watch(server, camera) as viewer:
        viewer.say(type="keep", camera=camera.id, every_s=2)
        viewer.until("kept")
    with watch(server, camera) as other:
        began = time.monotonic()
        while time.monotonic() - began < 4:
            other.frame()
    assert server.image_count() == 1


def test_what_is_not_watched_is_not_kept(server, camera):
    with Socket(server, "/api/v1/live", {}) as viewer:
        viewer.say(type="keep", camera=camera.id, every_s=2)
        assert "watched" in viewer.until("refused")["detail"]


@pytest.mark.parametrize("limits", ["images_per_minute = 1\nimage_burst = 1"])
def test_the_cameras_limits_hold(new_server, tmp_path, photo, limits):
    config = tmp_path / "heliograph.toml"
    config.write_text(f"[limits]\n{limits}\n")
    server = new_server(config=config).start()
    camera = server.add_camera()
    with Link(server, camera) as link, watch(server, camera) as viewer:
        sender = Sender(link, photo)
        assert keep(Visitor(server), camera, viewer.frame().name).status == 201
        refused = keep(Visitor(server), camera, viewer.frame().name)
        assert refused.status == 429 and int(refused.headers["retry-after"]) > 0
        viewer.say(type="keep", camera=camera.id, every_s=2)
        assert viewer.until("not-kept")["detail"]
        sender.end()
    server.stop()


def test_only_operators_keep_and_it_is_noted(new_server, photo):
    server = new_server(login=True).start()
    owner = set_up(server)
    camera = server.add_camera("orchard")
    operator, viewer = (join(owner, f"the-{role}", (None, role)) for role in ("operator", "viewer"))
    with Link(server, camera) as link:
        sender = Sender(link, photo)
        sockets = [Socket(server, "/api/v1/live", {"Cookie": who.cookie}) for who in (operator, viewer)]
        for socket in sockets:
            socket.say(type="watch", camera=camera.id)
            socket.say(type="keep", camera=camera.id, every_s=2)
        assert sockets[0].until("kept")["image"]
        assert "operate" in sockets[1].until("refused")["detail"]
        seen = sockets[0].frame()
        assert keep(viewer, camera, seen.name).status == 403
        assert keep(operator, camera, seen.name).status == 201
        assert owner.request("PUT", f"/api/v1/people/{operator.id}/grants", {"grants": [{"group": None, "role": "viewer"}]}).status == 204
        assert "operate" in sockets[0].until("not-kept", 15)["detail"], "a right that goes takes the series along"
        sender.end()
    entries = owner.get("/api/v1/audit").json()["entries"]
    noted = [(one["actor"], one["action"], one["subject"]) for one in entries if one["action"].startswith("live-")]
    assert noted == [
        ("the-operator", "live-picture-kept", f"orchard: {seen.name}"),
        ("the-operator", "live-series-begun", "orchard: one every 2 s"),
    ]
    server.stop()
