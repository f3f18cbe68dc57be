"""A dead link is found, with its line; a living one is left alone."""

import pytest

from links import dead_links


@pytest.fixture
def said(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/other.md").write_text("# Power cuts, *and* `fsck`\n")

    def check(text):
        (tmp_path / "page.md").write_text(text)
        return list(dead_links(tmp_path, "page.md"))

    return check


@pytest.mark.parametrize("text", [
    "[a](docs/other.md)",
    "[a](docs)",
    "[a](docs/other.md#power-cuts-and-fsck)",
    "# Here\n[a](#here)",
    "[a](https://example.org/nowhere)",
    "```\n[a](nowhere.md)\n```",
])
def test_alive(said, text):
    assert said(text) == []


@pytest.mark.parametrize(("text", "line"), [
    ("[a](nowhere.md)", 1),
    ("```\ncode\n```\n![a](docs/nowhere.png)", 4),
    ("\n[a](docs/other.md#nothing)", 2),
    ('<img src="nowhere.png">', 1),
    ("[a]: nowhere.md", 1),
])
def test_dead(said, text, line):
    (found,) = said(text)
    assert found.startswith(f"page.md:{line}: ")
