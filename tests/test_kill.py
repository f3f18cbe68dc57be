"""`kill -9` in the middle of uploads: an acknowledged picture is there, a retried one is there once."""

import threading
import time

import pytest

from harness.fleet import Fleet

pytestmark = pytest.mark.long

ROUNDS_PER_FSCK = 10  # at least: each fsck reads all that was stored so far …
MOST_FSCKS = 20  # … so a long run has no more of them than a short one
LONGEST_LIFE_S = 0.15  # of a server under load; some die before their first answer
LONGEST_START_S = 0.04  # a server that is killed in here dies in its recovery


def test_kill_at_random_moments(new_server, photo, chance, pytestconfig):
    rounds = pytestconfig.getoption("kills")
    server = new_server().start()
    fleet = Fleet(server, photo, named=3, nameless=3, chance=chance)

    def kill(over: threading.Event):
        time.sleep(chance.uniform(0, LONGEST_LIFE_S))
        server.kill()

    for n in range(rounds):
        fleet.send_until(kill)
        if chance.random() < 0.2:  # dies again while it recovers
            server.launch()
            time.sleep(chance.uniform(0, LONGEST_START_S))
            server.kill()
        server.start()
        fleet.check(fsck=n % max(ROUNDS_PER_FSCK, rounds // MOST_FSCKS) == 0)
    assert not fleet.lost(everything=True)
    assert fleet.acknowledged() > rounds * len(fleet.senders), "hardly anything was sent: this proves nothing"
    server.stop()
    server.assert_fsck_finds_nothing()  # alone, it passes over nothing
