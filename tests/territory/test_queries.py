from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.territory.models import BoundaryChange, Municipality, MunicipalityYear
from surveys.territory.queries import MunicipalityOnDate, UnknownDate, list_municipalities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def count_size_classes(on: date) -> tuple[int, int, int]:
    counts = Counter(row.size_class_code for row in list_municipalities(on))
    return counts["tot-50000"], counts["50000-100000"], counts["vanaf-100000"]


def find(code: str, *, on: date) -> MunicipalityOnDate | None:
    return next((row for row in list_municipalities(on) if row.code == code), None)


@pytest.mark.parametrize(
    ("on", "number", "inhabitants", "size_classes"),
    [
        (date(2017, 1, 1), 388, 17_081_507, (309, 48, 31)),
        (date(2021, 1, 1), 352, 17_475_415, (264, 56, 32)),
        (date(2022, 1, 1), 345, 17_590_672, (255, 58, 32)),
        (date(2026, 1, 1), 342, 18_130_208, (245, 65, 32)),
        (date(2026, 11, 22), 342, 18_130_208, (245, 65, 32)),
    ],
)
def test_the_country_on_a_date(
    on: date, number: int, inhabitants: int, size_classes: tuple[int, int, int]
) -> None:
    rows = list_municipalities(on)

    assert len(rows) == len({row.code for row in rows}) == number
    assert sum(row.population for row in rows) == inhabitants
    assert count_size_classes(on) == size_classes
    assert len({row.province_code for row in rows}) == 12


@pytest.mark.parametrize(
    ("on", "inhabitants"),
    [
        (date(2022, 1, 1), 17_590_672),
        (date(2022, 6, 1), 17_590_672),
        (date(2023, 1, 1), 17_811_291),
        (date(2024, 1, 1), 17_942_942),
        (date(2025, 1, 1), 18_044_027),
        (date(2026, 1, 1), 18_130_208),
    ],
)
def test_the_members_of_the_42_regions_together_are_the_country(on: date, inhabitants: int) -> None:
    regions: Counter[str | None] = Counter()
    for row in list_municipalities(on):
        regions[row.youth_region_code] += row.population

    assert None not in regions
    assert len(regions) == 42
    assert sum(regions.values()) == inhabitants


def test_the_regions_of_2022_have_the_inhabitants_that_cbs_gives() -> None:
    regions: Counter[str | None] = Counter()
    for row in list_municipalities(date(2022, 1, 1)):
        regions[row.youth_region_code] += row.population

    assert (regions["JZ08"], regions["JZ16"], regions["JZ18"], regions["JZ24"]) == (
        434_771,
        260_664,
        551_130,
        1_158_602,
    )


def test_the_region_before_2022_is_unknown_and_not_guessed() -> None:
    assert {row.youth_region_code for row in list_municipalities(date(2021, 12, 31))} == {None}


def test_an_absorbed_municipality_gives_its_inhabitants_to_its_successor() -> None:
    day_before, day_itself = date(2022, 3, 23), date(2022, 3, 24)
    weesp, amsterdam = find("GM0457", on=day_before), find("GM0363", on=day_before)
    assert weesp
    assert amsterdam
    assert (weesp.youth_region_code, amsterdam.youth_region_code) == ("JZ16", "JZ13")

    assert find("GM0457", on=day_itself) is None
    successor = find("GM0363", on=day_itself)
    assert successor
    assert successor.population == weesp.population + amsterdam.population


@pytest.mark.parametrize(
    ("code", "last_day", "before", "after"),
    [("GM0626", date(2023, 12, 31), "JZ24", "JZ18"), ("GM0050", date(2024, 12, 31), "JZ08", "JZ12")],
)
def test_a_municipality_changes_region_on_a_day(code: str, last_day: date, before: str, after: str) -> None:
    old, new = find(code, on=last_day), find(code, on=date(last_day.year + 1, 1, 1))

    assert old
    assert new
    assert (old.youth_region_code, new.youth_region_code) == (before, after)


def test_a_merged_municipality_keeps_the_region_of_its_predecessors() -> None:
    predecessors = {find(code, on=date(2022, 12, 31)) for code in ("GM0501", "GM0530", "GM0614")}
    successor = find("GM1992", on=date(2023, 1, 1))

    assert {row.youth_region_code for row in predecessors if row} == {"JZ29"}
    assert successor
    assert successor.youth_region_code == "JZ29"


def test_a_merger_into_a_new_code_halfway_through_a_year() -> None:
    successor = Municipality.objects.create(code="GM9999", name="Nieuwstad")
    for code in ("GM0034", "GM0995"):
        BoundaryChange.objects.create(
            changed_on=date(2026, 7, 1), old_id=code, new=successor, kind=BoundaryChange.Kind.MERGER
        )
    almere, lelystad = (find(code, on=date(2026, 6, 30)) for code in ("GM0034", "GM0995"))
    assert lelystad
    assert almere

    merged = find("GM9999", on=date(2026, 7, 1))

    assert merged == MunicipalityOnDate(
        code="GM9999",
        name="Nieuwstad",
        population=almere.population + lelystad.population,
        province_code="PV24",
        size_class_code="vanaf-100000",
        youth_region_code=None,
    )


def test_a_split_halfway_through_a_year_is_refused_because_inhabitants_cannot_be_divided() -> None:
    for new in ("GM0034", "GM0363"):
        BoundaryChange.objects.create(
            changed_on=date(2026, 7, 1), old_id="GM0014", new_id=new, kind=BoundaryChange.Kind.SPLIT
        )

    assert len(list_municipalities(date(2026, 6, 30))) == 342
    with pytest.raises(UnknownDate, match="gesplitst"):
        list_municipalities(date(2026, 7, 1))


@pytest.mark.parametrize("year", [1, 2016, 2027, 9999])
def test_a_year_without_figures_is_refused_with_the_years_there_are(year: int) -> None:
    with pytest.raises(UnknownDate, match="van 2017 tot en met 2026"):
        list_municipalities(date(year, 1, 1))


def test_without_any_figures_the_message_says_so() -> None:
    MunicipalityYear.objects.all().delete()

    with pytest.raises(UnknownDate, match="nog geen gegevens"):
        list_municipalities(date(2022, 1, 1))


@pytest.mark.parametrize("on", [date(2017, 1, 1), date(2022, 6, 1)])
def test_the_number_of_queries_does_not_grow_with_the_country(on: date) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list_municipalities(on)

    assert len(queries) == 4
