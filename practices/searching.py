"""Searching the cases in words: what holds them all, else with a likely spelling, else what holds some."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from modelsearch.query import And, Or, PlainText
from wagtail.query import PageQuerySet

from practices.models.vocabularies import SynonymGroup
from practices.relevance import measure_relevance
from practices.search_words import leave_out_small_words, split_words
from practices.spelling import correct_words
from practices.synonyms import Phrase, widen
from practices.tags import load_names

if TYPE_CHECKING:
    from practices.models import PracticePage

SHORTEST_BEGINNING = 3
# With fewer than this, cases with some of the words follow.
FEW = 3

Parts = Sequence[Sequence[Phrase]]


@dataclass(frozen=True)
class Search:
    """Keys of the cases, the best first; the first `complete` of them hold every word or what means the same.

    `corrected` is what was searched for in the place of what was typed; "" when that is what was typed.
    """

    keys: tuple[int, ...]
    complete: int
    corrected: str = ""


def search_cases(pages: PageQuerySet, words: list[str]) -> Search:
    """`words` are bare, at least one."""
    pages = pages.prefetch_related(None)
    groups = _load_groups()
    wanted = leave_out_small_words(words)
    found, corrected = _find_all(pages, widen(wanted, groups)), ""
    if not found:
        likely = correct_words(wanted, vocabulary=_load_vocabulary(pages, groups))
        if likely != wanted:
            wanted, corrected = likely, " ".join(likely)
            found = _find_all(pages, widen(wanted, groups))
    keys = [page.pk for page in found]
    if len(keys) < FEW:
        keys += [page.pk for page in _find_some(pages, widen(wanted, groups)) if page.pk not in keys]
    return Search(tuple(keys), complete=len(found), corrected=corrected if keys else "")


def _find_all(pages: PageQuerySet, parts: Parts) -> "list[PracticePage]":
    """With a phrase of every part: in whole words, and as the beginnings of longer ones."""
    whole = pages.search(And([Or([PlainText(" ".join(phrase)) for phrase in phrases]) for phrases in parts]))
    # In a completing search the last word of each phrase is the one that may go on; short words may not.
    short = [word for ((word, *others), *_) in parts if not others and len(word) < SHORTEST_BEGINNING]
    beginnings = [
        Or([PlainText(" ".join([*short, *phrase])) for phrase in phrases])
        for phrases in parts
        if phrases[0] not in {(word,) for word in short}
    ]
    begun = pages.autocomplete(And(beginnings), order_by_relevance=False) if beginnings else ()
    return _rank([*whole, *begun], parts)


def _find_some(pages: PageQuerySet, parts: Parts) -> "list[PracticePage]":
    return _rank(
        list(pages.search(Or([PlainText(" ".join(phrase)) for phrases in parts for phrase in phrases]))),
        parts,
    )


def _rank(found: "list[PracticePage]", parts: Parts) -> "list[PracticePage]":
    """Each once; where the words say as much, in the order of the database."""
    once = {page.pk: page for page in found}.values()
    return sorted(once, key=lambda page: -measure_relevance(parts, title=page.title, summary=page.summary))


def _load_groups() -> list[list[Phrase]]:
    return [
        [phrase for line in group.splitlines() if (phrase := tuple(split_words(line)))]
        for group in SynonymGroup.objects.values_list("words", flat=True)
    ]


def _load_vocabulary(pages: PageQuerySet, groups: Sequence[Sequence[Phrase]]) -> set[str]:
    """The words that stand for what the cases are about."""
    texts = [text for row in pages.values_list("title", "summary", "intro", "reason") for text in row]
    texts += [name for names in load_names().values() for name in names.values()]
    return {
        *(word for text in texts for word in split_words(text)),
        *(word for group in groups for phrase in group for word in phrase),
    }
