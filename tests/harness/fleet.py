"""Cameras that keep a picture until it is acknowledged, through any number of the server's deaths."""

import hashlib
import http.client
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass

from harness.pictures import grown_to, unlike_all_others
from harness.programs import Camera
from harness.server import Reply, Server


@dataclass(frozen=True)
class Acknowledged:
    number: int
    id: str
    filename: str
    sha256: str
    mark: int  # what the fleet's `mark` said when the answer was heard


def missing(server: Server, acknowledged: list[Acknowledged]) -> list[str]:
    """What is not there as it was sent, in words."""
    wrong = []
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for ack in acknowledged:
        connection.request("GET", f"/uploads/{ack.filename}")
        response = connection.getresponse()
        body = response.read()
        if response.status != 200 or hashlib.sha256(body).hexdigest() != ack.sha256:
            wrong.append(f"{ack.number} ({ack.filename}): {response.status}, {len(body)} bytes")
    connection.close()
    return wrong


class Sender:
    """One camera. Its pictures are numbered; the number in hand goes up with each acknowledgement and never
    otherwise.
    A named sender tells (boot, sequence); a nameless one can only be recognised by its bytes."""

    def __init__(self, server: Server, camera: Camera, named: bool, photo: bytes, sizes: list[int], mark):
        self.server, self.camera, self.named, self.photo, self.sizes = server, camera, named, photo, sizes
        self.mark = mark
        self.number = 0
        self.acknowledged: list[Acknowledged] = []
        self.refused: list[str] = []  # answers no good picture should ever get

    def picture(self, number: int) -> bytes:
        one = unlike_all_others(self.photo, f"{self.camera.name} {number}")
        return grown_to(one, self.sizes[number % len(self.sizes)])

    def send(self, number: int, connection: http.client.HTTPConnection) -> Reply:
        headers = self.camera.bearer | {"Content-Type": "image/jpeg", "Accept": "application/json"}
        if self.named:
            headers |= {"Heliograph-Boot": "boot", "Heliograph-Sequence": str(number)}
        connection.request(
            "POST", "/device/v1/images" if self.named else "/upload", self.picture(number), headers
        )
        response = connection.getresponse()
        return Reply(
            response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        )

    def send_until(self, over: threading.Event) -> None:
        """Sends until the server is gone or it is over; what is answered after that was never heard."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            while not over.is_set():
                reply = self.send(self.number, connection)
                if over.is_set():
                    return
                if reply.status in (200, 201):
                    self.note(reply)
                elif reply.status not in (503, 507):
                    self.refused.append(f"{self.camera.name} {self.number}: {reply.status} {reply.body!r}")
        except (OSError, http.client.HTTPException):
            pass  # that is what the server's death looks like from here
        finally:
            connection.close()

    def note(self, reply: Reply) -> None:
        told = reply.json()
        self.acknowledged.append(
            Acknowledged(
                self.number,
                told["id"],
                told["filename"],
                hashlib.sha256(self.picture(self.number)).hexdigest(),
                self.mark(),
            )
        )
        self.number += 1

    def retry(self) -> None:
        """Sends what is in hand (stored or not, nobody knows), and once more what was acknowledged last."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            reply = self.send(self.number, connection)
            assert reply.status in (
                200,
                201,
            ), f"retry of {self.camera.name} {self.number}: {reply.status} {reply.body!r}"
            self.note(reply)
            for last in self.acknowledged[-2:]:
                again = self.send(last.number, connection).json()
                assert again["duplicate"] and (again["id"], again["filename"]) == (
                    last.id,
                    last.filename,
                ), f"{self.camera.name} {last.number} was {last}, and now is {again}"
        finally:
            connection.close()


class Fleet:
    def __init__(
        self,
        server: Server,
        photo: bytes,
        named: int,
        nameless: int,
        chance: random.Random,
        mark: Callable[[], int] = lambda: 0,
    ):
        # Small ones to have many, large ones to be caught in the middle of a body.
        sizes = [len(photo) + 100 + chance.choice((0, 2_000, 30_000, 120_000)) for _ in range(16)]
        self.server = server
        self.senders = [
            Sender(server, server.add_camera(f"{kind}-{n}"), kind == "named", photo, sizes, mark)
            for kind, count in (("named", named), ("nameless", nameless))
            for n in range(count)
        ]
        self.checked = {sender: 0 for sender in self.senders}

    def send_until(self, disaster: Callable[[threading.Event], None]) -> None:
        """Everybody sends until `disaster`, which sets the event when whatever is answered is not heard any
        more."""
        over = threading.Event()
        threads = [threading.Thread(target=sender.send_until, args=(over,)) for sender in self.senders]
        for thread in threads:
            thread.start()
        try:
            disaster(over)
        finally:
            over.set()
            for thread in threads:
                thread.join()
        assert not (refused := [what for sender in self.senders for what in sender.refused]), refused

    def acknowledged(self) -> int:
        return sum(len(sender.acknowledged) for sender in self.senders)

    def lost(self, everything: bool = False) -> list[str]:
        """What was acknowledged and is not there as it was sent; only what is new since the last look, or
        everything."""
        wrong = []
        for sender in self.senders:
            acknowledged = sender.acknowledged[0 if everything else self.checked[sender] :]
            wrong += [f"{sender.camera.name} {what}" for what in missing(self.server, acknowledged)]
            self.checked[sender] = len(sender.acknowledged)
        return wrong

    def check(self, fsck: bool = True) -> None:
        """After a restart: nothing that was acknowledged is lost, what was in doubt is stored once."""
        assert not (lost := self.lost()), f"{len(lost)} acknowledged images are gone: {lost[:5]}"
        for sender in self.senders:
            sender.retry()
        # Every picture is acknowledged by now, so each has one row and one file, and there is no other. The
        # files are
        # counted here because fsck passes over young ones while a server runs.
        assert self.server.image_count() == self.acknowledged()
        assert sum(1 for _ in (self.server.data / "images").rglob("*.*")) == self.acknowledged()
        if fsck:
            self.server.assert_fsck_finds_nothing()
