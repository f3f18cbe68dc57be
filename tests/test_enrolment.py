"""How cameras get in: by a claim, in a table, with a signature, by a person's token; and whose key is doubted."""

import csv
import io
import json
import subprocess
import time

import pytest

from harness.certificates import free_port, make_certificate, tls_config
from harness.keys import make_camera_key, sign, sign_upload
from harness.networks import another_network
from harness.people import make_token, set_up
from harness.pictures import unlike_all_others
from harness.programs import CAM, heliograph, heliograph_json, run_program
from harness.server import Server, read_reply
from harness.waiting import eventually


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "data", login=True).start()
    yield server
    server.kill()


@pytest.fixture
def owner(server):
    return set_up(server)


def announce(server, key, **body):
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    return server.request("POST", "/device/v1/claim", json.dumps(body), headers)


def names(sequence: int, boot: str = "boot") -> dict:
    return {"Heliograph-Boot": boot, "Heliograph-Sequence": str(sequence)}


def send(server, key, picture, sequence=1, boot="boot", **headers):
    sent = names(sequence, boot) | {"Authorization": f"Bearer {key}", "Content-Type": "image/jpeg"} | headers
    return server.request("POST", "/device/v1/images", picture, sent)


def test_a_camera_announces_itself_and_is_added_by_its_code(server, owner, photo):
    key = make_camera_key()
    waiting = announce(server, key, model="ESP32-CAM")
    assert waiting.status == 202 and waiting.json()["state"] == "waiting"
    code = waiting.json()["code"]
    assert announce(server, key).json()["code"] == code, "asking again changes nothing"
    assert send(server, key, photo).status == 401, "it is no camera yet"
    listed = owner.get("/api/v1/claims").json()["claims"]
    assert [claim["model"] for claim in listed] == ["ESP32-CAM"]
    assert code not in str(listed), "who adds it must have it before them"

    assert owner.request("POST", "/api/v1/claims", {"code": "0000-0000", "name": "Barn"}).status == 404
    typed = code.replace("-", "").lower()
    added = owner.request("POST", "/api/v1/claims", {"code": typed, "name": "Barn"})
    assert added.status == 201, added.body
    told = announce(server, key)
    assert told.status == 200 and told.json() == {"state": "accepted", "id": added.json()["id"], "name": "Barn"}
    assert send(server, key, photo).status == 201
    assert owner.get("/api/v1/claims").json()["claims"] == []
    assert "camera-claimed" in {entry["action"] for entry in owner.get("/api/v1/audit").json()["entries"]}


def test_what_announces_itself_is_checked_and_bounded(server, owner):
    assert announce(server, "cam_guess").status == 401
    assert announce(server, make_camera_key(), model="x" * 65).status == 400
    assert announce(server, make_camera_key(), more="x").status == 400
    replies = [announce(server, make_camera_key()).status for _ in range(20)]
    assert replies.count(202) == 16 and replies[-1] == 429, "one network does not keep all others out"


def test_a_claim_on_the_command_line(server, tmp_path, photo):
    key = make_camera_key()
    code = announce(server, key).json()["code"]
    said = heliograph("camera", "claim", code, "Barn", "--data", tmp_path / "data")
    assert said.returncode == 0 and "Barn" in said.stdout
    assert send(server, key, photo).status == 201


def test_a_fleet_is_added_whole_or_not_at_all(server, owner, photo):
    owner.request("POST", "/api/v1/groups", {"name": "Farm"})
    table = 'name,group\n"Orchard, north",Farm\nSouth,\n'
    made = owner.request("POST", "/api/v1/cameras/import", table)
    assert made.status == 201 and made.type == "text/csv", made.body
    rows = list(csv.DictReader(io.StringIO(made.body.decode())))
    assert [(row["name"], row["group"]) for row in rows] == [("Orchard, north", "Farm"), ("South", "")]
    assert send(server, rows[0]["key"], photo).status == 201
    groups = owner.get("/api/v1/groups").json()["groups"]
    assert groups[0]["cameras"] == [rows[0]["id"]]

    for wrong, says in (
        ("name\nNew\nSouth\n", "South"),
        ("name,group\nNew,Wood\n", "no group called Wood"),
        ("name\nNew\n\"\n", "row 3"),
        ("title\nNew\n", "row 1"),
    ):
        refused = owner.request("POST", "/api/v1/cameras/import", wrong)
        assert refused.status in (400, 404, 409) and says in refused.problem()["detail"], refused.body
    assert {camera["name"] for camera in owner.get("/api/v1/cameras").json()["cameras"]} == {"Orchard, north", "South"}


def test_a_fleet_on_the_command_line(server, tmp_path, photo):
    table = tmp_path / "fleet.csv"
    table.write_text("Name;Remark\nNorth;old\nSouth;\n")
    said = heliograph("camera", "import", table, "--data", tmp_path / "data")
    rows = list(csv.DictReader(io.StringIO(said.stdout)))
    assert [row["name"] for row in rows] == ["North", "South"]
    assert send(server, rows[1]["key"], photo).status == 201
    table.write_text("name\nWest\n")
    told = heliograph_json("camera", "import", table, "--data", tmp_path / "data")
    assert [(row["name"], row["group"]) for row in told["cameras"]] == [("West", "")]
    assert heliograph("camera", "import", tmp_path / "none.csv", "--data", tmp_path / "data", check=False).returncode


def test_a_signed_upload_is_taken_and_what_is_wrong_with_one_is_not(server, owner, photo):
    camera = server.add_camera("Small board")

    def post(headers, picture=photo):
        return server.request("POST", "/device/v1/images", picture, headers)

    assert post(sign_upload(camera.id, camera.key, photo, names(1))).status == 201
    other = unlike_all_others(photo, "other")
    telling = names(2) | {"Heliograph-Telemetry": "battery_mv=3900", "Heliograph-Captured-At": "1795359662123"}
    signed = sign_upload(camera.id, camera.key, other, telling)
    assert post(signed | {"Heliograph-Sequence": "3"}, other).status == 401
    assert post(signed | {"Heliograph-Telemetry": "battery_mv=1"}, other).status == 401
    assert post({k: v for k, v in signed.items() if k != "Heliograph-Captured-At"}, other).status == 401
    assert post(signed, photo).status == 425, "another picture than was signed"
    assert post(signed, other).status == 425, "the nonce was used by that"
    assert post(sign_upload(camera.id, camera.key, other, telling), other).status == 201
    assert post(sign_upload(camera.id, make_camera_key(), other, names(4)), other).status == 401
    assert post(sign_upload("0000000000001", camera.key, other, names(4)), other).status == 401
    for off in (-301, 301):
        late = post(sign_upload(camera.id, camera.key, other, names(5), at=time.time() + off), other)
        assert late.status == 425 and "date" in late.headers, "a board without a clock sets it by this"
    broken = sign_upload(camera.id, camera.key, other, names(6))
    assert post(broken | {"Authorization": broken["Authorization"][:-1]}, other).status == 400
    assert len(owner.get("/api/v1/images").json()["images"]) == 2
    rotated = owner.request("POST", f"/api/v1/cameras/{camera.id}/key", {"overlap_s": 0})
    assert post(sign_upload(camera.id, camera.key, other, names(7)), other).status == 401
    assert post(sign_upload(camera.id, rotated.json()["key"], unlike_all_others(photo, "new"), names(7)), other).status == 425


def test_a_signed_word_is_heard_and_what_is_wrong_with_one_is_not(server, owner):
    camera = server.add_camera("Small board")
    body = b'{"boot": "b"}'

    def say(path="/device/v1/heartbeat", signed_path=None, said=body, method="POST", kind="application/json"):
        authorization = sign(method, signed_path or path, camera.id, camera.key, body, {})
        return server.request(method, path, said, {"Authorization": authorization, "Content-Type": kind})

    assert say().status == 200
    assert say(said=b'{"boot": "c"}').status == 425, "another body than was signed"
    assert say(signed_path="/device/v1/images").status == 401, "what was signed for elsewhere"
    assert say("/device/v1/log", kind="text/plain").status == 200
    authorization = sign("GET", "/device/v1/firmware/0000000000001", camera.id, camera.key, b"", {})
    fetched = server.request("GET", "/device/v1/firmware/0000000000001", headers={"Authorization": authorization})
    assert fetched.status == 404, "it was let in, and there is no such release"
    again = server.request("GET", "/device/v1/firmware/0000000000001", headers={"Authorization": authorization})
    assert again.status == 425, "the nonce was used"


def test_a_persons_token_sends_pictures_of_the_cameras_that_they_operate(server, owner, photo):
    camera = server.add_camera("North")
    token = make_token(owner, "ingest")
    sent = send(server, token.token, photo, **{"Heliograph-Camera": camera.id})
    assert sent.status == 201, sent.body
    assert send(server, token.token, photo).status == 400, "of which camera?"
    assert send(server, token.token, photo, **{"Heliograph-Camera": "0000000000001"}).status == 404
    reads = make_token(owner, "read", "control")
    assert send(server, reads.token, photo, **{"Heliograph-Camera": camera.id}).status == 403
    assert token.get("/api/v1/images").status == 403, "it can do nothing else"


# Loopback is 127.0.0.0/8: two networks of it are two places.
def from_place(server, address, key, picture, sequence, boot):
    head = names(sequence, boot) | {"Authorization": f"Bearer {key}", "Content-Type": "image/jpeg"}
    return server.request("POST", "/device/v1/images", picture, head, source=address)


def test_a_key_that_is_used_in_two_places_is_doubted_until_somebody_decides(server, owner, photo):
    camera = server.add_camera("North")
    path = f"/api/v1/cameras/{camera.id}"

    def summary():
        return next(one for one in owner.get("/api/v1/cameras").json()["cameras"] if one["id"] == camera.id)

    def take_turns(first):
        statuses = []
        for number in range(first, first + 5):
            here = number % 2 == 0
            picture = unlike_all_others(photo, str(number))
            address = "127.0.1.1" if here else "127.0.2.1"
            statuses.append(from_place(server, address, camera.key, picture, number, "a" if here else "b").status)
        return statuses

    assert take_turns(0) == [201, 201, 201, 201, 403]
    assert summary()["suspect_at"] is not None
    kept = eventually(lambda: owner.get(f"{path}/quarantine").json()["quarantine"])  # told before it is written down
    assert len(kept) == 1 and "two places" in kept[0]["reason"], "nothing is lost"
    assert send(server, camera.key, photo, 50, "c").status == 403, "wherever it comes from"
    assert "camera-key-suspect" in {entry["action"] for entry in owner.get("/api/v1/audit").json()["entries"]}

    assert owner.request("PATCH", path, {"trusted": True}).status == 204
    assert summary()["suspect_at"] is None
    assert take_turns(10) == [201, 201, 201, 201, 403]
    assert owner.request("PATCH", path, {"may_roam": True}).status == 204
    assert take_turns(20) == [201] * 5
    assert owner.request("PATCH", path, {"may_roam": False}).status == 204
    assert take_turns(30)[-1] == 403
    rotated = owner.request("POST", f"{path}/key", {"overlap_s": 0}).json()
    assert send(server, rotated["key"], unlike_all_others(photo, "new"), 60, "d").status == 201


def test_changes_of_a_camera_that_make_no_sense_are_refused(server, owner):
    path = f"/api/v1/cameras/{server.add_camera('North').id}"
    for wrong in ({}, {"trusted": False}, {"plain_http": "yes"}, {"may_roam": 1}, {"more": True}):
        assert owner.request("PATCH", path, wrong).status == 400, wrong
    assert owner.request("PATCH", path, {"plain_http": True, "name": "South"}).status == 204
    camera = owner.get("/api/v1/cameras").json()["cameras"][0]
    assert (camera["name"], camera["plain_http"]) == ("South", True)


def cam(server, *options, patience=20, **how):
    address = f"http://127.0.0.1:{server.port}"
    return run_program(CAM, "--server", address, "--once", "--size", "320x240", "--patience", patience, *options, **how)


def test_the_camera_program_claims_and_sends(server, owner, tmp_path):
    key_file, spool = tmp_path / "key", tmp_path / "spool"
    words = [CAM, "--server", f"http://127.0.0.1:{server.port}", "--once", "--size", "320x240", "--patience", "20"]
    words += ["--claim", "--key-file", key_file, "--spool", spool]
    with subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, text=True) as camera:
        said = camera.stdout.readline()
        code = said.split()[1].rstrip(":")
        assert owner.request("POST", "/api/v1/claims", {"code": code, "name": "Barn"}).status == 201, said
        assert camera.wait(timeout=30) == 0, camera.stdout.read()
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert len(owner.get("/api/v1/images").json()["images"]) == 1
    again = cam(server, "--claim", "--key-file", key_file, "--spool", spool)
    assert "code" not in again.stdout, "it has been added before"
    assert len(owner.get("/api/v1/images").json()["images"]) == 2


def test_the_camera_program_signs(server, owner, tmp_path):
    camera = server.add_camera("Small board")
    cam(server, "--key", camera.key, "--sign", camera.id, "--spool", tmp_path / "spool")
    assert len(owner.get("/api/v1/images").json()["images"]) == 1
    options = ["--key", make_camera_key(), "--sign", camera.id, "--spool", tmp_path / "other"]
    wrong = cam(server, *options, patience=1, check=False)
    assert wrong.returncode == 1 and "signature" in wrong.stdout


# --- over plain HTTP, from another machine ---


@pytest.fixture
def beside_tls(tmp_path):
    """A server with TLS, and the port beside it that has none."""
    certificate = make_certificate(tmp_path / "tls")
    port = free_port()
    config = tls_config(tmp_path, certificate, http=f"0.0.0.0:{port}")
    server = Server(tmp_path / "data", config=config, trusts=certificate, login=True).start()
    yield server, port
    server.kill()


def in_clear(network, port, method, path, body=b"", headers=None):
    lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    with network.connect(port) as stream:
        stream.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return read_reply(stream)


def test_a_key_in_clear_is_refused_unless_its_camera_may_and_a_signature_is_not(beside_tls, tmp_path, photo):
    server, port = beside_tls
    camera = server.add_camera("Small board")
    with another_network() as network:

        def upload(headers, path="/device/v1/images", picture=photo):
            return in_clear(network, port, "POST", path, picture, headers | {"Content-Type": "image/jpeg"})

        bearer = camera.bearer | names(1)
        for path in ("/device/v1/images", "/upload", f"/u/{camera.key}/upload.php"):
            refused = upload(bearer if camera.key not in path else names(1), path)
            assert refused.status == 403 and "plain HTTP" in refused.problem()["detail"], path
        begun = camera.bearer | names(1) | {"Tus-Resumable": "1.0.0", "Upload-Length": "100"}
        assert in_clear(network, port, "POST", "/device/v1/uploads", b"", begun).status == 403
        key = {"Authorization": f"Bearer {make_camera_key()}", "Content-Type": "application/json"}
        assert in_clear(network, port, "POST", "/device/v1/claim", b"{}", key).status == 403

        assert upload(sign_upload(camera.id, camera.key, photo, names(2))).status == 201
        heliograph("camera", "plain-http", "Small board", "on", "--data", tmp_path / "data")
        assert upload(bearer, picture=unlike_all_others(photo, "allowed")).status == 201
        heliograph("camera", "plain-http", "Small board", "off", "--data", tmp_path / "data")
        assert upload(bearer).status == 403

        assert in_clear(network, port, "GET", "/api/v1/cameras").status == 301, "people are sent to https"
        assert in_clear(network, port, "POST", "/api/v1/session", b"{}").status == 403
        assert in_clear(network, port, "GET", "/device/v1/trust.pem").status == 301, "roots are not taken in clear"
