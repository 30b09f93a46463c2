"""Searching the cases in words: what holds them all, else with a likely spelling, else what holds some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import IntegerField, Value, Window
from django.db.models.functions import RowNumber
from modelsearch.backends.base import BaseSearchResults
from modelsearch.query import And, Or, PlainText
from wagtail.query import PageQuerySet

from practices.entries import load_entries
from practices.reference import Reference, load_reference
from practices.relevance import measure_relevance, prepare
from practices.search_words import leave_out_small_words, split_words
from practices.spelling import WordUse, correct_words, suggest_words
from practices.synonyms import Phrase, widen

SHORTEST_BEGINNING = 3
# With fewer than this, cases with some of the words follow and another spelling is considered.
FEW = 3

Parts = Sequence[Sequence[Phrase]]
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


def search_cases(pages: PageQuerySet, words: Sequence[str], *, texts: Texts, reference: Reference) -> Search:
    """`words` are bare, at least one. In at most two queries."""
    wanted = leave_out_small_words(list(words))
    parts = widen(wanted, reference.synonyms)
    whole, begun = _fetch(_select_whole(pages, parts), _select_begun(pages, parts))
    complete = _rank([*whole, *begun], parts, texts)
    if len(complete) >= FEW:
        return Search(tuple(complete), len(complete), parts)
    use = _survey_words(texts, reference)
    suggestion = " ".join(suggest_words(wanted, use=use)) if complete else ""
    likely = wanted if complete else correct_words(wanted, vocabulary=use.words)
    if likely == wanted:
        (partial,) = _fetch(_select_some(pages, parts))
    else:
        parts = widen(likely, reference.synonyms)
        whole, begun, partial = _fetch(
            _select_whole(pages, parts), _select_begun(pages, parts), _select_some(pages, parts)
        )
        complete = _rank([*whole, *begun], parts, texts)
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
    return search_cases(pages, words, texts=texts, reference=load_reference())


def _select_whole(pages: PageQuerySet, parts: Parts) -> BaseSearchResults:
    """With a phrase of every part, in whole words."""
    return pages.search(
        And([Or([PlainText(" ".join(phrase)) for phrase in phrases]) for phrases in parts]),
        order_by_relevance=False,
    )


def _select_begun(pages: PageQuerySet, parts: Parts) -> BaseSearchResults | None:
    """With a phrase of every part, as the beginnings of longer words; None where all are too short for that."""
    # In a completing search the last word of each phrase is the one that may go on; short words may not.
    short = [word for ((word, *others), *_) in parts if not others and len(word) < SHORTEST_BEGINNING]
    beginnings = [
        Or([PlainText(" ".join([*short, *phrase])) for phrase in phrases])
        for phrases in parts
        if phrases[0] not in {(word,) for word in short}
    ]
    return pages.autocomplete(And(beginnings), order_by_relevance=False) if beginnings else None


def _select_some(pages: PageQuerySet, parts: Parts) -> BaseSearchResults:
    return pages.search(
        Or([PlainText(" ".join(phrase)) for phrases in parts for phrase in phrases]), order_by_relevance=False
    )


def _fetch(*selections: BaseSearchResults | None) -> list[list[int]]:
    """Per selection its keys in the order of the database; one query for all."""
    first, *others = [
        _number(number, selection.get_queryset())
        for number, selection in enumerate(selections)
        if selection is not None
    ]
    found: list[list[int]] = [[] for _ in selections]
    for number, _, key in sorted(first.union(*others, all=True)):
        found[number].append(key)
    return found


def _number(number: int, pages: PageQuerySet) -> PageQuerySet:
    """(number, place, key) of every page: the order of a part is lost in a larger query."""
    place = Window(RowNumber(), order_by=list(pages.query.order_by))
    return pages.order_by().values_list(Value(number, IntegerField()), place, "pk")


def _rank(keys: Sequence[int], parts: Parts, texts: Texts) -> list[int]:
    """Each once; where the words say as much, in the order of the database."""
    sought = prepare(parts)

    def weigh(key: int) -> int:
        title, summary, *others = texts[key]
        return -measure_relevance(sought, title=title, summary=summary, text=" ".join(others))

    return sorted(dict.fromkeys(keys), key=weigh)


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
