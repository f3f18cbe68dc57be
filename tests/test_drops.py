"""Connections that break at any moment, and answers that are not heard: exactly one image per picture."""

import json
import re
import subprocess

import pytest

from harness.pictures import make_picture
from harness.programs import STORM

pytestmark = pytest.mark.long

CAMERAS = 4
SECONDS_PER_PICTURE = 0.05  # ten times what one takes on a slow machine


def test_exactly_one_image_per_picture(new_server, tmp_path, pytestconfig):
    pictures = pytestconfig.getoption("uploads")
    small = tmp_path / "small.jpg"
    make_picture(small, width=64, height=48)
    server = new_server().start()
    keys = [word for n in range(CAMERAS) for word in ("--key", server.add_camera(f"camera-{n}").key)]
    done = subprocess.run(
        [STORM, "--port", str(server.port), "--jpeg", small, "--pictures", str(pictures), *keys],
        capture_output=True,
        text=True,
        timeout=60 + pictures * SECONDS_PER_PICTURE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    print(told)
    metrics = server.get("/metrics").body.decode()
    assert told["acknowledged"] == pictures
    for way in ("cut", "hung_up", "unheard"):
        assert told[way] > pictures / 100, f"hardly a try was {way}: this proves nothing"
    repeats = int(re.search(r'^heliograph_images_total\{outcome="duplicate"\} (\d+)', metrics, re.MULTILINE).group(1))
    assert repeats >= told["unheard"], "what was answered and not heard was not taken for a repeat"
    # Each picture was acknowledged under a name of its own; a row more would be a picture twice.
    assert server.image_count() == pictures
    server.stop()
    server.assert_fsck_finds_nothing(timeout=60 + pictures * SECONDS_PER_PICTURE)
    assert sum(1 for _ in (server.data / "images").rglob("*.*")) == pictures
