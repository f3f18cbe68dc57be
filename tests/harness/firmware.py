"""Programs for cameras: a key that signs, images, and what brings them."""

import json
import platform
import socket
import threading
from dataclasses import dataclass
from pathlib import Path

from harness.programs import BIN, heliograph, heliograph_json, run_program
from harness.server import Reply, Server

NEXT = BIN.parent / "tests/heliograph-cam-next"  # the same program as another version
MODEL = f"heliograph-cam-{platform.machine().lower()}"
ANSWERED = {"updated", "failed", "left-out"}
JSON = {"Content-Type": "application/json"}


def version_of(program: Path) -> str:
    return run_program(program, "--version").stdout.strip()


def script(text: str) -> bytes:
    """An image that is a program all the same."""
    return f"#!/bin/sh\n{text}\n".encode()


def flash_of(program: bytes) -> bytes:
    """The flash of an ESP32 with this program, as far as a server looks at it."""
    boot_loader = b"\xe9\x03\x02\x20" + bytes(20)  # the chip's number, at 12, is 0
    return (b"\xff" * 0x1000 + boot_loader).ljust(0x10000, b"\xff") + program


@dataclass
class Signer:
    """Somebody's own machine, on which the key is."""

    place: Path
    name: str = "owner"

    @property
    def key(self) -> Path:
        return self.place / f"{self.name}.key"

    def make(self) -> "Signer":
        self.public = heliograph_json("ota", "keygen", "--out", self.key)["public_key"]
        return self

    def sign(self, image: Path | bytes, version: str, *options, model: str = MODEL) -> Path:
        number = len(list(self.place.glob("*.signed")))
        if isinstance(image, bytes):
            written = self.place / f"image-{number}"
            written.write_bytes(image)
            image = written
        signed = self.place / f"{number}-{version}.signed"
        heliograph("ota", "sign", image, "--model", model, "--version", version, "--key", self.key, "--out", signed, *options)
        return signed


class Releases:
    """What an administrator does with a server."""

    def __init__(self, server: Server):
        self.server = server

    def upload(self, signed: Path | bytes) -> Reply:
        body = signed if isinstance(signed, bytes) else signed.read_bytes()
        return self.server.request("POST", "/api/v1/releases", body, {"Content-Type": "application/octet-stream"})

    def add(self, signed: Path) -> str:
        added = self.upload(signed)
        assert added.status == 201, added.body
        return added.json()["id"]

    def put_flash_image(self, release: str, flash: bytes) -> Reply:
        path = f"/api/v1/releases/{release}/flash-image"
        return self.server.request("PUT", path, flash, {"Content-Type": "application/octet-stream"})

    def flash_images(self) -> list[dict]:
        return self.server.get("/api/v1/flash-images").json()["flash_images"]

    def post(self, path: str, **body) -> Reply:
        return self.server.request("POST", f"/api/v1/rollouts{path}", json.dumps(body) if body else None, JSON if body else {})

    def start(self, release: str, **wish) -> str:
        started = self.post("", release=release, **wish)
        assert started.status == 201, started.body
        return started.json()["id"]

    def see(self, rollout: str) -> dict:
        seen = self.server.get(f"/api/v1/rollouts/{rollout}")
        assert seen.status == 200, seen.body
        return seen.json()

    def cameras(self, rollout: str) -> dict[str, dict]:
        """By their names."""
        return {camera["name"]: camera for camera in self.see(rollout)["cameras"]}


class Cutter:
    """Between a camera and its server: each connection breaks after so many bytes of answers."""

    def __init__(self, port: int, after_bytes: int):
        self.target, self.after_bytes = port, after_bytes
        self.passed = 0
        self.cuts = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self.target)) as far:
            threading.Thread(target=self._pump, args=(near, far), daemon=True).start()
            left = self.after_bytes
            while left > 0 and (piece := self._read(far, min(left, 8192))):
                left -= len(piece)
                self.passed += len(piece)
                try:
                    near.sendall(piece)
                except OSError:
                    return
            self.cuts += left == 0
            for end in (near, far):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while piece := source.recv(65536):
                sink.sendall(piece)
        except OSError:
            pass

    @staticmethod
    def _read(stream: socket.socket, most: int) -> bytes:
        try:
            return stream.recv(most)
        except OSError:
            return b""


