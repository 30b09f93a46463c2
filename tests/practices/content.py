"""The shipped content as it stands in its files, for tests that compare the site with it."""

import tomllib
from typing import Any

from practices.loading import DATA

CASES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((DATA / "cases").glob("*.toml"))
}


def normalise(text: str) -> str:
    """Text as a reader sees it: one space between words, straight or not so straight."""
    return " ".join(text.split())
