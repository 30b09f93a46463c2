"""The country as it is in the newest shipped figures, for pages on which a query is too much. Pure.

The tables hold exactly what the files say, so that this is what the database would answer.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from surveys.territory.profiles import PROFILE_YEAR, Change, Profile, compose_profiles

DATA_DIR = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Country:
    """Of 1 January of `year`; both by CBS code, the names in alphabetical order."""

    year: int
    names: Mapping[str, str]
    profiles: Mapping[str, Profile]


@lru_cache
def read_newest_country() -> Country:
    rows = _read("municipality_years.csv")
    year = max(int(row["year"]) for row in rows)
    newest = sorted((row for row in rows if int(row["year"]) == year), key=lambda row: row["name"])
    return Country(
        year=year,
        names={row["code"]: row["name"] for row in newest},
        profiles=compose_profiles(
            {row["code"]: int(row["population"]) for row in newest},
            changes=[
                Change(row["old_code"], row["new_code"], is_split=row["kind"] == "split")
                for row in _read("boundary_changes.csv")
                if date(PROFILE_YEAR, 1, 1) < date.fromisoformat(row["changed_on"]) <= date(year, 1, 1)
            ],
        ),
    )


def _read(name: str) -> list[dict[str, str]]:
    with (DATA_DIR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
