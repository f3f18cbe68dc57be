"""What the machine can do to a server: a full disk, no rights, a taken port, a wrong configuration, a dead
database."""

import os
import subprocess
import time

import pytest

from harness.disks import MIB, small_disk
from harness.pictures import grown_to, unlike_all_others
from harness.postgres import Postgres
from harness.programs import HELIOGRAPH
from harness.requests import head

# --- the disk and the data directory ---


@pytest.fixture(params=["memory", "ext4"])
def disk(request, tmp_path):
    with small_disk(request.param, tmp_path / "disk", 24) as folder:
        yield folder


def fill_up(file):
    """Writes until not one more byte fits."""
    for piece in (MIB, 4096, 1):
        with open(file, "ab", buffering=0) as out:
            try:
                while True:
                    out.write(bytes(piece))
            except OSError:
                pass


SPACE_LOOK_S = 1.2  # the server asks the filesystem once a second how full others have made it


def test_full_disk(disk, new_server, photo):
    server = new_server(disk / "data", log=disk.with_name("full.log")).start()
    camera = server.add_camera()
    large = [grown_to(unlike_all_others(photo, str(n)), 300_000) for n in range(200)]
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(8 * MIB))
    time.sleep(SPACE_LOOK_S)

    stored = {}
    for sequence, picture in enumerate(large):
        reply = server.send_image(camera, picture, sequence)
        if reply.status != 201:
            break
        stored[reply.json()["filename"]] = picture
    assert len(stored) > 10, "the disk was full at once"
    assert reply.status == 507
    reply.problem()
    ready = server.get("/readyz")
    assert ready.status == 503
    ready.problem()
    # Full to the last byte, so that not even the database can grow.
    fill_up(ballast)
    for picture in large[-3:]:
        assert server.upload(camera, picture).status in (503, 507)
    assert {name: server.original(name) == picture for name, picture in stored.items()} == dict.fromkeys(
        stored, True
    )

    ballast.unlink()
    again = server.send_image(camera, large[len(stored)], len(stored))
    assert again.status == 201 and not again.json()["duplicate"], "works again without a restart"
    assert server.get("/readyz").status == 200
    assert server.image_count() == len(stored) + 1
    server.assert_fsck_finds_nothing()
    server.stop()
    server.start()
    assert server.image_count() == len(stored) + 1


def test_a_write_that_meets_a_full_disk_is_noticed_at_once(disk, new_server, photo):
    server = new_server(disk / "data", log=disk.with_name("full.log")).start()
    camera = server.add_camera()
    assert server.upload(camera, photo).status == 200  # so that the server has just asked how much room there is
    fill_up(disk / "ballast")
    assert server.upload(camera, grown_to(unlike_all_others(photo, "halfway"), 300_000)).status == 507
    # The next one is told before its body: it waits for leave to send it.
    with server.connect(timeout=5) as stream:
        stream.sendall(head(camera, "Expect: 100-continue", "Content-Length: 100000"))
        assert stream.recv(100).startswith(b"HTTP/1.1 507 ")
    assert server.get("/readyz").status == 503
    (disk / "ballast").unlink()
    assert server.upload(camera, unlike_all_others(photo, "afterwards")).status == 200
    server.assert_fsck_finds_nothing()
    server.stop()


NOBODY = "65534"  # the same user and group on every Linux


def refused_start(*options, user: str | None = None) -> str:
    """What `heliograph serve` says when it will not start; it must do so soon, and with a failure's exit
    code."""
    command = ["setpriv", "--reuid", user, "--regid", user, "--clear-groups"] if user else []
    done = subprocess.run(
        [*command, HELIOGRAPH, "serve", *map(str, options)],
        capture_output=True,
        text=True,
        timeout=10,
        stdin=subprocess.DEVNULL,
        cwd="/",
    )
    said = done.stdout + done.stderr
    assert done.returncode not in (0, -6, -11), said
    assert "terminate called" not in said and "what():" not in said, said
    return said


def test_data_directory_cannot_be_written_to(tmp_path):
    if os.geteuid() == 0:
        # Root may write anywhere; nobody may not, but must be able to get there.
        for parent in (tmp_path, *tmp_path.parents):
            parent.chmod(parent.stat().st_mode | 0o011)
        user = NOBODY
    else:
        user = None
    data = tmp_path / "data"
    data.mkdir(mode=0o555)
    said = refused_start("--data", data, "--listen", "127.0.0.1:0", user=user)
    assert str(data) in said and "ermission" in said, said


def test_data_directory_is_a_file(tmp_path):
    (tmp_path / "data").write_text("I am a file")
    said = refused_start("--data", tmp_path / "data", "--listen", "127.0.0.1:0")
    assert str(tmp_path / "data") in said and (tmp_path / "data").read_text() == "I am a file"


def test_data_directory_in_use(server, unharmed):
    said = refused_start("--data", server.data, "--listen", "127.0.0.1:0")
    assert str(server.data) in said and "another" in said


def test_port_taken(server, tmp_path, unharmed):
    said = refused_start("--data", tmp_path / "other", "--listen", f"127.0.0.1:{server.port}")
    assert str(server.port) in said and "taken" in said


@pytest.mark.parametrize(
    "listen", ["localhost", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:http", "nowhere:80"]
)
def test_listen_address_that_is_none(tmp_path, listen):
    said = refused_start("--data", tmp_path / "data", "--listen", listen)
    assert "listen" in said.lower()


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0"])
def test_refuses_to_listen_beyond_this_machine(tmp_path, listen):
    said = refused_start("--data", tmp_path / "data", "--listen", listen)
    assert "--insecure-open" in said and ("login" in said or "anyone" in said.lower()), "says why"


def test_listens_beyond_this_machine_when_told_to(new_server):
    server = new_server(options=("--listen", "0.0.0.0:0", "--insecure-open"))
    assert server.start().get("/healthz").status == 200


@pytest.mark.parametrize(
    "text, says",
    [
        ('databse = "x"\n', "databse"),
        ("database = 5\n", "database"),
        ('database = "x\n', "toml:1:"),
        ("[tsl]\n", "tsl"),
    ],
)
def test_misspelt_configuration(tmp_path, text, says):
    config = tmp_path / "heliograph.toml"
    config.write_text(text)
    said = refused_start("--data", tmp_path / "data", "--config", config, "--listen", "127.0.0.1:0")
    assert str(config) in said and says in said
    assert not (tmp_path / "data").exists(), "looked at its configuration before it touched anything"


def test_configuration_is_missing(tmp_path):
    said = refused_start(
        "--data", tmp_path / "data", "--config", tmp_path / "none.toml", "--listen", "127.0.0.1:0"
    )
    assert "none.toml" in said


# --- the database ---


def test_postgresql_goes_away_and_comes_back(new_server, tmp_path, picture):
    postgres = Postgres(tmp_path / "postgres")
    try:
        postgres.start()
        config = tmp_path / "heliograph.toml"
        config.write_text(f'database = "{postgres.address}"\n')
        server = new_server(config=config).start()
        camera = server.add_camera()
        kept = server.send_image(camera, picture("before"), 1).json()
        assert server.get("/readyz").status == 200

        postgres.stop("immediate")
        for _ in range(3):
            reply = server.send_image(camera, picture("during"), 2)
            assert reply.status == 503 and int(reply.headers["retry-after"]) > 0
            reply.problem()
        ready = server.get("/readyz")
        assert ready.status == 503
        ready.problem()
        assert server.get("/healthz").status == 200, "the process is well, its database is not"

        postgres.start()
        give_up = time.monotonic() + 10
        while server.get("/readyz").status != 200 and time.monotonic() < give_up:
            time.sleep(0.1)
        assert server.get("/readyz").status == 200
        assert server.send_image(camera, picture("during"), 2).status == 201
        assert server.send_image(camera, picture("before"), 1).json()["id"] == kept["id"]
        assert server.image_count() == 2
        server.assert_fsck_finds_nothing()
        server.stop()
    finally:
        postgres.close()


def test_postgresql_that_never_was(tmp_path):
    config = tmp_path / "heliograph.toml"
    config.write_text(f'database = "postgresql:///postgres?host={tmp_path}&user=heliograph"\n')
    said = refused_start("--data", tmp_path / "data", "--config", config, "--listen", "127.0.0.1:0")
    assert str(tmp_path) in said


def test_postgresqls_library_is_missed_only_by_who_uses_it(new_server, tmp_path, monkeypatch):
    broken = tmp_path / "lib"
    broken.mkdir()
    (broken / "libpq.so.5").touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", str(broken))
    new_server().start().stop()  # on SQLite

    config = tmp_path / "heliograph.toml"
    config.write_text('database = "postgresql:///heliograph"\n')
    said = refused_start("--data", tmp_path / "data", "--config", config, "--listen", "127.0.0.1:0")
    assert "libpq5" in said and str(broken) in said
