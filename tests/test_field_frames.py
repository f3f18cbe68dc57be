"""What the field really sends, through the camera program: good pictures, padded ones, repeats, noise and
text."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from harness.pictures import make_picture
from harness.programs import CAM, run_program

END_OF_IMAGE = b"\xff\xd9"
START_OF_IMAGE = b"\xff\xd8\xff"
SOME_UNSENT = 1  # exit status of heliograph-cam when not every file of the folder was taken


@pytest.fixture
def frames(tmp_path) -> Path:
    """A folder with one of every kind; names in the order of time."""
    folder = tmp_path / "frames"
    folder.mkdir()
    make_picture(folder / "01-good.jpg", width=640, height=480, seed=1)
    make_picture(folder / "02-padded.jpg", width=640, height=480, seed=2, pad=1703)
    shutil.copy(folder / "02-padded.jpg", folder / "03-repeated.jpg")
    # The camera's FIFO was read too late: the first half is gone, so it starts amid entropy-coded data.
    whole = make_picture(folder / "cut.tmp", width=1600, height=1200, seed=3, quality=95)
    (folder / "cut.tmp").unlink()
    (folder / "04-start-lost.jpg").write_bytes(whole[len(whole) // 2 :])
    (folder / "05-noise.jpg").write_bytes(bytes([1]) + random.Random(5).randbytes(200_000))
    (folder / "06-text.jpg").write_bytes(b"test image")
    make_picture(folder / "07-good.jpg", width=1600, height=1200, seed=7)
    shutil.copy(folder / "01-good.jpg", folder / "08-repeated-later.jpg")
    # The connection broke while it was written: it begins well and never ends.
    (folder / "09-end-lost.jpg").write_bytes((folder / "07-good.jpg").read_bytes()[:-400])
    return folder


def what_should_be_stored(folder: Path) -> set[bytes]:
    """Told without our own parser: what begins as a JPEG and, but for zero padding, ends as one."""
    contents = (file.read_bytes().rstrip(b"\0") for file in folder.iterdir())
    return {
        content
        for content in contents
        if content.startswith(START_OF_IMAGE) and content.endswith(END_OF_IMAGE)
    }


def send_with_virtual_camera(server, camera, folder: Path, spool: Path) -> subprocess.CompletedProcess:
    return run_program(
        CAM,
        *("--server", f"http://127.0.0.1:{server.port}", "--key", camera.key),
        *("--frames", folder, "--spool", spool),
        check=False,
    )


def stored_pictures(server, camera) -> list[bytes]:
    images = server.get(f"/api/v1/images?limit=500&camera={camera.id}").json()["images"]
    return sorted(server.original(image["filename"]) for image in images)


def check_folder(server, folder: Path, tmp_path: Path) -> dict:
    """Sends everything nameless, file by file; then with the camera program, twice. Returns the nameless
    answers by file name."""
    wanted = what_should_be_stored(folder)
    files = sorted(folder.iterdir())
    bad = {file.name for file in files if file.read_bytes().rstrip(b"\0") not in wanted}

    script = server.add_camera("script")
    answers = {file.name: server.upload(script, file.read_bytes()) for file in files}
    assert {name for name, answer in answers.items() if answer.status == 422} == bad
    for name in bad:
        answers[name].problem()  # says why
    assert stored_pictures(server, script) == sorted(wanted)
    kept = server.quarantine(script, at_least=len(bad))
    assert sorted(server.quarantined_bytes(one) for one in kept) == sorted(
        file.read_bytes() for file in files if file.name in bad
    )
    assert sorted(one["reason"] for one in kept) == sorted(answers[name].json()["detail"] for name in bad)

    virtual = server.add_camera("virtual")
    for attempt in ("first", "again"):
        done = send_with_virtual_camera(server, virtual, folder, tmp_path / f"spool-{attempt}")
        assert done.returncode == (SOME_UNSENT if bad else 0), done.stdout + done.stderr
        assert stored_pictures(server, virtual) == sorted(wanted), "each good picture once"
    server.assert_fsck_finds_nothing()
    return answers


def test_every_kind_the_field_sends(server, frames, tmp_path):
    answers = check_folder(server, frames, tmp_path)
    assert [name for name, answer in answers.items() if answer.status == 200] == [
        "01-good.jpg",
        "02-padded.jpg",
        "03-repeated.jpg",
        "07-good.jpg",
        "08-repeated-later.jpg",
    ]
    assert answers["03-repeated.jpg"].json() == answers["02-padded.jpg"].json() | {"duplicate": True}
    assert answers["08-repeated-later.jpg"].json() == answers["01-good.jpg"].json() | {"duplicate": True}


def test_frames_of_your_own(server, tmp_path):
    """HELIOGRAPH_FIELD_FRAMES=folder script/test: over real uploads, which stay out of the project."""
    folder = os.environ.get("HELIOGRAPH_FIELD_FRAMES")
    if not folder:
        pytest.skip("HELIOGRAPH_FIELD_FRAMES names no folder of real uploads")
    check_folder(server, Path(folder), tmp_path)
