"""What somebody may have meant who typed a word that no case, or hardly any, has. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

SHORTEST = 5
# Of Ratcliff and Obershelp's measure: one letter too few or wrong in a word of ten gives about 0.9.
LEAST_LIKENESS = 0.8
# Another spelling is only worth asking about when it finds this many times as much.
MUCH_MORE = 3


@dataclass(frozen=True)
class WordUse:
    """The words of each case, and `others` that stand for what cases are about."""

    cases: Sequence[frozenset[str]]
    others: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        return self.others.union(*self.cases)

    @cached_property
    def counts(self) -> Counter[str]:
        """In how many cases each word stands."""
        return Counter(word for words in self.cases for word in words)

    def count_cases(self, wanted: Sequence[str]) -> int:
        """Cases with words that begin with each of `wanted`."""
        return sum(
            all(any(each.startswith(word) for each in words) for word in wanted) for words in self.cases
        )


def correct_words(words: Sequence[str], *, vocabulary: Iterable[str]) -> list[str]:
    """Each word, or the one that is most like it in the vocabulary; a short word or the beginning of one stays."""
    known = sorted({word for word in vocabulary if len(word) >= SHORTEST})
    return [word if _is_known(word, known) else _find_like(word, known) for word in words]


def suggest_words(words: Sequence[str], *, use: WordUse) -> list[str]:
    """The words in a spelling that finds much more, each like what was typed; none where there is no such spelling."""
    found = use.count_cases(words)
    likely = [
        word if _is_settled(word, use) else _find_like(word, _list_commoner(word, use)) for word in words
    ]
    return likely if use.count_cases(likely) >= MUCH_MORE * max(found, 1) else []


def _list_commoner(word: str, use: WordUse) -> list[str]:
    """Words in many more cases; what begins alike to its end is another form of the word, and no other spelling."""
    least = MUCH_MORE * max(use.count_cases([word]), 1)
    return sorted(
        each
        for each, count in use.counts.items()
        if count >= least
        and len(each) >= SHORTEST
        and not each.startswith(word)
        and not word.startswith(each)
    )


def _is_settled(word: str, use: WordUse) -> bool:
    return len(word) < SHORTEST or word in use.others


def _is_known(word: str, known: Sequence[str]) -> bool:
    return len(word) < SHORTEST or any(each.startswith(word) for each in known)


def _find_like(word: str, known: Sequence[str]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=LEAST_LIKENESS)), word)
