"""What moved in pictures, and what programs found in them: told, filtered, listed, and what docs/detections.md tells
people to copy."""

import json
import os
import subprocess
import sys

import pytest

from harness.changes import follow_changes
from harness.people import Visitor, join, make_token, set_up
from harness.pictures import make_picture
from harness.postgres import Postgres
from harness.recipes import for_this_machine, only_recipe
from harness.thumbnails import all_drawn, drawn
from harness.waiting import eventually

MINUTE_MS = 60_000
NOON_MS = 1_795_348_800_000  # 2026-11-22T12:00:00Z
BOX = {"x": 0.25, "y": 0.5, "width": 0.125, "height": 0.0625}


@pytest.fixture(params=["sqlite", "postgresql"])
def either_server(request, new_server, tmp_path):
    config = None
    if request.param == "postgresql":
        database, config = Postgres(tmp_path / "cluster"), tmp_path / "heliograph.toml"
        config.write_text(f'database = "{database.address}"\n')
        request.addfinalizer(database.close)
        database.start()
    server = new_server(config=config).start()
    yield server
    server.stop()


def tell(who: Visitor, image: str, source: str, *detections: dict):
    return who.request("PUT", f"/api/v1/images/{image}/detections", {"source": source, "detections": detections})


def found(label: str, score: float = 0.5, box=None) -> dict:
    return {"label": label, "score": score, "box": box}


def told(source: str, *detections: dict) -> list[dict]:
    return [{"source": source} | detection for detection in detections]


def listed(server, query: str) -> list[str]:
    return [image["id"] for image in server.get(f"/api/v1/images?{query}").json()["images"]]


def counted(server, query: str) -> int:
    return sum(sum(run["counts"]) for run in server.get(f"/api/v1/histogram?{query}").json()["runs"])


def send(server, camera, picture: bytes, n: int) -> str:
    return server.send_image(camera, picture, n, "b", {"Heliograph-Captured-At": str(NOON_MS + n * MINUTE_MS)}).json()["id"]


def test_what_is_told_is_kept_filters_and_is_counted(either_server, picture):
    server, visitor = either_server, Visitor(either_server)
    orchard, meadow = server.add_camera("orchard"), server.add_camera("meadow")
    images = [send(server, (orchard, meadow)[n % 2], picture(n), n) for n in range(4)]
    # Each is the same picture again, which is found out with its thumbnail.
    assert all_drawn(server)
    reply = tell(visitor, images[0], "YOLO v8", found("Codling  Moth", 0.875, BOX), found("leaf", 1))
    first = told("yolo v8", found("codling moth", 0.875, BOX), found("leaf", 1))
    assert (reply.status, reply.json()) == (200, {"id": images[0], "detections": first})
    trap = told("a trap", found("moth", 0.333333))
    assert tell(visitor, images[0], "a trap", found("moth", 1 / 3)).json()["detections"] == trap + first
    assert server.get(f"/api/v1/images/{images[0]}").json()["detections"] == trap + first
    tell(visitor, images[1], "yolo v8", found("leaf"), found("leaf"))
    tell(visitor, images[2], "yolo v8", found("leaf"))
    assert server.get("/api/v1/labels").json()["labels"] == [
        {"label": "leaf", "images": 3},
        {"label": "codling moth", "images": 1},
        {"label": "moth", "images": 1},
    ]
    for query, places in {
        "label=leaf": [2, 1, 0],
        "label=LEAF&limit=500": [2, 1, 0],
        f"label=leaf&camera={orchard.id}": [2, 0],
        f"label=leaf&camera={orchard.id}&camera={meadow.id}": [2, 1, 0],
        "label=codling%20moth": [0],
        "label=wasp": [],
        "motion=true": [],
    }.items():
        assert listed(server, query) == [images[n] for n in places], query
        assert counted(server, query) == len(places), query
    page = server.get("/api/v1/images?label=leaf&limit=2").json()
    assert [image["id"] for image in page["images"]] == [images[2], images[1]]
    assert listed(server, f"label=leaf&limit=2&cursor={page['next']}") == [images[0]]

    # A better look finds less.
    assert tell(visitor, images[2], "yolo v8").json()["detections"] == []
    visitor.request("POST", "/api/v1/trash", {"images": [images[1]]})
    assert listed(server, "label=leaf") == [images[0]] and counted(server, "label=leaf") == 1
    assert server.get("/api/v1/labels").json()["labels"][1] == {"label": "leaf", "images": 1}
    visitor.request("POST", "/api/v1/trash/restore", {"images": [images[1]]})
    assert listed(server, "label=leaf") == [images[1], images[0]]


def test_what_came_is_motion_and_what_stays_is_none(either_server, tmp_path):
    server = either_server
    yard = server.add_camera("yard")

    def look(n: int, thing: float = 0) -> str:
        return send(server, yard, make_picture(tmp_path / "look.jpg", 640, 480, noise=n + 1, thing=thing), n)

    def motion(image: str) -> float | None:
        return server.get(f"/api/v1/images/{image}").json()["image"].get("motion")

    with follow_changes(server) as changes:
        first, second = look(0), look(1)
        came, stayed = look(2, 0.1), look(3, 0.1)
        assert changes.until("image-analysed") == {"id": came, "camera_id": yard.id}
    assert drawn(lambda: motion(stayed) is not None)
    assert (motion(first), motion(second), motion(stayed)) == (None, 0, 0)
    assert 0.08 < motion(came) < 0.14
    assert listed(server, "motion=true") == [came] and counted(server, f"motion=true&camera={yard.id}") == 1
    late = server.send_image(
        yard, make_picture(tmp_path / "late.jpg", 640, 480, noise=9), 9, "b", {"Heliograph-Captured-At": str(NOON_MS + 100 * MINUTE_MS)}
    ).json()
    assert drawn(lambda: server.get(f"/api/v1/images/{late['id']}").json()["image"].get("placeholder"))
    assert motion(late["id"]) is None, "nothing is near enough to compare it with"

    rows = json.loads(server.get("/api/v1/exports/images?format=json").body)
    assert {row["id"]: row["motion"] for row in rows}[came] == motion(came)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"source": "x"}, 400),
        ({"source": "", "detections": []}, 400),
        ({"source": "x" * 65, "detections": []}, 400),
        ({"source": "x", "detections": [found("a")] * 101}, 400),
        ({"source": "x", "detections": [found("a,b")]}, 400),
        ({"source": "x", "detections": [found("a", 2)]}, 400),
        ({"source": "x", "detections": [found("a", 1, BOX | {"x": 640})]}, 400),
        ({"source": "x", "detections": [found("a" * 400)] * 100}, 413),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(server, camera, picture, body, status):
    image = send(server, camera, picture("x"), 1)
    tell(Visitor(server), image, "x", found("moth"))
    assert Visitor(server).request("PUT", f"/api/v1/images/{image}/detections", body).status == status
    assert server.get(f"/api/v1/images/{image}").json()["detections"] == told("x", found("moth"))
    for query in ("label=", "label=a,b", "motion=1"):
        assert server.get(f"/api/v1/images?{query}").status == 400


def test_only_so_many_sources(server, camera, picture):
    image = send(server, camera, picture("x"), 1)
    for n in range(8):
        assert tell(Visitor(server), image, f"source {n}", found("moth")).status == 200
    assert tell(Visitor(server), image, "one more", found("moth")).status == 422
    assert tell(Visitor(server), "0000000000001", "x", found("moth")).status == 404


def test_everybody_tells_and_sees_only_what_they_may(new_server, picture):
    server = new_server(login=True).start()
    owner = set_up(server)
    orchard, meadow = server.add_camera("orchard"), server.add_camera("meadow")
    farm = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    owner.request("PUT", f"/api/v1/cameras/{orchard.id}/group", {"group": farm})
    mine, others = send(server, orchard, picture("o"), 1), send(server, meadow, picture("m"), 1)
    farmer = join(owner, "farmer", (farm, "operator"))
    guest = join(owner, "guest", (None, "viewer"))
    assert tell(guest, mine, "eye", found("moth")).status == 403
    assert tell(farmer, others, "eye", found("moth")).status == 404
    assert tell(make_token(farmer, "read"), mine, "eye", found("moth")).status == 403
    assert tell(make_token(farmer, "control"), mine, "eye", found("moth")).status == 200
    assert tell(owner, others, "eye", found("secret")).status == 200
    assert farmer.get("/api/v1/labels").json()["labels"] == [{"label": "moth", "images": 1}]
    assert farmer.get("/api/v1/images?label=secret").json()["images"] == []
    assert len(guest.get("/api/v1/labels").json()["labels"]) == 2
    server.stop()


@pytest.fixture
def trap(new_server):
    """A server with a login, its owner's token, and a camera."""
    server = new_server(login=True).start()
    token = make_token(set_up(server), "read", "control")
    yield server, token, server.add_camera("trap")
    server.stop()


def test_curl_tells(trap, picture):
    server, token, camera = trap
    image = send(server, camera, picture("x"), 1)
    recipe = for_this_machine(only_recipe("detections.md", "Telling"), server.port, camera.id)
    environment = os.environ | {"TOKEN": token.token, "IMAGE": image}
    subprocess.run(["bash", "-euo", "pipefail", "-c", recipe], env=environment, check=True, timeout=20, stdout=subprocess.DEVNULL)
    (moth,) = token.get(f"/api/v1/images/{image}").json()["detections"]
    assert (moth["label"], moth["score"]) == ("moth", 0.87)


def test_the_program_tells_of_each_picture_that_comes(trap, picture, tmp_path):
    server, token, camera = trap
    recipe = for_this_machine(only_recipe("detections.md", "A program that looks", "python"), server.port, camera.id)
    program = subprocess.Popen([sys.executable, "-c", recipe], env=os.environ | {"TOKEN": token.token})
    numbers = iter(range(1000))
    try:
        # It hears of pictures once it listens, which nobody can see from outside.
        def looked() -> bool:
            assert program.poll() is None, "it ended"
            image = send(server, camera, picture(number := next(numbers)), number)
            return eventually(lambda: token.get(f"/api/v1/images/{image}").json()["detections"], within_s=1)

        assert eventually(looked)
    finally:
        program.kill()
        program.wait()
    assert token.get("/api/v1/labels").json()["labels"][0]["label"] == "moth"
