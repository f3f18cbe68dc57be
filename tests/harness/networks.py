"""A network of the test's own, for connections that do not come from this machine's loopback. It needs root."""

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
CONNECT_TIMEOUT_S = 10


class Network:
    def __init__(self, name: str):
        self.name = name

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
    inside = ("ip", "netns", "exec", name)
    try:
        run("ip", "netns", "add", name)
    except (subprocess.CalledProcessError, OSError) as error:
        skip_unless_permitted(error, "a network namespace")
    try:
        try:
            run("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", name)
            run("ip", "address", "add", f"{HERE}/30", "dev", near)
            run("ip", "link", "set", near, "up")
            run(*inside, "ip", "address", "add", f"{THERE}/30", "dev", far)
            run(*inside, "ip", "link", "set", far, "up")
        except (subprocess.CalledProcessError, OSError) as error:
            skip_unless_permitted(error, "a pair of network interfaces")
        yield Network(name)
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False)  # and the pair with it
