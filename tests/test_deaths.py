"""Servers, cameras and links die at random while cameras are watched and told what to do: no command is executed twice,
no setting is lost, leases end, nothing leaks."""

import os
import threading
import time

import pytest

from harness.desk import Desk
from harness.link import DroppingLink
from harness.live import Closed, Socket
from harness.pictures import unlike_all_others
from harness.virtual_camera import VirtualCamera
from harness.waiting import eventually

pytestmark = pytest.mark.long

CAMERAS = 3
MAX_COMMANDS = 140  # of each: the server remembers 150
WATCHERS = 4
RECOVERY_S = 120  # a camera waits after failures, at most half as long with some of them behind it; the machine is busy
LINGER_S = 3  # a stream goes on so long after the last watcher has left
SPARE_DESCRIPTORS = 8  # a reader of the catalog more or less, a file that is being sent


class Watcher(threading.Thread):
    """Watches one camera, and comes back when the server does."""

    def __init__(self, server, camera):
        super().__init__(daemon=True)
        self.server, self.camera, self.seen, self.over = server, camera, 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                with Socket(self.server, "/api/v1/live", {}) as socket:
                    socket.say(type="watch", camera=self.camera.id, fps=10)
                    while not self.over.is_set():
                        socket.frame(1)
                        self.seen += 1
            except (Closed, OSError, AssertionError):
                time.sleep(0.05)

    def end(self) -> None:
        self.over.set()
        self.join(20)


class Post:
    """A camera in the field, the line to it, and what was asked of it."""

    def __init__(self, server, name: str, directory, frames):
        camera = server.add_camera(name)
        self.desk, self.line = Desk(server, camera), DroppingLink(server.port)
        self.virtual = VirtualCamera(camera, self.line.port, directory, "--frames", frames, "--loop").start()
        self.sent: list[str] = []
        self.wanted: dict = {}

    def command(self) -> None:
        self.sent.append(self.desk.send("capture")["id"])

    def set(self, **values) -> None:
        assert self.desk.set(**values).status == 200
        self.wanted = values

    def die(self) -> None:
        self.virtual.kill()
        self.virtual.start()

    def assert_done_once(self) -> None:
        ended = [self.desk.outcome(id, RECOVERY_S) for id in self.sent]
        assert {end["state"] for end in ended} <= {"succeeded", "failed"}, ended
        succeeded = [end["id"] for end in ended if end["state"] == "succeeded"]
        assert len(succeeded) > len(ended) / 2, ended
        assert eventually(lambda: all(self.desk.command(id)["images"] for id in succeeded), RECOVERY_S)
        images = [image for id in succeeded for image in self.desk.command(id)["images"]]
        assert len(set(images)) == len(images) == len(succeeded)
        # The first picture of each start is the camera's own; of a command that was broken off nobody knows how far it
        # came. A picture more than those was taken twice.
        taken = sum(image["sequence"] > 0 for image in self.desk.images())
        assert len(succeeded) <= taken <= len(ended)

    def assert_set(self) -> None:
        assert eventually(lambda: not self.desk.settings()["pending"], RECOVERY_S), self.desk.settings()
        settings = self.desk.settings()
        assert settings["desired"] == settings["applied"] == self.wanted

    def end(self) -> None:
        self.virtual.kill()
        self.line.close()


def held_by(server) -> tuple[int, int]:
    """Descriptors and threads."""
    return server.open_descriptors(), len(os.listdir(f"/proc/{server.process.pid}/task"))


def test_everything_dies_at_random(new_server, tmp_path, photo, chance, pytestconfig):
    seconds = pytestconfig.getoption("deaths")
    frames = tmp_path / "frames"
    frames.mkdir()
    for n in range(5):
        (frames / f"{n}.jpg").write_bytes(unlike_all_others(photo, f"frame {n}"))
    server = new_server().start()
    posts = [Post(server, f"camera-{n}", tmp_path, frames) for n in range(CAMERAS)]
    watchers = [Watcher(server, posts[n % CAMERAS].desk.camera) for n in range(WATCHERS)]

    def server_dies():
        server.kill()
        time.sleep(chance.uniform(0, 0.2))
        server.start()
        for post in posts:
            post.line.target = server.port

    try:
        for post in posts:  # in a short run chance may want nothing of one of them
            post.set(interval_s=3600)
            post.command()
        began = time.monotonic()
        servers_live = began + seconds * 2 / 3  # the last one lives long enough to show a leak
        while (now := time.monotonic()) < began + seconds:
            post = chance.choice(posts)
            deaths = [post.die, post.line.cut] + ([server_dies] if now < servers_live else [])
            wishes = [lambda post=post: post.set(interval_s=chance.randrange(3000, 4000))]
            if len(post.sent) <= MAX_COMMANDS * (now - began) / seconds:  # spread over a long run
                wishes += [post.command, post.command]
            chance.choice(deaths + wishes)()
            time.sleep(chance.uniform(0, 0.5))
        for post in posts:
            post.assert_done_once()
            post.assert_set()
        seen = [watcher.seen for watcher in watchers]
        assert eventually(lambda: all(now.seen > before for now, before in zip(watchers, seen, strict=True)), RECOVERY_S)
        for watcher in watchers:
            watcher.end()
        time.sleep(LINGER_S + 1)
        sent = server.metric("heliograph_live_frames_total")
        time.sleep(2)
        assert server.metric("heliograph_live_frames_total") == sent, "a lease outlived those it was for"
        descriptors, threads = held_by(server)
        server_dies()
        assert eventually(lambda: server.metric("heliograph_live_links") == CAMERAS, RECOVERY_S)
        fresh_descriptors, fresh_threads = held_by(server)
        assert descriptors <= fresh_descriptors + SPARE_DESCRIPTORS and threads <= fresh_threads + 1
    finally:
        for one in (*watchers, *posts):
            one.end()
    server.stop()
    server.assert_fsck_finds_nothing()
