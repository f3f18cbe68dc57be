"""What cameras that know nothing of us send, byte for byte as their firmwares write it."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.programs import Camera

RNT_BOUNDARY = "RandomNerdTutorials"
S60SC_BOUNDARY = "123456789000000000000987654321"
CURL_BOUNDARY = "------------------------d74496d66958873e"
PYTHON_BOUNDARY = "2f6b0a6c3a5e4e5b8d2d4d9a1c7e8f00"


def request(line: str, fields: list[str], body: bytes, length: int | None = None) -> bytes:
    length = len(body) if length is None else length
    lines = [
        f"{line} HTTP/1.1",
        "Host: 192.0.2.10",
        *fields,
        f"Content-Length: {length}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body


def part(boundary: str, disposition: str, content: bytes, content_type: str | None = None) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n"
    if content_type:
        head += f"Content-Type: {content_type}\r\n"
    return head.encode() + b"\r\n" + content + b"\r\n"


def form(boundary: str, *parts: bytes) -> bytes:
    return b"".join(parts) + f"--{boundary}--\r\n".encode()


def form_type(boundary: str) -> str:
    return f"Content-Type: multipart/form-data; boundary={boundary}"


# --- one good request of each ---


def raw_put(camera: Camera, picture: bytes) -> bytes:
    return request(
        "PUT /upload",
        [f"Authorization: Bearer {camera.key}", "Content-Type: image/jpg"],
        picture,
    )


def key_in_query(camera: Camera, picture: bytes) -> bytes:
    return request(
        f"POST /upload?key={camera.key}",
        ["Content-Type: application/octet-stream"],
        picture,
    )


def key_in_path(camera: Camera, picture: bytes) -> bytes:
    return request(f"POST /u/{camera.key}/upload", ["Content-Type: image/jpeg"], picture)


def random_nerd_tutorials(camera: Camera, picture: bytes) -> bytes:
    body = form(
        RNT_BOUNDARY,
        part(
            RNT_BOUNDARY,
            'name="imageFile"; filename="esp32-cam.jpg"',
            picture,
            "image/jpeg",
        ),
    )
    return request(f"POST /u/{camera.key}/upload.php", [form_type(RNT_BOUNDARY)], body)


def insect_trap(camera: Camera, picture: bytes) -> bytes:
    body = form(
        "dataMarker",
        part("dataMarker", 'name="trap_id"', b"Trap_07"),
        part("dataMarker", 'name="image"; filename="trap.jpg"', picture, "image/jpeg"),
    )
    return request("POST /upload.php", [f"X-API-Key: {camera.key}", form_type("dataMarker")], body)


def generic_form(camera: Camera, picture: bytes) -> bytes:
    """As curl -F writes it, the camera's own name behind the picture."""
    body = form(
        CURL_BOUNDARY,
        part(CURL_BOUNDARY, 'name="comment"', b"from the field"),
        part(
            CURL_BOUNDARY,
            'name="uploadedFile"; filename="x.bin"',
            picture,
            "application/octet-stream",
        ),
        part(CURL_BOUNDARY, 'name="device_id"', camera.name.encode()),
    )
    return request("POST /upload", [f"X-API-Key: {camera.key}", form_type(CURL_BOUNDARY)], body)


def prusa_connect(camera: Camera, picture: bytes) -> bytes:
    """Its token has at most 39 characters, and four bytes follow that no length tells of."""
    fields = [
        "User-Agent: ESP32-CAM",
        "Connection: close",
        "Content-Type: image/jpg",
        "fingerprint: ZjQxMmZhOWM3NDJjIDJDOkY0OjMyOjFBOjlDOkY0",
        f"token: {camera.key.removeprefix('cam_')}",
    ]
    return request("PUT https://192.0.2.10/c/snapshot", fields, picture) + b"\r\n\r\n"


def ai_on_the_edge(camera: Camera, picture: bytes) -> bytes:
    fields = [
        "User-Agent: ESP32 Meter reader",
        "Content-Type: image/jpeg",
        f"APIKEY: {camera.key}",
    ]
    return request("PUT /upload?timestamp=1795348800", fields, picture)


def obico(camera: Camera, picture: bytes) -> bytes:
    """As Python's requests writes it: a file name, and no type."""
    body = form(
        PYTHON_BOUNDARY,
        part(PYTHON_BOUNDARY, 'name="is_primary_camera"', b"true"),
        part(PYTHON_BOUNDARY, 'name="is_nozzle_camera"', b"false"),
        part(PYTHON_BOUNDARY, 'name="camera_name"', b"Printer"),
        part(PYTHON_BOUNDARY, 'name="viewing_boost"', b"true"),
        part(PYTHON_BOUNDARY, 'name="pic"; filename="pic"', picture),
    )
    return request(
        "POST /api/v1/octo/pic/",
        [f"Authorization: Token {camera.key}", form_type(PYTHON_BOUNDARY)],
        body,
    )


def home_assistant(camera: Camera, picture: bytes) -> bytes:
    body = form(
        CURL_BOUNDARY,
        part(CURL_BOUNDARY, 'name="image"; filename="x.jpg"', picture, "image/jpeg"),
    )
    return request(
        f"POST /api/webhook/{camera.key}",
        ["Accept: */*", form_type(CURL_BOUNDARY)],
        body,
    )


def s60sc(camera: Camera, picture: bytes, filename: str = "20261122_120000_SVGA.jpg") -> bytes:
    """The type stands in quotes, the key in a part, and the body is two bytes longer than announced."""
    told = f'{{"pathname":"/20261122","passcode":"{camera.key}"}}'.encode()
    body = form(
        S60SC_BOUNDARY,
        part(S60SC_BOUNDARY, 'name="json"', told, "application/json"),
        part(
            S60SC_BOUNDARY,
            f'name="file"; filename="{filename}"',
            picture,
            "application/octet-stream",
        ),
    )
    quoted = f'Content-Type: "multipart/form-data; boundary={S60SC_BOUNDARY}"'
    return request("POST /upload", [quoted], body) + b"\r\n"


@dataclass(frozen=True)
class Dialect:
    request: Callable[[Camera, bytes], bytes]
    boundary: str | None = None  # of a form
    answer: bytes | None = b"OK"  # None: JSON that tells of the picture

    def __str__(self) -> str:
        return self.request.__name__


DIALECTS = [
    Dialect(raw_put),
    Dialect(key_in_query),
    Dialect(key_in_path),
    Dialect(random_nerd_tutorials, RNT_BOUNDARY),
    Dialect(insect_trap, "dataMarker", answer=None),
    Dialect(generic_form, CURL_BOUNDARY),
    Dialect(prusa_connect),
    Dialect(ai_on_the_edge),
    Dialect(obico, PYTHON_BOUNDARY, answer=b'{"result":"ok"}'),
    Dialect(home_assistant, CURL_BOUNDARY),
    Dialect(s60sc, S60SC_BOUNDARY),
]
FORMS = [dialect for dialect in DIALECTS if dialect.boundary]
