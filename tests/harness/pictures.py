"""JPEGs to send: real ones from `jpeg_fixture`, and any number of different ones made from one by a comment
segment."""

import subprocess
from pathlib import Path

from harness.programs import JPEG_FIXTURE

START_OF_IMAGE = b"\xff\xd8"
COMMENT = b"\xff\xfe"


def make_picture(
    file: Path,
    width: int = 320,
    height: int = 240,
    seed: int = 1,
    quality: int = 80,
    pad: int = 0,
    noise: int = 0,
    thing: float = 0,
) -> bytes:
    """A picture as a sensor would see it; `pad` zero bytes follow its end marker, as some cameras' FIFOs add
    them. With another `noise` it is the same place, seen again; something covers the share `thing` of it."""
    subprocess.run(
        [
            JPEG_FIXTURE,
            "--width",
            str(width),
            "--height",
            str(height),
            "--seed",
            str(seed),
            "--quality",
            str(quality),
            "--pad",
            str(pad),
            "--noise",
            str(noise),
            "--thing",
            str(thing),
            "--out",
            file,
        ],
        check=True,
        timeout=30,
        stdout=subprocess.DEVNULL,
    )
    return file.read_bytes()


def unlike_all_others(base: bytes, tag: str) -> bytes:
    """The same picture with `tag` in a comment: as good a JPEG, other bytes."""
    text = tag.encode()
    return START_OF_IMAGE + COMMENT + (len(text) + 2).to_bytes(2, "big") + text + base[2:]


def grown_to(base: bytes, size_bytes: int) -> bytes:
    """The same picture, exactly `size_bytes` long by comments; at least four bytes more than it was."""
    missing = size_bytes - len(base)
    largest = 2 + 65535  # marker, then the length field's own maximum
    comments = b""
    while missing > 0:
        piece = missing if missing <= largest else min(largest, missing - 4)
        comments += COMMENT + (piece - 2).to_bytes(2, "big") + bytes(piece - 4)
        missing -= piece
    assert missing == 0 and len(base) + len(comments) == size_bytes
    return START_OF_IMAGE + comments + base[2:]


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height, as its frame header has them."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    height, width = (int.from_bytes(jpeg[at + n : at + n + 2], "big") for n in (5, 7))
    return width, height
