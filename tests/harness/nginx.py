"""nginx in front of a server."""

import subprocess
import time
from pathlib import Path

from harness.certificates import free_port
from harness.server import Server

START_TIMEOUT_S = 60
CONFIG = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  log_format forwarded '$upstream_addr $request_method $uri';
  access_log {folder}/access.log forwarded;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/unused1;
  uwsgi_temp_path {folder}/unused2; scgi_temp_path {folder}/unused3;
  {site}
}}
"""
ONE_CONNECTION = """
  upstream heliograph {{ server 127.0.0.1:{upstream}; keepalive 1; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://heliograph; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_request_buffering {buffering};
    }}
  }}
"""


class Nginx:
    """Runs until end(). `site`: what it serves, and at which port of this machine."""

    def __init__(self, folder: Path, port: int, site: str):
        folder.mkdir()
        self.port = port
        self.log = folder / "access.log"
        config = folder / "nginx.conf"
        config.write_text(CONFIG.format(folder=folder, site=site))
        errors = folder / "error.log"
        self.process = subprocess.Popen(["nginx", "-c", config, "-e", errors], stdin=subprocess.DEVNULL)
        give_up = time.monotonic() + START_TIMEOUT_S
        while not (folder / "pid").exists():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.end()
                raise AssertionError(f"nginx does not start: {errors.read_text()}")
            time.sleep(0.01)

    def forwarded(self) -> list[str]:
        """Every request that went to the server, as "METHOD /path", in the order in which they ended."""
        lines = (line.partition(" ") for line in self.log.read_text().splitlines())
        return [request for upstream, _, request in lines if upstream != "-"]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def nginx_with_one_connection(folder: Path, server: Server, buffering: bool) -> Nginx:
    """It keeps its connection to the server for whoever comes next. `buffering`: a body is whole before the server
    hears of the request; else it is passed on as it comes."""
    port = free_port()
    how = {"port": port, "upstream": server.port, "buffering": "on" if buffering else "off"}
    return Nginx(folder, port, ONE_CONNECTION.format(**how))
