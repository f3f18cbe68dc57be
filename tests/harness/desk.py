"""What a person does with one camera, and what it says."""

import json

from harness.programs import Camera
from harness.server import Server
from harness.waiting import eventually

JSON = {"Content-Type": "application/json"}
ENDED = {"succeeded", "failed", "rejected", "expired", "cancelled"}


class Desk:
    def __init__(self, server: Server, camera: Camera):
        self.server, self.camera = server, camera
        self.path = f"/api/v1/cameras/{camera.id}"

    def send(self, name: str, **more) -> dict:
        reply = self.server.request("POST", f"{self.path}/commands", json.dumps({"name": name} | more), JSON)
        assert reply.status == 202, reply.body
        return reply.json()

    def command(self, id: str) -> dict:
        reply = self.server.get(f"{self.path}/commands/{id}")
        assert reply.status == 200, reply.body
        return reply.json()

    def outcome(self, id: str, within_s: float = 20) -> dict:
        ended = eventually(lambda: (seen := self.command(id))["state"] in ENDED and seen, within_s)
        assert ended, self.command(id)
        return ended

    def settings(self) -> dict:
        return self.server.get(f"{self.path}/settings").json()

    def set(self, if_match: str = "*", **values):
        headers = JSON | {"If-Match": if_match}
        return self.server.request("PUT", f"{self.path}/settings", json.dumps({"values": values}), headers)

    def heartbeat(self, **said):
        headers = JSON | self.camera.bearer
        return self.server.request("POST", "/device/v1/heartbeat", json.dumps({"boot": "b"} | said), headers)

    def images(self) -> list[dict]:
        listed = self.server.get(f"/api/v1/images?limit=500&camera={self.camera.id}").json()["images"]
        return [self.server.get(f"/api/v1/images/{image['id']}").json() for image in listed]

    def presence(self) -> str:
        cameras = self.server.get("/api/v1/cameras").json()["cameras"]
        return next(camera["presence"] for camera in cameras if camera["id"] == self.camera.id)
