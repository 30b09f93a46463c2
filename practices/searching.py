"""Searching the cases in words: what holds them all, else with a likely spelling, else what holds some."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wagtail.query import PageQuerySet

from practices.entries import load_entries
from practices.full_text import Parts, Wanted, find_keys
from practices.reference import Reference, load_reference
from practices.relevance import measure_relevance, prepare
from practices.search_words import leave_out_small_words, split_words
from practices.spelling import WordUse, correct_words, suggest_words
from practices.synonyms import widen

SHORTEST_BEGINNING = 3
# With fewer than this, cases with some of the words follow and another spelling is considered.
FEW = 3

# Title, summary and what else counts for spelling, by the key of a case.
Texts = Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class Search:
    """Keys of the cases, the best first; the first `complete` of them hold every word or what means the same.

    `parts` is what they were searched by. `corrected` is what was searched for in the place of what was typed,
    `suggestion` a spelling that would find much more; "" where there is none.
    """

    keys: tuple[int, ...]
    complete: int
    parts: Parts
    corrected: str = ""
    suggestion: str = ""


def search_cases(words: Sequence[str], *, texts: Texts, reference: Reference) -> Search:
    """Among the cases of `texts`; `words` are bare, at least one. In at most two queries."""
    wanted = leave_out_small_words(list(words))
    parts = widen(wanted, reference.synonyms)
    (found,) = find_keys(_want_all(parts))
    complete = _rank(found, parts, texts)
    if len(complete) >= FEW:
        return Search(tuple(complete), len(complete), parts)
    use = _survey_words(texts, reference)
    suggestion = " ".join(suggest_words(wanted, use=use)) if complete else ""
    likely = wanted if complete else correct_words(wanted, vocabulary=use.words)
    if likely == wanted:
        (partial,) = find_keys(_want_some(parts))
    else:
        parts = widen(likely, reference.synonyms)
        found, partial = find_keys(_want_all(parts), _want_some(parts))
        complete = _rank(found, parts, texts)
    keys = list(complete)
    if len(complete) < FEW:
        keys += [key for key in _rank(partial, parts, texts) if key not in complete]
    return Search(
        tuple(keys),
        len(complete),
        parts,
        corrected=" ".join(likely) if keys and likely != wanted else "",
        suggestion=suggestion,
    )


def search_pages(pages: PageQuerySet, words: Sequence[str]) -> Search:
    """The same where the texts are not at hand yet; in at most four queries."""
    entries = load_entries(pages, country=(), with_texts=True)
    texts = {key: entry.texts for key, entry in entries.items()}
    return search_cases(words, texts=texts, reference=load_reference())


def _want_all(parts: Parts) -> Wanted:
    """A phrase of every part, in whole words or in beginnings of words; short words stand as they are."""
    short = [word for ((word, *others), *_) in parts if not others and len(word) < SHORTEST_BEGINNING]
    beginnings = [
        [(*short, *phrase) for phrase in phrases]
        for phrases in parts
        if phrases[0] not in {(word,) for word in short}
    ]
    return Wanted(parts, beginnings)


def _want_some(parts: Parts) -> Wanted:
    return Wanted([[phrase for phrases in parts for phrase in phrases]])


def _rank(keys: Iterable[int], parts: Parts, texts: Texts) -> list[int]:
    """Those that are among the texts; where the words say as much, in the order given."""
    sought = prepare(parts)
    weights = {key: measure_relevance(sought, *texts[key][:2]) for key in keys if key in texts}
    return sorted(weights, key=weights.__getitem__, reverse=True)


def _survey_words(texts: Texts, reference: Reference) -> WordUse:
    """The words that stand for what the cases are about, and which cases have them."""
    names = [name for names in reference.names.values() for name in names.values()]
    return WordUse(
        cases=[frozenset(split_words(" ".join(each))) for each in texts.values()],
        others=frozenset(
            [
                *(word for name in names for word in split_words(name)),
                *(word for group in reference.synonyms for phrase in group for word in phrase),
            ]
        ),
    )
