"""Links that show pictures to strangers: who makes them, and who holds one."""

from dataclasses import dataclass

from harness.people import Visitor
from harness.server import Reply, Server


@dataclass(frozen=True)
class Share:
    id: str
    token: str


def share(maker: Visitor, **wish) -> Share:
    made = maker.request("POST", "/api/v1/shares", wish)
    assert made.status == 201, made.body
    return Share(made.json()["id"], made.json()["token"])


class Guest:
    """Somebody without an account who holds a link."""

    def __init__(self, server: Server, link: Share):
        self.server = server
        self.link = link
        self.cookie = ""

    def open(self, password: str | None = None) -> Reply:
        reply = Visitor(self.server).request(
            "POST", "/api/v1/shared", {"token": self.link.token, "password": password}
        )
        if reply.status == 200:
            self.cookie = reply.headers["set-cookie"].split(";")[0]
        return reply

    def get(self, rest: str = "", **headers: str) -> Reply:
        """What stands below the share's address."""
        return self.server.get(f"/api/v1/shared/{self.link.id}{rest}", Cookie=self.cookie, **headers)

    def filenames(self) -> list[str]:
        listed = self.get("/images?limit=500")
        assert listed.status == 200, listed.body
        return [image["filename"] for image in listed.json()["images"]]

    def counted(self) -> int:
        return sum(sum(run["counts"]) for run in self.get("/histogram").json()["runs"])

    def sees(self, filename: str) -> bool:
        """Either both copies or none."""
        statuses = {self.get(f"/{kind}/{filename}").status for kind in ("originals", "thumbnails")}
        assert statuses in ({200}, {404}), statuses
        return statuses == {200}
