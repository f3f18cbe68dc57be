"""What schemathesis cannot read in the contract: what is there to be asked for, and how bodies look that are no JSON."""

import json
import os
import re
from pathlib import Path

import schemathesis
from hypothesis import strategies as st

PICTURE = Path(os.environ["HELIOGRAPH_TEST_PICTURE"]).read_bytes()
# Where a path begins with this: {parameter: what is there}.
KNOWN: dict[str, dict[str, str]] = json.loads(os.environ["HELIOGRAPH_TEST_KNOWN"])
ID = re.compile(r"[0-7][0-9a-hjkmnp-tv-z]{12}")


@schemathesis.hook
def flatmap_path_parameters(context, parameters):
    """Half of all who ask for something that could be there ask for something that is."""
    if not parameters:
        return st.just(parameters)
    path = context.operation.path
    known = next((there for begin, there in KNOWN.items() if path.startswith(begin)), {})
    well_formed = all(name != "id" or ID.fullmatch(str(parameters.get(name))) for name in known)
    return st.sampled_from([parameters, parameters | known] if well_formed else [parameters])


@st.composite
def pictures(draw) -> bytes:
    """Whole, cut off, with a byte changed, or no picture at all."""
    at = draw(st.integers(0, len(PICTURE) - 1))
    changed = PICTURE[:at] + bytes([draw(st.integers(0, 255))]) + PICTURE[at + 1 :]
    return draw(st.sampled_from([PICTURE, PICTURE[:at], changed, draw(st.binary(max_size=200))]))


for media_type in ("image/jpeg", "application/octet-stream", "application/offset+octet-stream"):
    schemathesis.openapi.media_type(media_type, pictures())


@st.composite
def films(draw) -> bytes:
    """As ffmpeg writes them, of pictures as above."""
    part = b"--b\r\nContent-Length: %d\r\n\r\n%s\r\n"
    return b"".join(part % (len(one), one) for one in draw(st.lists(pictures(), max_size=3)))


schemathesis.openapi.media_type("multipart/x-mixed-replace", films())


@schemathesis.serializer("multipart/x-mixed-replace", "application/offset+octet-stream")
def as_it_is(_context, value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
