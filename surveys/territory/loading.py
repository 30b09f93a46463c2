"""Brings the territory tables in line with the CSV files in `data`; its README.md says where they come from."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from surveys.territory.models import (
    BoundaryChange,
    Municipality,
    MunicipalityYear,
    Province,
    SizeClass,
    YouthRegion,
    YouthRegionMembership,
)

DATA_DIR = Path(__file__).parent / "data"

Key = tuple[Any, ...]
Values = tuple[Any, ...]
Rows = dict[Key, Values]


@dataclass(frozen=True)
class LoadReport:
    """How many rows of one kind were not there yet, differed, or are no longer in the files."""

    kind: str
    added: int
    changed: int
    ended: int


@dataclass(frozen=True)
class Table:
    """How one table is filled: `key` tells its rows apart, `values` are what a row says."""

    kind: str
    manager: models.Manager[Any]
    key: tuple[str, ...]
    values: tuple[str, ...]
    read: Callable[[Path], Rows]


def load_territory(*, data_dir: Path = DATA_DIR) -> list[LoadReport]:
    """Add, change and delete rows until the tables hold exactly what the files say; all or nothing.

    A second run changes nothing. A row that something else still points to cannot be deleted: ProtectedError.
    """
    with transaction.atomic():
        found = [_compare(table, table.read(data_dir)) for table in TABLES]
        for difference in found:
            difference.write()
        for difference in reversed(found):
            difference.delete_ended()
    return [difference.report() for difference in found]


@dataclass(frozen=True)
class _Difference:
    table: Table
    added: list[models.Model]
    changed: list[models.Model]
    ended: list[Any]

    def write(self) -> None:
        self.table.manager.bulk_create(self.added, batch_size=1000)
        if self.changed:
            self.table.manager.bulk_update(self.changed, self.table.values, batch_size=500)

    def delete_ended(self) -> None:
        if self.ended:
            self.table.manager.filter(pk__in=self.ended).delete()

    def report(self) -> LoadReport:
        return LoadReport(self.table.kind, len(self.added), len(self.changed), len(self.ended))


def _compare(table: Table, rows: Rows) -> _Difference:
    present: dict[Key, tuple[Any, Values]] = {}
    for pk, *columns in table.manager.values_list("pk", *table.key, *table.values):
        present[tuple(columns[: len(table.key)])] = pk, tuple(columns[len(table.key) :])

    def build(key: Key, values: Values, pk: Any = None) -> models.Model:
        fields = dict(zip((*table.key, *table.values), (*key, *values), strict=True))
        row: models.Model = table.manager.model(**fields if pk is None else fields | {"pk": pk})
        return row

    return _Difference(
        table,
        added=[build(key, values) for key, values in rows.items() if key not in present],
        changed=[
            build(key, values, present[key][0])
            for key, values in rows.items()
            if key in present and present[key][1] != values
        ],
        ended=[pk for key, (pk, _) in present.items() if key not in rows],
    )


def _read_csv(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _read_named(file_name: str) -> Callable[[Path], Rows]:
    return lambda folder: {(row["code"],): (row["name"],) for row in _read_csv(folder / file_name)}


def _read_size_classes(folder: Path) -> Rows:
    return {
        (row["code"],): (
            row["name"],
            int(row["lower_bound"]),
            int(row["upper_bound"]) if row["upper_bound"] else None,
        )
        for row in _read_csv(folder / "size_classes.csv")
    }


def _read_municipalities(folder: Path) -> Rows:
    """Every code in the files with the last name it had; a yearly list wins from a boundary change."""
    names: dict[str, str] = {}
    for row in _read_csv(folder / "boundary_changes.csv"):
        names |= {row["old_code"]: row["old_name"], row["new_code"]: row["new_name"]}
    years = _read_csv(folder / "municipality_years.csv")
    for row in sorted(years, key=lambda row: int(row["year"])):
        names[row["code"]] = row["name"]
    return {(code,): (name,) for code, name in names.items()}


def _read_municipality_years(folder: Path) -> Rows:
    return {
        (row["code"], int(row["year"])): (row["name"], int(row["population"]), row["province_code"])
        for row in _read_csv(folder / "municipality_years.csv")
    }


def _read_memberships(folder: Path) -> Rows:
    return {
        (row["municipality_code"], _read_day(row["starts_on"])): (
            row["youth_region_code"],
            _read_day(row["ends_on"]),
            row["basis"],
        )
        for row in _read_csv(folder / "youth_region_memberships.csv")
    }


def _read_boundary_changes(folder: Path) -> Rows:
    return {
        (_read_day(row["changed_on"]), row["old_code"], row["new_code"]): (row["kind"], row["note"])
        for row in _read_csv(folder / "boundary_changes.csv")
    }


# Referred-to tables come first: rows are written in this order and deleted in the opposite one.
TABLES = (
    Table("Provincies", Province.objects, ("code",), ("name",), _read_named("provinces.csv")),
    Table("Jeugdregio's", YouthRegion.objects, ("code",), ("name",), _read_named("youth_regions.csv")),
    Table(
        "Grootteklassen",
        SizeClass.objects,
        ("code",),
        ("name", "lower_bound", "upper_bound"),
        _read_size_classes,
    ),
    Table("Gemeenten", Municipality.objects, ("code",), ("name",), _read_municipalities),
    Table(
        "Gemeentejaren",
        MunicipalityYear.objects,
        ("municipality_id", "year"),
        ("name", "population", "province_id"),
        _read_municipality_years,
    ),
    Table(
        "Indelingen in jeugdregio's",
        YouthRegionMembership.objects,
        ("municipality_id", "starts_on"),
        ("youth_region_id", "ends_on", "basis"),
        _read_memberships,
    ),
    Table(
        "Herindelingen",
        BoundaryChange.objects,
        ("changed_on", "old_id", "new_id"),
        ("kind", "note"),
        _read_boundary_changes,
    ),
)
