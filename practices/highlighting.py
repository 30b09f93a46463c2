"""Which words of a text were searched for: pieces to mark, and a short excerpt around them. Pure.

A word matches what begins with it, as the search lets words go on, and another form of itself: the same but for a Dutch
ending. That is a rule of thumb for the stemming of PostgreSQL; a form it does not know stays unmarked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from practices.search_words import split_words
from practices.synonyms import Phrase

# A letter or figure with the accents that may follow it as characters of their own.
WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
SHORTEST_BEGINNING = 3
SHORTEST_STEM = 4
ENDINGS = ("", "en", "de", "te", "s", "n", "e", "t")
EXCERPT_LENGTH = 180
ELLIPSIS = "…"


@dataclass(frozen=True)
class Segment:
    text: str
    is_match: bool = False


@dataclass(frozen=True)
class _Match:
    """Characters `start` to `end` of a text, and the part of the search they answer."""

    start: int
    end: int
    part: int


def mark_words(text: str, parts: Sequence[Sequence[Phrase]]) -> list[Segment]:
    """The whole text in pieces; `parts` are those of a search, in bare words."""
    return _cut(text, _find_matches(text, parts))


def find_parts(text: str, parts: Sequence[Sequence[Phrase]]) -> set[int]:
    """Numbers of the parts of which something stands in the text."""
    return {match.part for match in _find_matches(text, parts)}


def take_excerpt(texts: Iterable[str], parts: Sequence[Sequence[Phrase]]) -> list[Segment]:
    """The piece of the text that answers most parts, the first of those; empty when none answers any."""
    found = [(text, matches) for text in texts if (matches := _find_matches(text, parts))]
    if not found:
        return []
    text, matches = max(found, key=lambda each: len({match.part for match in each[1]}))
    start, end = _choose_window(text, matches[0])
    inside = [
        _Match(match.start - start, match.end - start, match.part)
        for match in matches
        if start <= match.start and match.end <= end
    ]
    before = [Segment(ELLIPSIS)] if start else []
    after = [Segment(ELLIPSIS)] if end < len(text) else []
    return [*before, *_cut(text[start:end], inside), *after]


def _find_matches(text: str, parts: Sequence[Sequence[Phrase]]) -> list[_Match]:
    """In the order of the text, none over another."""
    places = [(word.start(), word.end(), split_words(word.group())) for word in WORD.finditer(text)]
    matches: list[_Match] = []
    number = 0
    while number < len(places):
        part, length = _match_at(number, places, parts)
        if length:
            matches.append(_Match(places[number][0], places[number + length - 1][1], part))
        number += length or 1
    return matches


def _match_at(
    number: int, places: Sequence[tuple[int, int, list[str]]], parts: Sequence[Sequence[Phrase]]
) -> tuple[int, int]:
    """The part that begins at this word and its number of words, the longest; (0, 0) when none does.

    The words of what was typed may stand apart, as in the search; those of another name for the same stand together.
    """
    best = (0, 0)
    for part, (typed, *others) in enumerate(parts):
        for phrase in [*((word,) for word in typed), typed, *others]:
            following = places[number : number + len(phrase)]
            if len(following) == len(phrase) > best[1] and all(
                _is_form(bare, word) for (_, _, bare), word in zip(following, phrase, strict=True)
            ):
                best = (part, len(phrase))
    return best


def _is_form(bare: Iterable[str], wanted: str) -> bool:
    return any(
        word == wanted
        or (len(wanted) >= SHORTEST_BEGINNING and word.startswith(wanted))
        or not _list_stems(word).isdisjoint(_list_stems(wanted))
        for word in bare
    )


@lru_cache(maxsize=4096)
def _list_stems(word: str) -> frozenset[str]:
    """What may be left without an ending, spelled as in the singular: kosten, koste and kost; scholen and schol."""
    stems = {word.removesuffix(ending) for ending in ENDINGS}
    return frozenset(_simplify(stem) for stem in stems if len(stem) >= SHORTEST_STEM)


def _simplify(stem: str) -> str:
    """With single letters at the end: gezinn is gezin, school is schol."""
    return re.sub(r"([aeou])\1([^aeiou])$", r"\1\2", re.sub(r"([^aeiou])\1$", r"\1", stem))


def _choose_window(text: str, match: _Match) -> tuple[int, int]:
    """Whole words around the match, about `EXCERPT_LENGTH` characters."""
    start = max(0, match.start - EXCERPT_LENGTH // 3)
    end = min(len(text), max(start + EXCERPT_LENGTH, match.end))
    if start and (space := text.find(" ", start, match.start)) >= 0:
        start = space + 1
    elif start:
        start = match.start
    if end < len(text):
        end = space if (space := text.rfind(" ", match.end, end)) >= 0 else match.end
    return start, end


def _cut(text: str, matches: Iterable[_Match]) -> list[Segment]:
    segments, place = [], 0
    for match in matches:
        segments += [
            Segment(text[place : match.start]),
            Segment(text[match.start : match.end], is_match=True),
        ]
        place = match.end
    return [segment for segment in [*segments, Segment(text[place:])] if segment.text]
