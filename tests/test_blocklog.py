"""The power goes out, and the disk had a cache: of what it was not told to flush it has written what it liked, in its
own order, and the last write only in part.

One run is written down block by block, and then mounted as it would be after a cut at many points of it. The control
shows that the test can see a loss: a disk that forgets what it was told to flush loses pictures.
"""

import subprocess
import time

import pytest

from harness.blocklog import copy, images_at, keep, read_log, recording_disk
from harness.disks import loop_disk, make_image
from harness.fleet import Fleet, missing

pytestmark = pytest.mark.long

SIZE_MIB = 320  # an XFS has at least 300
SENDING_S = 2.0  # long enough for a hundred commits
ENOUGH = 5  # pictures of each sender; fewer would prove nothing
SENDING_AT_MOST_S = 30.0  # on a machine that has other things to do
CONTROL_TRIES = 5


class Recording:
    """A run on a recording disk: where it began, what was written, and what was acknowledged when."""

    def __init__(self, tmp_path, filesystem, new_server, photo, chance):
        self.base, self.log = tmp_path / "base.img", tmp_path / "log"
        image, folder = tmp_path / "disk.img", tmp_path / "disk"
        make_image(self.base, SIZE_MIB, filesystem)
        copy(self.base, image)
        with recording_disk(image, self.log, folder):
            server = new_server(folder / "data", log=tmp_path / "recorded.log").start()
            try:
                self.fleet = Fleet(server, photo, named=3, nameless=3, chance=chance, mark=self.position)
                self.began = self.position()
                self.fleet.send_until(self.wait_for_enough)
                self.ended = self.position()
            finally:
                server.kill()
        self.records = read_log(self.log)
        self.sending = [i for i, record in enumerate(self.records) if self.began < record.end <= self.ended]

    def wait_for_enough(self, over) -> None:
        began = time.monotonic()
        time.sleep(SENDING_S)
        while self.heard() <= ENOUGH * len(self.fleet.senders) and time.monotonic() - began < SENDING_AT_MOST_S:
            time.sleep(0.1)
        over.set()

    def heard(self) -> int:
        return sum(len(sender.acknowledged) for sender in self.fleet.senders)

    def position(self) -> int:
        return self.log.stat().st_size

    def acknowledged_before(self, cut: int) -> list:
        """What was heard when the disk had been sent no more than this."""
        written = self.records[cut - 1].end
        return [ack for sender in self.fleet.senders for ack in sender.acknowledged if ack.mark <= written]


@pytest.fixture(params=["ext4", "xfs"])
def recording(request, tmp_path, new_server, photo, chance):
    return Recording(tmp_path, request.param, new_server, photo, chance)


def lost_on(image, tmp_path, new_server, acknowledged) -> list[str]:
    """What a server that starts on this disk has lost; it must also end with a clean fsck."""
    with loop_disk(image, tmp_path / "left", sound=False) as disk:
        server = new_server(disk.folder / "data", log=tmp_path / "left.log")
        try:
            server.start()
            lost = missing(server, acknowledged)
            server.stop()
            server.assert_fsck_finds_nothing()
        finally:
            server.kill()
    return lost


def test_a_cut_at_any_point_of_the_log(recording, tmp_path, new_server, chance, pytestconfig):
    cuts = [chance.choice(recording.sending) for _ in range(pytestconfig.getoption("block-cuts"))]
    for cut, image in images_at(recording.base, recording.records, cuts, chance):
        acknowledged = recording.acknowledged_before(cut)
        lost = lost_on(image, tmp_path, new_server, acknowledged)
        assert not lost, f"cut at {cut} of {len(recording.records)}: {len(lost)} of {len(acknowledged)}: {lost[:3]}"
    total = len(recording.acknowledged_before(len(recording.records)))
    print(f"{len(recording.records)} records, {len(recording.sending)} while sending, {total} acknowledged")
    assert total > ENOUGH * len(recording.fleet.senders), "hardly anything was sent: this proves nothing"


def test_control_a_disk_that_forgets_what_it_flushed(recording, tmp_path, new_server, chance):
    for _ in range(CONTROL_TRIES):
        image = tmp_path / "forgetful.img"
        copy(recording.base, image)
        before, after = recording.records[: recording.sending[0]], recording.records[recording.sending[0] :]
        kept = [record for record in after if chance.random() < 0.5]
        keep(image, [record for record in before + kept if not record.is_flush])
        try:
            if lost_on(image, tmp_path, new_server, recording.acknowledged_before(len(recording.records))):
                return
        except (AssertionError, subprocess.CalledProcessError):  # it cannot be mounted, started on, or checked
            return
    pytest.fail("nothing was lost: the test above proves nothing")
