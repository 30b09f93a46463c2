"""What somebody may have meant who typed a word that no case has. Pure."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

SHORTEST = 5
# Of Ratcliff and Obershelp's measure: one letter too few or wrong in a word of ten gives about 0.9.
LEAST_LIKENESS = 0.8


def correct_words(words: Sequence[str], *, vocabulary: Iterable[str]) -> list[str]:
    """Each word, or the one that is most like it in the vocabulary; a short word or the beginning of one stays."""
    known = sorted({word for word in vocabulary if len(word) >= SHORTEST})
    return [word if _is_known(word, known) else _find_like(word, known) for word in words]


def _is_known(word: str, known: Sequence[str]) -> bool:
    return len(word) < SHORTEST or any(each.startswith(word) for each in known)


def _find_like(word: str, known: Sequence[str]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=LEAST_LIKENESS)), word)
