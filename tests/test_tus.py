"""Resumable uploads as the protocol says: broken off, gone on with, repeated, killed in the middle."""

import base64
import hashlib
import json
import socket
import threading
import time

import pytest

from harness.pictures import grown_to
from harness.server import Reply, read_reply
from harness.waiting import eventually

UPLOADS = "/device/v1/uploads"
PIECE = {"Content-Type": "application/offset+octet-stream"}
SETTLE_S = 5  # until the server has noticed that a connection is gone


class Tus:
    """What one camera asks of its uploads."""

    def __init__(self, server, camera):
        self.server, self.camera = server, camera
        self.headers = camera.bearer | {"Tus-Resumable": "1.0.0"}

    def create(self, sequence: int, length: int, body=None, **more: str) -> Reply:
        name = {"Heliograph-Boot": "tus", "Heliograph-Sequence": str(sequence), "Upload-Length": str(length)}
        kind = PIECE if body is not None else {}
        more = {key.replace("_", "-"): value for key, value in more.items()}
        return self.server.request("POST", UPLOADS, body, self.headers | name | kind | more)

    def begin(self, sequence: int, length: int) -> str:
        reply = self.create(sequence, length)
        assert reply.status == 201, reply.body
        return reply.headers["location"]

    def head(self, where: str) -> Reply:
        return self.server.request("HEAD", where, None, self.headers)

    def offset(self, where: str) -> int:
        give_up = time.monotonic() + SETTLE_S
        while (reply := self.head(where)).status == 423 and time.monotonic() < give_up:
            time.sleep(0.01)  # it is being stored
        assert reply.status == 200
        return int(reply.headers["upload-offset"])

    def patch(self, where: str, offset: int, body: bytes, **more: str) -> Reply:
        more = {key.replace("_", "-"): value for key, value in more.items()}
        return self.server.request(
            "PATCH", where, body, self.headers | PIECE | {"Upload-Offset": str(offset)} | more
        )

    def delete(self, where: str) -> Reply:
        return self.server.request("DELETE", where, None, self.headers)

    def start_patch(self, where: str, offset: int, length: int, body: bytes) -> socket.socket:
        """A PATCH that announces `length` bytes and has sent only `body` of them."""
        lines = self.headers | PIECE | {"Upload-Offset": str(offset), "Content-Length": str(length)}
        head = f"PATCH {where} HTTP/1.1\r\nHost: localhost\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
        stream = self.server.connect()
        stream.sendall(head.encode() + body)
        return stream


@pytest.fixture
def tus(server, camera) -> Tus:
    return Tus(server, camera)


def stored_as(server, image_id: str) -> bytes:
    return server.original(server.get(f"/api/v1/images/{image_id}").json()["image"]["filename"])


def partial_files(server) -> list:
    return list((server.data / "uploads").iterdir())


def test_one_round_trip_when_all_goes_well(server, tus, picture):
    sent = picture("whole")
    reply = tus.create(1, len(sent), sent)
    assert reply.status == 201 and reply.headers["tus-resumable"] == "1.0.0"
    assert reply.headers["upload-offset"] == str(len(sent))
    assert reply.headers["heliograph-image"] == reply.json()["id"]
    assert stored_as(server, reply.json()["id"]) == sent
    again = tus.head(reply.headers["location"])  # the answer may have been lost
    assert again.headers["upload-offset"] == again.headers["upload-length"] == str(len(sent))
    assert again.headers["heliograph-image"] == reply.json()["id"]
    assert again.headers["cache-control"] == "no-store"
    assert tus.patch(reply.headers["location"], len(sent), b"").status == 204
    assert not partial_files(server)


def test_piece_by_piece(server, tus, picture):
    sent = picture("pieces")
    where = tus.begin(1, len(sent))
    assert tus.offset(where) == 0
    for at in range(0, len(sent), 1000):
        reply = tus.patch(where, at, sent[at : at + 1000])
        assert reply.status == 204 and reply.headers["upload-offset"] == str(min(at + 1000, len(sent)))
    assert stored_as(server, reply.headers["heliograph-image"]) == sent
    assert server.image_count() == 1


def test_the_last_piece_is_answered_with_orders(server, tus, camera, picture):
    headers = {"Content-Type": "application/json"}
    made = server.request("POST", f"/api/v1/cameras/{camera.id}/commands", '{"name": "capture"}', headers)
    body = picture("ordered")
    where = tus.begin(1, len(body))
    first = tus.patch(where, 0, body[:100])
    assert first.status == 204 and "heliograph-orders" not in first.headers
    last = tus.patch(where, 100, body[100:])
    assert last.status == 204 and last.headers["heliograph-image"]
    assert json.loads(last.headers["heliograph-orders"])["command"]["id"] == made.json()["id"]


def test_broken_off_and_gone_on_with(server, tus, picture):
    sent = picture("broken")
    where = tus.begin(1, len(sent))
    with tus.start_patch(where, 0, len(sent), sent[:3000]):
        assert eventually(lambda: any(file.stat().st_size == 3000 for file in partial_files(server)))
    # What counts is what has been made durable, which follows the end of the connection.
    assert eventually(lambda: tus.offset(where) == 3000)
    assert tus.patch(where, 3000, sent[3000:]).status == 204
    assert server.image_count() == 1


def test_a_first_request_that_broke_off_is_found_by_its_name(server, tus, picture):
    sent = picture("lost address")
    headers = tus.headers | PIECE | {"Heliograph-Boot": "tus", "Heliograph-Sequence": "1"}
    headers |= {"Upload-Length": str(len(sent)), "Content-Length": str(len(sent))}
    head = f"POST {UPLOADS} HTTP/1.1\r\nHost: x\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items())
    with server.connect() as stream:
        stream.sendall(head.encode() + b"\r\n" + sent[:2000])
        assert eventually(lambda: any(file.stat().st_size == 2000 for file in partial_files(server)))
    reply = tus.create(1, len(sent))
    assert reply.status == 201 and reply.headers["upload-offset"] == "2000" and "id" not in reply.json()
    # Or simply all of it once more: what is here already is not written again.
    whole = tus.create(1, len(sent), sent)
    assert whole.headers["location"] == reply.headers["location"]
    assert stored_as(server, whole.json()["id"]) == sent


def test_the_latest_request_has_the_upload(tus, picture, server):
    sent = picture("two at once")
    where = tus.begin(1, len(sent))
    with tus.start_patch(where, 0, len(sent), sent[:100]) as stalled:
        assert eventually(lambda: any(file.stat().st_size == 100 for file in partial_files(server)))
        assert tus.offset(where) == 100
        stalled.sendall(sent[100:200])
        assert read_reply(stalled).status == 423
    assert tus.patch(where, 100, sent[100:]).status == 204


def test_wrong_offset(tus, picture):
    sent = picture("offset")
    where = tus.begin(1, len(sent))
    assert tus.patch(where, 1, sent).status == 409
    assert tus.patch(where, 0, sent[:10]).status == 204
    assert tus.patch(where, 0, sent[:10]).status == 409
    assert tus.patch(where, 10, sent).status == 413
    assert tus.offset(where) == 10


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_checksum(tus, picture, algorithm):
    sent = picture("checksum")
    where = tus.begin(1, len(sent))

    def checksum(of: bytes) -> str:
        return f"{algorithm} " + base64.b64encode(hashlib.new(algorithm, of).digest()).decode()

    assert tus.patch(where, 0, sent[:500], Upload_Checksum=checksum(sent[:500])).status == 204
    assert tus.patch(where, 500, sent[500:], Upload_Checksum=checksum(sent)).status == 460
    assert tus.offset(where) == 500
    assert tus.patch(where, 500, sent[500:], Upload_Checksum="crc32 AAAA").status == 400
    assert tus.patch(where, 500, sent[500:], Upload_Checksum=checksum(sent[500:])).status == 204


def test_without_its_checksum_nothing_is_kept(server, tus, picture):
    sent = picture("cut")
    where = tus.begin(1, len(sent))
    tus.headers["Upload-Checksum"] = "sha1 " + base64.b64encode(hashlib.sha1(sent).digest()).decode()
    with tus.start_patch(where, 0, len(sent), sent[:3000]):
        assert eventually(lambda: any(file.stat().st_size == 3000 for file in partial_files(server)))
    assert eventually(lambda: all(file.stat().st_size == 0 for file in partial_files(server)))
    assert tus.offset(where) == 0


def test_version_is_asked_for(server, tus, picture):
    where = tus.begin(1, 100)
    for version in ({}, {"Tus-Resumable": "0.2.2"}):
        for method, path in (("POST", UPLOADS), ("HEAD", where), ("PATCH", where), ("DELETE", where)):
            reply = server.request(method, path, None, tus.camera.bearer | version)
            assert reply.status == 412 and reply.headers["tus-version"] == "1.0.0"
    about = server.request("OPTIONS", UPLOADS)
    assert about.status == 204 and about.headers["tus-max-size"] == str(32 * 1024 * 1024)
    assert set(about.headers["tus-extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "checksum",
        "expiration",
        "termination",
    }


def test_termination(server, tus, picture):
    where = tus.begin(1, 100)
    assert tus.patch(where, 0, b"\xff\xd8").status == 204
    assert tus.delete(where).status == 204
    assert tus.head(where).status == 404 and tus.patch(where, 2, b"x").status == 404
    assert tus.delete(where).status == 404 and not partial_files(server)


def test_post_in_place_of_the_other_methods(server, tus, picture):
    sent = picture("override")
    where = tus.begin(1, len(sent))
    asked = tus.headers | {"X-HTTP-Method-Override": "HEAD"}
    assert server.request("POST", where, None, asked).headers["upload-offset"] == "0"
    patch = tus.headers | PIECE | {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    assert server.request("POST", where, sent, patch).status == 204
    assert server.request("POST", where, None, tus.headers).status == 400
    remove = tus.headers | {"X-HTTP-Method-Override": "DELETE"}
    assert server.request("POST", where, None, remove).status == 204


def test_uploads_belong_to_their_camera(server, tus, picture):
    where = tus.begin(1, 100)
    other = Tus(server, server.add_camera("meadow"))
    assert other.head(where).status == other.delete(where).status == other.patch(where, 0, b"x").status == 404
    nobody = server.request("HEAD", where, None, {"Tus-Resumable": "1.0.0"})
    assert nobody.status == 401
    assert tus.offset(where) == 0


def test_repeats_need_no_bytes(server, tus, camera, picture):
    sent = picture("repeat")
    first = server.send_image(camera, sent, 1, boot="tus").json()
    again = tus.create(1, len(sent))
    assert again.status == 201 and again.headers["upload-offset"] == str(len(sent))
    assert again.json()["id"] == first["id"] and again.json()["duplicate"]
    assert tus.create(1, len(sent), sent).json()["id"] == first["id"]
    assert tus.head(again.headers["location"]).headers["heliograph-image"] == first["id"]
    assert tus.create(1, len(sent) - 1).status == 409
    assert server.image_count() == 1


def test_what_is_no_picture_is_refused_and_gone(server, tus):
    where = tus.begin(1, 1000)
    assert tus.patch(where, 0, b"x" * 1000).status == 422
    assert tus.head(where).status == 404 and not partial_files(server)
    assert tus.create(2, 1000, b"x" * 1000).status == 422
    assert server.image_count() == 0


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_survives_the_server(new_server, picture, end):
    server = new_server().start()
    tus = Tus(server, server.add_camera())
    sent = picture("restart")
    where = tus.begin(1, len(sent))
    assert tus.patch(where, 0, sent[:4000]).status == 204
    getattr(server, end)()
    server.start()
    assert tus.offset(where) == 4000
    assert tus.patch(where, 4000, sent[4000:]).status == 204
    assert server.image_count() == 1
    server.stop()
    server.assert_fsck_finds_nothing()


def test_a_kill_in_the_middle_of_a_piece_costs_little(new_server, picture, photo):
    server = new_server().start()
    tus = Tus(server, server.add_camera())
    sent = grown_to(photo, 400_000)
    where = tus.begin(1, len(sent))
    with tus.start_patch(where, 0, len(sent), sent[:300_000]):
        assert eventually(lambda: any(file.stat().st_size == 300_000 for file in partial_files(server)))
        server.kill()
    server.start()
    offset = tus.offset(where)
    assert 300_000 - 16 * 1024 <= offset <= 300_000
    reply = tus.patch(where, offset, sent[offset:])
    assert reply.status == 204 and stored_as(server, reply.headers["heliograph-image"]) == sent
    server.stop()
    server.assert_fsck_finds_nothing()


def test_any_number_of_cuts_is_one_picture(server, tus, picture):
    """Two connections fight for each upload, and every piece is cut somewhere."""
    for number in range(20):
        sent = picture(number)
        where = tus.begin(number, len(sent))
        while (offset := tus.offset(where)) < len(sent):
            rivals = [
                threading.Thread(target=tus.patch, args=(where, offset, sent[offset : offset + 1777]))
                for _ in range(2)
            ]
            for rival in rivals:
                rival.start()
            with tus.start_patch(where, offset, len(sent) - offset, sent[offset : offset + 500]):
                pass
            for rival in rivals:
                rival.join()
        assert stored_as(server, tus.head(where).headers["heliograph-image"]) == sent
    assert server.image_count() == 20
