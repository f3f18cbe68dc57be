"""Tables of what the server knows, read as spreadsheets and programs read them, beside what the API says of the same."""

import csv
import http.client
import io
import json
import re
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from harness.people import Visitor, join, set_up
from harness.pictures import unlike_all_others
from harness.postgres import Postgres
from harness.server import Server
from harness.thumbnails import all_drawn

NOON_MS = 1_795_348_800_000  # 2026-11-22T12:00:00Z
MINUTE_MS = 60_000
MEASURES = ("battery_mv", "rssi_dbm", "lat_e7", "lon_e7", "temperature_mc", "heap_bytes", "uptime_s")
ALL_MEASURES = (*MEASURES, "solar_mv", "spool", "sent_bytes", "reset")
HOSTILE = '=HYPERLINK("http://evil.example";"moth")\n- two;=1+1\n\'tis, "quoted"'


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def fleet(request, tmp_path_factory, photo):
    """A server of either engine with 130 pictures of two cameras, more than a page of an export."""
    folder = tmp_path_factory.mktemp("exports")
    database, config = None, None
    if request.param == "postgresql":
        database, config = Postgres(folder / "cluster"), folder / "heliograph.toml"
        config.write_text(f'database = "{database.address}"\n')
        request.addfinalizer(database.close)
        database.start()
    server = Server(folder / "data", config=config).start()
    request.addfinalizer(server.kill)
    cameras = server.add_camera("orchard"), server.add_camera("+meadow, <b>\u202ewest")
    images = []
    for n in range(130):
        headers = {"Heliograph-Captured-At": str(NOON_MS + n * MINUTE_MS)}
        if n % 3 == 0:
            headers["Heliograph-Telemetry"] = f"battery_mv={3700 + n}, rssi_dbm=-{60 + n % 30}, lat_e7=-{n}, solar_mv={n}"
        images.append(server.send_image(cameras[n % 2], unlike_all_others(photo, str(n)), n, "boot-1", headers).json()["id"])
    change = Visitor(server).request
    change("POST", "/api/v1/stars", {"images": images[:7], "starred": True})
    change("POST", "/api/v1/tags", {"images": images[5:9], "add": ["=night", "codling moth"]})
    change("PUT", f"/api/v1/images/{images[6]}/note", {"note": HOSTILE})
    seen = {"x": 0.5, "y": 0, "width": 0.25, "height": 1}
    for source, label in (("yolo", "moth; =1+1"), ("trap", "moth; =1+1"), ("trap 2", "bee")):
        found = [{"label": label, "score": 0.75, "box": seen}]
        change("PUT", f"/api/v1/images/{images[6]}/detections", {"source": source, "detections": found})
    change("POST", "/api/v1/trash", {"images": [images[100]]})
    # What moved is found out with the thumbnail.
    assert all_drawn(server)
    return server, cameras, images


def as_written(text: str) -> str:
    """Without our apostrophes: one at each place where a cell may begin."""
    plain, begins = "", True
    letters = iter(text)
    for letter in letters:
        if begins and letter == "'":
            letter = next(letters)
        plain += letter
        begins = letter in ";\t\r\n"
    return plain


def resident(server) -> int:
    """Bytes of memory that the server's process has now."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024


def read_csv(reply):
    assert (reply.status, reply.type) == (200, "text/csv")
    assert not reply.body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(reply.body.decode(), newline=""), strict=True))


def read_json(reply):
    assert (reply.status, reply.type) == (200, "application/json")
    rows = json.loads(reply.body)
    assert len(reply.body.splitlines()) == len(rows) + 2, "a line for each row"
    return rows


def ms(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)


def in_pages(server, query):
    ids, cursor = [], ""
    while cursor is not None:
        page = server.get(f"/api/v1/images?{query}&limit=50" + (f"&cursor={cursor}" if cursor else "")).json()
        ids += [image["id"] for image in page["images"]]
        cursor = page["next"]
    return ids


def number(cell: str):
    return int(cell) if cell else None


def test_each_row_is_what_the_api_says_of_the_image(fleet):
    server, cameras, images = fleet
    names = {camera["id"]: camera["name"] for camera in server.get("/api/v1/cameras").json()["cameras"]}
    in_json = read_json(server.get("/api/v1/exports/images?format=json"))
    in_csv = read_csv(server.get("/api/v1/exports/images"))
    assert [row["id"] for row in in_json] == [row["id"] for row in in_csv] == in_pages(server, "")
    assert len(in_json) == 129, "what is in the trash is not in it"
    for row, cells in zip(in_json, in_csv, strict=True):
        detail = server.get(f"/api/v1/images/{row['id']}").json()
        image = detail["image"]
        same = ("id", "filename", "camera_id", "width", "height", "size_bytes", "starred", "salvaged")
        assert {name: row[name] for name in same} == {name: image[name] for name in same}
        assert (row["camera"], row["sha256"]) == (names[image["camera_id"]], detail["sha256"])
        assert (ms(row["captured_at"]), ms(row["received_at"])) == (image["captured_at"], image["received_at"])
        assert (row["tags"], row["note"]) == (detail["tags"], detail["note"])
        told = detail["telemetry"] or {}
        assert {name: row[name] for name in MEASURES} == {name: told.get(name) for name in MEASURES}
        assert (row["motion"], row["detections"]) == (image.get("motion"), detail["detections"])
        assert row["labels"] == sorted({found["label"] for found in detail["detections"]})
        assert list(cells) == list(row)
        assert json.loads(as_written(cells["detections"])) == row["detections"]
        assert as_written(cells["labels"]) == ",".join(row["labels"])
        assert (float(cells["motion"]) if cells["motion"] else None) == row["motion"]
        assert as_written(cells["camera"]) == row["camera"]
        assert (as_written(cells["tags"]), as_written(cells["note"])) == (",".join(row["tags"]), row["note"])
        assert (cells["starred"], cells["salvaged"]) == (str(int(row["starred"])), "0")
        for name in ("filename", "camera_id", "captured_at", "received_at", "sha256"):
            assert cells[name] == row[name]
        for name in ("width", "height", "size_bytes", *MEASURES):
            assert number(cells[name]) == row[name]
    assert [row["labels"] for row in in_json if row["labels"]] == [["bee", "moth; =1+1"]]
    noted = next(row for row in in_csv if row["note"])
    assert noted["note"] == '\'=HYPERLINK("http://evil.example";"moth")\n\'- two;\'=1+1\n\'\'tis, "quoted"'
    assert noted["tags"] == "'=night,codling moth"
    assert {row["camera"][0] for row in in_csv} == {"o", "'"}


def test_filters_choose_what_they_choose_in_the_gallery(fleet):
    server, (orchard, meadow), _ = fleet
    span = f"from={NOON_MS + 10 * MINUTE_MS}&to={NOON_MS + 20 * MINUTE_MS}"
    for query in ("starred=true", "label=bee", "motion=true", "tag=%3Dnight", f"camera={orchard.id}", "hours=13-14", "text=TIS", span, "tag=nobody"):
        expected = in_pages(server, query)
        assert [row["id"] for row in read_csv(server.get(f"/api/v1/exports/images?{query}"))] == expected, query
        assert [row["id"] for row in read_json(server.get(f"/api/v1/exports/images?format=json&{query}"))] == expected
    for query in ("format=xls", "hours=5", "camera=none", "from=x"):
        assert server.get(f"/api/v1/exports/images?{query}").status == 400, query


def test_a_selection_keeps_its_order(fleet):
    server, _, images = fleet
    wanted = [*images[3:120], images[0], images[100], "0000000000001"]
    reply = Visitor(server).request("POST", "/api/v1/exports/images?format=json", {"images": wanted})
    there = [one for one in wanted[:-1] if one != images[100]]
    assert [row["id"] for row in read_json(reply)] == list(dict.fromkeys(there))
    for body in ({"images": []}, {"images": [f"{n:013d}" for n in range(5001)]}, {}):
        assert Visitor(server).request("POST", "/api/v1/exports/images", body).status == 400


def test_measurements_are_those_of_the_series(fleet):
    server, (orchard, _), _ = fleet
    span = f"from={NOON_MS + MINUTE_MS}&to={NOON_MS + 125 * MINUTE_MS}"
    for step in ("", f"&step={20 * MINUTE_MS}"):
        spans = server.get(f"/api/v1/cameras/{orchard.id}/telemetry?{span}{step or f'&step={5 * MINUTE_MS}'}").json()["spans"]
        rows = read_json(server.get(f"/api/v1/cameras/{orchard.id}/telemetry/export?format=json&{span}{step}"))
        assert [ms(row["at"]) for row in rows] == [one["at"] for one in spans] and len(rows) > 5
        for row, one in zip(rows, spans, strict=True):
            for name in ALL_MEASURES:
                assert (row[f"{name}_least"], row[f"{name}_most"]) == (one["least"].get(name), one["most"].get(name))
        cells = read_csv(server.get(f"/api/v1/cameras/{orchard.id}/telemetry/export?{span}{step}"))
        assert [{name: value for name, value in row.items() if value} for row in cells] == [
            {name: str(value) for name, value in row.items() if value is not None} for row in rows
        ]
    years = read_json(server.get(f"/api/v1/cameras/{orchard.id}/telemetry/export?format=json&from=0&to=4102444800000"))
    assert years[0]["battery_mv_least"] == 3700 and len(years) > len(rows), "of all times, page by page"
    assert server.get("/api/v1/cameras/0000000000001/telemetry/export").status == 404
    assert server.get(f"/api/v1/cameras/{orchard.id}/telemetry/export?from=5&to=5").status == 400


def test_files_have_names(fleet):
    server, (orchard, meadow), _ = fleet
    for path, of in (
        ("exports/images?", "pictures"),
        (f"cameras/{orchard.id}/telemetry/export?", "telemetry-orchard"),
        (f"cameras/{meadow.id}/telemetry/export?", "telemetry-meadow-b-west"),
    ):
        for form in ("csv", "json"):
            said = server.request("HEAD", f"/api/v1/{path}format={form}").headers["content-disposition"]
            assert said.startswith(f'attachment; filename="heliograph-{of}-20') and said.endswith(f'.{form}"'), said


def test_only_so_many_are_sent_at_once(fleet):
    server, _, _ = fleet
    waiting = []
    for _ in range(20):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/api/v1/exports/images?format=json")
        waiting.append(connection)
    answers = [connection.getresponse() for connection in waiting]
    assert {answer.status for answer in answers} <= {200, 503}
    assert sum(answer.status == 200 for answer in answers) >= 4
    for answer in answers:
        answer.read()
    assert server.get("/api/v1/exports/images").status == 200, "places are given back"


def test_pictures_of_a_removed_camera_stay(server, camera, picture):
    image = server.send_image(camera, picture("x"), 1).json()["id"]
    assert server.request("DELETE", f"/api/v1/cameras/{camera.id}").status == 204
    for reply in (
        server.get("/api/v1/exports/images?format=json"),
        Visitor(server).request("POST", "/api/v1/exports/images?format=json", {"images": [image]}),
    ):
        assert [(row["id"], row["camera"]) for row in read_json(reply)] == [(image, "orchard")]


def test_a_hundred_thousand_rows_cost_a_page_of_memory(new_server, picture):
    rows = 100_000
    server = new_server().start()
    server.send_image(server.add_camera("orchard"), picture("x"), 1)
    server.stop()
    with sqlite3.connect(server.data / "heliograph.sqlite") as catalog:
        catalog.execute(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?) "
            "INSERT INTO image (id, camera_id, captured_at, received_at, sha256, size_bytes, width, height, note) "
            "SELECT n, camera_id, captured_at - n, received_at, sha256, size_bytes, width, height, ? FROM image, n",
            (rows - 1, "a note of some length " * 10),
        )
    server.start()
    memory = resident(server)
    in_csv = read_csv(server.get("/api/v1/exports/images"))
    assert len({row["id"] for row in in_csv}) == len(in_csv) == rows
    assert resident(server) - memory < 8 << 20


def test_nobody_exports_what_they_do_not_see(new_server, picture):
    server = new_server(login=True).start()
    owner = set_up(server)
    orchard, meadow = server.add_camera("orchard"), server.add_camera("meadow")
    farm = owner.request("POST", "/api/v1/groups", {"name": "Farm"}).json()["id"]
    owner.request("PUT", f"/api/v1/cameras/{orchard.id}/group", {"group": farm})
    images = [server.send_image(camera, picture(camera.name), 1).json()["id"] for camera in (orchard, meadow)]
    farmer = join(owner, "farmer", (farm, "viewer"))
    assert [row["id"] for row in read_json(farmer.get("/api/v1/exports/images?format=json"))] == images[:1]
    chosen = farmer.request("POST", "/api/v1/exports/images?format=json", {"images": images})
    assert [row["id"] for row in read_json(chosen)] == images[:1]
    assert read_json(farmer.get(f"/api/v1/exports/images?format=json&camera={meadow.id}")) == []
    assert farmer.get(f"/api/v1/cameras/{meadow.id}/telemetry/export").status == 404
