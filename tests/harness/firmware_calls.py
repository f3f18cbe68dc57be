"""How every operation about releases and rollouts is called when it is well."""

from json import dumps

from harness.firmware import JSON, Releases, Signer, flash_of
from harness.server import Server

OCTETS = {"Content-Type": "application/octet-stream"}


def calls_about_firmware(server: Server, owner: Signer) -> dict[str, tuple]:
    """Path, headers, body. A release and a rollout for each call, of models of their own: one of a model runs at a time."""
    camera, releases = server.add_camera("takes updates"), Releases(server)

    def release(model: str) -> str:
        return releases.add(owner.sign(b"image", "1.0.0", model=model))

    def rollout(model: str) -> str:
        return f"/api/v1/rollouts/{releases.start(release(model))}"

    known = owner.sign(b"image", "1.0.0", model="known")
    releases.add(known)
    self = b'{"boot": "b", "model": "own", "capabilities": {"commands": ["update-firmware"]}}'
    assert server.request("POST", "/device/v1/heartbeat", self, JSON | camera.bearer).status == 200
    told = release("own")
    releases.start(told)
    flashed = release("flashed")
    assert releases.put_flash_image(flashed, flash_of(b"image")).status == 200
    return {
        "listReleases": ("/api/v1/releases",),
        "addRelease": ("/api/v1/releases", OCTETS, known.read_bytes()),
        "removeRelease": (f"/api/v1/releases/{release('removed')}",),
        "listFlashImages": ("/api/v1/flash-images",),
        "putFlashImage": (f"/api/v1/releases/{flashed}/flash-image", OCTETS, flash_of(b"image")),
        "getFlashImage": (f"/api/v1/releases/{flashed}/flash-image",),
        "listRollouts": ("/api/v1/rollouts",),
        "startRollout": ("/api/v1/rollouts", JSON, dumps({"release": release("started")}).encode()),
        "getRollout": (rollout("seen"),),
        "advanceRollout": (rollout("advanced") + "/advance",),
        "haltRollout": (rollout("halted") + "/halt",),
        "getFirmware": (f"/device/v1/firmware/{told}", camera.bearer),
    }
