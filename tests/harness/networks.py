"""Networks of the test's own, for connections that do not come from this machine's loopback, and that are as bad as the
test wants. They need root."""

import ctypes
import os
import socket
import subprocess
import threading
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from harness.disks import run, skip_unless_permitted

CLONE_NEWNET = 0x40000000  # <sched.h>; os.setns came with Python 3.12
# Four addresses of the block that is for tests of networks (RFC 2544): for each process others, for several may test.
FIRST = ip_address("198.18.0.0") + 4 * (os.getpid() % (1 << 15))
HERE, THERE = str(FIRST + 1), str(FIRST + 2)
CONNECT_TIMEOUT_S = 30


class Network:
    def __init__(self, name: str, near: str, far: str):
        self.name, self.near, self.far = name, near, far
        # Not `ip netns exec`: it keeps a copy of every mount, and disks of other tests would not come down.
        self.inside = ("nsenter", f"--net=/run/netns/{name}")

    def shape(self, kbit_s: int) -> None:
        """So slow in each direction, with the long queue of a cheap modem."""
        queue = ("root", "tbf", "rate", f"{kbit_s}kbit", "burst", "4kb", "latency", "2s")
        run("tc", "qdisc", "replace", "dev", self.near, *queue)
        run(*self.inside, "tc", "qdisc", "replace", "dev", self.far, *queue)

    def lose(self, percent: int) -> None:
        """So many packets of each direction get lost; with 100 it is dark. Until it is said anew."""
        chosen = f"numgen random mod 100 < {percent}" if percent < 100 else ""
        rules = (f"add rule ip loss {chain} {chosen} drop" for chain in ("in", "out"))
        self._filter("; ".join(rules) if percent else "")

    def _filter(self, rules: str) -> None:
        chains = "".join(
            f"add chain ip loss {name} {{ type filter hook {hook} priority 0; }}; "
            for name, hook in (("in", "prerouting"), ("out", "postrouting"))
        )
        run(*self.inside, "nft", f"add table ip loss; flush table ip loss; {chains}{rules}")

    def connect(self, port: int) -> socket.socket:
        """A connection from there to a server here."""
        made: list[socket.socket | Exception] = []

        def connect():  # in a thread of its own, which alone moves to the other network
            try:
                with open(Path("/run/netns") / self.name, "rb") as namespace:
                    if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), CLONE_NEWNET) != 0:
                        raise OSError(ctypes.get_errno(), "setns")
                made.append(socket.create_connection((HERE, port), CONNECT_TIMEOUT_S))
            except OSError as error:
                made.append(error)

        thread = threading.Thread(target=connect)
        thread.start()
        thread.join()
        if isinstance(made[0], Exception):
            raise made[0]
        return made[0]


@contextmanager
def another_network():
    name = f"heliograph-{os.getpid()}"
    near, far = f"hg{os.getpid()}a", f"hg{os.getpid()}b"
    network = Network(name, near, far)
    try:
        run("ip", "netns", "add", name)
    except (subprocess.CalledProcessError, OSError) as error:
        skip_unless_permitted(error, "a network namespace")
    try:
        try:
            run("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", name)
            run("ip", "address", "add", f"{HERE}/30", "dev", near)
            run("ip", "link", "set", near, "up")
            run(*network.inside, "ip", "address", "add", f"{THERE}/30", "dev", far)
            run(*network.inside, "ip", "link", "set", far, "up")
        except (subprocess.CalledProcessError, OSError) as error:
            skip_unless_permitted(error, "a pair of network interfaces")
        yield network
    finally:
        # The pair first, and by itself: with its namespace it goes some time later, and is in the way of the next one.
        subprocess.run(["ip", "link", "del", near], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["ip", "netns", "del", name], check=False)
