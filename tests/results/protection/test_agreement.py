"""The same small tables, given to tau-ARGUS (pytauargus, optimal suppression by its linear programme).

Compared are the cells that are unsafe by themselves, which must be the same, and how many more are withheld. It asks
less than we do (a cell may not be known within 30 %), so we withhold somewhat more.
"""

import random
from dataclasses import replace

import pytauargus
import pytest

from surveys.results.protection.microdata import Place, Reply, Rule
from surveys.results.protection.protecting import protect
from tests.results.protection.attacker import Group, find_group
from tests.results.protection.places import Country, count_tables

MARGIN = 4


def draw_table(seed: int) -> Country:
    """Forty municipalities in three sizes and four provinces, which all gave the same kind of answer."""
    chance = random.Random(seed)
    replies = []
    for number in range(40):
        groups = {
            "size_class": chance.choices("SML", weights=(5, 3, 2))[0],
            "province": chance.choice("ABCD"),
        }
        code = f"GM{number:04}"
        replies.append(Reply("municipality", code, code, "poh", groups, True, frozenset({"ja"})))
    places = [Place("municipality", reply.contributor, reply.groups) for reply in replies]
    spare = [
        replace(place, contributor=f"{place.contributor}-{copy}") for place in places for copy in range(4)
    ]
    return Country((*places, *spare), tuple(replies), options=("ja",))


def withhold_here(country: Country, *, is_complemented: bool) -> set[Group]:
    tables = count_tables(country, dimensions=("size_class", "province"), units=("municipality",))
    public = protect(tables, microdata=country.microdata, rule=Rule(3), is_complemented=is_complemented)
    return {find_group(row) for table in public for row in table.rows if row.status == "suppressed"}


def withhold_there(country: Country, folder) -> dict[str, set[Group]]:
    """By tau-ARGUS' letter: U is unsafe by itself, M withheld besides."""
    protected = pytauargus.protect(
        {
            "size_class": [reply.groups["size_class"] for reply in country.replies],
            "province": [reply.groups["province"] for reply in country.replies],
            "units": [1] * len(country.replies),
        },
        tables=[["size_class", "province"]],
        response="units",
        safety_rules="FREQ(3,30)",
        suppress="OPT(1)",
        workdir=str(folder),
    )
    found: dict[str, set[Group]] = {"S": set(), "U": set(), "M": set()}
    for row in protected.tables[0].dataframe().to_dicts():
        pairs = ((name, row[name]) for name in ("size_class", "province") if row[name] != "Total")
        found.setdefault(row["status"], set()).add(frozenset(pairs))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_the_same_cells_are_unsafe_and_few_more_are_withheld(seed, tmp_path, monkeypatch):
    # Its solver writes logs where it runs.
    monkeypatch.chdir(tmp_path)
    country = draw_table(seed)
    there = withhold_there(country, tmp_path)
    unsafe = withhold_here(country, is_complemented=False)
    withheld = withhold_here(country, is_complemented=True)

    assert unsafe == there["U"]
    assert unsafe < withheld
    assert len(withheld) <= len(there["U"] | there["M"]) + MARGIN
