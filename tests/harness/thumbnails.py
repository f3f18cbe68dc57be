"""Waiting for thumbnails, and for what is found with them: they are made in time that nobody else wants."""

import time
from collections.abc import Callable

# Beside other tests and two compilers there is little such time.
WITHIN_S = 240
# Whoever asks takes of it, too.
LOOK_INTERVAL_S = 0.2


def drawn(holds: Callable[[], object]) -> object:
    """What `holds` says as soon as it is true, or when the time is over."""
    give_up = time.monotonic() + WITHIN_S
    while not (held := holds()) and time.monotonic() < give_up:
        time.sleep(LOOK_INTERVAL_S)
    return held


def all_drawn(server) -> bool:
    """All pictures of a small gallery have their thumbnails."""
    return bool(drawn(lambda: all("placeholder" in one for one in server.get("/api/v1/images?limit=500").json()["images"])))
