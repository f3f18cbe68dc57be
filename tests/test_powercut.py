"""The power goes out in the middle of uploads.

An ext4 or XFS on a loop device is shut down so that what was not synced is gone, as it is when the machine loses its
power; the drive's own cache is not part of it (test_blocklog.py has that). An answer that comes after the cut was never heard: no network works
without power.
The controls at the end show that the test can see a loss: without syncing, the same cuts lose pictures.
"""

import os
import random
import threading
import time

import pytest

from harness.disks import new_disk
from harness.fleet import Fleet
from harness.postgres import Postgres

pytestmark = pytest.mark.long

ROUNDS_PER_POSTGRESQL_ROUND = 3  # starting PostgreSQL again takes longer than all the rest
# What eight senders fill in a life, and what a filesystem, PostgreSQL and the watermarks want.
ROUND_MIB, EMPTY_DISK_MIB = 20, 512
LONGEST_LIFE_S = 0.4  # shorter than the 5 s after which ext4 writes unasked


@pytest.fixture
def rounds(pytestconfig) -> int:
    return pytestconfig.getoption("power-cuts")


@pytest.fixture(params=["ext4", "xfs"])
def disk(request, tmp_path, rounds):
    with new_disk(tmp_path / "disk", EMPTY_DISK_MIB + ROUND_MIB * rounds, request.param) as disk:
        yield disk


@pytest.fixture
def server_on(new_server, disk):
    """Its server; ends before the disk is taken away."""
    servers = []

    def make(**options):
        servers.append(new_server(disk.folder / "data", log=disk.folder.with_name("data.log"), **options))
        return servers[-1]

    yield make
    for server in servers:
        server.kill()


def send_and_cut(fleet: Fleet, disk, chance: random.Random) -> None:
    def cut(over: threading.Event):
        time.sleep(chance.uniform(0.05, LONGEST_LIFE_S))
        over.set()
        disk.cut_power()

    fleet.send_until(cut)
    fleet.server.kill()


def test_power_cuts(disk, server_on, photo, chance, rounds):
    server = server_on().start()
    fleet = Fleet(server, photo, named=4, nameless=4, chance=chance)
    for _ in range(rounds):
        send_and_cut(fleet, disk, chance)
        disk.power_returns()
        server.start()
        fleet.check()
    assert not fleet.lost(everything=True)
    assert fleet.acknowledged() > rounds * len(fleet.senders), "hardly anything was sent: this proves nothing"
    server.stop()
    server.assert_fsck_finds_nothing()  # alone, it passes over nothing


def test_power_cuts_with_postgresql(disk, server_on, photo, chance, rounds, tmp_path):
    postgres = Postgres(disk.folder / "postgres")
    try:
        postgres.start()
        config = tmp_path / "heliograph.toml"
        config.write_text(f'database = "{postgres.address}"\n')
        server = server_on(config=config).start()
        fleet = Fleet(server, photo, named=2, nameless=2, chance=chance)
        os.sync()  # the empty database was made in a hurry
        for _ in range(rounds // ROUNDS_PER_POSTGRESQL_ROUND):
            send_and_cut(fleet, disk, chance)
            postgres.kill()
            disk.power_returns()
            postgres.start()
            server.start()
            fleet.check()
        assert not fleet.lost(everything=True)
        server.stop()
    finally:
        postgres.kill()
        postgres.close()


def test_control_a_cut_takes_what_was_not_synced(disk):
    for name in ("synced", "not-synced"):
        (disk.folder / name).write_text(name)
        if name == "synced":
            os.sync()
    disk.cut_power()
    with pytest.raises(OSError):
        (disk.folder / "after").write_text("the power is out")
    disk.power_returns()
    left = {file.name: file.read_text() for file in disk.folder.iterdir() if file.is_file()}
    assert left.get("synced") == "synced"
    assert left.get("not-synced") != "not-synced", "the cut took nothing: the tests above prove nothing"


def test_control_without_syncing_pictures_are_lost(disk, server_on, photo, chance):
    server = server_on(options=("--unsafe-no-sync",)).start()
    fleet = Fleet(server, photo, named=4, nameless=4, chance=chance)
    os.sync()  # the cameras themselves
    send_and_cut(fleet, disk, chance)
    disk.power_returns()
    server.start()
    assert fleet.acknowledged() > 0 and fleet.lost(), "the cut lost nothing: the tests above prove nothing"
