"""Finding what may point to a person in a text, and taking it out. Pure.

Finding is a suggestion: a person looks at every text before it is quoted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# What stands in the place of what was taken out, by kind.
REPLACEMENTS = {
    "email": "[e-mailadres]",
    "phone": "[telefoonnummer]",
    "postcode": "[postcode]",
    "number": "[burgerservicenummer]",
    "name": "[naam]",
    "other": "[weggelaten]",
}

_PARTICLES = r"(?:(?:van|de|den|der|ter|ten|te|el|al|in|'t|op)\s+)*"
_PATTERNS = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "phone": re.compile(r"(?<![\w+])(?:\+31|0031|0)[\s-]?(?:\(0\)[\s-]?)?\d(?:[\s-]?\d){7,8}(?!\d)"),
    "postcode": re.compile(r"\b[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})\b"),
    "number": re.compile(r"(?<!\d)(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3})(?!\d)"),
    "name": re.compile(
        r"\b(?i:mevrouw|mevr\.?|mw\.?|meneer|mijnheer|dhr\.?|de heer|juf|meester)\s+"
        rf"(?P<name>(?:[A-Z]\.\s?)*{_PARTICLES}[A-ZÀ-Þ][\w'’-]+(?:\s+{_PARTICLES}[A-ZÀ-Þ][\w'’-]+)*)"
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters from `start` up to `end`; `kind` is one of `REPLACEMENTS`."""

    start: int
    end: int
    kind: str

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def suggest_spans(text: str) -> list[Span]:
    """E-mail addresses, telephone numbers, postcodes, numbers like a BSN and names after a title, in order.

    Of two that overlap the longest stays.
    """
    found: list[Span] = []
    candidates = [
        Span(*match.span("name" if kind == "name" else 0), kind)
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    ]
    for span in sorted(candidates, key=lambda span: (span.start - span.end, span)):
        if not any(span.overlaps(other) for other in found):
            found.append(span)
    return sorted(found)


def find_passages(text: str, *, passages: Iterable[str]) -> Iterator[Span]:
    """Every place of these whole words, whatever their capitals. Raises ValueError(passage) when there is none."""
    for passage in passages:
        words = rf"(?<!\w){re.escape(passage)}(?!\w)"
        places = [match.span() for match in re.finditer(words, text, re.IGNORECASE)]
        if not places:
            raise ValueError(passage)
        yield from (Span(start, end, "other") for start, end in places)


def redact(text: str, *, spans: Iterable[Span]) -> str:
    """The text with a word in the place of each span; spans that overlap are taken out together, as the first kind."""
    parts, end, written = [], 0, 0
    for span in sorted(spans):
        if span.start >= end:
            parts += [text[written : span.start], REPLACEMENTS[span.kind]]
        end = max(end, span.end)
        written = end
    return "".join([*parts, text[written:]])
