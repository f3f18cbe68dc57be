"""A camera behind lines as they are in the field: what is live comes back by itself, each command is done once or is said
not to be done, and every picture arrives."""

import time

import pytest

from harness.desk import Desk
from harness.live import Closed, Socket
from harness.networks import another_network
from harness.programs import heliograph
from harness.slow_line import SlowLine
from harness.virtual_camera import VirtualCamera
from harness.waiting import eventually

pytestmark = pytest.mark.long

# The whole line, with room for a machine that has other work: nothing here is about how fast.
PATIENCE_S = 60
SILENT_LINK_S = 120  # when either end takes a silent link for dead
# What one picture of these takes on the slowest line is two seconds.
SMALL = ("--size", "320x240", "--quality", 60, "--interval", 5)


class Field:
    """A camera that uploads, is watched and is told what to do, over a line that the test makes bad."""

    def __init__(self, server, camera, virtual: VirtualCamera):
        self.server, self.virtual, self.desk = server, virtual, Desk(server, camera)
        self.camera = camera

    def see(self, within_s: float = PATIENCE_S) -> None:
        """Somebody who begins to watch now sees what is now: three pictures taken since."""
        began_ms = time.time() * 1000
        give_up = time.monotonic() + within_s
        seen = 0
        with Socket(self.server, "/api/v1/live", {}) as viewer:
            viewer.say(type="watch", camera=self.camera.id, fps=5)
            while seen < 3:
                frame = viewer.frame(max(0.01, give_up - time.monotonic()))
                seen += frame.captured_at >= began_ms

    def command(self) -> str:
        return self.desk.send("capture")["id"]

    def assert_done_once(self, ids: list[str], within_s: float = PATIENCE_S) -> None:
        for id in ids:
            ended = self.desk.outcome(id, within_s)
            assert ended["state"] == "succeeded", ended
            assert eventually(lambda id=id: self.desk.command(id)["images"], within_s)
        images = [image for id in ids for image in self.desk.command(id)["images"]]
        assert len(set(images)) == len(ids), "one picture for each"

    def assert_everything_arrives(self) -> None:
        """No picture that was taken before now is missing for long."""
        newest = eventually(self.desk.images)[0]
        later = eventually(lambda: self.desk.images()[0]["sequence"] > newest["sequence"] + 1, PATIENCE_S)
        assert later
        # The newest may overtake what waits; with time everything is there.
        assert eventually(lambda: not self.missing(newest["sequence"]), PATIENCE_S), self.missing(newest["sequence"])

    def missing(self, up_to: int) -> set[int]:
        return set(range(up_to)) - {image["sequence"] for image in self.desk.images()}


@pytest.fixture
def outside(new_server, tmp_path):
    """A server, and a camera in a network of its own."""
    with another_network() as network:
        server = new_server(options=("--listen", "0.0.0.0:0")).start()
        camera = server.add_camera("orchard")
        heliograph("camera", "plain-http", camera.name, "on", *server.where)
        virtual = VirtualCamera(camera, server.port, tmp_path, *SMALL, network=network).start()
        yield Field(server, camera, virtual), network
        virtual.kill()


@pytest.fixture
def slow_line(server, camera, tmp_path):
    line = SlowLine(server.port)
    virtual = VirtualCamera(camera, line.port, tmp_path, *SMALL).start()
    yield Field(server, camera, virtual), line
    virtual.kill()
    line.close()


def test_a_thin_line(outside):
    field, network = outside
    network.shape(kbit_s=200)
    field.see()
    field.assert_done_once([field.command() for _ in range(3)])
    field.assert_everything_arrives()


def test_a_line_that_loses_packets(outside):
    field, network = outside
    network.lose(percent=5)
    field.see()
    field.assert_done_once([field.command() for _ in range(5)])
    field.assert_everything_arrives()


def test_a_long_line(slow_line):
    field, line = slow_line
    line.delay_s = 0.3  # each way
    field.see()
    field.assert_done_once([field.command() for _ in range(3)])
    field.assert_everything_arrives()


def test_half_a_minute_of_darkness(outside):
    field, network = outside
    field.see()
    network.lose(percent=100)
    commands = [field.command()]
    time.sleep(30)
    commands.append(field.command())
    network.lose(percent=0)
    field.see(SILENT_LINK_S + PATIENCE_S)
    field.assert_done_once(commands, SILENT_LINK_S)
    field.assert_everything_arrives()


def test_a_nat_that_was_bound_anew(slow_line):
    """Whoever watches meanwhile sees it come back on the same socket."""
    field, line = slow_line
    field.see()
    with Socket(field.server, "/api/v1/live", {}) as viewer:
        viewer.say(type="watch", camera=field.camera.id, fps=5)
        viewer.frame()
        line.forget()
        bound_ms = time.time() * 1000
        command = field.command()
        give_up = time.monotonic() + SILENT_LINK_S + PATIENCE_S
        try:
            while viewer.frame(max(0.01, give_up - time.monotonic())).captured_at < bound_ms + 1000:
                pass
        except Closed as closed:
            pytest.fail(f"the viewer was sent away: {closed}")
    field.assert_done_once([command], SILENT_LINK_S)
    field.assert_everything_arrives()
