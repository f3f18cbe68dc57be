"""Names that lead elsewhere or mean more than a name: whatever a camera or its picture is called, the picture lies in
the data directory under a name of ours, and no answer has a field that a sender wrote."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from harness import dialects
from harness.server import Reply

HOSTILE = {
    "parents": "../../../outside",
    "parents of Windows": "..\\..\\outside",
    "root": "/tmp/outside",
    "encoded parents": "%2e%2e%2foutside",
    "twice encoded parents": "%252e%252e%252foutside",
    "a line end": "a\r\nX-Evil: 1",
    "an encoded line end": "a%0d%0aX-Evil: 1",
    "NUL": "a.jpg\0.html",
    "markup": '"><script>alert(1)</script>.html',
    "an SVG": "picture.svg",
    "a shell": "$(reboot);`reboot`|reboot",
    "a hidden file": ".htaccess",
    "long": "x" * 1500,
}
IMAGE = re.compile(r"images/[a-z0-9-]+/\d{4}/\d\d/\d\d/\d{8}T\d{6}\.\d{3}Z-[0-9a-z]{13}\.jpg")


def pictures_of(server) -> set[str]:
    files = (file for file in server.data.rglob("*") if file.is_file())
    names = {str(file.relative_to(server.data)) for file in files}
    return {name for name in names if not re.match(r"(heliograph\.|lock|thumbnails/|uploads/|fsck)", name)}


def encoded(name: str) -> str:
    """As in an address, where no NUL may be: test_bad_requests.py sends one."""
    return quote(name.replace("\0", ""), safe="")


def beside(server) -> set[Path]:
    return {path for path in server.data.parent.rglob("*") if server.data not in path.parents}


def assert_stored_under_a_name_of_ours(server, reply: Reply, around: set[Path]) -> None:
    assert reply.status == 200, reply.body
    stored = pictures_of(server)
    assert len(stored) == 1 and all(IMAGE.fullmatch(name) for name in stored), stored
    assert beside(server) == around
    assert "x-evil" not in reply.headers and "location" not in reply.headers
    assert server.original(next(iter(stored)).rpartition("/")[2]).startswith(b"\xff\xd8")


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_the_file_of_a_form(server, camera, photo, name):
    around = beside(server)
    part = dialects.part("b", f'name="image"; filename="{name}"', photo, "text/html")
    form = dialects.form("b", part)
    reply = server.raw(dialects.request(f"POST /u/{camera.key}/x", [dialects.form_type("b")], form))
    assert_stored_under_a_name_of_ours(server, reply, around)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_the_file_of_a_path(server, camera, photo, name):
    around = beside(server)
    reply = server.request("PUT", f"/u/{camera.key}/{encoded(name.replace('/', '_'))}", photo)
    assert_stored_under_a_name_of_ours(server, reply, around)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_the_camera_that_a_sender_says_it_is(server, camera, photo, name):
    around = beside(server)
    query = "&".join(f"{field}={encoded(name)}" for field in ("camera", "device_id", "trap_id"))
    reply = server.request("POST", f"/upload?{query}", photo, camera.bearer)
    assert_stored_under_a_name_of_ours(server, reply, around)


@pytest.mark.parametrize(
    "name",
    ["../../../outside", "/tmp/outside", "..", ".", "~", "$(reboot)", "..\\..\\outside", "%2e%2e%2foutside", "CON", "<b>"],
)
def test_the_camera_that_the_owner_adds(server, photo, name):
    around = beside(server)
    reply = server.upload(server.add_camera(name), photo)
    assert_stored_under_a_name_of_ours(server, reply, around)
    assert server.get("/api/v1/cameras").json()["cameras"][0]["name"] == name
