"""Resumable uploads by tus-js-client, which knows nothing of us."""

import json
import subprocess

import pytest

from harness.link import DroppingLink
from harness.pictures import grown_to
from harness.programs import REPO

CLIENT = REPO / "tests/harness/tus_client.mjs"
NODE = REPO / ".tools/bin/node"
CLIENT_TIMEOUT_S = 30
PICTURE_BYTES = 2_000_000


def run_client(*arguments) -> dict:
    done = subprocess.run(
        [NODE, CLIENT, *map(str, arguments)], capture_output=True, text=True, timeout=CLIENT_TIMEOUT_S
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def sent(photo) -> bytes:
    return grown_to(photo, PICTURE_BYTES)


@pytest.fixture
def send(server, camera, sent, tmp_path):
    """Sends the picture, as the first of its camera."""
    file = tmp_path / "large.jpg"
    file.write_bytes(sent)

    def run(port: int = 0, chunk: int = PICTURE_BYTES, data_in_post: bool = False) -> dict:
        endpoint = f"http://127.0.0.1:{port or server.port}/device/v1/uploads"
        return run_client("upload", endpoint, camera.key, file, 1, chunk, data_in_post)

    return run


def assert_stored_once(server, told: dict, sent: bytes) -> None:
    filename = server.get(f"/api/v1/images/{told['image']}").json()["image"]["filename"]
    assert server.original(filename) == sent
    assert server.image_count() == 1


def test_in_one_request(server, send, sent):
    told = send(data_in_post=True)
    assert told["answers"] == ["POST 201"]
    assert_stored_once(server, told, sent)


def test_in_pieces(server, send, sent):
    told = send(chunk=300_000)
    assert told["answers"] == ["POST 201"] + 7 * ["PATCH 204"]
    assert_stored_once(server, told, sent)


@pytest.mark.parametrize("data_in_post", [False, True])
def test_the_link_drops(server, send, sent, data_in_post):
    link = DroppingLink(server.port, [700_000, 900_000, 100])
    told = send(link.port, data_in_post=data_in_post)
    link.close()
    assert link.dropped >= 2, told
    assert_stored_once(server, told, sent)


def test_a_repeat_sends_nothing(server, send, sent):
    first = send()
    again = send()
    assert again["image"] == first["image"]
    assert_stored_once(server, again, sent)


def test_termination(server, camera, send):
    told = send()
    assert run_client("terminate", told["url"], camera.key)["answers"] == []
    gone = server.request(
        "HEAD",
        told["url"].partition(str(server.port))[2],
        None,
        camera.bearer | {"Tus-Resumable": "1.0.0"},
    )
    assert gone.status == 404
    assert server.image_count() == 1, "the image stays"
