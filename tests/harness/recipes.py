"""What the documentation tells people to copy: its blocks of code, as they stand there."""

import re

from harness.programs import REPO

HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def recipes(file: str, heading: str, language: str = "sh") -> list[str]:
    """The blocks of that language between that heading of docs/FILE and the next one."""
    text = (REPO / "docs" / file).read_text()
    headings = list(HEADING.finditer(text))
    names = [found.group(1) for found in headings]
    assert names.count(heading) == 1, f"{heading!r} is not a heading of {file}: {names}"
    index = names.index(heading)
    end = headings[index + 1].start() if index + 1 < len(headings) else len(text)
    blocks = BLOCK.findall(text[headings[index].end() : end])
    found = [code for name, code in blocks if name == language]
    assert found, f"there is no {language} below {heading!r} of {file}"
    return found


def only_recipe(file: str, heading: str, language: str = "sh") -> str:
    (recipe,) = recipes(file, heading, language)
    return recipe


def for_this_machine(recipe: str, port: int, camera: str) -> str:
    """With this server and camera instead of the documentation's."""
    where = recipe.replace("https://", "http://").replace("photos.example.org", f"127.0.0.1:{port}")
    assert where != recipe, "it names no server"
    return where.replace("1m81wctr5b8y7", camera)
