"""What the server tells an administrator of itself."""

import sqlite3

from harness.server import Server


def test_the_page_tells_what_metrics_and_readiness_tell(server, camera, photo):
    assert server.upload(camera, photo).status == 200
    assert server.upload(camera, photo).status == 200  # a repeat
    assert server.upload(camera, b"no picture at all").status == 422
    system = server.get("/api/v1/system").json()
    assert system["problem"] is None and server.get("/readyz").status == 200
    pictures = system["pictures"]
    assert (pictures["stored"], pictures["repeats"], pictures["refused"]) == (1, 1, 1)
    for name, value in {
        'heliograph_images_total{outcome="stored"}': pictures["stored"],
        'heliograph_images_total{outcome="refused"}': pictures["refused"],
        "heliograph_commit_batches_total": pictures["commits"],
        "heliograph_disk_size_bytes": system["disk"]["size_bytes"],
        "heliograph_live_links": system["live"]["links"],
    }.items():
        assert server.metric(name) == value
    assert system["database"]["engine"] == "sqlite" and system["database"]["size_bytes"] > 0
    assert system["database"]["answer_ms"] >= 0 and system["memory_bytes"] > 1_000_000
    assert system["certificate_ends_at"] is None and system["now"] > 1_700_000_000_000
    settings = {setting["key"]: setting["value"] for setting in system["settings"]}
    assert settings["data"] == str(server.data) and settings["insecure_open"] == "true"


def test_jobs_that_wait_are_counted(new_server, photo):
    server: Server = new_server().start()
    camera = server.add_camera()
    server.upload(camera, photo)
    server.stop()
    with sqlite3.connect(server.data / "heliograph.sqlite") as catalog:
        (image,) = catalog.execute("SELECT id FROM image").fetchone()
        catalog.execute("DELETE FROM job")
        catalog.execute(
            "INSERT INTO job (kind, image_id, attempts, claimable_at, failure) VALUES ('thumbnail', ?, 9, NULL, 'x')",
            (image,),
        )
    server.start()
    assert server.get("/api/v1/system").json()["jobs"] == {"waiting": 0, "given_up": 1}
    server.stop()
