"""schemathesis makes requests of api/openapi.yaml, good and bad ones: no answer is a 5xx, and each is as the document
says."""

import json
import os
import subprocess
import sys
from pathlib import Path

from harness.programs import REPO

HERE = Path(__file__).resolve().parent / "contract"
TIMEOUT_S = 3600  # of a long run; the daily one takes half a minute


def begin_upload(server, camera) -> str:
    names = {"Heliograph-Boot": "begun", "Heliograph-Sequence": "1", "Upload-Length": "1000"}
    begun = server.request("POST", "/device/v1/uploads", None, camera.bearer | {"Tus-Resumable": "1.0.0"} | names)
    return begun.headers["location"].rpartition("/")[2]


def test_every_answer_is_as_documented(server, camera, photo, tmp_path, request):
    (tmp_path / "photo.jpg").write_bytes(photo)
    stored = server.send_image(camera, photo, 1).json()
    assert server.upload(camera, b"no picture").status == 422
    known = {
        "/api/v1/cameras/": {"id": camera.id},
        "/api/v1/images/": {"id": stored["id"]},
        "/api/v1/quarantine/": {"id": server.quarantine(camera)[0]["id"]},
        "/api/v1/retention/": {"camera": camera.id},
        "/device/v1/uploads/": {"id": begin_upload(server, camera)},
        "/uploads/": {"filename": stored["filename"]},
        "/thumbnails/": {"filename": stored["filename"]},
        "/upload/": {"camera": camera.name},
        "/u/": {"key": camera.key},
        "/api/webhook/": {"key": camera.key},
    }
    done = subprocess.run(
        [
            Path(sys.executable).parent / "schemathesis",
            *("--config-file", HERE / "schemathesis.toml", "--no-color"),
            *("run", REPO / "api/openapi.yaml", "--url", f"http://127.0.0.1:{server.port}"),
            *("--header", f"X-API-Key: {camera.key}", "--request-timeout", "20", "--continue-on-failure"),
            *("--max-examples", str(request.config.getoption("examples"))),
            *("--seed", os.environ.get("HELIOGRAPH_TEST_SEED", "1")),
        ],
        env=os.environ
        | {
            "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
            "PYTHONPATH": str(HERE),
            "HELIOGRAPH_TEST_PICTURE": str(tmp_path / "photo.jpg"),
            "HELIOGRAPH_TEST_KNOWN": json.dumps(known),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.image_count() >= 1 and "threw" not in server.tail_of_log()
    server.assert_fsck_finds_nothing()
