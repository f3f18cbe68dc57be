"""What the real camera makes of settings that cost it something, and what it tells of itself when it is asked."""

from harness.desk import JSON
from harness.relay import Relay
from harness.waiting import eventually


def test_its_log_is_sent_when_it_is_wanted(desk, run_camera, frames):
    assert desk.server.get(f"{desk.path}/log").status == 404
    run_camera(*frames)
    assert desk.outcome(desk.send("identify")["id"])["state"] == "succeeded"
    ended = desk.outcome(desk.send("send-log", arguments={"lines": 3})["id"])
    assert ended["state"] == "succeeded", ended
    log = desk.server.get(f"{desk.path}/log")
    assert log.status == 200 and log.headers["content-type"].startswith("text/plain")
    assert len(log.body) == ended["result"]["bytes"]
    lines = log.body.decode().splitlines()
    assert len(lines) == 3 and any(" obeyed identify" in line for line in lines), lines
    assert desk.camera.key.encode() not in log.body
    again = desk.outcome(desk.send("send-log", arguments={"lines": 1})["id"])
    assert len(desk.server.get(f"{desk.path}/log").body) == again["result"]["bytes"]  # the last one is kept


def test_a_camera_that_signs_sends_its_log(desk, run_camera, frames):
    run_camera(*frames, "--sign", desk.camera.id, "--no-link")
    ended = desk.outcome(desk.send("send-log", arguments={"lines": 3})["id"])
    assert ended["state"] == "succeeded", ended
    assert len(desk.server.get(f"{desk.path}/log").body) == ended["result"]["bytes"]


def test_a_log_is_text_of_a_camera(desk):
    def send(body: bytes, **headers: str):
        text = {"Content-Type": "text/plain"}
        return desk.server.request("POST", "/device/v1/log", body, text | headers)

    key = desk.camera.bearer
    assert send(b"x").status == 401
    assert send(b"x" * 16385, **key).status == 413
    assert desk.server.request("POST", "/device/v1/log", b"{}", JSON | key).status == 415
    assert send(b"a\x1b[31m<script>\xff\r\nb", **key).status == 200
    assert desk.server.get(f"{desk.path}/log").body == b"a?[31m<script>??\nb"


def test_a_drawn_camera_shows_how_it_is_set(desk, run_camera):
    def offered() -> set[str]:
        return {setting["key"] for setting in desk.settings()["schema"]}

    run_camera("--size", "320x240")
    assert eventually(lambda: "effect" in offered())  # it has told what it is
    assert {"white_balance", "iso_gain", "monthly_budget_mb"} <= offered() and "sharpness" not in offered()
    wanted = {"rotation": "90", "effect": "sepia", "exposure_bias": 1, "sleep": "light", "live_max_fps": 2}
    assert desk.set(interval_s=1, **wanted).status == 200
    assert eventually(lambda: not desk.settings()["pending"])
    assert desk.settings()["reported"]["status"] == "applied", desk.settings()
    assert eventually(lambda: desk.images()[0]["image"]["height"] == 320)


def test_at_its_budget_pictures_wait_and_that_is_told(desk, run_camera):
    camera = run_camera("--size", "1024x768", "--quality", "100")  # half a megabyte each
    assert eventually(lambda: desk.images())
    desk.set(interval_s=1, monthly_budget_mb=1)
    assert eventually(lambda: "used up" in str(desk.settings()["reported"]), within_s=60), desk.settings()
    assert desk.settings()["reported"]["status"] == "applied" and camera.events("spent")
    sent = len(desk.images())
    assert eventually(lambda: camera.events("captured")[-1]["waiting"] >= 3)
    assert len(desk.images()) == sent
    camera.kill()
    camera.start()  # it remembers
    begun = len(camera.events("captured"))
    assert eventually(lambda: len(camera.events("captured")) > begun + 1)
    assert len(desk.images()) == sent


def test_settings_are_given_up_after_too_many_starts(desk, run_camera, frames):
    relay = Relay(desk.server.port)

    def go_dark(answer: bytes) -> None:
        relay.dark = relay.dark or b'"settings"' in answer

    camera = run_camera(*frames, port=relay.port)
    assert eventually(lambda: desk.images())
    relay.on_answer = go_dark
    desk.set(interval_s=77)
    assert eventually(lambda: relay.dark and camera.events("set"))
    for starts in range(2, 6):
        camera.kill()
        camera.start()
        assert eventually(lambda starts=starts: len(camera.events("captured")) == starts)  # its first
    assert eventually(lambda: len(camera.events("set")) == 2), "nothing was given up"
    relay.on_answer = lambda answer: None
    relay.dark = False
    assert eventually(lambda: not desk.settings()["pending"], within_s=40)
    reported = desk.settings()["reported"]
    assert reported["status"] == "rolled-back" and "started again" in reported["reason"]
    relay.close()
