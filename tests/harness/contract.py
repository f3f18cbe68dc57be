"""api/openapi.yaml, and whether an answer is one that it promises."""

import jsonschema
import yaml

from harness.programs import REPO
from harness.server import Reply

CONTRACT_FILE = REPO / "api/openapi.yaml"
CONTRACT = yaml.safe_load(CONTRACT_FILE.read_text())
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
    if method != "parameters"
}


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
