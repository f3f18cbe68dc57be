#!/usr/bin/env python3
"""What a browser needs to flash a board (ESP Web Tools): the parts of a build and a manifest that names them.

`web_manifest.py BOARD BUILD OUT` reads BUILD/flasher_args.json, which ESP-IDF has written, copies the parts into
OUT/BOARD, and writes OUT/BOARD/manifest.json. Addresses come from the build, so they are those of its partition table.
"""

import json
import shutil
import sys
from pathlib import Path

CHIPS = {"esp32": "ESP32", "esp32s3": "ESP32-S3"}
# Seconds that the browser waits for the board to say over serial that it wants a network.
IMPROV_WAIT_S = 15


def manifest(board, version, flasher_args):
    """The manifest, and for each part its file in the build and its name beside the manifest."""
    files = {path: Path(path).name for path in flasher_args["flash_files"].values()}
    parts = [{"path": files[path], "offset": int(address, 16)}
             for address, path in sorted(flasher_args["flash_files"].items(), key=lambda item: int(item[0], 16))]
    return {
        "name": f"Heliograph camera, {board}",
        "version": version,
        "new_install_prompt_erase": True,
        "new_install_improv_wait_time": IMPROV_WAIT_S,
        "builds": [{"chipFamily": CHIPS[flasher_args["extra_esptool_args"]["chip"]], "parts": parts}],
    }, files


def main():
    board, build, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    described = json.loads((build / "project_description.json").read_text())
    made, files = manifest(board, described["project_version"], json.loads((build / "flasher_args.json").read_text()))
    place = out / board
    place.mkdir(parents=True, exist_ok=True)
    for path, name in files.items():
        shutil.copy(build / path, place / name)
    (place / "manifest.json").write_text(json.dumps(made, indent=2) + "\n")


if __name__ == "__main__":
    main()
