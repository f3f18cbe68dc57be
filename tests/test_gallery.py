"""What a reader of the gallery gets: originals, thumbnails, pages, counts, and news as they happen."""

from harness.changes import follow_changes
from harness.pictures import make_picture

HOUR_MS = 3_600_000
NOON_MS = 1_795_348_800_000  # 2026-11-22T12:00:00Z

# --- GET /uploads/<filename>, /thumbnails/<filename> ---


def test_original_is_served_with_validators_and_kept_for_ever(server, camera, picture):
    filename = server.upload(camera, picture("p")).json()["filename"]
    reply = server.get(f"/uploads/{filename}")
    assert (reply.status, reply.type, reply.body) == (200, "image/jpeg", picture("p"))
    assert (
        "immutable" in reply.headers["cache-control"] and "max-age=31536000" in reply.headers["cache-control"]
    )
    assert reply.headers["content-length"] == str(len(picture("p")))
    etag, modified = reply.headers["etag"], reply.headers["last-modified"]
    assert etag.startswith('"') and etag.endswith('"')

    for validator in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
    ):
        kept = server.get(f"/uploads/{filename}", **validator)
        assert (kept.status, kept.body) == (304, b""), validator
        assert kept.headers["etag"] == etag
    for validator in (
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-None-Match": '"other"', "If-Modified-Since": modified},
    ):
        assert server.get(f"/uploads/{filename}", **validator).status == 200, validator


def test_head_tells_what_get_would(server, camera, picture):
    filename = server.upload(camera, picture("p")).json()["filename"]
    head = server.request("HEAD", f"/uploads/{filename}")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(picture("p"))))


def test_ranges_of_an_original(server, camera, picture):
    filename, size = server.upload(camera, picture("p")).json()["filename"], len(picture("p"))
    for asked, first, last in (
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, size - 1),
        ("bytes=-10", size - 10, size - 1),
        (f"bytes=5-{size + 1000}", 5, size - 1),
    ):
        reply = server.get(f"/uploads/{filename}", Range=asked)
        assert (reply.status, reply.body) == (206, picture("p")[first : last + 1]), asked
        assert reply.headers["content-range"] == f"bytes {first}-{last}/{size}"
    beyond = server.get(f"/uploads/{filename}", Range=f"bytes={size}-")
    assert beyond.status == 416 and beyond.headers["content-range"] == f"bytes */{size}"
    # What is no range we understand is answered whole (RFC 9110 §14.2).
    for asked in ("bytes=9-1", "lines=1-2", "bytes=a-b"):
        assert server.get(f"/uploads/{filename}", Range=asked).status == 200, asked
    etag = server.get(f"/uploads/{filename}").headers["etag"]
    assert server.get(f"/uploads/{filename}", Range="bytes=0-9", If_Range=etag).status == 206
    assert server.get(f"/uploads/{filename}", Range="bytes=0-9", If_Range='"other"').status == 200


def test_thumbnail_is_small_and_comes_back_when_lost(server, camera, tmp_path):
    filename = server.upload(camera, make_picture(tmp_path / "big.jpg", width=1600, height=1200)).json()[
        "filename"
    ]
    thumbnail = server.get(f"/thumbnails/{filename}")
    assert (thumbnail.status, thumbnail.type) == (200, "image/jpeg") and "immutable" in thumbnail.headers[
        "cache-control"
    ]
    assert jpeg_size(thumbnail.body) == (480, 360)
    for file in (server.data / "thumbnails").rglob("*.jpg"):
        file.unlink()
    again = server.get(f"/thumbnails/{filename}")
    assert again.status == 200 and jpeg_size(again.body) == (480, 360)


def jpeg_size(jpeg: bytes) -> tuple[int, int]:
    """Width and height from the frame header."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")


# --- what the gallery reads ---


def test_pages_by_cursor_are_all_images_newest_first(server, camera, picture):
    sent = [
        server.send_image(
            camera, picture(n), n, headers={"Heliograph-Captured-At": str(NOON_MS + (n // 3) * 1000)}
        ).json()["id"]
        for n in range(25)
    ]
    pages, query = [], "limit=10"
    while query:
        page = server.get(f"/api/v1/images?{query}").json()
        pages.append(page["images"])
        query = page["next"] and f"limit=10&cursor={page['next']}"
    images = [image for page in pages for image in page]
    assert [len(page) for page in pages] == [10, 10, 5]
    order = [(image["captured_at"], image["id"]) for image in images]
    assert order == sorted(order, reverse=True) and {image["id"] for image in images} == set(sent)


def test_page_of_a_span_and_a_camera(server, camera, picture):
    other = server.add_camera("meadow")
    for n in range(6):
        server.send_image(
            (camera, other)[n % 2], picture(n), n, headers={"Heliograph-Captured-At": str(NOON_MS + n)}
        )

    def times(query):
        return [
            image["captured_at"] - NOON_MS for image in server.get(f"/api/v1/images?{query}").json()["images"]
        ]

    assert times(f"from={NOON_MS + 1}&to={NOON_MS + 4}") == [3, 2, 1]
    assert times(f"camera={other.id}") == [5, 3, 1]
    assert times(f"camera={camera.id}&from={NOON_MS + 2}") == [4, 2]


def test_histogram_counts_hours_in_runs(server, camera, picture):
    other = server.add_camera("meadow")
    month_ms = 30 * 24 * HOUR_MS
    for n, offset_ms in enumerate((0, 1, HOUR_MS, 3 * HOUR_MS, month_ms)):
        sender = other if offset_ms == month_ms else camera
        server.send_image(sender, picture(n), n, headers={"Heliograph-Captured-At": str(NOON_MS + offset_ms)})
    assert server.get("/api/v1/histogram").json() == {
        "hour_ms": HOUR_MS,
        "runs": [{"start": NOON_MS, "counts": [2, 1, 0, 1]}, {"start": NOON_MS + month_ms, "counts": [1]}],
    }
    assert server.get(f"/api/v1/histogram?camera={other.id}").json()["runs"] == [
        {"start": NOON_MS + month_ms, "counts": [1]}
    ]
    since = server.get(f"/api/v1/histogram?camera={camera.id}&from={NOON_MS + HOUR_MS + 1}").json()["runs"]
    assert since == [{"start": NOON_MS + HOUR_MS, "counts": [1, 0, 1]}]
    assert server.get("/api/v1/histogram?from=yesterday").status == 400


def test_nearest_to_the_same_hour_of_each_day(server, camera, picture):
    other, day_ms = server.add_camera("meadow"), 24 * HOUR_MS
    # Three days: at noon and a little later, not at all, and in the afternoon; and another camera's every noon.
    for n, offset_ms in enumerate((0, 60_000, 2 * day_ms + 3 * HOUR_MS)):
        server.send_image(camera, picture(n), n, headers={"Heliograph-Captured-At": str(NOON_MS + offset_ms)})
    for n in range(3):
        server.send_image(
            other, picture(n), n, headers={"Heliograph-Captured-At": str(NOON_MS + n * day_ms)}
        )

    def nearest(within_ms: int) -> list:
        at = ",".join(str(NOON_MS + 50_000 + n * day_ms) for n in range(3))
        reply = server.get(f"/api/v1/cameras/{camera.id}/nearest?at={at}&within={within_ms}")
        return [image and image["captured_at"] - NOON_MS for image in reply.json()["images"]]

    assert nearest(HOUR_MS) == [60_000, None, None]
    assert nearest(4 * HOUR_MS) == [60_000, None, 2 * day_ms + 3 * HOUR_MS]
    for bad in ("", "?at=", "?at=noon", "?at=1&within=43200001", "?at=" + ",".join(["1"] * 401)):
        assert server.get(f"/api/v1/cameras/{camera.id}/nearest{bad}").status == 400, bad
    assert server.get("/api/v1/cameras/0000000000001/nearest?at=1").status == 404


def test_cameras_by_name_with_their_newest_image(server, camera, picture):
    server.add_camera("alder")
    newest = server.send_image(camera, picture(1), 1, headers={"Heliograph-Captured-At": str(NOON_MS)}).json()
    server.send_image(camera, picture(2), 2, headers={"Heliograph-Captured-At": str(NOON_MS - 1)})
    alder, orchard = server.get("/api/v1/cameras").json()["cameras"]
    assert (alder["name"], alder["image_count"], alder["last_image"]) == ("alder", 0, None)
    assert (orchard["name"], orchard["image_count"], orchard["last_image"]["id"]) == (
        "orchard",
        2,
        newest["id"],
    )


def test_pictures_arrive_live(server, camera, picture):
    with follow_changes(server) as changes:
        stored = server.upload(camera, picture("live")).json()
        kind, image = changes.next()
        assert (
            kind == "image-added" and image["id"] == stored["id"] and image["filename"] == stored["filename"]
        )
        assert changes.next() == ("thumbnail-ready", {"id": stored["id"]})
        # A repeat adds nothing; the next new picture is the next thing that is heard of.
        server.upload(camera, picture("live"))
        other = server.upload(camera, picture("other")).json()
        assert changes.next()[1]["id"] == other["id"]
