"""The cards of the cases that were found: what was searched for is marked, and it says why a case is near."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from wagtail.query import PageQuerySet

from practices.full_text import Parts
from practices.highlighting import Segment, find_parts, mark_words, take_excerpt
from practices.nearness import Nearness
from practices.queries import list_cards, with_measures
from practices.searching import Search

if TYPE_CHECKING:
    from practices.models import PracticePage


def list_found_cards(
    keys: Sequence[int],
    *,
    practices: PageQuerySet,
    search: Search | None,
    nearness: Mapping[int, Nearness],
) -> list[dict[str, Any]]:
    """In the order of `keys`; at most three queries."""
    fetched = with_measures(practices).in_bulk(keys)
    pages = [fetched[key] for key in keys]
    marked = _mark(pages, search.parts) if search else {}
    return [
        {
            **card,
            "marked": marked.get(page.pk),
            "near": nearness[page.pk].reason if page.pk in nearness else "",
        }
        for page, card in zip(pages, list_cards(pages), strict=True)
    ]


def _mark(pages: "Sequence[PracticePage]", parts: Parts) -> dict[int, dict[str, list[Segment]]]:
    """An excerpt is for what the card does not show anyway; figures and names are only read where no text has it."""
    missing = {page.pk: _find_missing(page, parts) for page in pages}
    excerpts = {page.pk: take_excerpt(page.list_texts(), missing[page.pk]) for page in pages}
    without = [page for page in pages if missing[page.pk] and not excerpts[page.pk]]
    prefetch_related_objects(without, "facts")
    for page in without:
        others = [f"{fact.figure} {fact.meaning}" for fact in page.facts.all()]
        others += [f"Maatregel: {measure.name}" for measure in page.measures]
        excerpts[page.pk] = take_excerpt(others, missing[page.pk])
    return {
        page.pk: {
            "place": mark_words(page.place_label, parts),
            "title": mark_words(page.title, parts),
            "summary": mark_words(page.summary, parts),
            "excerpt": excerpts[page.pk],
        }
        for page in pages
    }


def _find_missing(page: "PracticePage", parts: Parts) -> Parts:
    shown = set().union(*(find_parts(text, parts) for text in (page.place_label, page.title, page.summary)))
    return [phrases for number, phrases in enumerate(parts) if number not in shown]
