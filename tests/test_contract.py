"""api/openapi.yaml is a promise: every route is there, and answers as it says, in good times and bad."""

from dataclasses import dataclass, field

import jsonschema
import pytest
import yaml

from harness.programs import REPO
from harness.server import Reply, Server

CONTRACT_FILE = REPO / "api/openapi.yaml"
CONTRACT = yaml.safe_load(CONTRACT_FILE.read_text())
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
}
ENDLESS = {"followChanges"}  # its stream is read in test_upload.py


def resolved(node: dict) -> dict:
    """What a $ref stands for, or the node itself."""
    if "$ref" not in node:
        return node
    found = CONTRACT
    for name in node["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


def assert_conforms(schema: dict, value) -> None:
    validator = jsonschema.Draft202012Validator(schema | {"components": CONTRACT["components"]})
    assert not (
        faults := [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]
    ), faults


def assert_documented(operation_id: str, reply: Reply) -> None:
    """The status, the type and the body are ones the contract knows."""
    _, _, operation = OPERATIONS[operation_id]
    responses = operation["responses"]
    documented = responses.get(str(reply.status)) or (
        responses.get("default") if reply.status >= 400 else None
    )
    assert (
        documented
    ), f"{operation_id} answered {reply.status}, which is not documented: {reply.body[:300]!r}"
    documented = resolved(documented)
    for name in documented.get("headers", {}):
        assert name.lower() in reply.headers, f"{operation_id} {reply.status} has no {name}"
    if "content" not in documented:
        assert reply.body == b""
        return
    assert reply.type in documented["content"], f"{operation_id} {reply.status} came as {reply.type!r}"
    schema = documented["content"][reply.type].get("schema")
    if schema and reply.type.endswith("json"):
        assert_conforms(schema, reply.json())
    elif schema:
        assert_conforms(schema, reply.body.decode())
    elif reply.type == "image/jpeg":
        assert reply.body.startswith(b"\xff\xd8") or reply.status == 206


# --- one good request for each operation ---


@dataclass
class Call:
    path: str
    headers: dict = field(default_factory=dict)
    body: bytes | None = None


@pytest.fixture(scope="module")
def world(tmp_path_factory, photo):
    """A server with two cameras, one of which has sent a picture with everything, and the names of what is
    there."""
    server = Server(tmp_path_factory.mktemp("contract") / "data").start()
    camera = server.add_camera("orchard")
    server.add_camera("meadow without images")
    receipt = server.send_image(
        camera,
        photo,
        1,
        headers={
            "Heliograph-Captured-At": "1795348800000",
            "Heliograph-Telemetry": "battery_mv=3912, lat_e7=-1",
        },
    ).json()
    refused = server.upload(camera, b"this is no picture")
    assert refused.status == 422
    yield server, camera, receipt
    server.kill()


@pytest.fixture
def good_calls(world, picture) -> dict[str, Call]:
    server, camera, receipt = world
    server.upload(camera, b"also no picture")  # the newest, which may be removed
    quarantined = server.quarantine(camera, at_least=2)[-1]["id"]
    return {
        "listCameras": Call("/api/v1/cameras"),
        "getHistogram": Call(f"/api/v1/histogram?camera={camera.id}"),
        "getCameraHealth": Call(f"/api/v1/cameras/{camera.id}/health"),
        "listQuarantine": Call(f"/api/v1/cameras/{camera.id}/quarantine?limit=1"),
        "getQuarantined": Call(f"/api/v1/quarantine/{quarantined}"),
        "getQuarantinedBytes": Call(f"/api/v1/quarantine/{quarantined}/bytes"),
        "deleteQuarantined": Call(f"/api/v1/quarantine/{server.quarantine(camera)[0]['id']}"),
        "listImages": Call(f"/api/v1/images?limit=1&from=0&to=4102444800000&camera={camera.id}"),
        "getImage": Call(f"/api/v1/images/{receipt['id']}"),
        "getOriginal": Call(f"/uploads/{receipt['filename']}"),
        "getThumbnail": Call(f"/thumbnails/{receipt['filename']}"),
        "uploadRaw": Call("/upload", camera.bearer, picture("raw")),
        "uploadImage": Call(
            "/device/v1/images",
            camera.bearer | {"Heliograph-Boot": "b", "Heliograph-Sequence": "2"},
            picture("named"),
        ),
        "getHealth": Call("/healthz"),
        "getReadiness": Call("/readyz"),
        "getMetrics": Call("/metrics"),
        "getContract": Call("/api/openapi.yaml"),
    }


def test_every_operation_is_called(good_calls):
    assert set(good_calls) | ENDLESS == set(OPERATIONS)


@pytest.mark.parametrize("operation_id", sorted(set(OPERATIONS) - ENDLESS))
def test_good_request(world, good_calls, operation_id):
    server, _, _ = world
    method, _, operation = OPERATIONS[operation_id]
    call = good_calls[operation_id]
    reply = server.request(method, call.path, call.body, call.headers)
    assert str(reply.status) == min(operation["responses"]), reply.body[:300]
    assert_documented(operation_id, reply)


def test_raw_upload_in_its_other_form(world, picture):
    server, camera, _ = world
    assert_documented("uploadRaw", server.upload(camera, picture("json")))


def test_document_is_served_as_it_is(world):
    server, _, _ = world
    assert server.get("/api/openapi.yaml").body == CONTRACT_FILE.read_bytes()


# --- and what can be refused ---


@pytest.mark.parametrize(
    "operation_id, change, status",
    [
        ("getHistogram", {"path": "/api/v1/histogram?camera=nobody"}, 400),
        ("listImages", {"path": "/api/v1/images?limit=501"}, 400),
        ("getImage", {"path": "/api/v1/images/0000000000000"}, 404),
        ("getCameraHealth", {"path": "/api/v1/cameras/0000000000000/health"}, 404),
        ("getCameraHealth", {"path": "/api/v1/cameras/orchard/health"}, 404),
        ("listQuarantine", {"path": "/api/v1/cameras/0000000000000/quarantine"}, 404),
        ("listQuarantine", {"path": "/api/v1/cameras/0000000000000/quarantine?limit=501"}, 400),
        ("getQuarantined", {"path": "/api/v1/quarantine/0000000000000"}, 404),
        ("getQuarantinedBytes", {"path": "/api/v1/quarantine/0000000000000/bytes"}, 404),
        ("getQuarantinedBytes", {"headers": {"Range": "bytes=0-1"}}, 206),
        ("deleteQuarantined", {"path": "/api/v1/quarantine/0000000000000"}, 404),
        ("getOriginal", {"path": "/uploads/20261122T120000.000Z-0000000000000.jpg"}, 404),
        ("getOriginal", {"headers": {"Range": "bytes=999999999-"}}, 416),
        ("getOriginal", {"headers": {"Range": "bytes=0-1"}}, 206),
        ("getOriginal", {"headers": {"If-None-Match": "*"}}, 304),
        ("getThumbnail", {"path": "/thumbnails/20261122T120000.000Z-0000000000000.jpg"}, 404),
        ("getThumbnail", {"headers": {"If-None-Match": "*"}}, 304),
        ("uploadRaw", {"headers": {}}, 401),
        ("uploadRaw", {"body": b"text"}, 422),
        ("uploadRaw", {"more": {"Content-Type": "text/plain"}}, 415),
        ("uploadImage", {"headers": {}}, 401),
        ("uploadImage", {"body": b"\xff\xd8text"}, 422),
        ("uploadImage", {"more": {"Heliograph-Sequence": "first"}}, 400),
        ("uploadImage", {"more": {"Heliograph-Sequence": "1", "Heliograph-Boot": "boot-1"}}, 409),
        ("uploadImage", {"more": {"Content-Type": "text/plain"}}, 415),
    ],
)
def test_refusal(world, good_calls, operation_id, change, status):
    server, _, _ = world
    call = good_calls[operation_id]
    reply = server.request(
        OPERATIONS[operation_id][0],
        change.get("path", call.path),
        change.get("body", call.body),
        change.get("headers", call.headers) | change.get("more", {}),
    )
    assert reply.status == status, reply.body[:300]
    assert_documented(operation_id, reply)


def test_metrics_are_in_the_exposition_format(world):
    server, _, _ = world
    lines = server.get("/metrics").body.decode().splitlines()
    assert any(line.startswith("# TYPE heliograph_") for line in lines)
    for line in lines:
        if not line.startswith("#") and line:
            float(line.rpartition(" ")[2])
