"""What a page shows beside its own text. The page types hand in their querysets, so nothing here imports them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from surveys.fieldwork.queries import summarise_response
from surveys.measures.catalogue import read_effect_2022
from surveys.measures.models import Measure
from surveys.results.publication import latest_public_wave, list_measure_figures

if TYPE_CHECKING:
    from practices.models import MeasurePage, PracticePage

NEWEST = 3
RELATED = 3


def describe_home(measures: "QuerySet[MeasurePage]", practices: "QuerySet[PracticePage]") -> dict[str, Any]:
    wave = latest_public_wave()
    newest = practices.prefetch_related("measures").order_by("-first_published_at", "title")[:NEWEST]
    return {
        "measures": list_measure_items(measures),
        "practices": list_cards(newest),
        "practice_count": practices.count(),
        "wave": wave,
        "overview": summarise_response(wave) if wave else None,
    }


def describe_measures(
    measures: "QuerySet[MeasurePage]", practices: "QuerySet[PracticePage]"
) -> dict[str, Any]:
    counts = dict(practices.order_by().values_list("measures").annotate(Count("pk", distinct=True)))
    items = list_measure_items(measures, counts=counts)
    effect = read_effect_2022()
    rows = [
        [page.title, page.measure.expected_effect_2022_million] for page in _list_measure_pages(measures)
    ]
    total = sum(million for _, million in rows)
    return {
        "measures": items,
        "effect": effect,
        "effect_table": {
            "columns": ["Maatregel", "Verwacht effect in 2022 (miljoen euro)"],
            "rows": [
                *rows,
                ["Som van de zeven maatregelen", total],
                ["Totaal zoals de bron het drukt", effect.printed_total_million],
            ],
        },
    }


def describe_measure(measure: Measure, practices: "QuerySet[PracticePage]") -> dict[str, Any]:
    wave = latest_public_wave()
    linked = practices.filter(measures=measure).prefetch_related("measures").order_by("title")
    return {
        "wave": wave,
        "figures": list_measure_figures(wave, measure.slug) if wave else [],
        "practices": list_cards(linked),
    }


def describe_practice(page: "PracticePage", practices: "QuerySet[PracticePage]") -> dict[str, Any]:
    """Related cases share the most measures; ties go by title."""
    measures = list(page.measures.select_related("page"))
    related = (
        practices.exclude(pk=page.pk)
        .filter(measures__in=measures)
        .annotate(shared=Count("measures"))
        .prefetch_related("measures")
        .order_by("-shared", "title")
    )
    return {"measures": measures, "related": list_cards(related[:RELATED])}


def list_measure_items(
    measures: "QuerySet[MeasurePage]", *, counts: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """What components/measure_list.html shows; `counts` is the number of cases per measure."""
    return [
        {
            "title": page.title,
            "url": page.url,
            "summary": page.measure.summary,
            "meta": _count_cases(counts.get(page.measure_id, 0)) if counts is not None else "",
        }
        for page in _list_measure_pages(measures)
    ]


def _count_cases(number: int) -> str:
    if not number:
        return "Nog geen praktijkvoorbeeld"
    return "1 praktijkvoorbeeld" if number == 1 else f"{number} praktijkvoorbeelden"


def list_cards(practices: "Iterable[PracticePage]") -> list[dict[str, Any]]:
    """What components/case_card.html shows; the pages come with their measures prefetched."""
    return [
        {
            "title": page.title,
            "url": page.url,
            "place_label": page.place_label,
            "measures": [measure.short_name for measure in page.measures.all()],
            "summary": page.summary,
            "year": page.year,
        }
        for page in practices
    ]


def _list_measure_pages(measures: "QuerySet[MeasurePage]") -> "QuerySet[MeasurePage]":
    return measures.select_related("measure").order_by("measure__position")
