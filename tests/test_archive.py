"""Many pictures as one ZIP, looked at with Python's own reader and with Info-ZIP's."""

import http.client
import io
import re
import subprocess
import zipfile
from pathlib import Path

from harness.people import Visitor, join, set_up
from harness.programs import heliograph
from harness.server import Server


def ask(server, body=None, query=""):
    reply = Visitor(server).request("POST", f"/api/v1/archives{query}", body)
    assert reply.status == 201, reply.body
    return reply.json()


def fetch(server, ready):
    reply = server.get(ready["url"])
    assert (reply.status, reply.type) == (200, "application/zip")
    assert int(reply.headers["content-length"]) == len(reply.body) == ready["size_bytes"]
    return zipfile.ZipFile(io.BytesIO(reply.body))


def resident(server) -> int:
    """Bytes of memory that the server's process has now."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024


def run_unzip(tmp_path, body: bytes) -> subprocess.CompletedProcess:
    (tmp_path / "a.zip").write_bytes(body)
    return subprocess.run(["unzip", "-tq", tmp_path / "a.zip"], capture_output=True, text=True, timeout=60)


def test_a_selection_has_each_original_under_its_name(server, camera, picture, tmp_path):
    sent = [server.send_image(camera, picture(n), n).json() for n in range(4)]
    chosen = [image["id"] for image in sent[:3]]
    Visitor(server).request("POST", "/api/v1/trash", {"images": [chosen[2]]})
    ready = ask(server, {"images": [*chosen, "0000000000001"]})
    assert ready["images"] == 2
    archive = fetch(server, ready)
    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == {
        f"orchard/{image['filename']}": picture(n) for n, image in enumerate(sent[:2])
    }
    assert archive.comment.rstrip() == b"Heliograph: 2 pictures"
    head = server.request("HEAD", ready["url"])
    assert head.headers["content-length"] == str(ready["size_bytes"]) and head.body == b""
    body = server.get(ready["url"]).body
    done = run_unzip(tmp_path, body)
    assert done.returncode == 0, done.stdout + done.stderr


def fill(server: Server, photo: bytes, count: int) -> None:
    """A data directory with so many pictures, as if a camera had sent them: `rebuild` reads them."""
    day = server.data / "images/orchard/2026/11/22"
    day.mkdir(parents=True)
    for n in range(count):
        time = f"20261122T{n // 3600:02d}{n // 60 % 60:02d}{n % 60:02d}.000Z"
        (day / f"{time}-{n + 1:013d}.jpg").write_bytes(photo)
    heliograph("rebuild", *server.where)


def test_three_thousand_pictures_of_a_filter(new_server, photo, tmp_path):
    server = new_server()
    fill(server, photo, 3000)
    server.start()
    memory = resident(server)
    ready = ask(server)
    assert ready["images"] == 3000
    archive = fetch(server, ready)
    assert len(archive.namelist()) == 3000 and archive.testzip() is None
    assert resident(server) - memory < 32 << 20
    first_minutes = ask(server, query="?from=1795305600000&to=1795305660000&hours=0-1")
    assert first_minutes["images"] == 60


def test_a_picture_that_is_removed_meanwhile_is_left_out(server, camera, picture, tmp_path):
    sent = [server.send_image(camera, picture(n), n).json() for n in range(5)]
    ready = ask(server)
    for image in sent[1:3]:
        next((server.data / "images").rglob(image["filename"])).unlink()
    reply = server.get(ready["url"])
    assert len(reply.body) == ready["size_bytes"]
    archive = zipfile.ZipFile(io.BytesIO(reply.body))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == sorted(f"orchard/{sent[n]['filename']}" for n in (0, 3, 4))
    assert b"3 pictures; 2 were removed meanwhile" in archive.comment
    done = run_unzip(tmp_path, reply.body)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_reader_who_takes_nothing_holds_little(new_server, photo):
    server = new_server()
    fill(server, photo, 2000)
    server.start()
    ready = ask(server)
    memory = resident(server)
    waiting = []
    for _ in range(8):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", ready["url"])
        waiting.append(connection.getresponse())
    assert resident(server) - memory < 32 << 20
    assert server.get(ready["url"]).status == 503, "so many are sent at once"
    assert server.get("/api/v1/images").status == 200
    for response in waiting:
        response.close()


def test_what_cannot_be_an_archive_is_refused(server, camera, picture):
    assert server.request("POST", "/api/v1/archives").status == 404, "there is nothing to put into it"
    server.send_image(camera, picture("x"), 1)
    for body in ({"images": []}, {"images": [f"{n:013d}" for n in range(5001)]}, {"all": True}):
        assert Visitor(server).request("POST", "/api/v1/archives", body).status == 400, body
    assert server.request("POST", "/api/v1/archives?tag=").status == 400
    assert server.get("/api/v1/archives/none").status == 404


def test_it_is_only_for_whoever_asked(new_server, picture):
    server = new_server(login=True).start()
    owner = set_up(server)
    orchard, meadow = server.add_camera("orchard"), server.add_camera("meadow")
    farm = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    owner.request("PUT", f"/api/v1/cameras/{orchard.id}/group", {"group": farm})
    images = [server.send_image(camera, picture(camera.name), 1).json() for camera in (orchard, meadow)]
    farmer = join(owner, "farmer", (farm, "viewer"))
    ready = farmer.request("POST", "/api/v1/archives", {"images": [image["id"] for image in images]}).json()
    assert ready["images"] == 1, "what they do not see is not in it"
    assert owner.get(ready["url"]).status == 404
    assert farmer.get(ready["url"]).status == 200
    owner.request("PUT", f"/api/v1/people/{farmer.id}/grants", {"grants": [{"group": None, "role": "viewer"}]})
    assert farmer.get(ready["url"]).status == 200
    owner.request("PUT", f"/api/v1/cameras/{orchard.id}/group", {"group": None})
    owner.request("PUT", f"/api/v1/people/{farmer.id}/grants", {"grants": [{"group": farm, "role": "viewer"}]})
    assert farmer.get(ready["url"]).status in (403, 404), "nor what they may see no more"
