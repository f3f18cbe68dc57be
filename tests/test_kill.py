"""`kill -9` in the middle of uploads: an acknowledged picture is there, a retried one is there once."""

import os
import random
import threading
import time

from harness.fleet import Fleet

ROUNDS = 100
LONGEST_LIFE_S = 0.15  # of a server under load; some die before their first answer
LONGEST_START_S = 0.04  # a server that is killed in here dies in its recovery


def test_kill_at_random_moments(new_server, photo):
    seed = int(os.environ.get("HELIOGRAPH_TEST_SEED", random.randrange(1 << 32)))
    print(f"HELIOGRAPH_TEST_SEED={seed}")  # pytest shows it when the test fails
    chance = random.Random(seed)
    server = new_server().start()
    fleet = Fleet(server, photo, named=3, nameless=3, chance=chance)

    def kill(over: threading.Event):
        time.sleep(chance.uniform(0, LONGEST_LIFE_S))
        server.kill()

    for _ in range(ROUNDS):
        fleet.send_until(kill)
        if chance.random() < 0.2:  # dies again while it recovers
            server.launch()
            time.sleep(chance.uniform(0, LONGEST_START_S))
            server.kill()
        server.start()
        fleet.check()
    assert not fleet.lost(everything=True)
    assert fleet.acknowledged() > ROUNDS * len(fleet.senders), "hardly anything was sent: this proves nothing"
    server.stop()
    server.assert_fsck_finds_nothing()  # alone, it passes over nothing
