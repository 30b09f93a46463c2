from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, DateField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from surveys.territory.models import BoundaryChange, MunicipalityYear, SizeClass, YouthRegionMembership
from surveys.territory.profiles import PROFILE_YEAR, Change, Profile, compose_profiles, follow
from surveys.territory.size_classes import find_size_class
from surveys.territory.tile_positions import TilePosition, place_municipalities, read_municipality_tiles

# The year of the municipalities in the grid of the tile map.
GRID_YEAR = 2022


class UnknownDate(LookupError):
    """Nobody can say what the municipalities were on that date; the message is Dutch, for the user."""


@dataclass(frozen=True)
class MunicipalityOnDate:
    """A municipality as it was on a date; `population` is that of 1 January of the year.

    `youth_region_code` is None where no membership is known, which is so for every date before 2022.
    """

    code: str
    name: str
    population: int
    province_code: str
    size_class_code: str
    youth_region_code: str | None


def list_municipalities(on: date) -> list[MunicipalityOnDate]:
    """All municipalities on a date, in order of code, in four queries.

    A municipality that merged into another between 1 January and the date is gone; its inhabitants of
    1 January are counted with its successor, so that the country's total stays what it was. Raises
    UnknownDate for a year without figures, and for a year in which a municipality was split before the
    date: its inhabitants cannot be divided.
    """
    rows = {row.municipality_id: row for row in MunicipalityYear.objects.filter(year=on.year)}
    if not rows:
        raise UnknownDate(_describe_known_years(on.year))
    populations = {code: row.population for code, row in rows.items()}
    names = {code: row.name for code, row in rows.items()}
    provinces = {code: row.province_id for code, row in rows.items()}
    for change in _list_changes_within_year(on):
        if change.kind == BoundaryChange.Kind.SPLIT:
            raise UnknownDate(
                f"In {on.year} is een gemeente gesplitst. Kies een datum vóór {change.changed_on:%d-%m-%Y}."
            )
        populations[change.new_id] = populations.get(change.new_id, 0) + populations.pop(change.old_id)
        names.setdefault(change.new_id, change.new.name)
        provinces.setdefault(change.new_id, provinces[change.old_id])
    regions = _find_youth_regions(on)
    classes = list(SizeClass.objects.all())
    return [
        MunicipalityOnDate(
            code=code,
            name=names[code],
            population=population,
            province_code=provinces[code],
            size_class_code=find_size_class(population, classes=classes),
            youth_region_code=regions.get(code),
        )
        for code, population in sorted(populations.items())
    ]


def select_current_municipalities() -> "QuerySet[MunicipalityYear]":
    """The municipalities of 1 January of the newest year we have figures of, each with its `youth_region` (or None).

    One query, also inside a larger one; `list_municipalities` tells of any date.
    """
    newest = MunicipalityYear.objects.order_by("-year").values("year")[:1]
    day = Cast(Concat(Cast(OuterRef("year"), CharField()), Value("-01-01")), DateField())
    memberships = YouthRegionMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        municipality=OuterRef("municipality"),
        starts_on__lte=day,
    )
    return MunicipalityYear.objects.filter(year=Subquery(newest)).annotate(
        youth_region=Subquery(memberships.order_by().values("youth_region")[:1])
    )


def _list_changes_within_year(on: date) -> Iterable[BoundaryChange]:
    """Changes after 1 January up to and including the date; those of 1 January are in the year's rows."""
    return BoundaryChange.objects.filter(
        changed_on__gt=date(on.year, 1, 1), changed_on__lte=on
    ).select_related("new")


def _describe_known_years(asked: int) -> str:
    known = MunicipalityYear.objects.aggregate(first=Min("year"), last=Max("year"))
    if known["first"] is None:
        return "Er zijn nog geen gegevens over gemeenten geladen."
    return (
        f"Over gemeenten in {asked} hebben wij geen gegevens, "
        f"wel van {known['first']} tot en met {known['last']}."
    )


def _find_youth_regions(on: date) -> dict[str, str]:
    memberships = YouthRegionMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on
    )
    return dict(memberships.values_list("municipality_id", "youth_region_id"))


def load_tile_positions(populations: Mapping[str, int]) -> dict[str, TilePosition]:
    """The squares on the tile map of municipalities of any year, by code, in two queries.

    `populations` holds their inhabitants by CBS code. See `place_municipalities` for who finds no square.
    """
    changes = list(BoundaryChange.objects.values_list("old", "new"))
    inhabitants = dict(
        MunicipalityYear.objects.filter(year=GRID_YEAR).values_list("municipality_id", "population")
    )
    missing = populations.keys() - read_municipality_tiles().keys()
    relatives = {
        code: sorted(
            follow(code, steps=[(new, old) for old, new in changes]) | follow(code, steps=changes),
            key=lambda relative: (-inhabitants.get(relative, 0), relative),
        )
        for code in missing
    }
    return place_municipalities(populations, relatives=relatives)


def load_profiles(populations: Mapping[str, int], *, on: date) -> dict[str, Profile]:
    """The profile of municipalities as they are on a date, by CBS code, in one query.

    `populations` holds their inhabitants.
    """
    changes = BoundaryChange.objects.filter(changed_on__gt=date(PROFILE_YEAR, 1, 1), changed_on__lte=on)
    return compose_profiles(
        populations,
        changes=[
            Change(old, new, is_split=kind == BoundaryChange.Kind.SPLIT)
            for old, new, kind in changes.values_list("old", "new", "kind")
        ],
    )
