"""The library index: results, facets with counts, and chips to take a filter away again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max
from django.http import QueryDict

from practices.facets import Tags, count_options
from practices.filters import PracticeFilter
from practices.localities import Municipality, Place, locate
from practices.models import PracticePage
from practices.queries import list_cards
from surveys.territory.models import MunicipalityYear
from surveys.territory.queries import list_municipalities

PAGE_SIZE = 20
PAGE_PARAMETER = "page"


def describe_library(parameters: QueryDict) -> dict[str, Any]:
    """Template context of the index page. `parameters` may hold anything: unknown values are ignored."""
    chosen = PracticeFilter(
        parameters,
        queryset=PracticePage.objects.live().prefetch_related("measures").order_by("-year", "title"),
        tags=load_tags(),
    )
    found = list(chosen.qs)
    shown = Paginator(found, PAGE_SIZE).get_page(parameters.get(PAGE_PARAMETER))
    return {
        "practices": list_cards(shown),
        "page_obj": shown,
        "total": len(found),
        "panel": {
            "search": {"name": "q", "label": "Zoek in de praktijkvoorbeelden", "value": chosen.words},
            "facets": [_describe_facet(chosen, facet) for facet in chosen.FACETS],
        },
        "chips": _list_chips(chosen, parameters),
    }


def load_tags() -> dict[int, Tags]:
    """Facet values of every live case, by key; a constant number of queries however many cases there are."""
    pages = PracticePage.objects.live()
    links = {
        name: _list_links(pages.values_list("pk", name))
        for name in ("measures", "municipalities", "youth_regions", "provinces")
    }
    keys = list(pages.values_list("pk", flat=True))
    places = {
        key: Place(
            municipalities=links["municipalities"].get(key, ()),
            youth_regions=links["youth_regions"].get(key, ()),
            provinces=links["provinces"].get(key, ()),
        )
        for key in keys
    }
    located = locate(places, municipalities=_list_country())
    return {
        key: {
            "maatregel": frozenset(links["measures"].get(key, ())),
            "grootteklasse": located[key].size_classes,
            "provincie": located[key].provinces,
            "regio": located[key].youth_regions,
        }
        for key in keys
    }


def _list_links(pairs: Any) -> Mapping[int, set[str]]:
    links: dict[int, set[str]] = {}
    for key, code in pairs:
        if code is not None:
            links.setdefault(key, set()).add(code)
    return links


def _list_country() -> list[Municipality]:
    """The municipalities on the newest date we have facts for: a visitor looks for places as they are now."""
    newest = MunicipalityYear.objects.aggregate(year=Max("year"))["year"]
    return [
        Municipality(row.code, row.youth_region_code or "", row.province_code, row.size_class_code)
        for row in (list_municipalities(date(newest, 1, 1)) if newest else ())
    ]


def _describe_facet(chosen: PracticeFilter, facet: str) -> dict[str, Any]:
    within = {key: tags for key, tags in chosen.tags.items() if key in chosen.matching}
    counts = count_options(within, selected=chosen.selected, facet=facet)
    field = chosen.filters[facet]
    options = [
        {
            "value": item.pk,
            "label": getattr(item, "short_name", item.name),
            "count": counts[item.pk],
            "selected": item.pk in chosen.selected[facet],
        }
        for item in field.queryset
    ]
    return {
        "name": facet,
        "title": field.label,
        # What would show nothing is left out, unless it is ticked and must be possible to untick.
        "options": [option for option in options if option["count"] or option["selected"]],
    }


def _list_chips(chosen: PracticeFilter, parameters: QueryDict) -> list[dict[str, str]]:
    chips = []
    if chosen.words:
        chips.append({"label": f"‘{chosen.words}’", "remove_url": _link_without(parameters, "q", chosen.words)})
    for facet in chosen.FACETS:
        for item in chosen.filters[facet].queryset:
            if item.pk in chosen.selected[facet]:
                chips.append(
                    {
                        "label": getattr(item, "short_name", item.name),
                        "remove_url": _link_without(parameters, facet, item.pk),
                    }
                )
    return chips


def _link_without(parameters: QueryDict, name: str, value: str) -> str:
    """The same address without one value, and back on the first page."""
    kept = parameters.copy()
    kept.setlist(name, [other for other in kept.getlist(name) if other.strip() != value])
    kept.pop(PAGE_PARAMETER, None)
    return f"?{kept.urlencode()}"
