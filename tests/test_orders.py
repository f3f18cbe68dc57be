"""Orders with the real programs: what people want of a camera, what it is told, does and says, in good times and bad."""

import time
from pathlib import Path

import pytest

from harness.changes import follow_changes
from harness.desk import JSON
from harness.programs import heliograph, heliograph_json
from harness.relay import Relay
from harness.waiting import eventually

# --- what people want is done ---


def test_a_picture_is_taken_and_found(desk, run_camera, frames):
    run_camera(*frames)
    command = desk.send("capture")
    assert command["state"] == "queued" and command["images"] == []
    ended = desk.outcome(command["id"])
    assert ended["state"] == "succeeded", ended
    found = eventually(lambda: desk.command(command["id"])["images"])
    detail = desk.server.get(f"/api/v1/images/{found[0]}").json()
    assert (detail["boot"], detail["sequence"]) == (ended["result"]["boot"], ended["result"]["sequence"])


def test_a_burst_has_every_picture(desk, run_camera, frames):
    run_camera(*frames)
    command = desk.send("burst", arguments={"count": 3, "interval_ms": 20})
    assert desk.outcome(command["id"])["state"] == "succeeded"
    assert eventually(lambda: len(set(desk.command(command["id"])["images"])) == 3)


def test_browsers_hear_of_it(desk, run_camera, frames):
    with follow_changes(desk.server) as changes:
        command = desk.send("capture")
        run_camera(*frames)
        states = []
        while "succeeded" not in states:
            name, data = changes.next()
            if name == "command-changed" and data["id"] == command["id"]:
                states.append(data["state"])
    assert states == ["queued", "delivered", "succeeded"]


def test_it_says_which_one_it_is_and_what_works(desk, run_camera, frames):
    camera = run_camera(*frames)
    assert desk.outcome(desk.send("identify", arguments={"seconds": 2})["id"])["state"] == "succeeded"
    assert "2 s" in camera.events("identified")[0]["detail"]
    tested = desk.outcome(desk.send("self-test")["id"])
    assert tested["result"] == {"sensor": "ok", "storage": "ok"}


def test_a_reboot_is_another_start_of_the_same_program(desk, run_camera, frames):
    camera = run_camera(*frames)
    assert eventually(lambda: desk.images())
    process = camera.process.pid
    assert desk.outcome(desk.send("reboot")["id"])["state"] == "succeeded"
    assert camera.process.pid == process and camera.process.poll() is None
    assert "HELIOGRAPH_CAM_RESET=3" in Path(f"/proc/{process}/environ").read_text(), "it was not run anew"
    assert eventually(lambda: len({image["boot"] for image in desk.images()}) == 2)


def test_sleep_until_is_kept_and_is_no_absence(desk, run_camera, frames):
    run_camera(*frames)
    until = int((time.time() + 3600) * 1000)
    assert desk.outcome(desk.send("sleep-until", arguments={"until": until})["id"])["state"] == "succeeded"
    assert eventually(lambda: desk.presence() == "asleep"), "its link ends as well"
    late = desk.send("capture")
    time.sleep(0.5)
    assert desk.command(late["id"])["state"] == "queued"


def test_what_a_camera_does_not_know_is_not_sent(desk, run_camera, frames):
    run_camera(*frames)
    assert desk.outcome(desk.send("identify")["id"])["state"] == "succeeded"  # it has told what it can do
    told = desk.heartbeat(capabilities={"commands": ["capture"]})
    assert told.status == 200
    reply = desk.server.request("POST", f"{desk.path}/commands", '{"name": "reboot"}', JSON)
    assert reply.status == 422 and "reboot" in reply.problem()["detail"]


def test_an_id_of_ones_own_is_one_command(desk):
    wish = {"id": "mine-1"}
    assert desk.send("capture", **wish)["id"] == "mine-1"
    assert desk.send("capture", **wish)["state"] == "queued"
    listed = desk.server.get(f"{desk.path}/commands").json()["commands"]
    assert [command["id"] for command in listed] == ["mine-1"]
    clash = desk.server.request("POST", f"{desk.path}/commands", '{"name": "reboot", "id": "mine-1"}', JSON)
    assert clash.status == 409


# --- how it is told ---


def test_an_upload_is_answered_with_orders_and_reports_in_a_header(desk, picture):
    assert "orders" not in desk.server.send_image(desk.camera, picture("first"), 1).json()
    command = desk.send("capture")
    told = desk.server.send_image(desk.camera, picture("second"), 2).json()["orders"]["command"]
    assert told["id"] == command["id"] and told["name"] == "capture" and told["expires_in_ms"] > 0
    assert desk.command(command["id"])["state"] == "delivered"
    again = desk.server.send_image(desk.camera, picture("second"), 2).json()  # its answer was lost
    assert again["duplicate"] and again["orders"]["command"]["id"] == command["id"]
    report = {"Heliograph-Report": f'command="{command["id"]}", state=succeeded, boot="boot-1", sequence=3'}
    third = desk.server.send_image(desk.camera, picture("third"), 3, headers=report).json()
    assert "orders" not in third
    assert desk.command(command["id"])["images"] == [third["id"]]


def test_a_resumable_upload_is_answered_with_orders(desk, picture):
    command = desk.send("capture")
    body = picture("whole")
    headers = desk.camera.bearer | {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(body)),
        "Content-Type": "application/offset+octet-stream",
        "Heliograph-Boot": "b",
        "Heliograph-Sequence": "1",
    }
    reply = desk.server.request("POST", "/device/v1/uploads", body, headers)
    assert reply.status == 201 and reply.json()["orders"]["command"]["id"] == command["id"]


def test_one_command_is_in_flight(desk):
    first, second = desk.send("capture"), desk.send("reboot")
    for _ in range(2):
        assert desk.heartbeat().json()["orders"]["command"]["id"] == first["id"]
    accepted = {"command": first["id"], "state": "accepted"}
    assert "orders" not in desk.heartbeat(reports=[accepted]).json()
    failed = {"command": first["id"], "state": "failed", "reason": "no light"}
    assert desk.heartbeat(reports=[failed]).json()["orders"]["command"]["id"] == second["id"]
    ended = desk.command(first["id"])
    assert (ended["state"], ended["reason"]) == ("failed", "no light")


def test_a_command_that_is_past_its_time_is_not_told(desk):
    command = desk.send("capture", expires_in_ms=1000)
    assert desk.outcome(command["id"])["state"] == "expired"
    assert "orders" not in desk.heartbeat().json()


def test_a_cancelled_command_is_not_told(desk):
    command = desk.send("capture")
    assert desk.server.request("DELETE", f"{desk.path}/commands/{command['id']}").status == 204
    assert desk.command(command["id"])["state"] == "cancelled"
    assert "orders" not in desk.heartbeat().json()
    assert desk.server.request("DELETE", f"{desk.path}/commands/{command['id']}").status == 409


# --- exactly once ---


def test_exactly_once_over_deaths_and_lost_answers(desk, new_server, run_camera, frames, chance):
    """Whatever dies and gets lost: each command has an end, and a picture more than commands there is none."""
    server = desk.server
    relay = Relay(server.port, chance, unheard=0.2, twice=0.2)
    camera = run_camera(*frames, "--no-link", port=relay.port)
    sent = []
    for n in range(12):
        sent.append(desk.send("capture")["id"])
        time.sleep(chance.uniform(0, 0.4))
        if n % 3 == 0:
            camera.kill()
            camera.start()
        if n % 4 == 1:
            server.kill()
            time.sleep(chance.uniform(0, 0.1))
            server.start()
            relay.target = server.port
    assert eventually(lambda: relay.lost and relay.doubled), "nothing was lost: this proves nothing"
    relay.unheard = relay.twice = 0
    ended = [desk.outcome(id, within_s=40) for id in sent]
    assert {end["state"] for end in ended} <= {"succeeded", "failed"}, ended
    succeeded = [end for end in ended if end["state"] == "succeeded"]
    assert len(succeeded) > len(sent) / 2, ended
    assert eventually(lambda: all(desk.command(end["id"])["images"] for end in succeeded))
    images = [desk.command(end["id"])["images"][0] for end in succeeded]
    assert len(set(images)) == len(images)
    # The first picture of each start is the camera's own; each that is more was wanted by somebody.
    wanted = [image for image in desk.images() if image["sequence"] > 0]
    broken_off = len(ended) - len(succeeded)  # of these nobody knows how far they came
    assert len(succeeded) <= len(wanted) <= len(succeeded) + broken_off
    relay.close()


# --- settings ---


def test_settings_are_applied(desk, run_camera):
    assert desk.set(interval_s=1, resolution="320x240", quality=40).status == 200
    assert desk.settings()["pending"]
    run_camera("--size", "640x480")
    assert eventually(lambda: not desk.settings()["pending"])
    settings = desk.settings()
    assert settings["reported"]["status"] == "applied"
    assert settings["applied"] == settings["desired"] == {"interval_s": 1, "resolution": "320x240", "quality": 40}
    assert eventually(lambda: len(desk.images()) >= 3)  # and not one an hour
    newest = desk.images()[0]["image"]
    assert (newest["width"], newest["height"]) == (320, 240)
    assert desk.presence() == "online"


def test_settings_hold_over_a_restart(desk, run_camera, frames):
    desk.set(interval_s=1)
    camera = run_camera(*frames)
    assert eventually(lambda: not desk.settings()["pending"])
    camera.kill()
    boots = {image["boot"] for image in desk.images()}
    camera.start()
    assert eventually(lambda: sum(image["boot"] not in boots for image in desk.images()) >= 3)


def test_settings_that_cannot_be_are_rejected_with_the_reason(desk, run_camera, frames):
    assert desk.set(rotation="90").status == 200  # nobody knows yet what it can do
    run_camera(*frames)
    assert eventually(lambda: not desk.settings()["pending"])
    settings = desk.settings()
    assert settings["reported"]["status"] == "rejected" and "as they are" in settings["reported"]["reason"]
    assert settings["applied"] is None
    now_known = desk.set(rotation="90")
    assert now_known.status == 400 and "rotation" in now_known.problem()["detail"]


def test_settings_that_cut_it_off_are_rolled_back(desk, run_camera, frames):
    relay = Relay(desk.server.port)

    def go_dark(answer: bytes) -> None:
        relay.dark = relay.dark or b'"settings"' in answer

    run_camera(*frames, "--no-link", "--trial", 1, port=relay.port)
    assert eventually(lambda: desk.presence() == "online" and desk.images())
    relay.on_answer = go_dark
    desk.set(interval_s=77)
    assert eventually(lambda: relay.dark)
    relay.on_answer = lambda answer: None
    time.sleep(1.5)
    relay.dark = False
    assert eventually(lambda: not desk.settings()["pending"], within_s=40)
    settings = desk.settings()
    assert settings["reported"]["status"] == "rolled-back" and settings["applied"] is None
    relay.close()


def test_nobody_undoes_what_another_one_has_set(desk):
    seen = desk.server.get(f"{desk.path}/settings").headers["etag"]
    first = desk.set(if_match=seen, interval_s=60)
    assert first.status == 200 and first.headers["etag"] != seen
    assert desk.set(if_match=seen, interval_s=30).status == 412
    assert desk.settings()["desired"] == {"interval_s": 60}


# --- at the machine itself ---


def test_the_command_line_commands_and_sets(desk):
    where = desk.server.where
    command = heliograph_json("camera", "command", desk.camera.name, "burst", "count=3", *where)
    assert command["state"] == "queued" and command["arguments"] == {"count": 3}
    heliograph_json("camera", "settings", desk.camera.name, "interval_s=60", "resolution=640x480", *where)
    settings = heliograph_json("camera", "settings", desk.camera.name, "quality=70", "resolution=", *where)
    assert settings["desired"] == {"interval_s": 60, "quality": 70} and settings["version"] == 2
    assert desk.settings()["desired"] == settings["desired"]
    assert desk.heartbeat().json()["orders"]["command"]["id"] == command["id"]
    assert "interval_s" in heliograph("camera", "settings", desk.camera.name, *where).stdout
    for wrong in (("command", "explode"), ("command", "burst"), ("settings", "quality=0"), ("settings", "quality")):
        verb, *words = wrong
        done = heliograph("camera", verb, desk.camera.name, *words, *where, check=False)
        assert done.returncode == 2 and done.stderr.startswith("heliograph: "), wrong


# --- what a camera says of itself ---


def test_telemetry_is_a_series(desk):
    desk.heartbeat(telemetry="battery_mv=3900")
    desk.heartbeat(telemetry="battery_mv=3700")
    spans = desk.server.get(f"{desk.path}/telemetry").json()["spans"]
    assert min(span["least"]["battery_mv"] for span in spans) == 3700
    assert max(span["most"]["battery_mv"] for span in spans) == 3900


def test_presence_follows_its_promise(desk):
    assert desk.presence() == "unknown"
    desk.heartbeat(next_s=60)
    assert desk.presence() == "online"
    desk.heartbeat(next_s=86400)
    assert desk.presence() == "asleep"
    health = desk.server.get(f"{desk.path}/health").json()
    assert health["presence"] == "asleep" and health["due_at"] > health["heard_at"]


def test_health_tells_what_a_camera_says_that_it_runs(desk):
    def runs():
        return desk.server.get(f"{desk.path}/health").json()["runs"]

    assert runs() is None
    desk.heartbeat(model="trap", firmware="1.2.0", sensor="ov2640")
    told = runs()
    assert told.pop("told_at") > 0
    assert told == {"model": "trap", "firmware": "1.2.0", "sensor": "ov2640", "takes_updates": False}
    desk.heartbeat(model="trap", firmware="1.3.0", capabilities={"commands": ["capture", "update-firmware"]})
    assert (runs()["firmware"], runs()["takes_updates"]) == ("1.3.0", True)


@pytest.mark.parametrize(
    "body, status",
    [
        (b"", 400),
        (b"[" * 5000, 400),
        (b'{"boot": "b"', 400),
        (b'{"boot": "b", "reports": [' + b"{}," * 20 + b"{}]}", 400),
        (b'{"boot": "b", "reports": [{"command": "' + b"x" * 5000 + b'", "state": "failed"}]}', 200),
        (b'{"boot": "b", "reports": [{"command": "nobody-sent-this", "state": "succeeded"}]}', 200),
        (b'{"boot": "b", "settings": {"version": 99, "status": "applied"}}', 200),
        (b'{"boot": "b", "model": "\\u0000\\ud83d\\ude00", "protocol": 99, "future": {"deep": [[[]]]}}', 200),
        (b'{"boot": "b", "capabilities": {"commands": [7, null]}, "telemetry": "new_thing=1"}', 200),
        (b'{"boot": "b", "model": "\xff\xfe"}', 400),
        (b" " * 17000, 413),
    ],
)
def test_a_hostile_camera_gets_a_definite_answer(desk, body, status):
    reply = desk.server.request("POST", "/device/v1/heartbeat", body, JSON | desk.camera.bearer)
    assert reply.status == status, reply.body
    assert desk.server.get("/healthz").status == 200
    assert desk.settings()["version"] == 0


def test_no_picture_is_refused_for_a_report_that_cannot_be_read(desk, picture):
    for n, report in enumerate(["=", "x" * 600, 'command="', "state=succeeded"]):
        sent = desk.server.send_image(desk.camera, picture(f"r{n}"), n, headers={"Heliograph-Report": report})
        assert sent.status == 201, sent.body
