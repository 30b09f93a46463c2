"""A few public facts about municipalities, to compare them by. Pure; the facts are `data/municipality_profiles.csv`."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import fsum
from pathlib import Path

DATA_FILE = Path(__file__).parent / "data" / "municipality_profiles.csv"

# The shares are of the municipalities of 1 January of this year.
PROFILE_YEAR = 2021


class Factor(StrEnum):
    """What municipalities are compared by: a number of inhabitants, and percentages of them."""

    INHABITANTS = "inhabitants"
    AGED_0_14 = "aged_0_14"
    AGED_15_24 = "aged_15_24"
    WITH_YOUTH_CARE = "with_youth_care"


SHARES = (Factor.AGED_0_14, Factor.AGED_15_24, Factor.WITH_YOUTH_CARE)


@dataclass(frozen=True, slots=True)
class Profile:
    """The facts of one municipality; None is not known.

    `predecessors` are the names of the municipalities of `PROFILE_YEAR` whose shares were averaged, when the
    municipality was made of more than itself since.
    """

    code: str
    facts: Mapping[Factor, float | None]
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObservedShares:
    """A municipality as Statistics Netherlands saw it in `PROFILE_YEAR`; `population` is what its shares weigh."""

    code: str
    name: str
    population: int
    shares: Mapping[Factor, float | None]


@lru_cache
def read_observed_shares() -> Mapping[str, ObservedShares]:
    """By CBS code."""
    with DATA_FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: ObservedShares(
                row["code"],
                row["name"],
                int(row["population"]),
                {factor: float(row[factor]) if row[factor] else None for factor in SHARES},
            )
            for row in csv.DictReader(file)
        }


def compose_profile(code: str, *, population: int, origins: Iterable[ObservedShares]) -> Profile:
    """The profile of a municipality with `population` inhabitants now, made of its `origins` in `PROFILE_YEAR`.

    A share is the mean over the origins, weighted with their inhabitants. It is not known when it is not known of
    one of them, or when there are none.
    """
    found = sorted(origins, key=lambda origin: origin.name)
    facts: dict[Factor, float | None] = {Factor.INHABITANTS: float(population)}
    for factor in SHARES:
        facts[factor] = _average([(origin.shares[factor], origin.population) for origin in found])
    names = tuple(origin.name for origin in found)
    return Profile(code, facts, predecessors=() if [each.code for each in found] in ([], [code]) else names)


@dataclass(frozen=True, slots=True)
class Change:
    """One pair of old and new municipality; of one that was split there are more."""

    old: str
    new: str
    is_split: bool


def compose_profiles(populations: Mapping[str, int], *, changes: Iterable[Change]) -> dict[str, Profile]:
    """Of municipalities with their inhabitants, by CBS code, after the `changes` since `PROFILE_YEAR`.

    Shares are of all that became part of the municipality; they are not known of who got part of one that was split.
    """
    changes = list(changes)
    steps = [(change.new, change.old) for change in changes]
    divided = {change.old for change in changes if change.is_split}
    observed = read_observed_shares()
    profiles = {}
    for code, population in populations.items():
        origins = {code} | follow(code, steps=steps)
        found = [] if origins & divided else [observed[each] for each in origins if each in observed]
        profiles[code] = compose_profile(code, population=population, origins=found)
    return profiles


def follow(code: str, *, steps: Iterable[tuple[str, str]]) -> set[str]:
    """Every code that is reached from `code` by one or more steps."""
    found: set[str] = set()
    reached = {code}
    while reached:
        reached = {after for before, after in steps if before in reached} - found
        found |= reached
    return found


def _average(weighted: list[tuple[float | None, int]]) -> float | None:
    known = [(share, weight) for share, weight in weighted if share is not None]
    if not known or len(known) < len(weighted):
        return None
    return fsum(share * weight for share, weight in known) / sum(weight for _, weight in known)
