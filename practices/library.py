"""The library index: what is found, in which order, and everything to look further with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import QueryDict
from wagtail.query import PageQuerySet

from practices.entries import KNOWN, Entry, list_tags, load_entries
from practices.facets import Tags, match_facets
from practices.filters import Choice, Facet, Sort, View, has_unknown_values, read_choice
from practices.library_cards import list_found_cards
from practices.library_controls import describe_order, describe_panel, describe_views, list_chips
from practices.library_map import draw_library_map
from practices.library_notes import describe_nearest, note_search
from practices.models.vocabularies import Audience, Theme
from practices.nearness import Nearness
from practices.ordering import load_surroundings, order_found
from practices.reference import Reference, load_reference
from practices.search_words import split_query
from practices.searching import Search, search_cases
from practices.terms import Evidence, Status
from surveys.measures.models import Measure
from surveys.territory.models import Province, SizeClass, YouthRegion

PAGE_SIZE = 20
PAGE_PARAMETER = "page"


@dataclass(frozen=True)
class Findings:
    """What a choice finds; `entries` and `tags` are those of all cases, by key."""

    reference: Reference
    entries: Mapping[int, Entry]
    facets: list[Facet]
    choice: Choice
    search: Search | None

    @cached_property
    def tags(self) -> dict[int, Tags]:
        return list_tags(self.entries)

    @cached_property
    def within(self) -> dict[int, Tags]:
        """The tags of what the words find, without words of all cases."""
        return self.tags if self.search is None else {key: self.tags[key] for key in self.search.keys}

    @cached_property
    def keys(self) -> set[int]:
        return match_facets(self.within, selected=self.choice.selected)


def describe_library(parameters: QueryDict, practices: PageQuerySet, *, own: str = "") -> dict[str, Any]:
    """Template context of the index page. `parameters` may hold anything: unknown values are left out.

    `own` is the code of the municipality that the visitor works for, or "".
    """
    findings = find_cases(parameters, practices, own=own)
    choice, reference = findings.choice, findings.reference
    return {
        **_describe_found(parameters, practices, findings),
        "total": len(findings.keys),
        "search_notes": note_search(findings.search, choice=choice) if findings.search else [],
        "panel": describe_panel(findings.facets, choice=choice, within=findings.within),
        "order": None if choice.view is View.MAP else describe_order(choice, reference=reference),
        "views": describe_views(choice),
        "chips": list_chips(findings.facets, choice=choice, reference=reference),
        "nearest": None
        if findings.keys
        else describe_nearest(
            findings.facets, choice=choice, tags=findings.tags, search=findings.search, reference=reference
        ),
        "has_unknown_values": has_unknown_values(
            parameters, facets=findings.facets, homes=[each.code for each in reference.country]
        ),
    }


def find_cases(parameters: QueryDict, practices: PageQuerySet, *, own: str = "") -> Findings:
    """In two queries, and at most two more for words."""
    reference = load_reference()
    typed = split_query(parameters.get("q", ""))
    entries = load_entries(practices, country=reference.country, with_texts=bool(typed))
    facets = list_facets(reference, entries)
    homes = [each.code for each in reference.country]
    choice = read_choice(parameters, facets=facets, homes=homes, own=own)
    search = None
    if choice.words:
        texts = {key: entry.texts for key, entry in entries.items()}
        search = search_cases(split_query(choice.words), texts=texts, reference=reference)
    return Findings(reference, entries, facets, choice, search)


def _describe_found(parameters: QueryDict, practices: PageQuerySet, findings: Findings) -> dict[str, Any]:
    """A map, or the cards of one page of the list."""
    choice = findings.choice
    if choice.view is View.MAP:
        found = [findings.tags[key] for key in findings.keys]
        return {
            "map": draw_library_map(found, choice=choice, reference=findings.reference),
            "without_place": sum(not tags["plaats"] for tags in found),
        }
    nearness = _measure_nearness(findings)
    ordered = order_found(
        findings.keys, entries=findings.entries, choice=choice, search=findings.search, nearness=nearness
    )
    page = Paginator(ordered, PAGE_SIZE).get_page(parameters.get(PAGE_PARAMETER))
    cards = list_found_cards(list(page), practices=practices, search=findings.search, nearness=nearness)
    return {"practices": cards, "page_obj": page}


def _measure_nearness(findings: Findings) -> dict[int, Nearness]:
    """Empty when nobody asked for what is near, or nobody said to what."""
    choice = findings.choice
    if choice.sort is not Sort.NEAREST or not choice.home or not findings.keys:
        return {}
    surroundings = load_surroundings(choice.home, findings.reference)
    return {key: surroundings.measure(findings.entries[key].place) for key in findings.keys}


def list_facets(reference: Reference, entries: Mapping[int, Entry]) -> list[Facet]:
    """The filters with all their options; the years are those of the cases."""
    names = reference.names
    years = sorted({entry.year for entry in entries.values()}, reverse=True)
    places = {each.code: each.name for each in reference.country}
    return [
        Facet("maatregel", "Maatregel", names[Measure]),
        Facet("thema", "Ander thema", names[Theme]),
        Facet("doelgroep", "Doelgroep", names[Audience]),
        Facet("stand", "Stand", _capitalise(Status)),
        Facet("bewijs", "Bewijs voor het effect", _capitalise(Evidence)),
        Facet("kosten", "Kosten", {KNOWN: "Met een bedrag"}),
        Facet("jaar", "Jaar", {str(year): str(year) for year in years}),
        Facet("grootteklasse", "Grootteklasse", names[SizeClass]),
        Facet("provincie", "Provincie", names[Province]),
        Facet("regio", "Jeugdregio", names[YouthRegion]),
        Facet("plaats", "Gemeente", places, shows_selected=True),
    ]


def _capitalise(choices: type[TextChoices]) -> dict[str, str]:
    return {code: label.capitalize() for code, label in choices.choices}
