"""The invented codebooks, and which themes the invented answers are about. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CODEBOOKS = Path(__file__).parent / "data" / "codebooks.toml"


@dataclass(frozen=True)
class DemoTheme:
    code: str
    name: str
    definition: str
    example: str


@dataclass(frozen=True)
class DemoCodebook:
    """`coded` has the themes of each invented answer to the question, `quoted` which of these may be quoted."""

    question: str
    themes: tuple[DemoTheme, ...]
    coded: Mapping[str, frozenset[str]]
    quoted: frozenset[str]


def read_codebooks(texts: Mapping[str, Sequence[str]]) -> list[DemoCodebook]:
    """`texts` are the invented answers by question. Raises ValueError when one of them has no themes."""
    tables = tomllib.loads(CODEBOOKS.read_text(encoding="utf-8"))["codebooks"]
    return [_build(table, texts=texts[table["question"]]) for table in tables]


def _build(table: Mapping[str, Any], *, texts: Sequence[str]) -> DemoCodebook:
    return DemoCodebook(
        question=table["question"],
        themes=tuple(DemoTheme(**theme) for theme in table["themes"]),
        coded={text: frozenset(codes) for text, codes in zip(texts, table["coded"], strict=True)},
        quoted=frozenset(texts[place] for place in table["quoted"]),
    )
