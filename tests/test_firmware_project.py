"""The ESP-IDF project beside firmware/esp32: what ESP-IDF, PlatformIO, the workflow and a browser read must agree.

None of them is here to say so itself.
"""

import configparser
import importlib.util
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1] / "firmware/esp32"
WORKFLOW = PROJECT.parents[1] / ".github/workflows/firmware.yml"
BOARDS = sorted(path.stem for path in PROJECT.glob("boards/*.defaults"))
MIB = 1024 * 1024


def test_every_board_is_known_everywhere():
    headers = sorted(path.stem for path in PROJECT.glob("boards/*.hpp") if path.stem not in ("board", "board_pins"))
    assert BOARDS == headers
    options = re.findall(r"config HELIOGRAPH_BOARD_(\w+)", (PROJECT / "main/Kconfig.projbuild").read_text())
    assert sorted(options) == sorted(board.upper() for board in BOARDS)
    chosen = re.findall(r"#(?:el)?if CONFIG_HELIOGRAPH_BOARD_(\w+)", (PROJECT / "boards/board.hpp").read_text())
    assert sorted(set(chosen)) == sorted(options)
    platformio = configparser.ConfigParser()
    platformio.read(PROJECT / "platformio.ini")
    assert sorted(name[4:] for name in platformio.sections() if name.startswith("env:")) == BOARDS
    matrix = re.search(r"board: \[(.*)\]", WORKFLOW.read_text()).group(1)
    assert sorted(re.split(r",\s*", matrix)) == BOARDS


@pytest.mark.parametrize("board", BOARDS)
def test_a_board_has_its_defaults(board):
    defaults = (PROJECT / f"boards/{board}.defaults").read_text()
    assert f"CONFIG_HELIOGRAPH_BOARD_{board.upper()}=y" in defaults
    size = re.search(r"CONFIG_ESPTOOLPY_FLASHSIZE_(\d)MB=y", defaults).group(1)
    table = re.search(r'CONFIG_PARTITION_TABLE_CUSTOM_FILENAME="(.*)"', defaults).group(1)
    assert table == f"partitions-{size}mb.csv"
    assert f"board.flash_mb = {size};" in (PROJECT / f"boards/{board}.hpp").read_text()
    environment = (PROJECT / "platformio.ini").read_text().split(f"[env:{board}]")[1].split("[env:")[0]
    assert table in environment and f"boards/{board}.defaults" in environment


@pytest.mark.parametrize("size", [4, 8])
def test_partitions_fit_and_do_not_overlap(size):
    lines = (PROJECT / f"partitions-{size}mb.csv").read_text().splitlines()
    rows = [re.split(r",\s*", line) for line in lines if not line.startswith("#")]
    end = 0x9000  # boot loader and table stand before
    for name, kind, _, offset, length in rows:
        offset, length = int(offset, 16), int(length, 16)
        assert offset >= end, name
        assert offset % (0x10000 if kind == "app" else 0x1000) == 0 and length % 0x1000 == 0, name
        end = offset + length
    assert end <= size * MIB
    programs = [int(row[3], 16) for row in rows if row[2] == "ota_0"]
    checked = (PROJECT.parents[1] / "server/cameras/flash_image.hpp").read_text()
    assert programs == [int(re.search(r"program_offset = (0x\w+);", checked).group(1), 16)]
    slots = [int(row[4], 16) for row in rows if row[1] == "app"]
    assert len(slots) == 2 and slots[0] == slots[1], "an image has to fit either slot"
    assert {row[0] for row in rows} >= {"otadata", "nvs"}


def test_what_a_browser_flashes_has_the_addresses_of_the_build():
    spec = importlib.util.spec_from_file_location("web_manifest", PROJECT / "web_manifest.py")
    web_manifest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(web_manifest)
    manifest, files = web_manifest.manifest("t_sim7600", "0.1.0", {
        "flash_files": {"0x10000": "heliograph-esp32.bin", "0x1000": "bootloader/bootloader.bin",
                        "0x8000": "partition_table/partition-table.bin", "0x9000": "ota_data_initial.bin"},
        "extra_esptool_args": {"chip": "esp32"},
    })
    assert manifest["version"] == "0.1.0"
    assert manifest["builds"] == [{"chipFamily": "ESP32", "parts": [
        {"path": "bootloader.bin", "offset": 0x1000},
        {"path": "partition-table.bin", "offset": 0x8000},
        {"path": "ota_data_initial.bin", "offset": 0x9000},
        {"path": "heliograph-esp32.bin", "offset": 0x10000},
    ]}]
    assert files["bootloader/bootloader.bin"] == "bootloader.bin"
