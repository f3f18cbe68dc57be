"""The command line: what a person types, and what a script reads."""

import hashlib
import json
import os
import re
import signal
import subprocess
import threading
import time

import pytest

from harness.pictures import grown_to
from harness.programs import (
    CAM,
    HELIOGRAPH,
    Camera,
    add_camera,
    fsck,
    heliograph,
    heliograph_json,
    run_program,
)
from harness.requests import head


def test_version():
    assert re.search(r"\bheliograph \d+\.\d+\.\d+", heliograph("version").stdout)
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", heliograph_json("version")["version"])


@pytest.mark.parametrize(
    "command, teaches",
    [
        ((), ["serve", "camera", "fsck", "version", "--data", "--config", "--json"]),
        (("serve",), ["--listen", "127.0.0.1", "--insecure-open", "SIGTERM"]),
        (("camera",), ["add", "list", "rotate-key", "remove"]),
        (("camera", "add"), ["NAME", "key"]),
        (("quarantine", "export"), ["CAMERA", "DIRECTORY"]),
        (("backup",), ["DIRECTORY", "while the server runs"]),
        (("fsck",), ["--repair", "--restart", "goes on", "Exit status"]),
        (("rebuild",), ["--restart", "moved aside", "goes on", "Exit status"]),
    ],
)
def test_help_teaches(command, teaches):
    said = heliograph(*command, "--help").stdout
    assert not [word for word in teaches if word not in said], said


@pytest.mark.parametrize("args", [("nonsense",), ("serve", "--nonsense"), ("camera",), ("camera", "add"), ()])
def test_mistyped_command_points_to_help(args):
    done = heliograph(*args, check=False)
    assert done.returncode != 0 and "--help" in done.stdout + done.stderr


def test_virtual_camera_has_help_too():
    said = run_program(CAM, "--help").stdout
    assert not [
        word
        for word in ("--server", "--key", "--frames", "--scene", "--interval", "--count")
        if word not in said
    ]


# --- cameras ---


def test_camera_from_its_birth_to_its_end(tmp_path):
    where = ["--data", tmp_path / "data"]
    orchard = add_camera(where, "Orchard north")
    assert re.fullmatch(r"[0-7][0-9a-hjkmnp-tv-z]{12}", orchard.id) and len(orchard.key) >= 20
    add_camera(where, "Meadow")
    listed = heliograph_json("camera", "list", *where)["cameras"]
    assert [camera["name"] for camera in listed] == ["Meadow", "Orchard north"]
    assert orchard.key not in json.dumps(listed), "a key is shown once"
    assert "Orchard north" in heliograph("camera", "list", *where).stdout

    rotated = heliograph_json("camera", "rotate-key", "Orchard north", *where)
    assert rotated["id"] == orchard.id and rotated["key"] != orchard.key
    heliograph("camera", "remove", "Orchard north", *where)
    assert [camera["name"] for camera in heliograph_json("camera", "list", *where)["cameras"]] == ["Meadow"]


def test_key_is_not_in_the_data_directory(tmp_path):
    where = ["--data", tmp_path / "data"]
    key = add_camera(where, "orchard").key
    kept = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert kept and not [file for file in kept if key.encode() in file.read_bytes()]


def test_key_is_printed_for_a_person(tmp_path):
    said = heliograph("camera", "add", "orchard", "--data", tmp_path / "data").stdout
    key = heliograph_json("camera", "rotate-key", "orchard", "--data", tmp_path / "data")["key"]
    assert re.search(rf"\b\S{{{len(key)}}}\b", said) and "only now" in said


@pytest.mark.parametrize("command", [("rotate-key", "nobody"), ("remove", "nobody")])
def test_unknown_camera(tmp_path, command):
    add_camera(["--data", tmp_path / "data"], "orchard")
    done = heliograph("camera", *command, "--data", tmp_path / "data", check=False)
    assert done.returncode != 0 and "nobody" in done.stderr


@pytest.mark.parametrize("name", ["", " ", "x" * 300, "a\nb"])
def test_name_that_is_none(tmp_path, name):
    assert heliograph("camera", "add", name, "--data", tmp_path / "data", check=False).returncode != 0


def test_name_is_taken(tmp_path):
    where = ["--data", tmp_path / "data"]
    add_camera(where, "orchard")
    done = heliograph("camera", "add", "orchard", *where, check=False)
    assert done.returncode != 0 and "orchard" in done.stderr


def test_names_that_make_one_folder_are_two_cameras(server, picture):
    first, second = server.add_camera("Orchard North"), server.add_camera("orchard/north")
    for camera in (first, second):
        assert server.upload(camera, picture(camera.name)).status == 200
    assert len(list((server.data / "images").iterdir())) == 2
    server.assert_fsck_finds_nothing()


def test_rotated_key_works_at_once_and_the_old_one_no_more(server, camera, picture):
    assert server.upload(camera, picture(1)).status == 200
    new_key = heliograph_json("camera", "rotate-key", camera.name, *server.where)["key"]
    assert server.upload(camera, picture(2)).status == 401
    assert server.upload(Camera(camera.id, camera.name, new_key), picture(2)).status == 200


def test_removed_camera_is_refused_and_its_images_stay(server, camera, picture):
    filename = server.upload(camera, picture(1)).json()["filename"]
    heliograph("camera", "remove", camera.name, *server.where)
    assert server.upload(camera, picture(2)).status == 401
    assert server.get("/api/v1/cameras").json()["cameras"] == []
    assert server.original(filename) == picture(1)
    server.assert_fsck_finds_nothing()


# --- fsck ---


@pytest.fixture
def images(server, camera, picture):
    """Three stored images' files, by age; the server does not run."""
    for n in range(3):
        assert server.send_image(camera, picture(n), n).status == 201
    server.stop()
    return sorted((server.data / "images").rglob("*.jpg"))


def flip_a_byte(images):
    content = bytearray(images[0].read_bytes())
    content[len(content) // 2] ^= 1
    images[0].write_bytes(content)


def cut_the_end(images):
    images[0].write_bytes(images[0].read_bytes()[:-10])


@pytest.mark.parametrize(
    "plant, fault",
    [
        (flip_a_byte, "file-damaged"),
        (cut_the_end, "file-damaged"),
        (lambda images: images[0].unlink(), "file-missing"),
        (lambda images: images[0].rename(images[0].with_name("holiday.jpg")), "stray-file"),
        (lambda images: images[0].with_name("note.txt").write_text("mine"), "stray-file"),
    ],
    ids=["flipped byte", "cut", "missing", "renamed", "stray"],
)
def test_fsck_finds_what_was_planted(server, images, plant, fault):
    assert fsck(server.where)[0] == 0
    plant(images)
    code, report = fsck(server.where)
    assert code == 1
    found = [finding for finding in report["findings"] if finding["fault"] == fault]
    assert found and images[0].parent.name in found[0]["what"], report
    assert images[1].exists() and images[2].exists()
    said = heliograph("fsck", *server.where, check=False)
    assert said.returncode == 1 and found[0]["what"] in said.stdout, "a person is told the same"


def test_fsck_repair_leaves_nothing_to_find(server, images, picture):
    images[0].unlink()
    done = heliograph("fsck", "--repair", *server.where, check=False)
    assert images[0].name in done.stdout
    assert fsck(server.where)[0] == 0
    server.start()
    assert server.image_count() == 2
    assert server.original(images[1].name) == picture(1)


def test_fsck_adopts_a_picture_somebody_put_back(server, images):
    away = images[0].parent / ".." / "away.jpg"
    kept = images[0].read_bytes()
    images[0].rename(away)
    heliograph("fsck", "--repair", *server.where, check=False)
    away.rename(images[0])
    code, report = fsck(server.where)
    assert code == 1 and [finding["fault"] for finding in report["findings"]] == ["file-without-row"]
    heliograph("fsck", "--repair", *server.where, check=False)
    assert fsck(server.where)[0] == 0
    server.start()
    assert server.original(images[0].name) == kept


def test_fsck_will_not_repair_under_a_running_server(server, camera, picture):
    server.upload(camera, picture(1))
    done = heliograph("fsck", "--repair", *server.where, check=False)
    assert done.returncode == 2 and str(server.data) in done.stdout + done.stderr


def test_fsck_where_nothing_is(tmp_path):
    done = heliograph("fsck", "--data", tmp_path / "nowhere", check=False)
    assert done.returncode == 2 and "nowhere" in done.stderr
    assert not (tmp_path / "nowhere").exists()


# --- rebuild ---


def test_rebuild_makes_the_catalog_from_the_files(server, camera, images, picture):
    kept = {file.name: file.read_bytes() for file in images}
    report = heliograph_json("rebuild", *server.where)
    assert (report["images"], report["cameras"], report["findings"]) == (3, 1, [])
    assert {"camera-keys", "sender-names", "telemetry"} <= set(report["unknown"])
    old = server.data / report["old_catalog"].rsplit("/", 1)[1]
    assert old.exists() and not (server.data / "heliograph.sqlite.rebuild").exists()
    assert fsck(server.where)[0] == 0
    server.start()
    assert {name: server.original(name) for name in kept} == kept
    assert server.upload(camera, picture("new")).status == 401, "its key is not in the files"
    key = heliograph_json("camera", "rotate-key", "orchard", *server.where)["key"]
    renewed = Camera(camera.id, camera.name, key)
    again = server.send_image(renewed, picture(1), 1).json()
    assert again["duplicate"] and again["filename"] in kept, "a retry meets its picture"


@pytest.mark.parametrize("wrong", ["lost", "rubbish", "emptied"])
def test_rebuild_of_a_catalog_that_is(server, images, wrong):
    catalog = server.data / "heliograph.sqlite"
    for log in server.data.glob("heliograph.sqlite-*"):
        log.unlink()
    if wrong == "lost":
        catalog.unlink()
    else:
        catalog.write_bytes(b"rubbish" * 1000 if wrong == "rubbish" else b"")
    report = heliograph_json("rebuild", *server.where)
    assert report["images"] == 3 and (report["old_catalog"] is None) == (wrong == "lost")
    if wrong == "rubbish":
        assert open(report["old_catalog"], "rb").read() == b"rubbish" * 1000, "moved aside as it was"
    assert fsck(server.where)[0] == 0


def test_rebuild_says_what_a_person_must_know(server, images):
    (images[0].with_name("note.txt")).write_text("mine")
    said = heliograph("rebuild", *server.where).stdout
    assert not [word for word in ("note.txt", "rotate-key", "before-", "3 pictures") if word not in said], said


def test_rebuild_will_not_run_under_a_server(server, camera, picture):
    server.upload(camera, picture(1))
    done = heliograph("rebuild", *server.where, check=False)
    assert done.returncode == 2 and str(server.data) in done.stderr


def test_rebuild_where_nothing_is(tmp_path):
    done = heliograph("rebuild", "--data", tmp_path / "nowhere", check=False)
    assert done.returncode == 2 and not (tmp_path / "nowhere").exists()


# --- long work is interrupted ---


MANY = 30


@pytest.fixture
def many_images(server, camera, images):
    """Enough large pictures that reading them takes longer than noticing a signal."""
    base = images[0].read_bytes()
    for n in range(MANY):
        # The id is the end of the name: 13 digits of base 32, of which the last two count here.
        digits = "0123456789abcdefghjkmnpqrstvwxyz"
        name = images[0].name[:-6] + digits[n // 32] + digits[n % 32] + ".jpg"
        images[0].with_name(name).write_bytes(grown_to(base, 8_000_000 + n))
    heliograph("fsck", "--repair", *server.where, check=False)
    report = fsck(server.where)[1]
    assert report["faults"] == 0 and report["images_checked"] >= MANY
    return report["images_checked"]


@pytest.mark.parametrize("command, unfinished", [("fsck", "fsck.state"), ("rebuild", "heliograph.sqlite.rebuild")])
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_long_work_is_interrupted_and_goes_on(server, many_images, command, unfinished, ending):
    program = subprocess.Popen(
        [HELIOGRAPH, command, *server.where, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    # Its open files tell when it has begun to read pictures.
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up and program.poll() is None:
        try:
            seen = [os.readlink(f"/proc/{program.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{program.pid}/fd")]
        except OSError:
            continue
        if any(name.endswith(".jpg") for name in seen):
            break
    program.send_signal(ending)
    said, complained = program.communicate(timeout=20)
    assert program.returncode == 2, f"{said}{complained}"
    interrupted = json.loads(said)
    assert not interrupted["finished"] and (server.data / unfinished).exists()
    done = heliograph_json(command, *server.where)
    assert done["finished"] and done["went_on"]
    assert done.get("images_checked", done.get("images")) == many_images
    assert not (server.data / unfinished).exists()
    assert fsck(server.where)[0] == 0


# --- the end ---


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_ends_soon_with_an_upload_in_flight(new_server, picture, ending):
    """The sender is slow, but not too slow: either it is answered and the picture is there, or it is not and
    is not."""
    server = new_server().start()
    camera = server.add_camera()
    server.upload(camera, picture("before"))
    body = picture("in flight")
    answer = bytearray()

    def send_slowly():
        with server.connect() as stream:
            stream.sendall(head(camera, f"Content-Length: {len(body)}"))
            try:
                for at in range(0, len(body), len(body) // 10):
                    stream.sendall(body[at : at + len(body) // 10])
                    time.sleep(0.1)
                answer.extend(stream.recv(4096))
            except OSError:
                pass

    sender = threading.Thread(target=send_slowly)
    sender.start()
    time.sleep(0.3)
    started = time.monotonic()
    server.process.send_signal(ending)
    code = server.process.wait(timeout=10)
    server.process = None
    assert code == 0 and time.monotonic() - started < 10
    sender.join()
    acknowledged = b" 200 OK" in answer
    assert acknowledged, "an upload that needs a second more is let finish"
    assert (server.data / "clean").exists()
    server.start()
    stored = {
        hashlib.sha256(server.original(image["filename"])).hexdigest()
        for image in server.get("/api/v1/images").json()["images"]
    }
    assert hashlib.sha256(body).hexdigest() in stored
    server.assert_fsck_finds_nothing()


def test_ends_in_time_when_a_sender_does_not(new_server, picture):
    server = new_server().start()
    camera = server.add_camera()
    with server.connect() as upload, server.connect() as idle, server.connect() as changes:
        upload.sendall(head(camera, "Content-Length: 10000") + picture("never ends")[:500])
        idle.sendall(b"")
        changes.sendall(b"GET /api/v1/changes HTTP/1.1\r\nHost: h\r\n\r\n")
        time.sleep(0.2)
        server.stop()  # fails after ten seconds
    server.start()
    assert server.image_count() == 0
    server.assert_fsck_finds_nothing()


def test_a_mistyped_command_is_named():
    for words, named, there in ((("foo",), "foo", "serve"), (("camera", "ad"), "ad", "rotate-key")):
        told = subprocess.run([HELIOGRAPH, *words], capture_output=True, text=True, timeout=10)
        assert told.returncode == 2
        assert f'"{named}" is no command' in told.stderr and there in told.stderr
