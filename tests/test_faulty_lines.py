"""The real camera and the real server, and a line with one fault after the other between them: every picture is there
once and in order, or set aside because it was refused. The camera's own tests have every byte and every fault; here
both ends are real."""

import pytest

from harness.faulty_line import Fault, FaultyLine, status
from harness.networks import another_network
from harness.pictures import grown_to, unlike_all_others
from harness.virtual_camera import VirtualCamera

LARGE = 300_000  # goes in pieces
PICTURES = 6
PIECE = 64 * 1024
HEAD = 512  # bytes of what is said before a piece
SLOWEST_BYTES_S = 5_000  # through 200 kbit/s with packets that get lost
END_S = 60

# Of pictures of so many bytes, heads and all: each connection but the first brings one, so that the pauses stay short.
ONE = 12_000
CUTS = [
    Fault(after_sent=0),
    Fault(after_sent=ONE + 100),  # within a head
    Fault(after_sent=ONE + 5_000, resets=True),  # within a picture
    Fault(after_answered=400),  # stored, and nobody knows
    Fault(after_sent=ONE + 100_000),  # within a large one
    Fault(after_sent=100_000, resets=True),
]
ANSWERS = [status("503 Busy", "Retry-After: 0"), status("507 Full"), Fault(answer=b"\x16\x03\x01 this is no HTTP\n")]


@pytest.fixture
def folder(tmp_path, photo):
    """Pictures to import, the fourth of them a large one."""
    folder = tmp_path / "frames"
    folder.mkdir()
    for n in range(PICTURES):
        size = LARGE if n == 3 else ONE - 500
        (folder / f"{n}.jpg").write_bytes(grown_to(unlike_all_others(photo, f"frame {n}"), size))
    return folder


def import_over(line: FaultyLine, camera, folder, tmp_path) -> VirtualCamera:
    one = VirtualCamera(camera, line.port, tmp_path, "--frames", folder, "--interval", "0", "--heartbeat", "0").start()
    assert one.process.wait(END_S) is not None
    return one


@pytest.mark.parametrize("faults", [CUTS, ANSWERS], ids=["cuts", "answers"])
def test_every_picture_arrives_once_and_in_order(desk, folder, tmp_path, faults):
    line = FaultyLine(desk.server.port, faults)
    one = import_over(line, desk.camera, folder, tmp_path)
    assert one.process.returncode == 0 and not line.faults, one.log.read_text()
    assert [event["file"] for event in one.events("sent")] == [f"{n}.jpg" for n in range(PICTURES)]
    by_arrival = sorted((found["image"] for found in desk.images()), key=lambda image: image["received_at"])
    assert [image["id"] for image in by_arrival] == [event["id"] for event in one.events("sent")]
    line.close()


def test_what_is_refused_is_set_aside_and_the_rest_arrives(desk, folder, tmp_path):
    line = FaultyLine(desk.server.port, [status("422 No"), status("413 Too Large")])
    one = import_over(line, desk.camera, folder, tmp_path)
    assert one.process.returncode == 1
    assert [event["file"] for event in one.events("refused")] == ["0.jpg", "1.jpg"]
    assert len(desk.images()) == PICTURES - 2
    line.close()


def test_a_wrong_key_costs_no_picture(desk, folder, tmp_path):
    line = FaultyLine(desk.server.port, [status("401 Unknown"), status("403 No")])
    for _ in range(2):  # it would ask again in five minutes; a person starts it anew
        one = VirtualCamera(desk.camera, line.port, tmp_path, "--frames", folder, "--patience", "0", "--interval", "0").start()
        assert one.process.wait(END_S) == 1
    assert import_over(line, desk.camera, folder, tmp_path).process.returncode == 0
    assert len(desk.images()) == PICTURES
    line.close()


def send_large(camera, server, directory, photo, size: int, cuts: list[int], network=None) -> None:
    """Each cut costs one piece at most."""
    folder = directory / "large"
    folder.mkdir()
    (folder / "large.jpg").write_bytes(grown_to(photo, size))
    host = "0.0.0.0" if network else "127.0.0.1"
    line = FaultyLine(server.port, [Fault(after_sent=sent) for sent in cuts], host)
    usual = ["--frames", folder, "--interval", "0", "--heartbeat", "0"]
    one = VirtualCamera(camera, line.port, directory, *usual, network=network).start()
    assert one.process.wait(END_S + size / SLOWEST_BYTES_S) == 0, one.log.read_text()
    assert [event["bytes"] for event in one.events("sent")] == [size] and not line.faults
    pieces = size // PIECE + 1
    assert line.sent <= size + len(cuts) * PIECE + (pieces + 3 * len(cuts)) * HEAD
    line.close()


def test_a_cut_costs_one_piece_of_a_large_picture(server, camera, tmp_path, photo):
    send_large(camera, server, tmp_path, photo, 1_000_000, [123_456, 234_567, 345_678])


def test_a_large_picture_over_a_thin_line_that_loses_packets_and_breaks(server, camera, tmp_path, photo, pytestconfig):
    size = 1000 * pytestconfig.getoption("--picture-kb")
    if size == 0:
        pytest.skip("takes a minute: --picture-kb 1000; in the camera's own tests time is made up")
    with another_network() as network:
        network.shape(kbit_s=200)
        network.lose(percent=5)
        send_large(camera, server, tmp_path, photo, size, [size // 8, size // 5, size // 3], network)
