"""Keys that a camera makes for itself, and signatures instead of keys: written from protocol/README.md alone."""

import hashlib
import hmac
import secrets
import string
import time
import zlib

LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
SCHEME = "Heliograph-HMAC-SHA256"


def make_camera_key() -> str:
    noise = "".join(secrets.choice(LETTERS) for _ in range(30))
    rest, check = zlib.crc32(noise.encode()), ""
    for _ in range(6):
        rest, letter = divmod(rest, 62)
        check = LETTERS[letter] + check
    return f"cam_{noise}{check}"


def sign(method: str, path: str, camera_id: str, key: str, body: bytes, headers: dict, at: float | None = None, nonce=None) -> str:
    """The value of Authorization for a request."""
    time_ms = str(int((time.time() if at is None else at) * 1000))
    nonce = nonce or secrets.token_hex(8)
    digest = hashlib.sha256(body).hexdigest()
    lines = [SCHEME, method, path, camera_id, time_ms, nonce]
    lines += [headers.get(f"Heliograph-{name}", "") for name in ("Boot", "Sequence", "Captured-At", "Telemetry")]
    text = "".join(f"{line}\n" for line in [*lines, digest])
    mac = hmac.new(hashlib.sha256(key.encode()).digest(), text.encode(), hashlib.sha256).hexdigest()
    return f"{SCHEME} camera={camera_id}, time={time_ms}, nonce={nonce}, body={digest}, signature={mac}"


def sign_upload(camera_id: str, key: str, picture: bytes, headers: dict, **how) -> dict:
    """The headers of POST /device/v1/images, with the signature among them."""
    signature = sign("POST", "/device/v1/images", camera_id, key, picture, headers, **how)
    return headers | {"Authorization": signature, "Content-Type": "image/jpeg"}
