"""How much a case is about what was searched for, the same on every database. Pure.

The database says what holds the words; that their number in a long text says little is mended here: what stands in the
title counts most, then the summary.
"""

from collections.abc import Sequence

from practices.search_words import split_words
from practices.synonyms import Phrase

IN_TITLE, IN_SUMMARY = 2, 1
# From this length on a word may stand inside a longer one: "psychiater" in "jeugdpsychiater".
SHORTEST_INSIDE = 5


def measure_relevance(parts: Sequence[Sequence[Phrase]], *, title: str, summary: str) -> int:
    """0 and up: over the parts of a search, of which each has its phrases of the same meaning."""
    return sum(
        weight * any(_has_phrase(phrase, words) for phrase in phrases)
        for weight, words in ((IN_TITLE, split_words(title)), (IN_SUMMARY, split_words(summary)))
        for phrases in parts
    )


def _has_phrase(phrase: Phrase, words: Sequence[str]) -> bool:
    return all(
        any(each.startswith(word) or (len(word) >= SHORTEST_INSIDE and word in each) for each in words)
        for word in phrase
    )
