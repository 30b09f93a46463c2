"""How much a case is about what was searched for, the same on every database. Pure.

The database says what holds the words; that their number in a long text says little is mended here: what stands in the
title counts most, then the summary. Its own order of relevance is not asked for: SQLite would search again for every
case it found.
"""

from collections.abc import Sequence

from practices.search_words import space_words
from practices.synonyms import Phrase

# The text decides only between cases of which title and summary say as much.
IN_TITLE, IN_SUMMARY, IN_TEXT = 200, 100, 1
# From this length on a word may stand inside a longer one: "psychiater" in "jeugdpsychiater".
SHORTEST_INSIDE = 5


# The words of a phrase as they are looked for in words with a space before each, per part of a search.
Sought = Sequence[Sequence[Sequence[str]]]


def prepare(parts: Sequence[Sequence[Phrase]]) -> Sought:
    """Once per search: a short word is found at the beginning of a word, a longer one anywhere in it."""
    return [
        [[word if len(word) >= SHORTEST_INSIDE else f" {word}" for word in phrase] for phrase in phrases]
        for phrases in parts
    ]


def measure_relevance(sought: Sought, *, title: str, summary: str, text: str) -> int:
    """0 and up: over the parts of a search, of which each has its phrases of the same meaning."""
    places = (
        (IN_TITLE, space_words(title)),
        (IN_SUMMARY, space_words(summary)),
        (IN_TEXT, space_words(text)),
    )
    return sum(
        weight
        for weight, words in places
        for phrases in sought
        if any(all(word in words for word in phrase) for phrase in phrases)
    )
