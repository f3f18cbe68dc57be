"""What every answer tells a browser to keep to itself: pages, pictures, and all else. (web/e2e/hostile.spec.ts: what
Chromium makes of it.)"""

import pytest

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
PICTURE_POLICY = {"default-src": "'none'", "sandbox": "", "frame-ancestors": "'none'"}
PAGE_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' blob: data:",
    "connect-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy(reply) -> dict[str, str]:
    directives = reply.headers["content-security-policy"].split(";")
    return {name: what.strip() for name, _, what in (directive.strip().partition(" ") for directive in directives)}


def assert_always(reply) -> None:
    assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS


def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(server):
    for reply in (server.get("/"), server.request("HEAD", "/"), server.get("/", if_none_match="*")):
        assert_always(reply)
        if reply.status == 304:
            continue
        assert reply.type == "text/html"
        assert policy(reply) == PAGE_POLICY
        assert reply.headers["cross-origin-opener-policy"] == "same-origin"
        refused = {f"{name}=()" for name in ("camera", "microphone", "geolocation", "payment", "usb")}
        assert refused <= {name.strip() for name in reply.headers["permissions-policy"].split(",")}


@pytest.mark.parametrize("where", ["uploads", "thumbnails"])
def test_a_picture_is_shown_and_never_run(server, camera, picture, where):
    """Whatever type its sender gave it."""
    headers = {"Content-Type": "image/svg+xml", "Accept": "application/json"}
    filename = server.upload(camera, picture("svg"), headers).json()["filename"]
    for extra in ({}, {"range": "bytes=0-9"}):
        reply = server.get(f"/{where}/{filename}", accept="text/html", **extra)
        assert reply.status in (200, 206) and reply.headers["content-type"] == "image/jpeg"
        assert_always(reply)
        assert policy(reply) == PICTURE_POLICY


@pytest.mark.parametrize(
    "path", ["/healthz", "/metrics", "/api/v1/cameras", "/api/openapi.yaml", "/nowhere", "/uploads/x.html", "/../x"]
)
def test_nothing_else_is_a_page(server, path):
    reply = server.get(path, accept="text/html")
    assert_always(reply)
    assert reply.type in ("application/json", "application/problem+json", "application/yaml", "text/plain")


def test_refused_bytes_are_saved_and_not_shown(server, camera):
    assert server.upload(camera, b"<html><script>alert(1)</script>").status == 422
    kept = server.quarantine(camera)[0]
    reply = server.get(f"/api/v1/quarantine/{kept['id']}/bytes", accept="text/html")
    assert_always(reply)
    assert reply.type == "application/octet-stream"
    assert reply.headers["content-disposition"] == f'attachment; filename="{kept["filename"]}"'
