"""Fixtures of the tests that cross modules. A failed test shows the logs of the servers it started."""

import os
import random
import time

import pytest

from harness.desk import Desk
from harness.openid import EvilProvider, ending, openid_config
from harness.pictures import make_picture, unlike_all_others
from harness.programs import HELIOGRAPH, Camera
from harness.server import Reply, Server
from harness.virtual_camera import VirtualCamera

SERVERS = pytest.StashKey[list]()


# What is bounded for every day can be made long: a fault that shows once in a thousand needs thousands.
LENGTHS = {
    "kills": (100, "how often test_kill.py kills the server"),
    "power-cuts": (15, "how often test_powercut.py cuts the power of each filesystem"),
    "block-cuts": (12, "at how many points of each block log test_blocklog.py cuts the power"),
    "examples": (10, "how many requests test_schemathesis.py makes of each operation, and as many series of them"),
    "deaths": (20, "for how many seconds test_deaths.py lets servers, cameras and links die"),
    "uploads": (3000, "how many pictures test_drops.py sends over connections that break"),
    "picture-kb": (0, "a picture over a thin line that loses packets and breaks, kB; 0: none"),
}


def pytest_addoption(parser):
    for name, (short, what) in LENGTHS.items():
        parser.addoption(f"--{name}", dest=name, type=int, default=short, help=f"{what} (default: {short})")


# Of these all tests stay with one worker, for what their module has made: a server with people, proxies before it.
TOGETHER = {"test_authorisation", "test_contract", "test_exports", "test_proxies", "test_slow_senders", "test_smuggling"}


def pytest_xdist_make_scheduler(config, log):
    """Every other test goes to whoever is idle: most of them wait, for disks, for servers, for time to pass."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.partition(".py::")[0]
            return module if module in TOGETHER else nodeid

    return Scheduling(config, log)


def pytest_collection_modifyitems(items):
    """What takes long begins first, so that at the end nobody waits for it alone."""
    for item in items:
        fixtures = item._fixtureinfo.name2fixturedefs.values()
        if any(definitions[-1].scope == "module" for definitions in fixtures) and item.module.__name__ not in TOGETHER:
            raise pytest.UsageError(f"{item.nodeid} uses what its module has made: name it in TOGETHER")

    def rank(item) -> tuple[bool, bool]:
        return item.get_closest_marker("long") is None, item.module.__name__ not in TOGETHER

    items.sort(key=rank)


def pytest_sessionstart(session):
    if not HELIOGRAPH.exists():
        pytest.exit(f"{HELIOGRAPH} is not there: run `script/build release all`, or set HELIOGRAPH_BIN_DIR", returncode=2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        for server in item.stash.get(SERVERS, []):
            report.sections.append((f"log of {server.data.name}", server.tail_of_log()))
    return report


@pytest.fixture
def chance() -> random.Random:
    seed = int(os.environ.get("HELIOGRAPH_TEST_SEED", random.randrange(1 << 32)))
    print(f"HELIOGRAPH_TEST_SEED={seed}")  # pytest shows it when the test fails
    return random.Random(seed)


@pytest.fixture
def new_server(request, tmp_path):
    """Makes servers, not started; they are killed at the end unless the test stopped them."""
    servers = request.node.stash.setdefault(SERVERS, [])

    def make(data=None, **options) -> Server:
        servers.append(Server(data or tmp_path / f"data{len(servers)}", **options))
        return servers[-1]

    yield make
    for server in servers:
        server.kill()


@pytest.fixture
def server(new_server) -> Server:
    """A server of the test's own that runs, and is stopped in order: each test so also proves a clean end."""
    server = new_server().start()
    yield server
    server.stop()


@pytest.fixture
def camera(server) -> Camera:
    return server.add_camera()


@pytest.fixture(scope="session")
def photo(tmp_path_factory) -> bytes:
    """One picture, 320 × 240."""
    return make_picture(tmp_path_factory.mktemp("photo") / "photo.jpg")


@pytest.fixture
def picture(photo):
    """Makes pictures: the same bytes for the same tag, others for another."""
    return lambda tag: unlike_all_others(photo, str(tag))


@pytest.fixture
def desk(server, camera) -> Desk:
    return Desk(server, camera)


@pytest.fixture
def frames(tmp_path, photo):
    folder = tmp_path / "frames"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.jpg").write_bytes(unlike_all_others(photo, f"frame {n}"))
    return ["--frames", folder, "--loop"]


@pytest.fixture
def run_camera(server, camera, tmp_path):
    started = []

    def run(*options, port: int | None = None) -> VirtualCamera:
        one = VirtualCamera(camera, port or server.port, tmp_path, *options).start()
        started.append(one)
        return one

    yield run
    for one in started:
        one.kill()


@pytest.fixture
def unharmed(server, camera, picture):
    """Before: a picture is stored. After: it is still there, only what the test put into the list was stored
    since, a good
    upload works, and no connection leaks."""
    kept = server.upload(camera, picture("kept")).json()["filename"]
    descriptors = server.open_descriptors()
    stored_by_test: list[Reply] = []
    yield stored_by_test
    assert server.original(kept) == picture("kept")
    assert server.upload(camera, picture("afterwards")).status == 200
    assert server.image_count() == 2 + len(stored_by_test)
    assert descriptors_settle(server, descriptors)
    server.assert_fsck_finds_nothing()


def descriptors_settle(server, at_first: int) -> bool:
    """Connections end a moment after their answer; two descriptors more may be a database's or a log's."""
    give_up = time.monotonic() + 5
    while server.open_descriptors() > at_first + 2 and time.monotonic() < give_up:
        time.sleep(0.05)
    return server.open_descriptors() <= at_first + 2


@pytest.fixture
def evil():
    """An OpenID provider that signs what it likes."""
    with ending(EvilProvider()) as provider:
        yield provider


@pytest.fixture
def evil_server(new_server, tmp_path, evil) -> Server:
    """A server that asks it; stopped in order."""
    server = new_server(config=openid_config(tmp_path, evil.issuer), login=True).start()
    yield server
    server.stop()
