"""What programs read of a server to know it: its contract and its metrics."""

from harness.contract import CONTRACT_FILE


def test_contract_is_served_as_it_is(server):
    assert server.get("/api/openapi.yaml").body == CONTRACT_FILE.read_bytes()


def test_metrics_are_in_the_exposition_format(server):
    lines = server.get("/metrics").body.decode().splitlines()
    assert any(line.startswith("# TYPE heliograph_") for line in lines)
    for line in lines:
        if not line.startswith("#") and line:
            float(line.rpartition(" ")[2])
