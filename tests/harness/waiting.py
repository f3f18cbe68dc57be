"""Waiting for what a server does in its own time."""

import time
from collections.abc import Callable

LOOK_INTERVAL_S = 0.02


def eventually(holds: Callable[[], object], within_s: float = 60):
    """What `holds` says as soon as it is true, or when the time is over: as long as a machine that does much else may take."""
    give_up = time.monotonic() + within_s
    while not (held := holds()) and time.monotonic() < give_up:
        time.sleep(LOOK_INTERVAL_S)
    return held
