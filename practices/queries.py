"""What a page shows beside its own text. The page types hand in their querysets, so nothing here imports them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from wagtail.query import PageQuerySet

from surveys.measures.catalogue import read_effect_2022
from surveys.measures.models import Measure
from surveys.results.explorer.links import link_to_page
from surveys.results.notation import format_count
from surveys.results.publication import (
    MeasureResults,
    describe_measure_results,
    describe_response,
    latest_public_wave,
)
from surveys.results.reach import list_reach

if TYPE_CHECKING:
    from practices.models import PracticePage

NEWEST = 3
RELATED = 3


def describe_home(measures: PageQuerySet, practices: PageQuerySet) -> dict[str, Any]:
    """Without `wave` and `stats` while no results are public."""
    wave = latest_public_wave()
    newest = practices.prefetch_related("measures").order_by("-first_published_at", "title")[:NEWEST]
    return {
        "measures": list_measure_items(measures),
        "practices": list_cards(newest),
        "practice_count": practices.count(),
        "wave": wave,
        "stats": list_reach(describe_response(wave)) if wave else [],
    }


def describe_measures(measures: PageQuerySet, practices: PageQuerySet) -> dict[str, Any]:
    pages = _list_measure_pages(measures)
    counts = dict(practices.order_by().values_list("measures").annotate(Count("pk")))
    effect = read_effect_2022()
    return {
        "measures": [_build_measure_item(page, cases=counts.get(page.measure_id, 0)) for page in pages],
        "effect": effect,
        "effect_table": {
            "columns": ["Maatregel", "Miljoen euro"],
            "rows": [
                *([page.title, _sign(page.measure.expected_effect_2022_million)] for page in pages),
                ["De zeven bedragen samen", _sign(effect.total_million)],
                ["Totaal zoals de bron het drukt", _sign(effect.printed_total_million)],
            ],
        },
    }


def describe_measure(measure: Measure, practices: PageQuerySet) -> dict[str, Any]:
    wave = latest_public_wave()
    linked = practices.filter(measures=measure).prefetch_related("measures").order_by("title")
    million = measure.expected_effect_2022_million
    results = describe_measure_results(wave, measure.slug) if wave else MeasureResults([], [])
    return {
        "effect": {
            "amount": f"{abs(million)} miljoen euro",
            "meaning": "besparing, naar verwachting" if million > 0 else "extra kosten, naar verwachting",
        },
        "wave": wave,
        "figures": [link_to_page(figure, wave=wave) for figure in results.figures] if wave else [],
        "counted_bottlenecks": results.bottlenecks,
        "practices": list_cards(linked, beside=measure),
    }


def describe_practice(
    page: "PracticePage", *, measures: PageQuerySet, practices: PageQuerySet
) -> dict[str, Any]:
    """Related cases share the most measures; ties go by title."""
    own = list(page.measures.all())
    related = (
        practices.exclude(pk=page.pk)
        .filter(measures__in=own)
        .annotate(shared=Count("measures"))
        .prefetch_related("measures")
        .order_by("-shared", "title")
    )
    return {
        "measures": list_measure_items(measures.filter(measure__in=own)),
        "facts": [fact.value for fact in page.facts],
        "related": list_cards(related[:RELATED]),
    }


def list_measure_items(measures: PageQuerySet) -> list[dict[str, str]]:
    """What components/measure_list.html shows, in the order of the catalogue."""
    return [_build_measure_item(page) for page in _list_measure_pages(measures)]


def _list_measure_pages(measures: PageQuerySet) -> PageQuerySet:
    return measures.select_related("measure").order_by("measure__position")


def _build_measure_item(page: Any, *, cases: int | None = None) -> dict[str, str]:
    """`cases` is how many practices the measure has; None leaves that line out."""
    return {
        "title": page.title,
        "url": page.url,
        "summary": page.measure.summary,
        "meta": "" if cases is None else _count_cases(cases),
    }


def _count_cases(number: int) -> str:
    if not number:
        return "Nog geen praktijkvoorbeeld"
    return "1 praktijkvoorbeeld" if number == 1 else f"{format_count(number)} praktijkvoorbeelden"


def _sign(million: int) -> str:
    """A negative number with a real minus sign, which lines up and is read out."""
    return format_count(million).replace("-", "−")


def list_cards(practices: "Iterable[PracticePage]", *, beside: Measure | None = None) -> list[dict[str, Any]]:
    """What components/case_card.html shows; the pages come with their measures prefetched.

    On the page of a measure, `beside` which the cards then stand, only the other measures are news.
    """
    return [
        {
            "title": page.title,
            "url": page.url,
            "place_label": page.place_label,
            "measures": [measure.short_name for measure in page.measures.all() if measure != beside],
            "summary": page.summary,
            "year": page.year,
        }
        for page in practices
    ]
