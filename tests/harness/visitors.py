"""Everybody who may come to a server, what they may do there, and a camera of theirs and one of others."""

import hashlib
import itertools
import time
from dataclasses import dataclass
from functools import cached_property

from harness.keys import make_camera_key
from harness.people import Visitor, join, make_token, set_up
from harness.server import Server

PLANTED = "ses_" + "0" * 36


def csrf_of(session: str) -> str:
    """What a page would send with it: then only the session itself can be what is wrong."""
    return hashlib.sha256(f"csrf of {session}".encode()).hexdigest()


V, VO, VOA = {"view"}, {"view", "operate"}, {"view", "operate", "administer"}
NONE: set[str] = set()


@dataclass(frozen=True)
class Who:
    known: bool = True  # False: unauthorized, whatever they carry
    camera: bool = False
    session: bool = True  # signed in with a browser; False: a token
    everywhere: frozenset = frozenset()
    farm: frozenset = frozenset()  # with the cameras of their group


def who(everywhere=NONE, farm=NONE, **more) -> Who:
    return Who(everywhere=frozenset(everywhere), farm=frozenset(farm), **more)


WHO = {
    "nobody": Who(known=False),
    "a planted cookie": Who(known=False),
    "an ended session": Who(known=False),
    "an expired token": Who(known=False),
    "a removed token": Who(known=False),
    "a camera's key": Who(known=False, camera=True),
    "somebody without rights": who(),
    "viewer": who(V),
    "operator": who(VO),
    "administrator": who(VOA),
    "viewer of the farm": who(farm=V),
    "operator of the farm": who(farm=VO),
    "administrator of the farm": who(farm=VOA),
    "viewer who operates the farm": who(V, farm=VO),
    "administrator's token to read": who(V, session=False),
    "administrator's token to control": who({"operate"}, session=False),
    "farm operator's token for both": who(farm=VO, session=False),
    "farm operator's token to send": who(farm={"ingest"}, session=False),
}


# What those with a session sign in with, and what they were granted.
PEOPLE = {
    "somebody without rights": ("bystander",),
    "viewer": ("viewer", (None, "viewer")),
    "operator": ("operator", (None, "operator")),
    "administrator": ("administrator", (None, "administrator")),
    "viewer of the farm": ("farm-viewer", ("farm", "viewer")),
    "operator of the farm": ("farm-operator", ("farm", "operator")),
    "administrator of the farm": ("farm-administrator", ("farm", "administrator")),
    "viewer who operates the farm": ("both", (None, "viewer"), ("farm", "operator")),
}


class World:
    """A server with a camera in the group "Farm" and one outside, both with a picture and something refused."""

    def __init__(self, directory, photo: bytes):
        self.photo = photo
        self.server = Server(directory / "data", login=True).start()
        self.owner = set_up(self.server)
        self.numbers = itertools.count()
        self.farm = self.make_group("Farm")
        self.cameras = {place: self.server.add_camera(place) for place in ("farm", "elsewhere")}
        self.owner.request("PUT", f"/api/v1/cameras/{self.cameras['farm'].id}/group", {"group": self.farm})
        self.pictures = {place: self.server.send_image(camera, photo, 1).json() for place, camera in self.cameras.items()}
        self.visitors = self.make_visitors()

    def make_visitors(self) -> dict[str, Visitor]:
        owner = self.owner
        people = {title: self.join(name, grants) for title, (name, *grants) in PEOPLE.items()}
        farm_token = make_token(people["operator of the farm"], "read", "control")
        ended = Visitor(self.server)
        ended.sign_in("viewer")
        cookie = Visitor(self.server, cookie=ended.cookie, csrf=ended.csrf)
        ended.request("DELETE", "/api/v1/session")
        expired = make_token(owner, "read", "control", expires_at=int(time.time() * 1000) + 300)
        removed = make_token(owner, "read", "control")
        owner.request("DELETE", f"/api/v1/tokens/{removed.id}")
        time.sleep(0.4)
        return people | {
            "nobody": Visitor(self.server),
            "a planted cookie": Visitor(self.server, cookie=f"heliograph={PLANTED}", csrf=csrf_of(PLANTED)),
            "an ended session": cookie,
            "an expired token": expired,
            "a removed token": removed,
            "a camera's key": Visitor(self.server, token=self.cameras["farm"].key),
            "administrator's token to read": make_token(owner, "read"),
            "administrator's token to control": make_token(owner, "control"),
            "farm operator's token for both": farm_token,
            "farm operator's token to send": make_token(people["operator of the farm"], "ingest"),
        }

    # Things to take away, a new one for each who tries.

    def make_group(self, name: str | None = None) -> str:
        made = self.owner.request("POST", "/api/v1/groups", {"name": name or f"group {next(self.numbers)}"})
        assert made.status == 201, made.body
        return made.json()["id"]

    def camera_path(self, place: str) -> str:
        return f"/api/v1/cameras/{self.cameras[place].id}"

    def spare_camera_path(self, place: str) -> str:
        group = self.farm if place == "farm" else None
        made = self.owner.request("POST", "/api/v1/cameras", {"name": f"camera {next(self.numbers)}", "group": group})
        assert made.status == 201, made.body
        return f"/api/v1/cameras/{made.json()['id']}"

    def announce(self) -> str:
        """The code of a camera that waits to be added. Each is accepted before the next one comes, or its key is
        forgotten: more than a few of one network are not taken."""
        if not hasattr(self, "waiting"):
            self.waiting = make_camera_key()
        headers = {"Authorization": f"Bearer {self.waiting}", "Content-Type": "application/json"}
        reply = self.server.request("POST", "/device/v1/claim", "{}", headers)
        if reply.status == 200:
            del self.waiting
            return self.announce()
        assert reply.status == 202, reply.body
        return reply.json()["code"]

    def make_person(self) -> dict:
        made = self.owner.request("POST", "/api/v1/people", {"name": f"guest-{next(self.numbers)}", "grants": []})
        assert made.status == 201, made.body
        return made.json()

    @cached_property
    def share(self) -> dict:
        """A link to all pictures of the farm."""
        made = self.owner.request("POST", "/api/v1/shares", {"kind": "camera", "camera": self.cameras["farm"].id})
        assert made.status == 201, made.body
        return made.json()

    def twin_of(self, title: str) -> Visitor:
        """Somebody who may what that one may, whose sessions nobody else needs."""
        return self.join(f"twin-{next(self.numbers)}", PEOPLE[title][1:])

    def join(self, name: str, grants) -> Visitor:
        return join(self.owner, name, *((self.farm if group == "farm" else None, role) for group, role in grants))

    def refused(self, place: str) -> str:
        """What the camera of that place sent, and is in quarantine."""
        camera = self.cameras[place]
        self.server.upload(camera, f"no picture {next(self.numbers)}".encode())
        before = getattr(self, f"kept_{place}", 0)
        while True:
            kept = self.owner.get(f"/api/v1/cameras/{camera.id}/quarantine?limit=500").json()["quarantine"]
            if kept and kept[0]["received_at"] > before:
                setattr(self, f"kept_{place}", kept[0]["received_at"])
                return kept[0]["id"]
            time.sleep(0.005)
