"""How what people do with many images is called."""

from json import dumps

from harness.programs import Camera
from harness.server import Server


def organise_calls(server: Server, camera: Camera, image: str, unwanted: bytes, number: int) -> dict:
    """A good call of each operation: its path, and its body if it has one. `unwanted`: a picture to throw away."""
    trashed = server.send_image(camera, unwanted, number, "unwanted").json()["id"]

    def of(*images: str, **rest) -> bytes:
        return dumps({"images": images} | rest).encode()

    return {
        "setNote": (f"/api/v1/images/{image}/note", dumps({"note": "a moth"}).encode()),
        "setDetections": (
            f"/api/v1/images/{image}/detections",
            dumps({"source": "eye", "detections": [{"label": "moth", "score": 0.5}]}).encode(),
        ),
        "listLabels": ("/api/v1/labels", None),
        "starImages": ("/api/v1/stars", of(image, starred=False)),
        "listTags": ("/api/v1/tags", None),
        "tagImages": ("/api/v1/tags", of(image, add=["moth"])),
        "listTrash": ("/api/v1/trash?limit=1", None),
        "trashImages": ("/api/v1/trash", of(trashed)),
        "emptyTrash": ("/api/v1/trash", None),
        "restoreImages": ("/api/v1/trash/restore", of(trashed)),
        "prepareArchive": (f"/api/v1/archives?camera={camera.id}", None),
        "exportImages": (f"/api/v1/exports/images?camera={camera.id}", None),
        "exportChosenImages": ("/api/v1/exports/images?format=json", of(image)),
        "getArchive": (server.request("POST", "/api/v1/archives").json()["url"], None),
    }
