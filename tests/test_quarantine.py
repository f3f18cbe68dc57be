"""What is refused is kept and can be looked at; what is whole inside of it is saved; how a camera is."""

import random
import time

from harness.programs import heliograph, heliograph_json

NOISE = bytes([1]) + random.Random(5).randbytes(50_000)


def test_refused_bytes_can_be_looked_at_and_removed(server, camera, tmp_path):
    answer = server.upload(camera, NOISE)
    assert answer.status == 422
    assert server.send_image(camera, b"test data\n", 7).status == 422
    text, noise = server.quarantine(camera, at_least=2)

    assert (noise["reason"], noise["size_bytes"]) == (answer.json()["detail"], len(NOISE))
    assert noise["head"] == NOISE[:64].hex() and noise["camera_id"] == camera.id
    assert (noise["boot"], noise["salvaged_id"]) == (None, None)
    assert (text["boot"], text["sequence"], bytes.fromhex(text["head"])) == ("boot-1", 7, b"test data\n")
    assert server.get(f"/api/v1/quarantine/{noise['id']}").json() == noise
    files = sorted(path.name for path in (server.data / "quarantine").rglob("*.bin"))
    assert files == sorted([noise["filename"], text["filename"]])

    first = server.get(f"/api/v1/cameras/{camera.id}/quarantine?limit=1").json()
    second = server.get(f"/api/v1/cameras/{camera.id}/quarantine?limit=1&cursor={first['next']}").json()
    assert first["quarantine"] + second["quarantine"] == [text, noise]

    saved = server.get(f"/api/v1/quarantine/{noise['id']}/bytes")
    assert saved.body == NOISE and saved.type == "application/octet-stream"
    assert saved.headers["content-disposition"] == f'attachment; filename="{noise["filename"]}"'
    assert saved.headers["x-content-type-options"] == "nosniff"

    listed = heliograph_json("quarantine", "list", camera.name, *server.where)
    assert listed["quarantine"] == [text, noise]
    heliograph("quarantine", "export", camera.name, tmp_path / "out", *server.where)
    assert (tmp_path / "out" / noise["filename"]).read_bytes() == NOISE
    assert text["reason"] in heliograph("quarantine", "list", camera.name, *server.where).stdout

    assert server.request("DELETE", f"/api/v1/quarantine/{noise['id']}").status == 204
    assert server.request("DELETE", f"/api/v1/quarantine/{noise['id']}").status == 404
    assert server.quarantine(camera) == [text]
    assert not (server.data / "quarantine" / noise["filename"]).exists()
    server.stop()
    server.assert_fsck_finds_nothing()


def test_a_picture_inside_of_noise_is_saved(server, camera, photo):
    sent = NOISE + photo + bytes(900)
    receipt = server.send_image(camera, sent, 1)
    assert receipt.status == 201
    detail = server.get(f"/api/v1/images/{receipt.json()['id']}").json()
    assert detail["image"]["salvaged"] and detail["sequence"] == 1
    assert server.original(detail["image"]["filename"]) == photo
    (kept,) = server.quarantine(camera)
    assert kept["salvaged_id"] == detail["image"]["id"]
    assert server.quarantined_bytes(kept) == sent
    assert server.send_image(camera, sent, 1).json()["duplicate"]
    metrics = server.get("/metrics").body.decode()
    assert "heliograph_images_salvaged_total 1" in metrics and "heliograph_quarantined_total 1" in metrics


def test_both_pictures_of_one_name_are_kept(server, camera, picture):
    assert server.send_image(camera, picture("first"), 1).status == 201
    assert server.send_image(camera, picture("second"), 1).status == 409
    (kept,) = server.quarantine(camera)
    assert server.quarantined_bytes(kept) == picture("second")


def test_nothing_is_lost_by_a_stop_or_left_over_by_a_kill(server, camera):
    answers = [server.upload(camera, NOISE[: 1000 + i]).status for i in range(50)]
    assert answers == [422] * 50
    server.stop()
    server.start()
    assert len(server.quarantine(camera)) == 50
    for i in range(50):
        server.upload(camera, NOISE[: 2000 + i])
    server.kill()
    server.start()
    kept = server.quarantine(camera)
    assert 50 <= len(kept) <= 100
    assert {server.quarantined_bytes(one) for one in kept} <= {
        NOISE[: start + i] for start in (1000, 2000) for i in range(50)
    }
    server.stop()
    server.assert_fsck_finds_nothing()


def test_how_a_camera_is(server, camera, picture, photo):
    def health() -> dict:
        return server.get(f"/api/v1/cameras/{camera.id}/health").json()

    assert (health()["last_accepted_at"], health()["clock_skew_ms"], health()["gaps"]) == (None, None, [])
    now = round(time.time() * 1000)
    hour = 3_600_000
    for sequence, late in ((1, 5 * hour), (2, 2 * hour), (5, 3 * hour), (6, 4 * hour)):  # a clock 2 h behind
        sent = server.send_image(
            camera, picture(sequence), sequence, headers={"Heliograph-Captured-At": str(now - late)}
        )
        assert sent.status == 201
    assert server.send_image(camera, picture(6), 6).json()["duplicate"]
    assert server.upload(camera, b"no picture").status == 422
    server.quarantine(camera)
    found = health()
    assert abs(found["clock_skew_ms"] - 2 * hour) < 60_000
    assert found["gaps"] == [{"boot": "boot-1", "first": 3, "last": 4}] and found["missing"] == 2
    assert (found["images"], found["repeats"], found["refusals"]) == (4, 1, 1)
    assert "begins with text" in found["last_refusal"]
    assert found["last_refused_at"] >= found["last_accepted_at"] >= now - 1000


def test_a_camera_that_sends_one_old_frame_is_found(server, camera, picture):
    """Other bytes each time, but what is seen is the same."""
    for sequence in range(1, 6):
        assert server.send_image(camera, picture(f"frozen {sequence}"), sequence).status == 201
        time.sleep(0.005)  # two of one millisecond are one moment
    give_up = time.monotonic() + 20
    while not server.get(f"/api/v1/cameras/{camera.id}/health").json()["frozen"]:
        assert time.monotonic() < give_up
        time.sleep(0.1)
