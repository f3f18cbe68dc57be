"""The recipes of docs/live.md, as they stand there: whoever copies one sees the camera. Real programs, but for Home
Assistant, of which the requests are made."""

import json
import os
import shlex
import subprocess
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import yaml

from harness.certificates import TOOLS, free_port
from harness.live import Link, Sender, watch
from harness.people import make_token, set_up
from harness.pictures import make_picture
from harness.recipes import for_this_machine, only_recipe, recipes
from harness.waiting import eventually

PATIENCE_S = 60  # a recipe of ten seconds, on a busy machine
START_OF_IMAGE = b"\xff\xd8\xff"


@pytest.fixture
def server(new_server):
    server = new_server(login=True).start()
    yield server
    server.stop()


@pytest.fixture
def token(server) -> str:
    return make_token(set_up(server), "read").token


@pytest.fixture
def camera(server, tmp_path, token):
    """One that sends whenever somebody watches."""
    camera = server.add_camera("orchard")
    with Link(server, camera) as link:
        sender = Sender(link, make_picture(tmp_path / "photo.jpg", 640, 480))
        yield camera
        sender.end()


@pytest.fixture
def run(tmp_path, server, camera, token):
    """Runs a recipe in a folder of its own, which it returns. What stands there as a program is found first."""
    folder = tmp_path / "kitchen"
    folder.mkdir()

    def run(recipe: str, **variables: str) -> Path:
        environment = os.environ | {"TOKEN": token, "PATH": f"{folder}:{os.environ['PATH']}"} | variables
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", for_this_machine(recipe, server.port, camera.id)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return folder

    return run


def probe(file: Path, *entries: str) -> str:
    words = ["ffprobe", "-loglevel", "error", "-count_frames", "-show_entries", *entries, "-of", "default=nw=1", file]
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=PATIENCE_S).stdout


def test_curl_gets_a_picture_of_now(run):
    (recipe,) = recipes("live.md", "Recipes")
    assert (run(recipe) / "now.jpg").read_bytes().startswith(START_OF_IMAGE)


def test_ffmpeg_makes_a_film(run):
    film = run(only_recipe("live.md", "ffmpeg")) / "film.mp4"
    told = dict(line.split("=") for line in probe(film, "stream=width,height,nb_read_frames:format=duration").split())
    assert (told["width"], told["height"]) == ("640", "480")
    assert int(told["nb_read_frames"]) >= 20 and 8 < float(told["duration"]) < 12


# VLC as the recipe starts it, but without a window: what it would show it writes down, for some seconds. Of a film it
# knows no time, so it does not end by itself.
VLC = """#!/bin/sh
timeout 8 {as_somebody} /usr/bin/vlc -I dummy --no-audio --sout '#std{{access=file,mux=mpjpeg,dst=-}}' "$@" \
  >seen.mjpeg 2>vlc.log
test $? -eq 124
"""
# It refuses to be root.
AS_NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent"


def test_vlc_shows_it(run, tmp_path):
    vlc = tmp_path / "kitchen/vlc"
    vlc.write_text(VLC.format(as_somebody=AS_NOBODY if os.geteuid() == 0 else ""))
    vlc.chmod(0o755)
    folder = run(only_recipe("live.md", "VLC"))
    assert (folder / "seen.mjpeg").read_bytes().count(START_OF_IMAGE) >= 5, (folder / "vlc.log").read_text()[-4000:]


def picture_in(chunks) -> bytes:
    """As Home Assistant finds one in a film: from the first start of an image to the first end of one."""
    data = b""
    for chunk in chunks:
        data += chunk
        end = data.find(b"\xff\xd9")
        if end != -1 and START_OF_IMAGE[:2] in data:
            return data[data.find(START_OF_IMAGE[:2]) : end + 2]
    raise AssertionError("the film ended")


def test_home_assistant_sees_it(server, camera, token):
    """Its integration asks when it is set up whether both addresses answer, then shows the one and passes on the other,
    with Basic authentication that it sends unasked."""
    recipe = for_this_machine(only_recipe("live.md", "Home Assistant", "yaml"), server.port, camera.id)
    fields = yaml.safe_load(recipe.replace("$TOKEN", token))
    assert set(fields) == {"name", "mjpeg_url", "still_image_url", "username", "password", "verify_ssl"}
    how = {"auth": (fields["username"], fields["password"]), "timeout": 10, "verify": fields["verify_ssl"]}
    for address in ("mjpeg_url", "still_image_url"):
        with requests.get(fields[address], stream=True, **how) as response:
            response.raise_for_status()
    still = requests.get(fields["still_image_url"], **how)
    assert still.headers["Content-Type"] == "image/jpeg" and still.content.startswith(START_OF_IMAGE)
    with requests.get(fields["mjpeg_url"], stream=True, **how) as response:
        assert response.headers["Content-Type"].startswith("multipart/x-mixed-replace")
        assert picture_in(response.iter_content(102400)).startswith(START_OF_IMAGE)


class Go2rtc:
    def __init__(self, folder: Path, streams: dict, token: str):
        self.api, self.rtsp = free_port(), free_port()
        listen = {name: {"listen": f"127.0.0.1:{port}"} for name, port in (("api", self.api), ("rtsp", self.rtsp))}
        config = folder / "go2rtc.yaml"
        config.write_text(yaml.safe_dump({"streams": streams, "webrtc": {"listen": ""}} | listen))
        self.log = folder / "go2rtc.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [TOOLS / "go2rtc", "-config", config],
                env=os.environ | {"TOKEN": token},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        assert eventually(lambda: self.knows(streams)), self.log.read_text()

    def knows(self, streams: dict) -> bool:
        """It answers before it has read its streams, and has none of them then."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.api}/api/streams", timeout=5) as answer:
                return json.load(answer).keys() >= streams.keys()
        except OSError:
            return False

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def go2rtc(folder: Path, streams: dict, token: str):
    running = Go2rtc(folder, streams, token)
    try:
        yield running
    finally:
        running.end()


def streams_of(recipe: str, server, camera) -> dict:
    return yaml.safe_load(for_this_machine(recipe, server.port, camera.id))


def test_go2rtc_sees_it(server, camera, token, tmp_path):
    streams = streams_of(only_recipe("live.md", "go2rtc", "yaml"), server, camera)["streams"]
    with go2rtc(tmp_path, streams, token) as running:
        seen = urllib.request.urlopen(f"http://127.0.0.1:{running.api}/api/frame.jpeg?src=orchard", timeout=PATIENCE_S)
        assert seen.read().startswith(START_OF_IMAGE), running.log.read_text()


def test_frigate_sees_it(server, camera, token):
    """It starts ffmpeg with what stands there, and reads what that decodes."""
    recipe = only_recipe("live.md", "Frigate", "yaml").replace("$TOKEN", token)
    (of_ffmpeg,) = streams_of(recipe, server, camera)["cameras"]["orchard"]["ffmpeg"]["inputs"]
    what_it_sees = ["-frames:v", "5", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:"]
    words = ["ffmpeg", "-nostdin", "-loglevel", "error", *shlex.split(of_ffmpeg["input_args"]), "-i", of_ffmpeg["path"]]
    done = subprocess.run([*words, *what_it_sees], capture_output=True, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) == 5 * 640 * 480 * 3 // 2


@contextmanager
def in_the_background(recipe: str, **variables: str):
    process = subprocess.Popen(
        ["bash", "-c", recipe],
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=variables.get("FOLDER"),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, 9)
        process.wait()


def frames_of(server, camera, token, count: int) -> list[bytes]:
    with watch(server, camera, headers={"Authorization": f"Bearer {token}"}) as viewer:
        return [viewer.frame(PATIENCE_S).jpeg for _ in range(count)]


def test_ffmpeg_pushes_a_film(server, token, tmp_path):
    barn = server.add_camera("barn")
    moving = ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=10", "-t", "30", tmp_path / "film.mp4"]
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", *map(str, moving)], check=True, timeout=PATIENCE_S)
    recipe = for_this_machine(recipes("live.md", "Cameras that push a film")[0], server.port, barn.id)
    with in_the_background(recipe, KEY=barn.key, FOLDER=str(tmp_path)):
        frames = frames_of(server, barn, token, 5)
    assert len(set(frames)) > 1, "it moves"


def test_what_go2rtc_has_is_passed_on(server, camera, token, tmp_path):
    """From one camera to another, by way of go2rtc: to the byte."""
    barn = server.add_camera("barn")
    recipe = recipes("live.md", "Cameras that push a film")[1]
    streams = streams_of(only_recipe("live.md", "go2rtc", "yaml"), server, camera)["streams"]
    with go2rtc(tmp_path, streams, token) as running:
        there = for_this_machine(recipe, server.port, barn.id).replace("1984", str(running.api))
        with in_the_background(there, KEY=barn.key):
            frames = frames_of(server, barn, token, 3)
    assert all(frame.startswith(START_OF_IMAGE) for frame in frames) and len(set(frames)) == 3
