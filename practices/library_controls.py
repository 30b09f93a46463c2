"""What a visitor chooses with: words and filters, order, list or map, and chips to take a choice away again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from practices.facets import Tags, count_options
from practices.filters import HOME, SORT, VIEW, WORDS, Choice, Facet, Sort, View, usual_sort
from practices.reference import Reference

SORT_NAMES = {
    Sort.RELEVANCE: "Wat het meest past",
    Sort.NEWEST: "Nieuwste eerst",
    Sort.NEAREST: "Dichtst bij uw gemeente",
}
VIEW_NAMES = {View.LIST: "Lijst", View.MAP: "Kaart"}


def describe_panel(facets: Iterable[Facet], *, choice: Choice, within: Mapping[int, Tags]) -> dict[str, Any]:
    """For components/filter_panel.html; order and view stay as they are."""
    described = [_describe_facet(facet, choice=choice, within=within) for facet in facets]
    return {
        "search": {"name": WORDS, "label": "Zoek in de praktijkvoorbeelden", "value": choice.words},
        "facets": [facet for facet in described if facet["options"]],
        "hidden": _hide(choice, names=(SORT, HOME, VIEW)),
    }


def describe_order(choice: Choice, *, reference: Reference) -> dict[str, Any]:
    """For components/list_order.html; words, filters and view stay as they are."""
    sorts = [each for each in Sort if each is not Sort.RELEVANCE or choice.words]
    return {
        "options": [
            {"value": each, "label": SORT_NAMES[each], "selected": each is choice.sort} for each in sorts
        ],
        "homes": [
            {"value": each.code, "label": each.name, "selected": each.code == choice.home}
            for each in reference.country
        ],
        "is_home_missing": choice.sort is Sort.NEAREST and not choice.home,
        "hidden": [
            {"name": name, "value": value} for name, value in choice.pairs if name not in (SORT, HOME)
        ],
    }


def describe_views(choice: Choice) -> list[dict[str, Any]]:
    return [
        {"label": VIEW_NAMES[view], "url": replace(choice, view=view).url, "is_current": view is choice.view}
        for view in View
    ]


def list_chips(facets: Iterable[Facet], *, choice: Choice, reference: Reference) -> list[dict[str, str]]:
    """One chip per active choice; its link is the same list without it, from the first page."""
    chips = [(f"‘{choice.words}’", choice.with_words(""))] if choice.words else []
    chips += [
        (f"{facet.title}: {facet.options[code]}", choice.without(facet.name, code))
        for facet in facets
        for code in choice.selected[facet.name]
    ]
    if choice.sort is not usual_sort(choice.words):
        usual = replace(choice, sort=usual_sort(choice.words))
        chips.append((_name_order(choice, reference), usual))
    return [{"label": label, "remove_url": left.url} for label, left in chips]


def _name_order(choice: Choice, reference: Reference) -> str:
    home = next((each.name for each in reference.country if each.code == choice.home), "")
    return f"Volgorde: dichtst bij {home}" if home else f"Volgorde: {SORT_NAMES[choice.sort].lower()}"


def _hide(choice: Choice, *, names: Iterable[str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in choice.pairs if name in names]


def _describe_facet(facet: Facet, *, choice: Choice, within: Mapping[int, Tags]) -> dict[str, Any]:
    counts = count_options(within, selected=choice.selected, facet=facet.name)
    selected = choice.selected[facet.name]
    return {
        "name": facet.name,
        "title": facet.title,
        "is_open": bool(selected),
        # What would show nothing is left out, unless it is ticked and must be possible to untick.
        "options": [
            {"value": code, "label": label, "count": counts[code], "selected": code in selected}
            for code, label in facet.options.items()
            if code in selected or (counts[code] and not facet.shows_selected)
        ],
    }
