"""The tables of a release: counted from its snapshot, protected all at once, and kept small.

Two breakdowns that are shown together hold the total and each by itself too. So only the widest are counted; every
table is then cut out of the first that has it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from surveys.results.aggregation import list_breakdowns
from surveys.results.protection.microdata import EarlierRelease, Rule
from surveys.results.protection.protecting import protect
from surveys.results.release.counting import FrozenWave, read_coded
from surveys.results.release.microdata import list_microdata, list_participants
from surveys.results.release.packing import Packed, pack_rows, unpack_rows
from surveys.results.release.response import withhold_groupings, withhold_linked_groupings
from surveys.results.release.snapshot import to_canonical
from surveys.results.table import ResultTable, Status

SEPARATOR = "*"
Breakdown = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a release shows: codes of questions, breakdowns of one or two dimensions, units; and its rule."""

    questions: Sequence[str]
    breakdowns: Sequence[Breakdown]
    units: Sequence[str]
    rule: Rule

    @property
    def widest(self) -> list[Breakdown]:
        """The breakdowns that are in no other; without any, the total."""
        pairs = [each for each in self.breakdowns if len(each) > 1]
        crossed = {dimension for pair in pairs for dimension in pair}
        return [*pairs, *(each for each in self.breakdowns if len(each) == 1 and each[0] not in crossed)] or [
            ()
        ]

    @property
    def dimensions(self) -> list[str]:
        return list(dict.fromkeys(dimension for each in self.breakdowns for dimension in each))


@dataclass(frozen=True, slots=True)
class PackedTable:
    """One question in one breakdown; the total also has what stands beside the figures, under `about`."""

    unit: str
    breakdown: str
    question: str
    content: Packed

    @property
    def key(self) -> tuple[str, str, str]:
        return self.unit, self.breakdown, self.question


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a release makes public."""

    tables: list[PackedTable]
    facts: dict[str, Any]

    def compute_sha256(self) -> str:
        """Hexadecimal, over the facts and all tables in the order of their keys, as canonical JSON."""
        digest = hashlib.sha256(to_canonical(self.facts))
        for table in sorted(self.tables, key=lambda each: each.key):
            digest.update(to_canonical([*table.key, table.content]))
        return digest.hexdigest()


def make_contents(
    frozen: FrozenWave, *, selection: Selection, earlier: Sequence[EarlierRelease] = ()
) -> Contents:
    """Count, protect and pack. `earlier` are the former releases of the same wave."""
    counted = [
        frozen.count(unit=unit, dimensions=dimensions, questions=selection.questions)
        for unit in selection.units
        for dimensions in selection.widest
    ]
    protected = protect(
        counted,
        microdata=list_microdata(frozen, questions=selection.questions, dimensions=selection.dimensions),
        rule=selection.rule,
        earlier=earlier,
    )
    packed: dict[tuple[str, str, str], PackedTable] = {}
    for table in protected:
        for each in _cut(table):
            packed.setdefault(each.key, each)
    return Contents(list(packed.values()), _collect_facts(frozen, protected=protected, selection=selection))


def name_breakdown(dimensions: Iterable[str]) -> str:
    return SEPARATOR.join(dimensions)


def assemble_table(
    tables: Iterable[PackedTable],
    *,
    document: Mapping[str, Any],
    unit: str,
    dimensions: Breakdown,
    questions: Sequence[str],
) -> ResultTable:
    """The table of a release that counting would give: `tables` are those of the unit, `document` its facts."""
    by_place = {(each.question, each.breakdown): each.content for each in tables}
    abouts = {code: by_place[code, ""]["about"] for code in questions}
    return ResultTable(
        wave=document["wave"],
        wave_title=document["wave_title"],
        version=document["version"],
        unit=unit,
        dimensions=dimensions,
        reference_date=date.fromisoformat(document["reference_date"]),
        base_rule=document["base_rules"][unit],
        caveats=tuple(document["caveats"]),
        rows=tuple(
            row
            for code in questions
            for breakdown in list_names(dimensions)
            for row in unpack_rows(
                by_place[code, breakdown], wave=document["wave"], version=document["version"], unit=unit
            )
        ),
        municipalities=_select(abouts, "municipalities"),
        routing=_select(abouts, "routing"),
        remarks={code: tuple(remarks) for code, remarks in _select(abouts, "remarks").items()},
        coded={code: read_coded(coded) for code, coded in _select(abouts, "coded").items()},
        dimension_names={code: document["dimension_names"][code] for code in dimensions},
        weighting=document["weighting"].get(unit, ""),
    )


def list_names(dimensions: Breakdown) -> list[str]:
    """The total, each dimension by itself and, for two, their crossing, by name."""
    return [
        name_breakdown(dimensions[axis] for axis in breakdown)
        for breakdown in list_breakdowns(len(dimensions))
    ]


def count_withheld(tables: Iterable[PackedTable]) -> tuple[int, int]:
    """How many groups of how many are withheld, questions and breakdowns taken together."""
    withheld = everything = 0
    for table in tables:
        statuses = [row.status for row in unpack_rows(table.content, wave="", version=0, unit=table.unit)][
            :: table.content["options"] or 1
        ]
        everything += len(statuses)
        withheld += statuses.count(Status.SUPPRESSED)
    return withheld, everything


def _cut(table: ResultTable) -> Iterator[PackedTable]:
    for (question, dimensions), rows in groupby(table.rows, key=lambda row: (row.question, row.dimensions)):
        content = pack_rows(rows)
        if not dimensions:
            content["about"] = _describe(table, question=question)
        yield PackedTable(table.unit, name_breakdown(dimensions), question, content)


def _describe(table: ResultTable, *, question: str) -> dict[str, Any]:
    about: dict[str, Any] = {}
    if question in table.municipalities:
        about["municipalities"] = table.municipalities[question]
    if question in table.routing:
        about["routing"] = table.routing[question]
    if question in table.remarks:
        about["remarks"] = list(table.remarks[question])
    if question in table.coded:
        coded = table.coded[question]
        about["coded"] = {
            "version": coded.version,
            "themes": [[each.code, each.name, each.definition, each.example] for each in coded.themes],
        }
    return about


def _select(abouts: Mapping[str, Mapping[str, Any]], name: str) -> dict[str, Any]:
    return {code: about[name] for code, about in abouts.items() if name in about}


def _collect_facts(
    frozen: FrozenWave, *, protected: Sequence[ResultTable], selection: Selection
) -> dict[str, Any]:
    by_unit = {table.unit: table for table in protected}
    themes = [row for table in protected for row in table.rows if row.is_theme and not row.dimensions]
    quoted = {row.question for row in themes} - {row.question for row in themes if row.status != Status.OK}
    first = protected[0]
    took_part, places = list_participants(frozen)
    response = withhold_groupings(
        frozen.document["response"], unnamed=frozen.list_unnamed(), rule=selection.rule
    )
    return {
        "wave": first.wave,
        "wave_title": first.wave_title,
        "version": first.version,
        "reference_date": first.reference_date.isoformat(),
        "base_rules": {unit: table.base_rule for unit, table in by_unit.items()},
        "weighting": {unit: table.weighting for unit, table in by_unit.items() if table.weighting},
        "caveats": list(first.caveats),
        "dimension_names": {
            code: name for table in protected for code, name in table.dimension_names.items()
        },
        "coded": sorted(first.coded),
        "quotes": {code: quotes for code, quotes in frozen.document["quotes"].items() if code in quoted},
        "response": withhold_linked_groupings(response, took_part=took_part, places=places),
    }
