"""Orders over a camera's link: told at once, carried out once, whatever breaks, and whoever means no good."""

import struct
import threading
import time

import pytest

from harness.hostile import HostileServer, frame, text
from harness.link import DroppingLink
from harness.live import BINARY, CLOSE, PING, PONG, TEXT, Closed, Link, Socket
from harness.pictures import size_of, unlike_all_others
from harness.programs import heliograph_json
from harness.virtual_camera import VirtualCamera
from harness.waiting import eventually

PING_S = 50  # between two pings
CAPTURE = {"id": "c1", "name": "capture", "arguments": {}, "expires_in_ms": 60000}


@pytest.fixture
def link(server, camera):
    with Link(server, camera) as link:
        yield link


@pytest.fixture
def run_camera(server, camera, tmp_path, photo):
    """A camera that hears of nothing but over its link: pictures and heartbeats are an hour away."""
    folder = tmp_path / "frames"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.jpg").write_bytes(unlike_all_others(photo, f"frame {n}"))
    started = []

    def run(*options, port: int | None = None) -> VirtualCamera:
        source = () if "--scene" in options else ("--frames", folder, "--loop")
        seldom = () if "--heartbeat" in options else ("--heartbeat", 3600)
        one = VirtualCamera(camera, port or server.port, tmp_path, *source, *seldom, *options).start()
        started.append(one)
        return one

    yield run
    for one in started:
        one.kill()


def is_linked(server) -> bool:
    return server.metric("heliograph_live_links") == 1


def command_in(answer: dict) -> dict | None:
    return answer.get("orders", {}).get("command")


# --- how it is told ---


def test_a_command_is_told_at_once_and_reported(desk, link, picture):
    assert "orders" not in link.heartbeat(capabilities={"commands": ["capture"]})
    command = desk.send("capture")
    assert link.until("orders") == {"type": "orders"}
    assert desk.command(command["id"])["state"] == "queued", "it is told when it asks"
    told = command_in(link.heartbeat())
    assert (told["id"], told["name"], told["arguments"]) == (command["id"], "capture", {})
    assert desk.command(command["id"])["state"] == "delivered"
    assert command_in(link.heartbeat()) | {"expires_in_ms": 0} == told | {"expires_in_ms": 0}, "its answer was lost"
    link.heartbeat(reports=[{"command": command["id"], "state": "accepted"}])
    assert desk.command(command["id"])["state"] == "accepted"
    image = desk.server.send_image(desk.camera, picture("one"), 7).json()["id"]
    result = {"boot": "boot-1", "sequence": 7}
    answer = link.heartbeat(reports=[{"command": command["id"], "state": "succeeded", "result": result}])
    assert "orders" not in answer
    ended = desk.command(command["id"])
    assert (ended["state"], ended["images"]) == ("succeeded", [image])
    assert link.is_silent(0.5)


def test_what_waits_is_told_on_linking_one_after_the_other(desk):
    first, second = desk.send("capture"), desk.send("reboot")
    desk.set(interval_s=60)
    with Link(desk.server, desk.camera) as link:
        orders = link.heartbeat()["orders"]
        assert orders["command"]["id"] == first["id"]
        assert orders["settings"] == {"version": 1, "values": {"interval_s": 60}}
        done = [{"command": first["id"], "state": "failed", "reason": "no light"}]
        orders = link.heartbeat(reports=done, settings={"version": 1, "status": "applied"})["orders"]
        assert orders["command"]["id"] == second["id"] and "settings" not in orders
        again = link.heartbeat(reports=done)["orders"]
        assert again["command"]["id"] == second["id"], "what is said twice counts once"
    assert desk.settings()["applied"] == {"interval_s": 60}


def test_settings_are_told_at_once(desk, link):
    link.heartbeat()
    desk.set(quality=40)
    link.until("orders")
    assert link.heartbeat()["orders"]["settings"]["values"] == {"quality": 40}
    link.heartbeat(settings={"version": 1, "status": "rejected", "reason": "not so coarse"})
    assert desk.settings()["reported"]["reason"] == "not so coarse"


def test_a_camera_is_asked_once_until_it_speaks(desk, link):
    for _ in range(3):
        desk.send("capture")
    link.until("orders")
    assert link.is_silent(1.5)
    link.heartbeat()
    desk.send("capture")
    link.until("orders")


def test_what_is_wanted_at_the_command_line_is_told_as_well(desk, link):
    link.heartbeat()
    where = desk.server.where
    command = heliograph_json("camera", "command", desk.camera.name, "capture", *where)
    link.until("orders")
    assert command_in(link.heartbeat())["id"] == command["id"]
    link.heartbeat(reports=[{"command": command["id"], "state": "succeeded"}])
    heliograph_json("camera", "settings", desk.camera.name, "interval_s=60", *where)
    link.until("orders")
    assert link.heartbeat()["orders"]["settings"]["version"] == 1


def test_a_linked_camera_is_online(desk):
    assert desk.presence() == "unknown"
    with Link(desk.server, desk.camera) as link:
        assert desk.presence() == "online"
        link.heartbeat(next_s=86400)
        assert desk.presence() == "online"
        health = desk.server.get(f"{desk.path}/health").json()
        assert health["presence"] == "online" and health["due_at"] is None
        link.send(CLOSE, struct.pack(">H", 1001))
        assert eventually(lambda: desk.presence() == "asleep"), "it said goodbye, and when it will be back"


def test_a_linked_camera_was_heard_when_it_answered_a_ping(desk):
    def heard_at() -> int:
        return desk.server.get(f"{desk.path}/health").json()["heard_at"]

    with Link(desk.server, desk.camera) as link:
        link.heartbeat()
        before = heard_at()
        time.sleep(0.01)
        link.send(PONG, b"")
        assert eventually(lambda: heard_at() > before)


def test_a_camera_that_is_gone_without_a_word_is_due_at_once(desk):
    with Link(desk.server, desk.camera) as link:
        link.heartbeat(next_s=86400)

    def due_in_ms() -> int | None:
        health = desk.server.get(f"{desk.path}/health").json()
        return health["due_at"] and health["due_at"] - health["heard_at"]

    # To the millisecond: from the last byte, and not from what was read of it.
    assert eventually(lambda: (due := due_in_ms()) and 0 <= PING_S * 1000 - due < 1000), due_in_ms()


def test_what_is_said_over_it_is_kept(desk, link):
    link.heartbeat(telemetry="battery_mv=3900", model="trap", sensor="ov2640")
    spans = desk.server.get(f"{desk.path}/telemetry").json()["spans"]
    assert spans[-1]["most"]["battery_mv"] == 3900


# --- heliograph-cam ---


def test_the_linux_camera_takes_a_picture_at_once(desk, run_camera):
    run_camera()
    assert eventually(lambda: is_linked(desk.server) and desk.images())
    command = desk.send("capture")
    ended = desk.outcome(command["id"], within_s=5)
    assert ended["state"] == "succeeded", ended
    assert eventually(lambda: desk.command(command["id"])["images"])


def test_the_linux_camera_is_set_at_once(desk, run_camera):
    run_camera("--scene", "--size", "320x240")
    assert eventually(lambda: is_linked(desk.server))
    desk.set(quality=40, interval_s=1)
    assert eventually(lambda: not desk.settings()["pending"], within_s=5)
    assert desk.settings()["reported"]["status"] == "applied"
    assert eventually(lambda: len(desk.images()) >= 2)


def test_a_camera_that_signs_is_told_over_its_link(desk, run_camera):
    camera = run_camera("--sign", desk.camera.id)
    assert eventually(lambda: is_linked(desk.server))
    assert desk.outcome(desk.send("identify")["id"], within_s=5)["state"] == "succeeded"
    assert camera.events("identified")


def test_the_linux_camera_draws_what_is_watched_as_it_is_wanted(desk, run_camera):
    run_camera("--scene", "--size", "640x480")
    assert eventually(lambda: is_linked(desk.server))
    sizes = set()
    with Socket(desk.server, "/api/v1/live", {}) as viewer:
        for width in (160, 0):
            viewer.say(type="watch", camera=desk.camera.id, fps=5, width=width)
            wanted = (width or 640, (width or 640) * 3 // 4)
            assert eventually(lambda wanted=wanted: size_of(viewer.frame().jpeg) == wanted)
            sizes.add(wanted)
    assert len(sizes) == 2


# --- exactly once ---


def test_a_link_that_breaks_in_the_middle_of_a_command(desk, run_camera):
    between = DroppingLink(desk.server.port)
    run_camera(port=between.port)
    assert eventually(lambda: is_linked(desk.server) and desk.images())
    command = desk.send("burst", arguments={"count": 4, "interval_ms": 300})
    assert eventually(lambda: desk.command(command["id"])["state"] == "accepted")
    between.cut()
    ended = desk.outcome(command["id"], within_s=30)
    assert ended["state"] == "succeeded", ended
    assert eventually(lambda: len(desk.command(command["id"])["images"]) == 4)
    assert eventually(lambda: len(desk.images()) == 5)
    between.close()


def test_a_server_that_is_killed_in_the_middle_of_a_command(desk, run_camera):
    between = DroppingLink(desk.server.port)
    run_camera("--heartbeat", 1, port=between.port)
    assert eventually(lambda: is_linked(desk.server) and desk.images())
    command = desk.send("burst", arguments={"count": 4, "interval_ms": 300})
    assert eventually(lambda: desk.command(command["id"])["state"] == "accepted")
    desk.server.kill()
    desk.server.start()
    between.target = desk.server.port
    ended = desk.outcome(command["id"], within_s=30)
    assert ended["state"] == "succeeded", ended
    assert eventually(lambda: len(desk.images()) == 5)
    between.close()


def test_a_camera_that_is_killed_in_the_middle_of_a_command(desk, run_camera):
    camera = run_camera()
    assert eventually(lambda: is_linked(desk.server) and desk.images())
    command = desk.send("burst", arguments={"count": 20, "interval_ms": 300})
    assert eventually(lambda: desk.command(command["id"])["state"] == "accepted")
    camera.kill()
    camera.start()
    ended = desk.outcome(command["id"])
    assert (ended["state"], ended["reason"]) == ("failed", "broken off by a restart")


def test_exactly_once_over_links_that_break_and_deaths(desk, run_camera, chance):
    """Whatever dies and breaks: each command has an end, and a picture more than commands there is none."""
    between = DroppingLink(desk.server.port)
    camera = run_camera("--heartbeat", 0.2, port=between.port)
    assert eventually(lambda: is_linked(desk.server))
    sent = []
    for n in range(16):
        sent.append(desk.send("capture")["id"])
        time.sleep(chance.uniform(0, 0.3))
        if n % 2 == 0:
            between.cut()
        if n % 5 == 2:
            camera.kill()
            camera.start()
        if n % 5 == 4:
            desk.server.kill()
            time.sleep(chance.uniform(0, 0.1))
            desk.server.start()
            between.target = desk.server.port
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
    between.close()


# --- who means no good ---


@pytest.mark.parametrize(
    "message",
    [
        {"type": "heartbeat"},
        {"type": "heartbeat", "number": 1},
        {"type": "heartbeat", "number": -1, "boot": "b"},
        {"type": "heartbeat", "number": 1 << 32, "boot": "b"},
        {"type": "heartbeat", "number": 1, "boot": "no spaces"},
        {"type": "heartbeat", "number": 1, "boot": "b", "reports": [{"command": "c", "state": "fine"}]},
        {"type": "heartbeat", "number": 1, "boot": "b", "reports": [{}] * 17},
        {"type": "heartbeat", "number": 1, "boot": "b", "settings": 7},
        {"type": "heartbeat", "number": 1, "boot": "b", "telemetry": "battery_mv=x"},
    ],
)
def test_what_a_hostile_camera_says_ends_its_link_and_nothing_else(desk, link, message):
    link.say(**message)
    with pytest.raises(Closed) as closed:
        link.next()
    assert closed.value.code == 1002 and closed.value.reason
    with Link(desk.server, desk.camera) as again:
        again.heartbeat()


def test_messages_of_a_newer_camera_are_passed_over(desk, link):
    command = desk.send("capture")
    link.say(type="of-tomorrow", stream=-1, number="x", nested=[[[{}]]])
    link.say(type="hello", model="of yesterday")
    told = link.heartbeat(version=99, future={"deep": [[]]}, reports=[{"command": "never-sent", "state": "succeeded"}])
    assert command_in(told)["id"] == command["id"]


def test_a_link_takes_the_cameras_own_key_only(desk):
    assert Socket(desk.server, "/device/v1/link", {"Authorization": "Bearer tok_nothing"}).status == 401


HOSTILE = {
    "no JSON": [frame(TEXT, b"\xff\x00{{{")],
    "no object": [frame(TEXT, b"[[[]]]"), frame(TEXT, b"7"), frame(TEXT, b"")],
    "a text without an end": [frame(TEXT, b'{"type":"heard",', final=False)] + [frame(0, b"x" * 4000, final=False)] * 50,
    "a mask": [b"\x81\x82abcdef"],
    "an opcode that is none": [b"\x83\x00"],
    "reserved bits": [b"\xf1\x00"],
    "a ping of 200 bytes": [b"\x89\x7e\x00\xc8" + b"x" * 200],
    "a length of 2^63": [b"\x81\x7f" + b"\x7f" + b"\xff" * 7],
    "a flood of pings": [frame(PING, b"x" * 125)] * 500,
    "calls without end": [text({"type": "orders"})] * 500,
    "answers to nothing": [text({"type": "heard", "number": n, "orders": {"command": CAPTURE | {"id": f"c{n}"}}}) for n in range(90, 200)],
    "numbers out of range": [text({"type": "heard", "number": n, "orders": 7}) for n in (-1, 1 << 32, 1 << 63, 1 << 70, "1", None)],
    "streams without credit": [
        text({"type": "start-live", "stream": 1, "fps": 1 << 40, "credits": 1 << 40, "lease_ms": 1 << 62}),
        text({"type": "start-live", "stream": 1, "fps": 30, "width": 1 << 40, "quality": 0, "credits": 2, "lease_ms": 100}),
        text({"type": "credit", "stream": 1, "frames": 1 << 31}),
        text({"type": "renew", "stream": 1, "lease_ms": -1}),
    ],
    "a message of tomorrow": [frame(BINARY, b"\x02" * 1000), text({"type": "of-tomorrow", "stream": 1})],
    "a goodbye without a reason": [frame(CLOSE, b"")],
    "a goodbye of half a code": [frame(CLOSE, b"\x0f")],
}


@pytest.mark.parametrize("bytes_sent", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_camera_survives_a_hostile_server(camera, tmp_path, photo, bytes_sent):
    """It links again, or goes on, and still does what it is told, once."""
    reported = threading.Event()
    obeyed = []

    def answer(peer, said: dict) -> None:
        if said["type"] != "heartbeat":
            return
        obeyed.extend(report for report in said.get("reports", []) if report["state"] == "succeeded")
        orders = {} if obeyed else {"orders": {"command": CAPTURE | {"id": "the-good-one", "name": "identify"}}}
        peer.send(text({"type": "heard", "number": said["number"], "server_time": 1} | orders))
        if obeyed:
            reported.set()

    def be_good(peer) -> None:
        while True:
            answer(peer, peer.next())

    def be_hostile(peer) -> None:
        said = peer.next()
        for data in bytes_sent:
            peer.send(data)
        answer(peer, said)
        be_good(peer)

    (tmp_path / "frames").mkdir()
    (tmp_path / "frames/a.jpg").write_bytes(photo)
    with HostileServer(be_hostile, be_good) as server:
        device = VirtualCamera(camera, server.port, tmp_path, "--frames", tmp_path / "frames", "--loop").start()
        try:
            assert reported.wait(20), server.faults
            assert device.process.poll() is None
            assert not server.faults
            assert {report["command"] for report in obeyed} == {"the-good-one"}
            assert len(device.events("identified")) == 1
            device.stop()
        finally:
            device.kill()
