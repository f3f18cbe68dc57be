"""schemathesis makes requests of api/openapi.yaml, good and bad ones: no answer is a 5xx, and each is as the document
says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.people import set_up
from harness.programs import REPO
from harness.sharing import Guest, share
from harness.waiting import eventually

pytestmark = pytest.mark.long

HERE = Path(__file__).resolve().parent / "contract"
TIMEOUT_S = 3600  # of a long run; the daily one takes half a minute


def headers(fields: dict[str, str]) -> list[str]:
    return [word for name, value in fields.items() for word in ("--header", f"{name}: {value}")]


def refused_of(server, camera, fields) -> str:
    """What the camera sent that is no picture, once it is written down."""

    def kept():
        path = f"/api/v1/cameras/{camera.id}/quarantine"
        return server.request("GET", path, headers=fields).json()["quarantine"]

    return eventually(kept)[0]["id"]


def begin_upload(server, camera) -> str:
    names = {"Heliograph-Boot": "begun", "Heliograph-Sequence": "1", "Upload-Length": "1000"}
    begun = server.request("POST", "/device/v1/uploads", None, camera.bearer | {"Tus-Resumable": "1.0.0"} | names)
    return begun.headers["location"].rpartition("/")[2]


def test_every_answer_is_as_documented(new_server, photo, tmp_path, request):
    server = new_server(login=True).start()
    owner, camera = set_up(server), server.add_camera()
    fields = {"Cookie": owner.cookie, "X-CSRF-Token": owner.csrf}
    (tmp_path / "photo.jpg").write_bytes(photo)
    stored = server.send_image(camera, photo, 1).json()
    assert server.upload(camera, b"no picture").status == 422
    link = share(owner, kind="image", image=stored["id"])
    guest = Guest(server, link)
    assert guest.open().status == 200
    known = {
        "/api/v1/shares/": {"id": link.id},
        "/api/v1/shared/{share}/originals/": {"share": link.id, "filename": stored["filename"]},
        "/api/v1/shared/{share}/thumbnails/": {"share": link.id, "filename": stored["filename"]},
        "/api/v1/shared/": {"share": link.id},
        "/api/v1/cameras/": {"id": camera.id},
        "/api/v1/images/": {"id": stored["id"]},
        "/api/v1/quarantine/": {"id": refused_of(server, camera, fields)},
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
            *("--request-timeout", "20", "--continue-on-failure"),
            *headers({"X-API-Key": camera.key} | fields | {"Cookie": f"{owner.cookie}; {guest.cookie}"}),
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
    assert "threw" not in server.tail_of_log()
    server.assert_fsck_finds_nothing()
