"""What a page shows beside its own text. The page types hand in their querysets, so nothing here imports them."""

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
    return {
        "measures": _list_measure_pages(measures),
        "practices": practices.prefetch_related("measures").order_by("-first_published_at", "title")[:NEWEST],
        "practice_count": practices.count(),
        "wave": wave,
        "overview": summarise_response(wave) if wave else None,
    }


def describe_measures(
    measures: "QuerySet[MeasurePage]", practices: "QuerySet[PracticePage]"
) -> dict[str, Any]:
    counts = dict(practices.values_list("measures").annotate(number=Count("pk", distinct=True)))
    return {
        "measures": [(page, counts.get(page.measure_id, 0)) for page in _list_measure_pages(measures)],
        "effect": read_effect_2022(),
    }


def describe_measure(measure: Measure, practices: "QuerySet[PracticePage]") -> dict[str, Any]:
    wave = latest_public_wave()
    return {
        "wave": wave,
        "figures": list_measure_figures(wave, measure.slug) if wave else [],
        "practices": practices.filter(measures=measure).prefetch_related("measures").order_by("title"),
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
    return {"measures": measures, "related": related[:RELATED]}


def _list_measure_pages(measures: "QuerySet[MeasurePage]") -> "QuerySet[MeasurePage]":
    return measures.select_related("measure").order_by("measure__position")
