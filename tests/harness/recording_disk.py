"""A disk that writes down what is written to it: a plugin of nbdkit, which runs it.

Each record of the log is a head (RECORD of blocklog.py: kind, offset, length, whether the write itself is durable) and,
for a write, its bytes. nbdkit hands over `image` and `log` as paths, and calls one function at a time.
"""

import os
import struct

import nbdkit  # nbdkit brings it

API_VERSION = 2
RECORD = struct.Struct("<cQIB")
paths = {}


def config(key, value):
    paths[key] = value


def thread_model():
    return nbdkit.THREAD_MODEL_SERIALIZE_ALL_REQUESTS


def open(_readonly):  # noqa: A001: nbdkit's names
    return {
        "image": os.open(paths["image"], os.O_RDWR),
        "log": os.open(paths["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
    }


def get_size(disk):
    return os.fstat(disk["image"]).st_size


def can_flush(_disk):
    return True


def can_fua(_disk):
    return nbdkit.FUA_NATIVE


def pread(disk, buffer, offset, _flags):
    piece = os.pread(disk["image"], len(buffer), offset)
    buffer[: len(piece)] = piece


def pwrite(disk, buffer, offset, flags):
    durable = 1 if flags & nbdkit.FLAG_FUA else 0
    os.write(disk["log"], RECORD.pack(b"W", offset, len(buffer), durable) + bytes(buffer))
    os.pwrite(disk["image"], buffer, offset)


def flush(disk, _flags):
    os.write(disk["log"], RECORD.pack(b"F", 0, 0, 0))
