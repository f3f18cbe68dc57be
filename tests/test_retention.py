"""Retention with the real program: rules that are set, looked at and carried out, and a disk that fills."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.changes import follow_changes
from harness.disks import MIB, small_disk
from harness.pictures import grown_to, unlike_all_others
from harness.programs import heliograph, heliograph_json

DAY_MS = 86_400_000


def send_old(server, camera, picture, ages_in_days, boot="boot-1"):
    """Pictures that were taken so long ago, as their camera says. They arrived now all the same."""
    now = int(time.time() * 1000)
    return [
        server.send_image(
            camera, picture(f"{boot} {n}"), n, boot, {"Heliograph-Captured-At": str(now - int(days * DAY_MS))}
        ).json()
        for n, days in enumerate(ages_in_days)
    ]


def age_arrivals(server, days: float):
    """Makes every picture arrive earlier: as if the days had passed."""
    import sqlite3

    with sqlite3.connect(server.data / "heliograph.sqlite") as catalog:
        catalog.execute("UPDATE image SET received_at = received_at - ?", (int(days * DAY_MS),))


def test_rules_by_command_and_by_api_are_the_same(server, camera):
    where = server.where
    server.add_camera("meadow")
    assert heliograph_json("retention", "show", *where) == {"rule": None, "cameras": []}
    heliograph("retention", "set", "--keep-days", "8w", "--thin", "7d,1y", *where)
    heliograph("retention", "set", "--camera", "meadow", "--keep-bytes", "20G", "--keep-images", "5", *where)
    told = server.get("/api/v1/retention").json()
    assert told == heliograph_json("retention", "show", *where)
    nothing = dict.fromkeys(("keep_days", "keep_bytes", "keep_images", "all_days", "hourly_days"))
    assert told["rule"] == nothing | {"keep_days": 56, "all_days": 7, "hourly_days": 365}
    assert [(one["name"], one["rule"]) for one in told["cameras"]] == [
        ("meadow", nothing | {"keep_bytes": 20 << 30, "keep_images": 5})
    ]
    rule = nothing | {"keep_days": 3}
    assert server.request("PUT", f"/api/v1/retention/{camera.id}", json.dumps({"keep_days": 3})).json() == rule
    assert server.get(f"/api/v1/retention/{camera.id}").json() == rule
    assert server.request("DELETE", f"/api/v1/retention/{camera.id}").status == 200
    assert server.get(f"/api/v1/retention/{camera.id}").status == 404
    assert heliograph_json("retention", "clear", *where) == {"cleared": True}
    assert server.get("/api/v1/retention").json()["rule"] is None


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--keep-days", "0"),
        ("--keep-days", "soon"),
        ("--keep-bytes", "-1"),
        ("--thin", "1y,7d"),
        ("--camera", "nobody", "--keep-days", "1"),
    ],
)
def test_rules_without_sense_are_refused(server, options):
    done = heliograph("retention", "set", *options, *server.where, check=False)
    assert done.returncode == 2 and done.stderr.startswith("heliograph: "), done.stderr
    assert server.get("/api/v1/retention").json()["rule"] is None


def test_dry_run_preview_and_run_agree_and_starred_ones_stay(server, camera, picture):
    sent = send_old(server, camera, picture, [40, 35, 31, 29, 0])
    assert all(reply["id"] for reply in sent)
    starred = sent[1]
    server.request("PUT", f"/api/v1/images/{starred['id']}/star")
    assert server.get(f"/api/v1/images/{starred['id']}").json()["image"]["starred"] is True
    server.get(f"/thumbnails/{sent[0]['filename']}")
    dry = heliograph_json("retention", "set", "--keep-days", "30", "--dry-run", *server.where)
    assert dry["images"] == 0, "they arrived today, whatever their camera says"
    server.stop()
    age_arrivals(server, 30.5)
    server.start()

    dry = heliograph_json("retention", "set", "--keep-days", "30", "--dry-run", *server.where)
    for where in ("", f"?camera={camera.id}"):
        asked = server.request("POST", f"/api/v1/retention/preview{where}", '{"keep_days": 30}').json()
        assert asked.pop("complete") is True and asked == {k: v for k, v in dry.items() if k != "removed"}
    wrong = {"?camera=0000000000000": ("{}", 404), "": ('{"all_days": 9, "hourly_days": 9}', 400)}
    for where, (rule, status) in wrong.items():
        assert server.request("POST", f"/api/v1/retention/preview{where}", rule).status == status
    assert server.get("/api/v1/retention/preview").json()["images"] == 0
    assert server.get("/api/v1/retention").json()["rule"] is None, "a dry run sets nothing"
    heliograph("retention", "set", "--keep-days", "30", *server.where)
    preview = server.get("/api/v1/retention/preview").json()
    assert preview.pop("complete") is True
    assert not dry.pop("removed") and preview == dry
    assert preview["images"] == 2 and preview["reasons"]["age"] == 2
    assert [one["name"] for one in preview["cameras"]] == [camera.name]
    busy = heliograph("retention", "run", *server.where, check=False)
    assert busy.returncode == 2 and "server runs" in busy.stderr
    assert server.image_count() == 5

    server.stop()
    run = heliograph_json("retention", "run", *server.where)
    assert run.pop("removed") is True and run.pop("from_trash") == 0 and run == dry
    for removed in (sent[0], sent[2]):
        assert not list((server.data / "images").rglob(removed["filename"]))
        assert not list((server.data / "thumbnails").rglob(removed["filename"]))
    server.start()
    assert server.image_count() == 3
    assert server.original(starred["filename"])
    assert server.get(f"/uploads/{sent[0]['filename']}").status == 404
    server.assert_fsck_finds_nothing()


def test_a_crash_between_row_and_file_brings_nothing_back(server, camera, picture):
    """The row is gone and noted, the file is there, the process dies: nobody adopts the file, and it goes."""
    import sqlite3

    sent = send_old(server, camera, picture, [0, 0])
    server.kill()
    with sqlite3.connect(server.data / "heliograph.sqlite") as catalog:
        id_, camera_id, captured_at = catalog.execute("SELECT id, camera_id, captured_at FROM image LIMIT 1").fetchone()
        catalog.execute("PRAGMA foreign_keys = ON")
        catalog.execute("DELETE FROM image WHERE id = ?", (id_,))
        catalog.execute("INSERT INTO removal VALUES (?, ?, ?)", (id_, camera_id, captured_at))
        catalog.execute("UPDATE camera SET image_count = image_count - 1")
    server.start()
    assert server.image_count() == 1
    server.kill()
    files = {file.name for file in (server.data / "images").rglob("*.jpg")}
    assert files == {reply["filename"] for reply in sent}
    heliograph("retention", "run", *server.where)
    assert len(list((server.data / "images").rglob("*.jpg"))) == 1
    server.start()


# --- a disk that fills ---


@pytest.fixture(params=["memory", "ext4"])
def disk(request, tmp_path):
    with small_disk(request.param, tmp_path / "disk", 64) as folder:
        yield folder


def wait_for(what, seconds=15):
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if what():
            return True
        time.sleep(0.1)
    return False


def test_low_watermark_runs_retention_early_and_reserve_refuses(disk, new_server, photo, tmp_path):
    config = tmp_path / "heliograph.toml"
    config.write_text('disk_low = "24M"\ndisk_reserve = "16M"\n')
    server = new_server(disk / "data", config=config, log=tmp_path / "server.log").start()
    camera = server.add_camera()
    large = [grown_to(unlike_all_others(photo, str(n)), 500_000) for n in range(12)]
    stored = [server.send_image(camera, picture, n).json() for n, picture in enumerate(large[:10])]
    assert server.get("/api/v1/storage").json()["level"] == "plenty"
    server.stop()
    age_arrivals(server, 1)
    heliograph("retention", "set", "--keep-images", "5", *server.where)
    server.start()
    time.sleep(1)
    assert server.image_count() == 10, "no hurry while there is room"

    free = server.get("/api/v1/storage").json()["free_bytes"]
    ballast = disk / "ballast"
    with follow_changes(server) as changes:
        ballast.write_bytes(bytes(free - 20 * MIB))
        assert wait_for(lambda: server.get("/api/v1/storage").json()["level"] == "low")
        assert wait_for(lambda: server.image_count() == 5), "retention ran early"
        while (event := changes.next()[0]) != "images-removed":
            assert event in ("image-added", "thumbnail-ready")
    assert server.get("/readyz").status == 200
    assert "nearly full" in server.tail_of_log()
    metrics = server.get("/metrics").body.decode()
    assert "heliograph_retention_images_total 5" in metrics and "heliograph_disk_level 1" in metrics
    assert server.send_image(camera, large[10], 10).status == 201, "uploads go on"

    with open(disk / "more", "wb") as more:
        more.write(bytes(6 * MIB))
    assert wait_for(lambda: server.get("/api/v1/storage").json()["level"] == "reserve")
    refused = server.send_image(camera, large[11], 11)
    assert refused.status == 507 and int(refused.headers["retry-after"]) > 0
    refused.problem()
    # Nobody waits for a body that is not wanted.
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest("POST", "/upload")
    for name, value in (camera.bearer | {"Content-Type": "image/jpeg", "Content-Length": "500000"}).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 507
    answer.read()  # or the socket stays open for its sake
    connection.close()
    assert server.get("/readyz").status == 503
    assert "heliograph_disk_level 2" in server.get("/metrics").body.decode()
    for reply, picture in list(zip(stored, large, strict=False))[5:10]:
        assert server.original(reply["filename"]) == picture, "the gallery stays up"
    assert server.get(f"/thumbnails/{stored[-1]['filename']}").status == 200

    (disk / "more").unlink()
    assert server.send_image(camera, large[11], 11).status == 201, "works again without a restart"
    server.assert_fsck_finds_nothing()
    server.stop()


def test_uploads_at_once_never_fail_halfway(disk, new_server, photo, tmp_path):
    """Many senders at once on a disk with room for a few: each is stored or refused before its body; no
    picture takes of the reserve."""
    config = tmp_path / "heliograph.toml"
    config.write_text('disk_low = "20M"\ndisk_reserve = "16M"\n')
    server = new_server(disk / "data", config=config, log=tmp_path / "server.log").start()
    camera = server.add_camera()
    free = server.get("/api/v1/storage").json()["free_bytes"]
    (disk / "ballast").write_bytes(bytes(free - 21 * MIB))
    time.sleep(1.2)  # the server asks the filesystem once a second how full others have made it
    pictures = [grown_to(unlike_all_others(photo, str(n)), 400_000) for n in range(40)]
    with ThreadPoolExecutor(20) as senders:
        replies = list(senders.map(lambda n: server.send_image(camera, pictures[n], n), range(len(pictures))))
    stored = [n for n, reply in enumerate(replies) if reply.status == 201]
    assert {reply.status for reply in replies} == {201, 507}
    assert 3 <= len(stored) <= 13
    spent = 4 * MIB  # of the reserve, by what it is for: the database's log until its checkpoint, and thumbnails
    assert server.get("/api/v1/storage").json()["free_bytes"] >= 16 * MIB - spent
    assert "No space left" not in server.tail_of_log() and "disk I/O" not in server.tail_of_log()
    for n in stored:
        assert server.original(replies[n].json()["filename"]) == pictures[n]
    assert sum(1 for _ in (server.data / "images").rglob("*.jpg")) == len(stored), "nothing is left of the refused"
    server.assert_fsck_finds_nothing()
    server.stop()


def test_resumable_uploads_are_refused_too_and_live_on(disk, new_server, photo, tmp_path):
    config = tmp_path / "heliograph.toml"
    config.write_text('disk_low = "20M"\ndisk_reserve = "16M"\n')
    server = new_server(disk / "data", config=config, log=tmp_path / "server.log").start()
    camera = server.add_camera()
    picture = grown_to(unlike_all_others(photo, "resumable"), 400_000)
    tus = camera.bearer | {"Tus-Resumable": "1.0.0"}
    begun = server.request(
        "POST",
        "/device/v1/uploads",
        b"",
        tus | {"Upload-Length": str(len(picture)), "Heliograph-Boot": "b", "Heliograph-Sequence": "1"},
    )
    assert begun.status == 201
    where = begun.headers["location"].removeprefix(f"http://127.0.0.1:{server.port}")
    patch = tus | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    assert server.request("PATCH", where, picture[:100_000], patch).status == 204

    free = server.get("/api/v1/storage").json()["free_bytes"]
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(free - 16 * MIB - 500_000))  # room for the rest, but not for the copy too
    time.sleep(1.2)  # the server asks the filesystem once a second how full others have made it
    patch["Upload-Offset"] = "100000"
    refused = server.request("PATCH", where, picture[100_000:], patch)
    assert refused.status == 507 and int(refused.headers["retry-after"]) > 0
    assert server.request("HEAD", where, headers=tus).headers["upload-offset"] == "100000"
    ballast.unlink()
    assert server.request("PATCH", where, picture[100_000:], patch).status in (200, 204)
    assert server.image_count() == 1
    server.assert_fsck_finds_nothing()
    server.stop()
