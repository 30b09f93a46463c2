"""The library index: results, facets with counts, and chips to take a filter away again."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import QueryDict
from wagtail.query import PageQuerySet

from practices.facets import Tags, count_options
from practices.filters import Facet, PracticeFilter
from practices.models.vocabularies import Audience, Theme
from practices.queries import list_cards, with_measures
from practices.searching import Search
from practices.tags import KNOWN, load_names, load_tags
from practices.terms import Evidence, Status
from surveys.measures.models import Measure
from surveys.territory.models import Province, SizeClass, YouthRegion

PAGE_SIZE = 20
PAGE_PARAMETER = "page"


def describe_library(parameters: QueryDict, practices: PageQuerySet) -> dict[str, Any]:
    """Template context of the index page. `parameters` may hold anything: unknown values are left out."""
    tags = load_tags(practices)
    facets = list_facets(tags)
    chosen = PracticeFilter(
        parameters,
        queryset=with_measures(practices).order_by("-year", "title"),
        facets=facets,
        tags=tags,
    )
    found = chosen.list_found()
    page = Paginator(found, PAGE_SIZE).get_page(parameters.get(PAGE_PARAMETER))
    return {
        "practices": list_cards(page),
        "page_obj": page,
        "total": len(found),
        "search_notes": _note_search(chosen.search, typed=chosen.words) if chosen.search and found else [],
        "panel": {
            "search": {"name": "q", "label": "Zoek in de praktijkvoorbeelden", "value": chosen.words},
            "facets": [_describe_facet(facet, chosen) for facet in facets],
        },
        "chips": _list_chips(facets, chosen),
        "has_unknown_values": any(
            value not in facet.options for facet in facets for value in parameters.getlist(facet.name)
        ),
    }


def _note_search(search: Search, *, typed: str) -> list[str]:
    """What a visitor must know of cases that do not hold just what was typed."""
    notes = []
    if search.corrected:
        notes.append(f"Met ‘{typed}’ is niets gevonden. U ziet wat er is met ‘{search.corrected}’.")
    if not search.complete:
        notes.append("Geen praktijkvoorbeeld heeft al deze woorden. Dit zijn voorbeelden met een deel ervan.")
    elif search.complete < len(search.keys):
        notes.append("Eerst staan de voorbeelden met al uw woorden, daarna voorbeelden met een deel ervan.")
    return notes


def list_facets(tags: Mapping[int, Tags]) -> list[Facet]:
    """The filters with all their options, in one query; the years are those of the cases."""
    names = load_names()
    years = sorted({year for each in tags.values() for year in each["jaar"]}, reverse=True)
    return [
        Facet("maatregel", "Maatregel", names[Measure]),
        Facet("thema", "Ander thema", names[Theme]),
        Facet("doelgroep", "Doelgroep", names[Audience]),
        Facet("stand", "Stand", _capitalise(Status)),
        Facet("bewijs", "Bewijs voor het effect", _capitalise(Evidence)),
        Facet("kosten", "Kosten", {KNOWN: "Met een bedrag"}),
        Facet("jaar", "Jaar", {year: year for year in years}),
        Facet("grootteklasse", "Grootteklasse", names[SizeClass]),
        Facet("provincie", "Provincie", names[Province]),
        Facet("regio", "Jeugdregio", names[YouthRegion]),
    ]


def _capitalise(choices: type[TextChoices]) -> dict[str, str]:
    return {code: label.capitalize() for code, label in choices.choices}


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
