"""The municipalities with cases that are most like a given one; `territory.similarity` says how alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F
from wagtail.query import PageQuerySet

from surveys.results.comparison.factors import show_distance, tabulate_factors
from surveys.territory.newest import Country, read_newest_country
from surveys.territory.similarity import Neighbour, rank_similar

ON_A_CASE = 5
ON_A_PAGE = 10
CASES_ON_A_CASE = 3


def describe_neighbours_of_case(key: int | None, *, practices: PageQuerySet) -> dict[str, Any]:
    """For the page of the case with this key, one of `practices`; empty where it is about no municipality.

    One query. With more municipalities it is how near another one is
    to the nearest of them.
    """
    found = _find_cases(practices)
    own = {code for code, pages in found.items() if any(page.pk == key for page in pages)}
    others = found.keys() - own
    if not own or not others:
        return {}
    country = read_newest_country()
    known = sorted(own & country.profiles.keys())
    nearest: dict[str, Neighbour] = {}
    for neighbour in (each for code in known for each in _rank(code, country=country)):
        other = neighbour.profile.code
        if other in others:
            nearest[other] = min(nearest.get(other, neighbour), neighbour, key=_get_distance)
    ranked = sorted(nearest.values(), key=_get_distance)[:ON_A_CASE]
    return (
        {
            "names": [country.names[code] for code in known],
            "code": known[0],
            "places": _list_places(ranked, found=found, names=country.names, at_most=CASES_ON_A_CASE),
        }
        if ranked
        else {}
    )


def describe_neighbours(code: str, *, practices: PageQuerySet) -> dict[str, Any]:
    """For the page of the municipality `code`, of the newest year: its cases, those of its neighbours, and why.

    One query.
    """
    country = read_newest_country()
    found = _find_cases(practices)
    neighbours = [each for each in _rank(code, country=country) if each.profile.code in found][:ON_A_PAGE]
    return {
        "name": country.names[code],
        "own_cases": _list_cases(found.get(code, [])),
        "places": _list_places(neighbours, found=found, names=country.names),
        "year": country.year,
        "factors": tabulate_factors(country.profiles[code], neighbours=neighbours, names=country.names),
    }


def _rank(code: str, *, country: Country) -> list[Neighbour]:
    """All others, the nearest first."""
    return rank_similar(code, profiles=country.profiles, limit=len(country.profiles))


def _get_distance(neighbour: Neighbour) -> tuple[float, str]:
    return neighbour.distance, neighbour.profile.code


def _find_cases(practices: PageQuerySet) -> dict[str, list[Any]]:
    """The cases of each municipality that has any, the newest first, with no more than a link needs; one query."""
    found: dict[str, list[Any]] = defaultdict(list)
    linked = practices.filter(municipalities__isnull=False).annotate(municipality=F("municipalities"))
    for page in linked.only("title", "url_path").order_by("-year", "title"):
        found[page.municipality].append(page)
    return found


def _list_places(
    neighbours: Iterable[Neighbour],
    *,
    found: Mapping[str, Sequence[Any]],
    names: Mapping[str, str],
    at_most: int | None = None,
) -> list[dict[str, Any]]:
    """What components/neighbours.html shows, with `at_most` so many cases each."""
    return [
        {
            "name": names[each.profile.code],
            "distance": show_distance(each.distance),
            "cases": _list_cases(found[each.profile.code][:at_most]),
        }
        for each in neighbours
    ]


def _list_cases(pages: Iterable[Any]) -> list[dict[str, str]]:
    return [{"title": page.title, "url": page.url} for page in pages]
