"""The built programs, and what they answer on the command line."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("HELIOGRAPH_BIN_DIR", REPO / "build/release/bin")).resolve()
HELIOGRAPH = BIN / "heliograph"
CAM = BIN / "heliograph-cam"
JPEG_FIXTURE = Path(os.environ.get("HELIOGRAPH_JPEG_FIXTURE", BIN.parent / "tests/jpeg_fixture"))
STORM = BIN.parent / "bench/storm"
SLOW_FLUSH = BIN.parent / "bench/slow_flush.so"

# A command that has not answered by then hangs: the slowest one, fsck of a few thousand images, takes
# seconds.
COMMAND_TIMEOUT_S = 60


@dataclass(frozen=True)
class Camera:
    id: str
    name: str
    key: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def run_program(program: Path, *args, check: bool = True, timeout: float = COMMAND_TIMEOUT_S) -> subprocess.CompletedProcess:
    """Runs it to its end; with `check`, anything but exit 0 fails the test and shows what it said."""
    done = subprocess.run(
        [program, *map(str, args)],
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )
    if check and done.returncode != 0:
        raise AssertionError(
            f"{program.name} {' '.join(map(str, args))}: exit {done.returncode}\n"
            f"{done.stdout}{done.stderr}"
        )
    return done


def heliograph(*args, **how) -> subprocess.CompletedProcess:
    return run_program(HELIOGRAPH, *args, **how)


def heliograph_json(*args):
    return json.loads(heliograph(*args, "--json").stdout)


def add_camera(where: list, name: str) -> Camera:
    """`where` says which catalog: ["--data", DIR], and ["--config", FILE] if there is one."""
    added = heliograph_json("camera", "add", name, *where)
    return Camera(added["id"], added["name"], added["key"])


def fsck(where: list, timeout: float = COMMAND_TIMEOUT_S) -> tuple[int, dict]:
    """What fsck found, and its exit code: 0 nothing, 1 something, 2 it could not look."""
    done = heliograph("fsck", *where, "--json", check=False, timeout=timeout)
    try:
        return done.returncode, json.loads(done.stdout)
    except json.JSONDecodeError:
        raise AssertionError(f"fsck: exit {done.returncode}, no JSON\n{done.stdout}{done.stderr}") from None
