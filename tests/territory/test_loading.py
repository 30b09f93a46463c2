import csv
import shutil
from collections import Counter, defaultdict
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError

from surveys.accounts.models import Organisation
from surveys.territory.loading import DATA_DIR, LoadReport, load_territory
from surveys.territory.models import (
    BoundaryChange,
    Municipality,
    MunicipalityYear,
    Province,
    YouthRegion,
    YouthRegionMembership,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

Row = dict[str, str]


@pytest.fixture
def no_organisations() -> None:
    """What somebody answers as keeps its municipality: without it the territory can be emptied."""
    Organisation.objects.all().delete()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A copy of the shipped files, to be edited."""
    return Path(shutil.copytree(DATA_DIR, tmp_path / "data"))


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def list_differences(reports: list[LoadReport]) -> list[LoadReport]:
    return [report for report in reports if report.added or report.changed or report.ended]


@pytest.mark.usefixtures("no_organisations")
def test_an_empty_database_is_filled_and_a_second_run_changes_nothing() -> None:
    for model in (
        BoundaryChange,
        YouthRegionMembership,
        MunicipalityYear,
        Municipality,
        Province,
        YouthRegion,
    ):
        model.objects.all().delete()

    first = {report.kind: report for report in load_territory()}

    assert first["Gemeentejaren"] == LoadReport("Gemeentejaren", added=3543, changed=0, ended=0)
    assert first["Jeugdregio's"] == LoadReport("Jeugdregio's", added=42, changed=0, ended=0)
    assert first["Herindelingen"] == LoadReport("Herindelingen", added=91, changed=0, ended=0)
    assert list_differences(load_territory()) == []


def test_the_command_prints_what_changed_in_dutch() -> None:
    MunicipalityYear.objects.filter(municipality="GM0014", year=2022).delete()
    MunicipalityYear.objects.filter(municipality="GM0034", year=2022).update(population=1)
    output = StringIO()

    call_command("load_territory", stdout=output)

    assert output.getvalue().splitlines() == [
        "Provincies: 0 toegevoegd, 0 gewijzigd, 0 vervallen",
        "Jeugdregio's: 0 toegevoegd, 0 gewijzigd, 0 vervallen",
        "Grootteklassen: 0 toegevoegd, 0 gewijzigd, 0 vervallen",
        "Gemeenten: 0 toegevoegd, 0 gewijzigd, 0 vervallen",
        "Gemeentejaren: 1 toegevoegd, 1 gewijzigd, 0 vervallen",
        "Indelingen in jeugdregio's: 0 toegevoegd, 0 gewijzigd, 0 vervallen",
        "Herindelingen: 0 toegevoegd, 0 gewijzigd, 0 vervallen",
    ]
    assert MunicipalityYear.objects.get(municipality="GM0034", year=2022).population == 217_828


def test_a_changed_row_is_changed_in_place(data_dir: Path) -> None:
    rows = read_rows(data_dir / "municipality_years.csv")
    row = next(row for row in rows if (row["year"], row["code"]) == ("2026", "GM0014"))
    row["population"], row["name"] = "250001", "Stad Groningen"
    write_rows(data_dir / "municipality_years.csv", rows)
    pk = MunicipalityYear.objects.get(municipality="GM0014", year=2026).pk

    differences = list_differences(load_territory(data_dir=data_dir))

    assert differences == [LoadReport("Gemeenten", 0, 1, 0), LoadReport("Gemeentejaren", 0, 1, 0)]
    changed = MunicipalityYear.objects.select_related("municipality").get(pk=pk)
    assert (changed.population, changed.name, changed.municipality.name) == (
        250_001,
        "Stad Groningen",
        "Stad Groningen",
    )


def test_a_removed_row_is_ended(data_dir: Path) -> None:
    path = data_dir / "youth_region_memberships.csv"
    write_rows(path, [row for row in read_rows(path) if row["municipality_code"] != "GM0050"])

    differences = list_differences(load_territory(data_dir=data_dir))

    assert differences == [LoadReport("Indelingen in jeugdregio's", 0, 0, 2)]
    assert not YouthRegionMembership.objects.filter(municipality="GM0050").exists()


@pytest.mark.usefixtures("no_organisations")
def test_a_municipality_that_leaves_the_files_takes_its_rows_along(data_dir: Path) -> None:
    for name, column in (
        ("municipality_years.csv", "code"),
        ("youth_region_memberships.csv", "municipality_code"),
    ):
        rows = read_rows(data_dir / name)
        write_rows(data_dir / name, [row for row in rows if row[column] != "GM0014"])
    changes = read_rows(data_dir / "boundary_changes.csv")
    write_rows(data_dir / "boundary_changes.csv", [row for row in changes if row["new_code"] != "GM0014"])

    ended = {report.kind: report.ended for report in load_territory(data_dir=data_dir)}

    # Ten Boer and Haren are in the yearly lists still; only the rows about their end are gone.
    assert ended["Gemeenten"] == 1
    assert ended["Gemeentejaren"] == 10
    assert ended["Indelingen in jeugdregio's"] == 1
    assert ended["Herindelingen"] == 2


def test_a_file_that_does_not_fit_changes_nothing(data_dir: Path) -> None:
    """A province that is still referred to cannot go: what was written before that point is undone too."""
    (data_dir / "provinces.csv").write_text("code,name\nPV20,Andere naam\n", encoding="utf-8")

    with pytest.raises(ProtectedError):
        load_territory(data_dir=data_dir)

    assert Province.objects.get(pk="PV20").name == "Groningen"
    assert Province.objects.count() == 12


def test_every_row_of_a_file_has_its_own_key() -> None:
    keys = {
        "provinces.csv": ["code"],
        "size_classes.csv": ["code"],
        "youth_regions.csv": ["code"],
        "municipality_years.csv": ["code", "year"],
        "youth_region_memberships.csv": ["municipality_code", "starts_on"],
        "boundary_changes.csv": ["changed_on", "old_code", "new_code"],
        "municipality_tiles.csv": ["code"],
        "youth_region_tiles.csv": ["code"],
        "municipality_profiles.csv": ["code"],
    }
    assert {path.name for path in DATA_DIR.glob("*.csv")} == set(keys)
    for name, columns in keys.items():
        found = Counter(tuple(row[column] for column in columns) for row in read_rows(DATA_DIR / name))
        assert found.most_common(1)[0][1] == 1, name


def test_names_have_their_accents_and_apostrophes() -> None:
    names = set(Municipality.objects.values_list("name", flat=True))

    assert {"Súdwest-Fryslân", "Noardeast-Fryslân", "'s-Hertogenbosch", "'s-Gravenhage"} <= names
    assert not [name for name in names if "�" in name or "Ã" in name]


def test_every_code_that_disappears_is_in_the_boundary_changes() -> None:
    codes: dict[int, set[str]] = defaultdict(set)
    for code, year in MunicipalityYear.objects.values_list("municipality_id", "year"):
        codes[year].add(code)
    ended = dict(BoundaryChange.objects.values_list("old_id", "changed_on"))
    begun = set(BoundaryChange.objects.values_list("new_id", flat=True))

    assert sorted(codes) == list(range(2017, 2027))
    for year in range(2017, 2026):
        for code in codes[year] - codes[year + 1]:
            assert date(year, 1, 1) < ended[code] <= date(year + 1, 1, 1), code
        assert codes[year + 1] - codes[year] <= begun


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("GM0788", {"GM0757", "GM0824", "GM0855", "GM0865"}),  # Haaren
        ("GM0140", {"GM0080", "GM1900", "GM1949"}),  # Littenseradiel
        ("GM0053", {"GM1966", "GM1969"}),  # Winsum
        ("GM1671", {"GM0796", "GM0828"}),  # Maasdonk
    ],
)
def test_a_split_has_a_row_per_successor(old: str, new: set[str]) -> None:
    rows = BoundaryChange.objects.filter(old=old)

    assert {row.new_id for row in rows} == new
    assert {row.kind for row in rows} == {BoundaryChange.Kind.SPLIT}


def test_nobody_is_in_two_regions_at_once() -> None:
    intervals = defaultdict(list)
    for row in YouthRegionMembership.objects.all():
        assert row.ends_on is None or row.ends_on > row.starts_on
        intervals[row.municipality_id].append((row.starts_on, row.ends_on or date.max))

    assert len(intervals) == 346
    for periods in intervals.values():
        periods.sort()
        assert all(ends <= starts for (_, ends), (starts, _) in pairwise(periods))


def test_a_membership_says_how_its_dates_are_known() -> None:
    zeewolde = YouthRegionMembership.objects.get(municipality="GM0050", youth_region="JZ12")

    assert "niet bekend" in zeewolde.basis
    assert not YouthRegionMembership.objects.filter(basis="").exists()
