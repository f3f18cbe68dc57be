"""The servers that are measured: ours in several settings, and its peers. Each is started in a folder of its own."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

from processes import JPEG_FIXTURE, PROGRAMS, REPO, TOOLS, Process, free_port

HERE = Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's Flask
UPLOAD_BYTES = 100_000
# One key for so many connections: half of what one camera may have in hand.
CONNECTIONS_PER_CAMERA = 32

NGINX = """
daemon off; worker_processes 1; pid {dir}/pid; error_log {dir}/error.log;
events {{ worker_connections 8192; }}
http {{
  access_log off; client_body_temp_path {dir}/body; client_max_body_size 32m;
  proxy_temp_path {dir}/unused1; fastcgi_temp_path {dir}/unused2; uwsgi_temp_path {dir}/unused3;
  scgi_temp_path {dir}/unused4;
  keepalive_requests 1000000;
  server {{
    listen 127.0.0.1:{port};
    location /dav/ {{ root {dir}; dav_methods PUT; create_full_put_path on; }}
    location /sink {{ return 200 "OK"; }}
  }}
}}
"""


class Target:
    """A server under test: started in a folder of its own, loaded, counted, ended."""

    method, path, keys = "POST", "/upload", ()

    def start(self, folder: Path, connections: int) -> Process:
        """For so many connections that send."""
        raise NotImplementedError

    def kept(self, folder: Path) -> int:
        """Pictures that are files now."""
        return sum(1 for _ in folder.rglob("*.jpg"))


class Heliograph(Target):
    """`settings` are lines of its configuration; each flush takes `flush_ms` longer."""

    def __init__(self, *options: str, settings: str = "", flush_ms: int = 0):
        self.options, self.settings, self.flush_ms = options, settings, flush_ms

    def start(self, folder: Path, connections: int) -> Process:
        data, config = folder / "data", folder / "heliograph.toml"
        config.write_text(f'listen = "127.0.0.1:0"\n{self.settings}\n')
        slow = {"LD_PRELOAD": TOOLS / "slow_flush.so", "FLUSH_DELAY_MS": self.flush_ms} if self.flush_ms else {}
        cameras = math.ceil(connections / CONNECTIONS_PER_CAMERA)
        self.keys = [self.add_camera(data, f"bench-{n}") for n in range(cameras)]
        return Process(
            [PROGRAMS / "heliograph", "serve", "--data", data, "--config", config, "--insecure-open", *self.options],
            folder / "log",
            address=r"http://127\.0\.0\.1:(\d+)",
            env={name: str(value) for name, value in slow.items()},
        )

    @staticmethod
    def add_camera(data: Path, name: str) -> str:
        added = subprocess.run(
            [PROGRAMS / "heliograph", "camera", "add", name, "--data", data, "--json"],
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(added.stdout)["key"]

    def kept(self, folder: Path) -> int:
        return super().kept(folder / "data/images")


class Flask(Target):
    def start(self, folder: Path, _connections: int) -> Process:
        port = free_port()
        return Process([PYTHON, HERE / "flask_script.py", port, folder], folder / "log", port=port)


class Gunicorn(Target):
    def start(self, folder: Path, _connections: int) -> Process:
        port = free_port()
        return Process(
            [
                "gunicorn",
                "--chdir",
                HERE,
                "--bind",
                f"127.0.0.1:{port}",
                "--workers",
                "2",
                "--threads",
                "8",
                "--worker-class",
                "gthread",
                "--env",
                f"FOLDER={folder}",
                "flask_script:app",
            ],
            folder / "log",
            port=port,
        )


class Nginx(Target):
    method, path = "PUT", "/dav/"

    def start(self, folder: Path, _connections: int) -> Process:
        port = free_port()
        (folder / "dav").mkdir()
        if os.geteuid() == 0:
            folder.chmod(0o777)
            (folder / "dav").chmod(0o777)
        (folder / "nginx.conf").write_text(NGINX.format(dir=folder, port=port))
        return Process(
            ["nginx", "-c", folder / "nginx.conf", "-e", folder / "error.log"], folder / "log", port=port
        )

    def kept(self, folder: Path) -> int:
        return super().kept(folder / "dav")


class Sink(Nginx):
    """Reads and throws away: how much the load generator itself can do."""

    method, path = "POST", "/sink"


def make_picture(file: Path, size: int = UPLOAD_BYTES) -> Path:
    """A JPEG of so many bytes, less the comment that each upload adds."""
    subprocess.run([JPEG_FIXTURE, "--width", "640", "--height", "480", "--out", file], check=True)
    sys.path.insert(0, str(REPO / "tests"))
    from harness.pictures import grown_to

    file.write_bytes(grown_to(file.read_bytes(), size - 60))
    return file
