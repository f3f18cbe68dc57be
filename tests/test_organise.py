"""Stars, tags, notes and filters, as a page asks for them."""

import pytest

from harness.people import Visitor, join, set_up

HOUR_MS = 3_600_000
NOON_MS = 1_795_348_800_000  # 2026-11-22T12:00:00Z


def post(server, path, **body):
    reply = Visitor(server).request("POST", path, body)
    assert reply.status == 200, reply.body
    return reply.json()


@pytest.fixture
def album(server, camera, picture):
    """Six pictures an hour apart; every second one of another camera."""
    meadow = server.add_camera("meadow")
    images = []
    for n in range(6):
        captured = {"Heliograph-Captured-At": str(NOON_MS + n * HOUR_MS)}
        images.append(server.send_image((camera, meadow)[n % 2], picture(n), n, "boot-1", captured).json()["id"])
    post(server, "/api/v1/stars", images=images[:2], starred=True)
    post(server, "/api/v1/tags", images=images[1:4], add=["Codling  Moth", "night"])
    note = Visitor(server).request("PUT", f"/api/v1/images/{images[4]}/note", {"note": " Two moths. \n"})
    assert note.json() == {"id": images[4], "note": "Two moths."}
    return camera.id, meadow.id, images


def listed(server, query):
    return [image["id"] for image in server.get(f"/api/v1/images?{query}").json()["images"]]


def counted(server, query):
    return sum(sum(run["counts"]) for run in server.get(f"/api/v1/histogram?{query}").json()["runs"])


def test_filters_leave_what_they_say_and_count_the_same(server, album):
    orchard, meadow, images = album
    table = {
        "": [5, 4, 3, 2, 1, 0],
        f"camera={orchard}": [4, 2, 0],
        f"camera={orchard}&camera={meadow}": [5, 4, 3, 2, 1, 0],
        "starred=true": [1, 0],
        "noted=true": [4],
        "tag=codling%20moth": [3, 2, 1],
        "tag=NIGHT&starred=true": [1],
        "tag=nobody": [],
        "text=MOTHS": [4],
        f"starred=true&camera={meadow}": [1],
        "hours=13-15": [2, 1],
        "hours=16-13": [5, 4, 0],
        "hours=14-15&offsets=0:60": [1],
        "hours=13-14&offsets=0:30": [1],
        f"hours=14-15&offsets=0:60,{NOON_MS + 3 * HOUR_MS}:-60": [3, 1],
        "group=0000000000001": [],
        f"from={NOON_MS + 2 * HOUR_MS}&tag=night": [3, 2],
    }
    for query, places in table.items():
        assert listed(server, query) == [images[n] for n in places], query
        if not query.startswith("from"):
            assert counted(server, query) == len(places), query


def test_pages_of_a_filter_go_on_where_the_last_one_ended(server, album):
    _, _, images = album
    page = server.get("/api/v1/images?tag=night&limit=2").json()
    assert [image["id"] for image in page["images"]] == [images[3], images[2]]
    rest = server.get(f"/api/v1/images?tag=night&limit=2&cursor={page['next']}").json()
    assert [image["id"] for image in rest["images"]] == [images[1]] and rest["next"] is None


def test_a_picture_tells_its_tags_and_its_note(server, album):
    _, _, images = album
    tagged = server.get(f"/api/v1/images/{images[1]}").json()
    assert (tagged["tags"], tagged["note"]) == (["codling moth", "night"], "")
    assert server.get(f"/api/v1/images/{images[4]}").json()["note"] == "Two moths."
    post(server, "/api/v1/tags", images=[images[1]], remove=["night"])
    assert server.get("/api/v1/tags").json()["tags"] == [
        {"tag": "codling moth", "images": 3},
        {"tag": "night", "images": 2},
    ]
    Visitor(server).request("PUT", f"/api/v1/images/{images[4]}/note", {"note": ""})
    assert listed(server, "noted=true") == []


def test_many_at_once_say_what_came_of_each(server, album):
    _, _, images = album
    nobody = "0000000000001"
    assert post(server, "/api/v1/stars", images=[images[0], nobody], starred=False) == {
        "done": [images[0]],
        "left": [{"id": nobody, "why": "not-found"}],
    }
    post(server, "/api/v1/tags", images=[images[0]], add=[f"tag {n}" for n in range(20)])
    told = post(server, "/api/v1/tags", images=[images[0], images[5]], add=["one more"])
    assert told == {"done": [images[5]], "left": [{"id": images[0], "why": "full"}]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("stars", {"images": [], "starred": True}),
        ("stars", {"images": ["x"], "starred": True}),
        ("stars", {"images": ["0000000000001"]}),
        ("stars", {"images": [f"{n:013d}" for n in range(501)], "starred": True}),
        ("tags", {"images": ["0000000000001"]}),
        ("tags", {"images": ["0000000000001"], "add": ["a,b"]}),
        ("tags", {"images": ["0000000000001"], "add": ["x" * 41]}),
        ("tags", {"images": ["0000000000001"], "add": [f"{n}" for n in range(21)]}),
        ("trash", {"images": "0000000000001"}),
    ],
)
def test_what_makes_no_sense_is_refused_as_a_whole(server, path, body):
    assert Visitor(server).request("POST", f"/api/v1/{path}", body).status == 400


@pytest.mark.parametrize("query", ["camera=x", "group=x", "starred=1", "tag=", "hours=9", "hours=1-30", "offsets=x&hours=1-2"])
def test_filters_without_sense_are_refused(server, query):
    for path in ("images", "histogram"):
        assert server.get(f"/api/v1/{path}?{query}").status == 400, path


def test_everybody_marks_only_what_they_may(new_server, picture):
    server = new_server(login=True).start()
    owner = set_up(server)
    orchard, meadow = server.add_camera("orchard"), server.add_camera("meadow")
    farm = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    owner.request("PUT", f"/api/v1/cameras/{orchard.id}/group", {"group": farm})
    mine = server.send_image(orchard, picture("o"), 1).json()["id"]
    others = server.send_image(meadow, picture("m"), 1).json()["id"]
    farmer = join(owner, "farmer", (farm, "operator"))
    guest = join(owner, "guest", (farm, "operator"), (None, "viewer"))
    for path, rest in (("stars", {"starred": True}), ("tags", {"add": ["moth"]})):
        body = {"images": [mine, others]} | rest
        for who, why in ((farmer, "not-found"), (guest, "forbidden")):
            told = who.request("POST", f"/api/v1/{path}", body).json()
            assert told == {"done": [mine], "left": [{"id": others, "why": why}]}
    owner.request("POST", "/api/v1/tags", {"images": [others], "add": ["secret"]})
    assert [tag["tag"] for tag in farmer.get("/api/v1/tags").json()["tags"]] == ["moth"]
    assert farmer.get("/api/v1/images?tag=secret").json()["images"] == []
    assert [image["id"] for image in owner.get(f"/api/v1/images?group={farm}").json()["images"]] == [mine]
    assert farmer.request("PUT", f"/api/v1/images/{others}/note", {"note": "x"}).status == 404
    assert guest.request("PUT", f"/api/v1/images/{others}/note", {"note": "x"}).status == 403
