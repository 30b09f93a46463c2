"""What the library says of a search that does not hold just what was typed, and where to look when nothing is found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from practices.facets import Tags
from practices.filters import Choice, Facet
from practices.localities import Municipality
from practices.reference import Reference
from practices.searching import Search
from practices.suggestions import Remaining, leave_one_out, take_others


def note_search(search: Search, *, choice: Choice) -> list[dict[str, Any]]:
    """Each {text, words, url, is_question}: with a link (`url`) to a search in other `words`, or a text only."""
    notes = []
    if search.corrected:
        notes.append(
            {
                "text": f"Met ‘{choice.words}’ is niets gevonden. U ziet wat er is met",
                "words": search.corrected,
                "url": choice.with_words(search.corrected).url,
                "is_question": False,
            }
        )
    if search.suggestion:
        url = choice.with_words(search.suggestion).url
        notes.append({"text": "Bedoelde u", "words": search.suggestion, "url": url, "is_question": True})
    if search.keys and not search.complete:
        notes.append(
            _say("Geen praktijkvoorbeeld heeft al deze woorden. Dit zijn voorbeelden met een deel ervan.")
        )
    elif search.complete < len(search.keys):
        notes.append(
            _say("Eerst staan de voorbeelden met al uw woorden, daarna voorbeelden met een deel ervan.")
        )
    return notes


def _say(text: str) -> dict[str, Any]:
    return {"text": text, "words": "", "url": "", "is_question": False}


def describe_nearest(
    facets: Sequence[Facet],
    *,
    choice: Choice,
    tags: Mapping[int, Tags],
    search: Search | None,
    reference: Reference,
) -> dict[str, list[dict[str, Any]]]:
    """What would be found `without` one of the choices, or with another one `instead`: {label, count, url}."""
    found = None if search is None else search.keys
    by_name = {facet.name: facet for facet in facets}
    wider = _list_wider(reference.country)
    without = leave_one_out(tags, selected=choice.selected, found=found)
    instead = take_others(tags, selected=choice.selected, found=found, wider=wider)
    return {
        "without": [_link(_name_left_out(each, choice, by_name), each, choice) for each in without],
        "instead": [
            _link(f"{by_name[each.facet].title}: {by_name[each.facet].options[each.value]}", each, choice)
            for each in instead
        ],
    }


def _name_left_out(remaining: Remaining, choice: Choice, facets: Mapping[str, Facet]) -> str:
    if remaining.without_words:
        return f"‘{choice.words}’"
    facet = facets[remaining.facet]
    return f"{facet.title}: {', '.join(facet.options[code] for code in choice.selected[facet.name])}"


def _link(label: str, remaining: Remaining, choice: Choice) -> dict[str, Any]:
    left = choice.with_words("") if remaining.without_words else choice
    selected = {name: list(values) for name, values in remaining.selected.items()}
    return {"label": label, "count": remaining.count, "url": replace(left, selected=selected).url}


def _list_wider(country: Iterable[Municipality]) -> dict[tuple[str, str], tuple[str, str]]:
    """Of a municipality its youth region, of a youth region the province where most of its municipalities lie."""
    wider: dict[tuple[str, str], tuple[str, str]] = {}
    members: dict[str, list[str]] = {}
    for each in country:
        if each.youth_region:
            wider["plaats", each.code] = ("regio", each.youth_region)
            members.setdefault(each.youth_region, []).append(each.province)
    for region, provinces in members.items():
        wider["regio", region] = ("provincie", max(sorted(set(provinces)), key=provinces.count))
    return wider
