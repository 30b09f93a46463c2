"""The library index: results, facets with counts, and chips to take a filter away again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Max
from django.http import QueryDict
from wagtail.query import PageQuerySet

from practices.facets import Tags, count_options
from practices.filters import Facet, PracticeFilter
from practices.localities import Municipality, Place, locate
from practices.queries import list_cards
from surveys.measures.models import Measure
from surveys.territory.models import MunicipalityYear, Province, SizeClass, YouthRegion
from surveys.territory.queries import list_municipalities

PAGE_SIZE = 20
PAGE_PARAMETER = "page"


def describe_library(parameters: QueryDict, practices: PageQuerySet) -> dict[str, Any]:
    """Template context of the index page. `parameters` may hold anything: unknown values are left out."""
    facets = list_facets()
    chosen = PracticeFilter(
        parameters,
        queryset=practices.prefetch_related("measures").order_by("-year", "title"),
        facets=facets,
        tags=load_tags(practices),
    )
    found = chosen.list_found()
    page = Paginator(found, PAGE_SIZE).get_page(parameters.get(PAGE_PARAMETER))
    return {
        "practices": list_cards(page),
        "page_obj": page,
        "total": len(found),
        "panel": {
            "search": {"name": "q", "label": "Zoek in de praktijkvoorbeelden", "value": chosen.words},
            "facets": [_describe_facet(facet, chosen) for facet in facets],
        },
        "chips": _list_chips(facets, chosen),
        "has_unknown_values": any(
            value not in facet.options for facet in facets for value in parameters.getlist(facet.name)
        ),
    }


def list_facets() -> list[Facet]:
    """The filters with all their options, in four queries."""
    return [
        Facet("maatregel", "Maatregel", dict(Measure.objects.values_list("pk", "short_name"))),
        Facet("grootteklasse", "Grootteklasse", dict(SizeClass.objects.values_list("pk", "name"))),
        Facet("provincie", "Provincie", dict(Province.objects.values_list("pk", "name"))),
        Facet("regio", "Jeugdregio", dict(YouthRegion.objects.values_list("pk", "name"))),
    ]


def load_tags(practices: PageQuerySet) -> dict[int, Tags]:
    """Facet values of every case, by key; a constant number of queries however many cases there are."""
    measures, municipalities, youth_regions, provinces = (
        _collect_links(practices.values_list("pk", name))
        for name in ("measures", "municipalities", "youth_regions", "provinces")
    )
    places = {
        key: Place(
            municipalities=municipalities[key], youth_regions=youth_regions[key], provinces=provinces[key]
        )
        for key in measures
    }
    located = locate(places, municipalities=_list_country())
    return {
        key: {
            "maatregel": frozenset(codes),
            "grootteklasse": located[key].size_classes,
            "provincie": located[key].provinces,
            "regio": located[key].youth_regions,
        }
        for key, codes in measures.items()
    }


def _collect_links(pairs: Iterable[tuple[int, str | None]]) -> Mapping[int, set[str]]:
    """Codes per key; a key without any comes with None."""
    links: dict[int, set[str]] = {}
    for key, code in pairs:
        codes = links.setdefault(key, set())
        if code is not None:
            codes.add(code)
    return links


def _list_country() -> list[Municipality]:
    """The municipalities on the newest date we have facts for: a visitor looks for places as they are now."""
    newest = MunicipalityYear.objects.aggregate(year=Max("year"))["year"]
    return [
        Municipality(row.code, row.youth_region_code or "", row.province_code, row.size_class_code)
        for row in (list_municipalities(date(newest, 1, 1)) if newest else ())
    ]


def _describe_facet(facet: Facet, chosen: PracticeFilter) -> dict[str, Any]:
    within = {key: chosen.tags[key] for key in chosen.ranking}
    counts = count_options(within, selected=chosen.selected, facet=facet.name)
    selected = chosen.selected[facet.name]
    return {
        "name": facet.name,
        "title": facet.title,
        "is_open": bool(selected),
        # What would show nothing is left out, unless it is ticked and must be possible to untick.
        "options": [
            {"value": code, "label": label, "count": counts[code], "selected": code in selected}
            for code, label in facet.options.items()
            if counts[code] or code in selected
        ],
    }


def _list_chips(facets: Iterable[Facet], chosen: PracticeFilter) -> list[dict[str, str]]:
    """One chip per active filter; its link is the same list without it, from the first page."""
    active = [("q", chosen.words, f"‘{chosen.words}’")] if chosen.words else []
    active += [
        (facet.name, code, f"{facet.title}: {facet.options[code]}")
        for facet in facets
        for code in chosen.selected[facet.name]
    ]
    return [
        {
            "label": label,
            "remove_url": "?"
            + urlencode([(name, value) for name, value, _ in active[:number] + active[number + 1 :]]),
        }
        for number, (_, _, label) in enumerate(active)
    ]
