"""Alerts, and browsers that are told of them, from a camera that falls silent to the words on a phone.

Time passes while the server is down: what the catalog knows of it is moved back (`Farm.later`). Each start looks once.
"""

import sqlite3
import time

import pytest

from harness.people import Visitor, join, set_up
from harness.pictures import unlike_all_others
from harness.push_service import Browser, PushService, subscribe
from harness.server import Server
from harness.waiting import eventually

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
# Every time that an alert or a silence is judged by. Not listening.seen_at: so the server was away for a moment only.
TIMES = {
    "camera": ("accepted_at",),
    "listening": ("since",),
    "alert": ("wrong_since", "opened_at", "right_since", "closed_at"),
    "push_message": ("created_at", "due_at"),
}


class Farm:
    """A server with a push service, its owner, and cameras."""

    def __init__(self, folder, photo: bytes):
        self.photo = photo
        self.service = PushService(folder / "service")
        self.server = Server(folder / "data", config=self.service.config(folder), login=True).start()
        self.owner = set_up(self.server)
        self.sent = 0

    def end(self) -> None:
        self.server.kill()
        self.service.end()

    def cameras(self, *names: str) -> list:
        cameras = [self.server.add_camera(name) for name in names]
        for camera in cameras:
            self.send(camera)
        return cameras

    def send(self, camera) -> None:
        self.sent += 1
        assert self.server.send_image(camera, unlike_all_others(self.photo, str(self.sent)), self.sent).status == 201

    def catalog(self, *statements: str) -> None:
        with sqlite3.connect(self.server.data / "heliograph.sqlite") as catalog:
            for statement in statements:
                catalog.execute(statement)
        catalog.close()

    def later(self, ms: int, *more: str) -> None:
        """The server is stopped, so much time passes, and it looks again."""
        self.server.stop()
        moved = [f"UPDATE {table} SET " + ", ".join(f"{name} = {name} - {ms}" for name in names) for table, names in TIMES.items()]
        self.catalog(*moved, *more)
        self.server.start()
        self.looked()

    def looked(self) -> None:
        """It looks right after its start; a question behind that is answered later."""
        time.sleep(0.3)
        assert self.server.get("/readyz").status == 200

    def alerts(self, query: str = "") -> list[dict]:
        return self.owner.get(f"/api/v1/alerts{query}").json()["alerts"]

    def fall_silent(self) -> None:
        self.later(4 * HOUR_MS)
        self.later(3 * MINUTE_MS)


@pytest.fixture
def farm(tmp_path, photo):
    farm = Farm(tmp_path, photo)
    yield farm
    farm.end()


def told(browser: Browser, count: int) -> list[dict]:
    assert eventually(lambda: len(browser.messages()) >= count), browser.service.pushes
    messages = browser.messages()
    assert len(messages) == count, messages
    return messages


def test_a_trial_reaches_the_browser(farm):
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    reply = farm.owner.request("POST", f"/api/v1/push/{browser.id}/try")
    assert reply.json() == {"taken": True, "status": 201, "detail": "the push service answered 201"}
    (message,) = browser.messages()
    assert message["url"] == "/?page=account" and message["tag"] == "trial" and message["state"] == "open"
    (push,) = farm.service.pushes
    assert push.headers["urgency"] == "high" and len(push.headers["topic"]) == 32
    (subscription,) = farm.owner.get("/api/v1/push").json()["subscriptions"]
    assert subscription["told_at"] and subscription["failing"] is None
    assert subscription["service"] == "127.0.0.1" and subscription["kinds"] == ["silent"]


@pytest.mark.parametrize("status", [403, 429, 500])
def test_what_the_service_says_is_told(farm, status):
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    farm.service.statuses["/phone"] = status
    reply = farm.owner.request("POST", f"/api/v1/push/{browser.id}/try").json()
    assert reply["taken"] is False and reply["status"] == status
    (subscription,) = farm.owner.get("/api/v1/push").json()["subscriptions"]
    assert str(status) in subscription["failing"]
    farm.service.statuses.clear()
    assert farm.owner.request("POST", f"/api/v1/push/{browser.id}/try").json()["taken"]
    (subscription,) = farm.owner.get("/api/v1/push").json()["subscriptions"]
    assert subscription["failing"] is None


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(farm, status):
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    farm.service.statuses["/phone"] = status
    assert farm.owner.request("POST", f"/api/v1/push/{browser.id}/try").json()["status"] == status
    assert farm.owner.get("/api/v1/push").json()["subscriptions"] == []
    assert farm.owner.request("POST", f"/api/v1/push/{browser.id}/try").status == 404


def test_a_camera_that_falls_silent_is_told_of_once_and_when_it_is_back(farm):
    (camera,) = farm.cameras("Weir")
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    farm.later(4 * HOUR_MS)
    assert farm.alerts() == [], "it might be about to come back"
    farm.later(3 * MINUTE_MS)
    (message,) = told(browser, 1)
    assert message["title"] == "Weir fell silent" and message["body"] == "It was last heard 4 hours ago."
    assert message["url"] == f"/?page=camera&camera={camera.id}" and message["camera_id"] == camera.id
    (alert,) = farm.alerts("?open=true")
    assert alert["camera"] == "Weir" and alert["kind"] == "silent" and alert["closed_at"] is None
    (fleet,) = farm.owner.get("/api/v1/fleet").json()["cameras"]
    assert fleet["problems"] == ["silent"]

    farm.later(MINUTE_MS)
    farm.later(MINUTE_MS)
    told(browser, 1)

    farm.send(camera)
    farm.later(MINUTE_MS)
    assert farm.alerts("?open=true"), "one word is no return"
    farm.later(11 * MINUTE_MS)
    first, over = told(browser, 2)
    assert over["title"] == "Weir is back" and over["state"] == "over" and over["tag"] == first["tag"]
    assert [push.headers["urgency"] for push in farm.service.pushes] == ["high", "normal"]
    assert len({push.headers["topic"] for push in farm.service.pushes}) == 1, "the newest takes the place of the other"
    assert farm.alerts("?open=true") == [] and farm.alerts("?open=false")[0]["closed_at"]
    assert farm.owner.get("/api/v1/fleet").json()["cameras"][0]["problems"] == []


def test_nobody_is_silent_whom_nobody_could_hear(farm):
    (camera,) = farm.cameras("Weir")
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    four_hours_without_power = f"UPDATE listening SET seen_at = seen_at - {4 * HOUR_MS}"
    farm.later(4 * HOUR_MS, four_hours_without_power)
    farm.later(3 * MINUTE_MS)
    farm.later(60 * MINUTE_MS)
    assert farm.alerts() == [] and browser.messages() == []
    farm.later(4 * HOUR_MS)
    farm.later(3 * MINUTE_MS)
    told(browser, 1)
    farm.later(4 * HOUR_MS, four_hours_without_power)
    assert farm.alerts("?open=true"), "nor can anybody know that it is back"
    assert camera.id == farm.alerts()[0]["camera_id"]


def test_a_fleet_that_falls_silent_is_one_message(farm):
    farm.cameras(*(f"Trap {number:02}" for number in range(12)))
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    farm.fall_silent()
    (message,) = told(browser, 1)
    assert message["title"] == "12 cameras fell silent" and message["camera_id"] is None
    assert message["url"] == "/?page=fleet"
    assert len(farm.alerts()) == 12
    page = farm.owner.get("/api/v1/alerts?limit=5").json()
    rest = farm.owner.get(f"/api/v1/alerts?limit=100&before={page['next']}").json()
    ids = [alert["id"] for alert in page["alerts"] + rest["alerts"]]
    assert len(set(ids)) == 12 and rest["next"] is None


def test_people_are_told_of_what_they_may_see_and_want_to_know(farm):
    weir, barn = farm.cameras("Weir", "Barn")
    group = farm.owner.request("POST", "/api/v1/groups", {"name": "Water"}).json()["id"]
    farm.owner.request("PUT", f"/api/v1/cameras/{weir.id}/group", {"group": group})
    guest = join(farm.owner, "guest", (group, "viewer"))
    of_guest = subscribe(guest, farm.service, "guest", "silent")
    of_owner = subscribe(farm.owner, farm.service, "owner", "silent")
    unasked = subscribe(farm.owner, farm.service, "unasked", "battery")
    farm.fall_silent()
    assert [message["title"] for message in told(of_guest, 1)] == ["Weir fell silent"]
    assert {message["title"] for message in told(of_owner, 2)} == {"Weir fell silent", "Barn fell silent"}
    assert unasked.messages() == []
    assert [alert["camera"] for alert in guest.get("/api/v1/alerts").json()["alerts"]] == ["Weir"]
    assert guest.get(f"/api/v1/alerts?camera={barn.id}").json()["alerts"] == []
    assert "storage" not in guest.get("/api/v1/push").json()["kinds"]
    assert "storage" in farm.owner.get("/api/v1/push").json()["kinds"]


def test_a_message_waits_for_a_service_that_is_down(farm):
    farm.cameras("Weir")
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    farm.service.statuses["/phone"] = 503
    farm.fall_silent()
    told(browser, 1)
    assert eventually(lambda: farm.owner.get("/api/v1/push").json()["subscriptions"][0]["failing"])
    farm.later(0)
    told(browser, 1)  # its time has not come
    farm.service.statuses.clear()
    farm.later(2 * MINUTE_MS)
    first, again = told(browser, 2)
    assert first == again
    ttl = [int(push.headers["ttl"]) for push in farm.service.pushes]
    assert ttl[1] < ttl[0], "it is news for as long as it was"
    farm.later(2 * MINUTE_MS)
    told(browser, 2)


def test_a_slow_service_holds_up_neither_the_server_nor_its_end(farm):
    farm.cameras("Weir")
    subscribe(farm.owner, farm.service, "phone", "silent")
    farm.service.pause_s = 60
    farm.fall_silent()
    assert eventually(lambda: farm.service.pushes)
    assert farm.owner.get("/api/v1/push").status == 200
    began = time.monotonic()
    farm.server.stop()
    assert time.monotonic() - began < 10
    farm.server.start()


def test_a_browser_is_told_for_one_person(farm):
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    again = farm.owner.request("POST", "/api/v1/push", browser.subscription("clock", "clock"))
    assert again.status == 200 and again.json()["id"] == browser.id
    assert farm.owner.get("/api/v1/push").json()["subscriptions"][0]["kinds"] == ["clock"]
    changed = farm.owner.request("PATCH", f"/api/v1/push/{browser.id}", {"kinds": ["silent", "storage"]})
    assert changed.status == 204
    assert farm.owner.get("/api/v1/push").json()["subscriptions"][0]["kinds"] == ["silent", "storage"]

    guest = join(farm.owner, "guest", (None, "viewer"))
    assert guest.request("DELETE", f"/api/v1/push/{browser.id}").status == 404
    assert guest.request("POST", f"/api/v1/push/{browser.id}/try").status == 404
    taken = guest.request("POST", "/api/v1/push", browser.subscription("silent"))
    assert taken.status == 201
    assert farm.owner.get("/api/v1/push").json()["subscriptions"] == []
    assert guest.request("DELETE", f"/api/v1/push/{taken.json()['id']}").status == 204
    actions = [entry["action"] for entry in farm.owner.get("/api/v1/audit").json()["entries"]]
    assert actions.count("push-added") == 2 and actions.count("push-removed") == 1


def test_whoever_signs_out_is_told_nothing_there_any_more(farm):
    browser = subscribe(farm.owner, farm.service, "phone", "silent")
    guest = join(farm.owner, "guest", (None, "viewer"))
    # Somebody else's, which stays; signed out all the same.
    assert guest.request("DELETE", f"/api/v1/session?browser={browser.id}").status == 204
    assert guest.get("/api/v1/push").status == 401
    other = Visitor(farm.server)
    assert other.sign_in("owner").status == 200
    assert other.request("DELETE", "/api/v1/session?browser=nonsense").status == 204
    assert [one["id"] for one in farm.owner.get("/api/v1/push").json()["subscriptions"]] == [browser.id]

    assert other.sign_in("owner").status == 200
    assert farm.owner.request("DELETE", f"/api/v1/session?browser={browser.id}").status == 204
    assert other.get("/api/v1/push").json()["subscriptions"] == []
    assert other.get("/api/v1/audit").json()["entries"][0]["action"] == "push-removed"


def test_only_services_that_are_known_are_asked(farm):
    browser = Browser(farm.service, "phone", "")
    for endpoint in ("https://evil.example/x", "http://127.0.0.1/x", "https://127.0.0.1@evil.example/"):
        refused = farm.owner.request("POST", "/api/v1/push", browser.subscription("silent") | {"endpoint": endpoint})
        assert refused.status == 422, refused.body
    assert farm.owner.request("POST", "/api/v1/push", browser.subscription("rain")).status == 400
    for number in range(20):
        browser.name = f"phone-{number}"
        assert farm.owner.request("POST", "/api/v1/push", browser.subscription()).status == 201
    browser.name = "one-too-many"
    assert farm.owner.request("POST", "/api/v1/push", browser.subscription()).status == 409


def test_an_endpoint_is_a_secret(farm):
    browser = subscribe(farm.owner, farm.service, "unguessable", "silent")
    farm.service.statuses["/unguessable"] = 500
    farm.owner.request("POST", f"/api/v1/push/{browser.id}/try")
    farm.service.end()
    answer = farm.owner.request("POST", f"/api/v1/push/{browser.id}/try").json()
    assert answer["status"] is None and "unguessable" not in answer["detail"]
    for shown in (farm.owner.get("/api/v1/push").body, farm.owner.get("/api/v1/audit").body, farm.server.log.read_bytes()):
        assert b"unguessable" not in shown
