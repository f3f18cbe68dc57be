"""Every camera at a glance, and where somebody puts it."""

import time

import pytest

from harness.contract import assert_documented
from harness.waiting import eventually

JSON = {"Content-Type": "application/json"}
WEIR = {"lat_e7": 464530000, "lon_e7": 112580000}


def fleet(server, query: str = "") -> list[dict]:
    reply = server.get(f"/api/v1/fleet{query}")
    assert reply.status == 200, reply.body
    assert_documented("getFleet", reply)
    return reply.json()["cameras"]


def of_fleet(server, camera) -> dict:
    return next(one for one in fleet(server) if one["camera"]["id"] == camera.id)


def test_one_answer_tells_of_every_camera(server, camera, picture):
    other = server.add_camera("barn")
    stored = server.upload(camera, picture("p")).json()
    assert server.upload(other, b"no picture").status == 422
    told = '{"boot": "b", "telemetry": "battery_mv=3912, rssi_dbm=-71, spool=4"}'
    assert server.request("POST", "/device/v1/heartbeat", told, camera.bearer | JSON).status == 200
    seen = {one["camera"]["id"]: one for one in fleet(server, f"?since={int(time.time() * 1000) - 60_000}")}
    assert set(seen) == {camera.id, other.id}
    mine = seen[camera.id]
    assert mine["camera"]["last_image"]["id"] == stored["id"]
    assert (mine["battery_mv"], mine["rssi_dbm"], mine["spool"]) == (3912, -71, 4)
    assert sum(mine["days"]) == 1 and len(mine["days"]) == 14
    # A refusal is noted after its answer.
    assert eventually(lambda: (of_fleet(server, other)["last_refusal"] or "").startswith("this is no JPEG"))
    assert seen[other.id]["camera"]["last_image"] is None


def test_a_place_that_was_set_holds_until_it_is_taken_back(server, camera):
    path = f"/api/v1/cameras/{camera.id}/place"
    assert server.request("PUT", path, '{"lat_e7": 464530000, "lon_e7": 112580000}', JSON).status == 204
    told = '{"boot": "b", "telemetry": "lat_e7=1, lon_e7=2"}'
    assert server.request("POST", "/device/v1/heartbeat", told, camera.bearer | JSON).status == 200
    assert fleet(server)[0]["place"] == WEIR | {"by_hand": True}
    assert server.get("/api/v1/map").json()["places"] == [{"camera_id": camera.id} | WEIR | {"by_hand": True}]
    for _ in range(2):  # what is gone need not be taken back twice, nor is that an error
        assert server.request("DELETE", path).status == 204
    assert fleet(server)[0]["place"] == {"lat_e7": 1, "lon_e7": 2, "by_hand": False}


@pytest.mark.parametrize("since", ["0", "tomorrow", "-1", "253402300799999"])
def test_a_day_that_is_not_today_is_refused(server, since):
    assert_documented("getFleet", server.get(f"/api/v1/fleet?since={since}"))
    assert server.get(f"/api/v1/fleet?since={since}").status == 400


@pytest.mark.parametrize(
    "body",
    ['{"lat_e7": 900000001, "lon_e7": 0}', '{"lat_e7": 0}', '{"lat_e7": 0, "lon_e7": 0.5}', '{"lat_e7": 0, "lon_e7": 0, "by_hand": true}', "[]"],
)
def test_a_place_that_is_none_is_refused(server, camera, body):
    reply = server.request("PUT", f"/api/v1/cameras/{camera.id}/place", body, JSON)
    assert reply.status == 400
    assert_documented("placeCamera", reply)
    assert fleet(server)[0]["place"] is None


def test_nobody_places_what_is_not_there(server):
    path = "/api/v1/cameras/0000000000000/place"
    assert server.request("PUT", path, '{"lat_e7": 0, "lon_e7": 0}', JSON).status == 404
    assert server.request("DELETE", path).status == 404
