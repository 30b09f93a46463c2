"""PDF/UA-1 by Typst: tagged, with a title and a language, from the fonts that come with its package."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from surveys.typesetting.fonts import load_fonts

# Typst refuses a character that none of its fonts can draw: an accessible document hides nothing.
UNDRAWABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Control characters mean nothing on paper, and half a surrogate pair is no text.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def typeset(template: Path, *, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """The PDF of a template in `templates/typeset/`, which reads `data` with `#import "house.typ": data`.

    `data` holds what JSON can hold and a `title`. It travels beside the template and is never read as Typst,
    so that nothing in an answer is obeyed; the compiler sees no file outside the template's folder. The same
    data and moment give the same bytes. A character that the fonts do not have (an emoji) becomes a �.
    Raises typst.TypstError for a mistake in the template.
    """
    text = json.dumps(_clean(data), ensure_ascii=False)
    while True:
        try:
            return typst.compile(
                template,
                root=template.parent,
                format="pdf",
                font_paths=load_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"data": text},
                pdf_standards="ua-1",
                timestamp=int(made_at.timestamp()),
            )
        except typst.TypstError as error:
            undrawable = _find_undrawable(error.diagnostic)
            if undrawable.isdisjoint(text):
                raise
            text = text.translate({ord(character): REPLACEMENT for character in undrawable})


def _clean(value: Any) -> Any:
    match value:
        case str():
            return UNPRINTABLE.sub("", value)
        case Mapping():
            return {key: _clean(each) for key, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
        case _:
            return value


def _find_undrawable(diagnostic: str) -> set[str]:
    """The characters that Typst names, written as themselves or as `\\u{200d}`."""
    named = "".join(UNDRAWABLE.findall(diagnostic))
    found = ESCAPED.sub(lambda match: chr(int(match[1], 16)), named)
    return {character for character in found if not character.isascii()} - {REPLACEMENT}
