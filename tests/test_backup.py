"""A backup is made while pictures come, and is a data directory: restoring it is copying it."""

import contextlib
import itertools
import json
import shutil
import threading

from harness.pictures import unlike_all_others
from harness.programs import heliograph, heliograph_json
from harness.server import Server

SENDERS = 3


class Load:
    """Cameras that send one picture after the other for as long as this is entered."""

    def __init__(self, server, photo):
        self.server, self.photo = server, photo
        self.cameras = [server.add_camera(f"camera {n}") for n in range(SENDERS)]
        self.acknowledged: dict[str, bytes] = {}  # by filename
        self.over = threading.Event()
        self.warm = threading.Event()
        self.threads = [threading.Thread(target=self.send, args=(camera,)) for camera in self.cameras]

    def send(self, camera):
        for number in itertools.count():
            if self.over.is_set():
                return
            picture = unlike_all_others(self.photo, f"{camera.name} {number}")
            reply = self.server.send_image(camera, picture, number)
            assert reply.status == 201, reply.body
            self.acknowledged[reply.json()["filename"]] = picture
            if number > 20:
                self.warm.set()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        assert self.warm.wait(30)
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()


def restored(backup, tmp_path) -> Server:
    shutil.copytree(backup, tmp_path / "restored")
    return Server(tmp_path / "restored")


@contextlib.contextmanager
def running(server: Server):
    server.start()
    try:
        yield
    finally:
        server.stop()


def test_a_backup_under_load_restores_to_a_whole_server(server, photo, tmp_path):
    backup = tmp_path / "backup"
    refused = server.add_camera("broken")
    assert server.upload(refused, b"no picture at all").status == 422
    server.quarantine(refused)
    with Load(server, photo) as load:
        before = dict(load.acknowledged)
        report = heliograph_json("backup", backup, *server.where)
        during = len(load.acknowledged) - len(before)
    assert during > 0, "nothing came meanwhile: this proves nothing"
    assert report["finished"] and report["images"] == report["copied"] >= len(before)
    assert report["refused"] == 1 and report["gone"] == 0

    other = restored(backup, tmp_path)
    other.assert_fsck_finds_nothing()
    with running(other):
        assert other.image_count() == report["images"]
        for filename, picture in before.items():
            assert other.original(filename) == picture
        (kept,) = other.quarantine(refused)
        assert other.quarantined_bytes(kept) == b"no picture at all"
        # Its cameras go on with the keys they have, and a repeat of what was there is one.
        first = load.cameras[0]
        assert other.send_image(first, unlike_all_others(photo, f"{first.name} 0"), 0).json()["duplicate"]
        assert other.send_image(first, unlike_all_others(photo, "later"), 0, boot="boot-2").status == 201
    other.assert_fsck_finds_nothing()


def test_the_next_backup_copies_what_is_new(server, camera, picture, tmp_path):
    backup = tmp_path / "backup"
    server.upload(camera, picture(1))
    assert heliograph_json("backup", backup, *server.where)["copied"] == 1
    server.upload(camera, picture(2))
    report = heliograph_json("backup", backup, *server.where)
    assert (report["images"], report["copied"]) == (2, 1)
    assert heliograph_json("backup", backup, *server.where)["copied"] == 0
    assert "is a whole backup: 2 pictures, 0 of them copied now" in heliograph("backup", backup, *server.where).stdout
    restored(backup, tmp_path).assert_fsck_finds_nothing()


def test_a_backup_goes_only_where_it_harms_nothing(server, camera, picture, tmp_path):
    server.upload(camera, picture(1))

    def refused(where) -> str:
        done = heliograph("backup", where, *server.where, "--json", check=False)
        assert done.returncode == 2
        return json.loads(done.stderr)["detail"]

    assert "another disk" in refused(server.data / "backup")
    assert "another disk" in refused(server.data)
    full = tmp_path / "full"
    full.mkdir()
    (full / "diary.txt").write_text("mine")
    assert "nothing was written there" in refused(full)
    assert [path.name for path in full.iterdir()] == ["diary.txt"]
    done = heliograph("--data", tmp_path / "nowhere", "backup", tmp_path / "to", check=False)
    assert done.returncode == 2 and not (tmp_path / "to").exists() and not (tmp_path / "nowhere").exists()
