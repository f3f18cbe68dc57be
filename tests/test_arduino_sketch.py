"""The sketch that docs/firmware/arduino-sketch.md tells people to copy: it compiles, and what it promises holds.

It runs on this machine, on stand-ins for the Arduino core (support/arduino/sketch.hpp), against the real server.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEADERS = ["NetworkClientSecure.h", "WiFi.h", "esp_camera.h", "esp_random.h"]  # the stand-ins are one file


def sketch_for(server, camera):
    """The sketch as it stands there, with the few lines changed that its reader changes too."""
    [code] = re.findall(r"^```cpp\n(.*?)^```", (ROOT / "docs/firmware/arduino-sketch.md").read_text(), re.S | re.M)
    changed = {
        r'PORT = 443;': f"PORT = {server.port};",
        r'KEY = "cam_…";': f'KEY = "{camera.key}";',
        r'INTERVAL_MS = 60000;': "INTERVAL_MS = 50;",
    }
    for before, after in changed.items():
        assert code.count(before) == 1
        code = code.replace(before, after)
    return code


@pytest.fixture
def run_sketch(server, camera, tmp_path):
    for header in HEADERS:
        (tmp_path / header).touch()
    source, program = tmp_path / "sketch.cpp", tmp_path / "sketch"
    source.write_text(sketch_for(server, camera))
    subprocess.run(["clang++-19", "-std=c++17", "-Wall", "-Werror", f"-I{tmp_path}", "-include",
                    ROOT / "tests/support/arduino/sketch.hpp", source, "-o", program], check=True)

    def run(pictures, loses=0):
        files = []
        for number, content in enumerate(pictures):
            files.append(tmp_path / f"{number}.jpg")
            files[-1].write_bytes(content)
        env = os.environ | {"SKETCH_PICTURES": ":".join(map(str, files)), "SKETCH_LOSES": str(loses)}
        return subprocess.run([program], env=env, timeout=30).returncode

    return run


def test_each_picture_is_stored_once_though_answers_get_lost(server, run_sketch, picture):
    pictures = [picture(name) for name in ("one", "two", "three")]
    assert run_sketch(pictures, loses=2) == 0
    stored = server.get("/api/v1/images").json()["images"]
    assert sorted(server.original(image["filename"]) for image in stored) == sorted(pictures)


def test_what_is_no_picture_is_given_up_and_does_not_stop_the_next(server, run_sketch, picture):
    whole = picture("whole")
    assert run_sketch([b"noise" * 100, whole]) == 0
    [stored] = server.get("/api/v1/images").json()["images"]
    assert server.original(stored["filename"]) == whole
