"""The trash with the real program: pictures go in, come back, and go for good; whatever dies in between."""

import sqlite3
import time

from harness.changes import follow_changes
from harness.people import Visitor, join, set_up
from harness.programs import heliograph_json
from harness.sharing import Guest, share
from harness.waiting import eventually

DAY_MS = 86_400_000


def post(server, path, **body):
    reply = Visitor(server).request("POST", path, body)
    assert reply.status == 200, reply.body
    return reply.json()


def shown(server, query=""):
    return [image["id"] for image in server.get(f"/api/v1/images?{query}").json()["images"]]


def thrown_away(server):
    return [entry["image"]["id"] for entry in server.get("/api/v1/trash").json()["images"]]


def age(server, days, *columns):
    """As if the days had passed since."""
    with sqlite3.connect(server.data / "heliograph.sqlite") as catalog:
        for column in columns:
            catalog.execute(f"UPDATE image SET {column} = {column} - ?", (int(days * DAY_MS),))


def send(server, camera, picture, count):
    return [server.send_image(camera, picture(f"p{n}"), n).json() for n in range(count)]


def test_pictures_leave_and_come_back(server, camera, picture):
    first, second, third = send(server, camera, picture, 3)
    file = next((server.data / "images").rglob(second["filename"]))
    with follow_changes(server) as changes:
        told = post(server, "/api/v1/trash", images=[second["id"], "0000000000001"])
        assert told == {"done": [second["id"]], "left": [{"id": "0000000000001", "why": "not-found"}]}
        assert changes.until("images-removed") is None
        assert shown(server) == [third["id"], first["id"]] and thrown_away(server) == [second["id"]]
        assert server.get(f"/api/v1/images/{second['id']}").status == 404
        assert server.get("/api/v1/cameras").json()["cameras"][0]["image_count"] == 2
        runs = server.get("/api/v1/histogram").json()["runs"]
        assert sum(sum(run["counts"]) for run in runs) == 2
        assert file.exists() and server.original(second["filename"]) == picture("p1"), "whoever may restore it sees it"
        assert server.send_image(camera, picture("p1"), 1).json()["id"] == second["id"], "a repeat is answered as before"
        assert shown(server) == [third["id"], first["id"]]

        assert post(server, "/api/v1/trash/restore", images=[second["id"]])["done"] == [second["id"]]
        assert changes.until("images-restored") is None
    assert len(shown(server)) == 3 and thrown_away(server) == []
    server.assert_fsck_finds_nothing()


def test_the_entry_says_when_it_goes(server, camera, picture):
    (image,) = send(server, camera, picture, 1)
    post(server, "/api/v1/trash", images=[image["id"]])
    page = server.get("/api/v1/trash").json()
    (entry,) = page["images"]
    assert page["keep_days"] == 30 and page["next"] is None
    assert entry["goes_at"] - entry["trashed_at"] == 30 * DAY_MS
    assert abs(entry["trashed_at"] - time.time() * 1000) < 60_000
    assert entry["image"]["id"] == image["id"]


def test_it_comes_in_pages(server, camera, picture):
    ids = [image["id"] for image in send(server, camera, picture, 5)]
    post(server, "/api/v1/trash", images=ids)
    seen, cursor = [], ""
    while cursor is not None:
        page = server.get(f"/api/v1/trash?limit=2{cursor and '&cursor=' + cursor}").json()
        seen += [entry["image"]["id"] for entry in page["images"]]
        cursor = page["next"]
    assert seen == ids[::-1]
    assert server.get("/api/v1/trash?cursor=x").status == 400


def test_a_star_keeps_a_picture_out(server, camera, picture):
    starred, other = send(server, camera, picture, 2)
    server.request("PUT", f"/api/v1/images/{starred['id']}/star")
    told = post(server, "/api/v1/trash", images=[starred["id"], other["id"]])
    assert told == {"done": [other["id"]], "left": [{"id": starred["id"], "why": "starred"}]}
    assert shown(server) == [starred["id"]]
    assert server.request("PUT", f"/api/v1/images/{other['id']}/star").status == 404


def test_emptying_leaves_what_has_just_arrived(server, camera, picture):
    old = send(server, camera, picture, 3)
    age(server, 1, "received_at")
    young = server.send_image(camera, picture("young"), 9).json()
    post(server, "/api/v1/trash", images=[image["id"] for image in (*old[:2], young)])
    files = [next((server.data / "images").rglob(image["filename"])) for image in old[:2]]
    assert server.request("DELETE", "/api/v1/trash").json() == {"removed": 2, "left": 1}
    assert thrown_away(server) == [young["id"]] and shown(server) == [old[2]["id"]]
    assert eventually(lambda: not any(file.exists() for file in files)), "the files follow the rows"
    server.assert_fsck_finds_nothing()


def test_its_time_is_over_after_so_many_days(new_server, tmp_path, picture):
    config = tmp_path / "heliograph.toml"
    config.write_text("trash_days = 7\n")
    server = new_server(config=config).start()
    camera = server.add_camera()
    images = send(server, camera, picture, 3)
    post(server, "/api/v1/trash", images=[images[0]["id"]])
    server.stop()
    age(server, 8, "trashed_at", "received_at")
    server.start()
    post(server, "/api/v1/trash", images=[images[1]["id"]])
    assert server.get("/api/v1/trash").json()["keep_days"] == 7
    server.stop()
    went = heliograph_json("retention", "run", *server.where)
    assert went["from_trash"] == 1 and went["images"] == 0
    assert not list((server.data / "images").rglob(images[0]["filename"]))
    server.start()
    assert thrown_away(server) == [images[1]["id"]] and shown(server) == [images[2]["id"]]
    server.assert_fsck_finds_nothing()


def test_nothing_is_lost_when_the_server_dies(server, camera, picture):
    images = send(server, camera, picture, 4)
    age(server, 1, "received_at")
    post(server, "/api/v1/trash", images=[image["id"] for image in images[:3]])
    server.kill()
    server.start()
    assert thrown_away(server) == [image["id"] for image in images[2::-1]], "what was answered is durable"
    post(server, "/api/v1/trash/restore", images=[images[0]["id"]])
    removed = server.request("DELETE", "/api/v1/trash").json()
    server.kill()  # the files of two rows may be there still
    server.start()
    assert removed == {"removed": 2, "left": 0}
    assert thrown_away(server) == [] and shown(server) == [images[3]["id"], images[0]["id"]]
    server.assert_fsck_finds_nothing()


def test_a_shared_link_does_not_show_it(new_server, picture):
    server = new_server(login=True).start()
    owner = set_up(server)
    camera = server.add_camera()
    images = send(server, camera, picture, 2)
    whole = Guest(server, share(owner, kind="camera", camera=camera.id))
    single = Guest(server, share(owner, kind="image", image=images[0]["id"]))
    for guest in (whole, single):
        assert guest.open().status == 200 and guest.sees(images[0]["filename"])
    assert owner.request("POST", "/api/v1/trash", {"images": [images[0]["id"]]}).status == 200
    for guest, left in ((whole, [images[1]["filename"]]), (single, [])):
        assert guest.filenames() == left and guest.counted() == len(left)
        assert not guest.sees(images[0]["filename"])
    owner.request("POST", "/api/v1/trash/restore", {"images": [images[0]["id"]]})
    assert single.sees(images[0]["filename"]) and single.filenames() == [images[0]["filename"]]


def test_it_is_for_those_who_may_take_out_of_it_and_stands_in_the_audit_log(new_server, picture):
    server = new_server(login=True).start()
    owner = set_up(server)
    orchard, meadow = server.add_camera("orchard"), server.add_camera("meadow")
    farm = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    owner.request("PUT", f"/api/v1/cameras/{orchard.id}/group", {"group": farm})
    mine = [server.send_image(orchard, picture(f"o{n}"), n).json() for n in range(2)]
    (other,) = [server.send_image(meadow, picture("m"), 1).json()]
    hand = join(owner, "hand", (farm, "operator"), (None, "viewer"))
    viewer = join(owner, "viewer", (None, "viewer"))
    told = hand.request("POST", "/api/v1/trash", {"images": [mine[0]["id"], other["id"]]}).json()
    assert told == {"done": [mine[0]["id"]], "left": [{"id": other["id"], "why": "forbidden"}]}
    owner.request("POST", "/api/v1/trash", {"images": [other["id"]]})
    assert thrown_away(hand) == [mine[0]["id"]] and thrown_away(owner) == [other["id"], mine[0]["id"]]
    for path in (f"/uploads/{mine[0]['filename']}", f"/thumbnails/{mine[0]['filename']}"):
        assert (hand.get(path).status, viewer.get(path).status) == (200, 404)
    assert hand.request("DELETE", "/api/v1/trash").status == 403, "what is gone for good is an administrator's"
    assert hand.request("POST", "/api/v1/trash/restore", {"images": [other["id"]]}).json()["done"] == []
    entries = owner.get("/api/v1/audit").json()["entries"]
    assert ("hand", "images-trashed", "1 picture of orchard") in {
        (entry["actor"], entry["action"], entry["subject"]) for entry in entries
    }


def test_pictures_of_a_camera_that_was_removed_go_and_are_noted(new_server, picture):
    server = new_server(login=True).start()
    owner = set_up(server)
    orchard = server.add_camera("orchard")
    first, second = send(server, orchard, picture, 2)
    assert owner.request("DELETE", f"/api/v1/cameras/{orchard.id}").status in (200, 204)
    told = owner.request("POST", "/api/v1/trash", {"images": [first["id"], second["id"]]})
    assert told.status == 200 and sorted(told.json()["done"]) == sorted([first["id"], second["id"]])
    entries = owner.get("/api/v1/audit").json()["entries"]
    assert ("images-trashed", "2 pictures of orchard") in {(entry["action"], entry["subject"]) for entry in entries}
