"""How much a case is about what was searched for, the same on every database. Pure.

The database says what holds the words; that their number in a long text says little is mended here: what stands in the
title counts most, then the summary. Its own order of relevance is not asked for: SQLite would search again for every
case it found.
"""

from collections.abc import Sequence

from practices.search_words import space_words
from practices.synonyms import Phrase

IN_TITLE, IN_SUMMARY = 2, 1
# From this length on a word may stand inside a longer one: "psychiater" in "jeugdpsychiater".
SHORTEST_INSIDE = 5

# Per part of a search the words of which one is enough, and the groups of words that are needed together.
Sought = Sequence[tuple[Sequence[str], Sequence[Sequence[str]]]]


def prepare(parts: Sequence[Sequence[Phrase]]) -> Sought:
    """Once per search; words as they are looked for in words with a space before each.

    A short word is found at the beginning of a word, a longer one anywhere in it.
    """
    spaced = [
        [[word if len(word) >= SHORTEST_INSIDE else f" {word}" for word in phrase] for phrase in phrases]
        for phrases in parts
    ]
    return [
        (
            [phrase[0] for phrase in phrases if len(phrase) == 1],
            [phrase for phrase in phrases if len(phrase) > 1],
        )
        for phrases in spaced
    ]


def measure_relevance(sought: Sought, title: str, summary: str) -> int:
    """0 and up: over the parts of a search, of which each has its phrases of the same meaning."""
    in_title, in_summary = space_words(title), space_words(summary)
    return sum(
        [IN_TITLE * _holds(in_title, *part) + IN_SUMMARY * _holds(in_summary, *part) for part in sought]
    )


def _holds(text: str, words: Sequence[str], groups: Sequence[Sequence[str]]) -> bool:
    """Written out in loops: this runs for every case that is found."""
    for word in words:
        if word in text:
            return True
    for group in groups:
        for word in group:
            if word not in text:
                break
        else:
            return True
    return False
