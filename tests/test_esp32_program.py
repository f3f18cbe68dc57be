"""The ESP32's program on this machine, over real sockets, against the real server.

Sensor, radio, flash and card are fakes (firmware/esp32/fake_idf); everything else is what a board runs.
"""

import subprocess

import pytest

from harness.desk import Desk
from harness.programs import BIN
from harness.waiting import eventually

PROGRAM = BIN.parent / "tests/heliograph-esp32-on-host"


@pytest.fixture
def board(server, camera, picture, tmp_path):
    """A board that is set up; its sensor shows these pictures over and over."""
    shown = []
    for name in ("one", "two", "three", "four"):
        shown.append(tmp_path / f"{name}.jpg")
        shown[-1].write_bytes(picture(name))
    with open(tmp_path / "board.log", "wb") as log:
        process = subprocess.Popen([PROGRAM, "127.0.0.1", str(server.port), camera.key, *shown],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    yield process
    process.kill()
    process.wait()


def test_a_board_sends_pictures_and_obeys_over_its_link(server, camera, board):
    desk = Desk(server, camera)
    assert eventually(lambda: server.image_count() == 1)
    assert eventually(lambda: server.metric("heliograph_live_links") == 1)
    assert eventually(lambda: desk.presence() == "online")
    [image] = desk.images()
    assert image["telemetry"]["heap_bytes"] == 100_000  # as the fake board has it
    ended = desk.outcome(desk.send("capture")["id"])
    assert ended["state"] == "succeeded"
    assert eventually(lambda: server.image_count() == 2)
    # This machine has no folder /sd, so the board has no card that it could write to.
    assert desk.outcome(desk.send("self-test")["id"])["result"] == {"sensor": "ok", "storage": "only memory"}
    assert desk.set(resolution="640x480", quality=50).status == 200
    assert eventually(lambda: not desk.settings()["pending"]), desk.settings()
    assert desk.settings()["applied"] == {"resolution": "640x480", "quality": 50}


def test_a_board_restarts_when_it_is_told_to(server, camera, board):
    desk = Desk(server, camera)
    assert eventually(lambda: server.image_count() == 1)
    desk.send("reboot")
    assert board.wait(timeout=20) == 0
