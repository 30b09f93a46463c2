"""From counted cells to the rows of a result table. Pure: the database counts, this adds up and orders.

A unit is in exactly one group of each dimension. So the cells are counted once, at the finest breakdown asked
for, and every coarser figure is a sum of cells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.results.dimensions import Unit
from surveys.results.number_summaries import NumberColumn, NumberGroups, NumberSummary
from surveys.results.outcomes import Measured, Outcome, list_measured, list_outcomes
from surveys.results.table import (
    ANSWERED,
    MEAN,
    MEDIAN,
    MISSING_OPTIONS,
    NOT_ASKED,
    NOT_FILLED_IN,
    QUARTILE_1,
    QUARTILE_3,
    SUM,
    ResultRow,
    Status,
)
from surveys.results.themes import CodedQuestion

GIVEN = "given"
# What is no answer: who delivered left the question blank, or the routing did not ask it.
NOT_FILLED_IN_STATE, NOT_ASKED_STATE = "not_filled_in", "not_asked"
UNANSWERED_OPTIONS = {
    NOT_FILLED_IN_STATE: (NOT_FILLED_IN, "Niet ingevuld"),
    NOT_ASKED_STATE: (NOT_ASKED, "Niet gesteld"),
}

NOTE_MULTIPLE = "Meer antwoorden mogelijk: de aandelen tellen samen niet op tot 1."
NOTE_OPEN_QUESTION = "Open vraag: n en basis zijn het aantal dat iets heeft ingevuld."
NOTE_THEME = (
    "Thema in een open antwoord. De basis is het aantal waarvan de tekst is ingedeeld in thema's. "
    "Meer thema's mogelijk: de aandelen tellen samen niet op tot 1."
)
NOTE_MISSING_KIND = "Telt niet mee in de basis."
NOTE_NO_DATA = "Geen antwoorden."
NOTE_RANKING = "Plaats in een volgorde. De basis is wie de vraag beantwoordde."
NOTE_LAYOUT = "Keuze in een tabel of typering. De basis is wie de vraag beantwoordde."
NOTE_NUMBER = (
    "Over wie een getal invulde: dat aantal staat in n en basis. Kwartielen volgens Hyndman en Fan, type 7."
)
NOTE_OWN_NUMBER = (
    "Alleen getallen die voor één gemeente zijn ingevuld: wat een jeugdregio voor meer gemeenten samen invulde, telt "
    "hier niet mee."
)
OUTCOME_NOTES = {
    "single": "",
    "multiple": NOTE_MULTIPLE,
    "ranking": NOTE_RANKING,
    "matrix": NOTE_LAYOUT,
    "typology": NOTE_LAYOUT,
}
NOTE_NO_THEMES = "Nog geen tekst is ingedeeld in thema's."

# The codes of one unit's groups, in the order of the dimensions of a breakdown; a total has the empty key.
GroupKey = tuple[str, ...]
# The positions of the dimensions a figure is broken down by; a total has none.
Breakdown = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many units in one group have one outcome on one question.

    `outcome` is the state of the answer ("given", "dont_know", …; also `NOT_FILLED_IN_STATE` and `NOT_ASKED_STATE`),
    the code of a chosen option or of what `list_outcomes` has more, or that of a theme. `units` is the number of
    responses or municipalities; `weight` is what counts: that same number, or the inhabitants.
    `cluster` is the key of the response that the answer of these municipalities is in: what one response says of
    ten municipalities is no ten observations. It is empty where the unit is the response.
    """

    question: str
    outcome: str
    groups: GroupKey
    units: int
    weight: int
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class ThemeCells:
    """The open questions with themes, by code, with their cells.

    `by_coded` has the texts that were put into themes (outcome "given") and makes the base; `by_theme` the themes.
    """

    questions: Mapping[str, CodedQuestion] = field(default_factory=dict)
    by_coded: Sequence[Cell] = ()
    by_theme: Sequence[Cell] = ()


NO_THEMES = ThemeCells()


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups a table is broken down by.

    `names` has, per dimension, the Dutch name of each group by its code, in the order in which they are read.
    `places` are the combinations that exist, also where nobody answered: codes in the order of `dimensions`.
    """

    dimensions: tuple[str, ...]
    names: Mapping[str, Mapping[str, str]]
    places: frozenset[GroupKey]


@dataclass(frozen=True, slots=True)
class _Group:
    """One group of one breakdown, and what its rows have in `dimension_1` to `group_2`."""

    breakdown: Breakdown
    key: GroupKey
    columns: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Heading:
    """What all rows of a question in a group have in common; `question` is `wave` to `question_text`."""

    question: tuple[str, int, str, str, str]
    unit: str
    groups: tuple[str, str, str, str]
    kind: str

    def make_row(
        self,
        option: tuple[str, str],
        *,
        units: int,
        n: int,
        note: str,
        base: int | None = None,
        share: float | None = None,
        absence: str = NOTE_NO_DATA,
        value: float | None = None,
        value_unit: str = "",
    ) -> ResultRow:
        """Without units there is no figure: a zero would claim that somebody could have chosen the option."""
        return ResultRow(
            *self.question,
            *option,
            self.unit,
            *self.groups,
            n=n if units else None,
            base=base,
            share=share,
            lower=None,
            upper=None,
            status=Status.OK if units else Status.NO_DATA,
            note=note if units else absence,
            value=value,
            value_unit=value_unit,
            units=units,
            kind=self.kind,
        )


@dataclass(frozen=True, slots=True)
class _Tally:
    """Everything that was counted, in every breakdown."""

    states: "_Counts"
    options: "_Counts"
    coded: "_Counts"
    themes: "_Counts"
    numbers: NumberGroups
    questions: Mapping[str, CodedQuestion]


class _Counts:
    """Units and weight per question, outcome and group, summed over the cells."""

    def __init__(self, cells: Sequence[Cell], *, breakdowns: Sequence[Breakdown]) -> None:
        self._sums: dict[Breakdown, dict[tuple[str, str, GroupKey], list[int]]] = {}
        for breakdown in breakdowns:
            sums = self._sums[breakdown] = {}
            # The axes of a breakdown are next to one another.
            axes = slice(breakdown[0], breakdown[-1] + 1) if breakdown else slice(0)
            for cell in cells:
                key = cell.question, cell.outcome, cell.groups[axes]
                if (counted := sums.get(key)) is None:
                    sums[key] = [cell.units, cell.weight]
                else:
                    counted[0] += cell.units
                    counted[1] += cell.weight

    def find(self, question: str, outcome: str, *, group: _Group) -> tuple[int, int]:
        units, weight = self._sums[group.breakdown].get((question, outcome, group.key), (0, 0))
        return units, weight


def list_breakdowns(dimension_count: int) -> list[Breakdown]:
    """The total, each dimension by itself and, for two, their crossing."""
    return [(), *((axis,) for axis in range(dimension_count)), *([(0, 1)] if dimension_count == 2 else [])]


def assemble_rows(
    sections: Iterable[SectionDefinition],
    *,
    wave: str,
    version: int,
    unit: str,
    grouping: Grouping,
    by_state: Sequence[Cell],
    by_option: Sequence[Cell],
    themes: ThemeCells = NO_THEMES,
    numbers: Sequence[NumberColumn] = (),
) -> tuple[ResultRow, ...]:
    """Every question of `sections` in every breakdown, group by group, option by option.

    `by_state` has the answers per state and makes the base; `by_option` the chosen options of given answers. `numbers`
    are those that were filled in for one unit alone; inhabitants have none. Cells may have more groups than
    those of the table, after them: these are added up.
    """
    breakdowns = list_breakdowns(len(grouping.dimensions))
    tally = _Tally(
        states=_Counts(by_state, breakdowns=breakdowns),
        options=_Counts(by_option, breakdowns=breakdowns),
        coded=_Counts(themes.by_coded, breakdowns=breakdowns),
        themes=_Counts(themes.by_theme, breakdowns=breakdowns),
        numbers=NumberGroups(numbers, breakdowns=breakdowns),
        questions=themes.questions,
    )
    keys = grouping.places | {cell.groups[: len(grouping.dimensions)] for cell in by_state}
    groups = [
        group for breakdown in breakdowns for group in _list_groups(breakdown, grouping=grouping, keys=keys)
    ]
    return tuple(
        row
        for section in sections
        for question, outcomes in ((each, list_outcomes(each)) for each in section.questions)
        for group in groups
        for row in _build_rows(
            question,
            outcomes=outcomes,
            group=group,
            heading=_Heading(
                (wave, version, section.measure, question.code, question.text),
                unit,
                group.columns,
                question.kind,
            ),
            tally=tally,
        )
    )


def add_remarks(rows: Iterable[ResultRow], *, remarks: Mapping[str, Sequence[str]]) -> tuple[ResultRow, ...]:
    """The rows, those of a question's total with its remarks in the note, so that every file has them."""
    return tuple(
        row._replace(note=" ".join(filter(None, (row.note, *remarks[row.question]))))
        if row.question in remarks and not row.dimensions
        else row
        for row in rows
    )


def _list_groups(breakdown: Breakdown, *, grouping: Grouping, keys: Iterable[GroupKey]) -> Iterator[_Group]:
    dimensions = [grouping.dimensions[axis] for axis in breakdown]
    names = [grouping.names[dimension] for dimension in dimensions]
    order = [{code: place for place, code in enumerate(codes)} for codes in names]
    present = {tuple(key[axis] for axis in breakdown) for key in keys} if breakdown else {()}
    # A municipality without an answer has no respondent type: it is in the total and in no group.
    present = {key for key in present if all(code in places for places, code in zip(order, key, strict=True))}
    for key in sorted(
        present, key=lambda key: [places[code] for places, code in zip(order, key, strict=True)]
    ):
        named = [part for axis, code in enumerate(key) for part in (dimensions[axis], names[axis][code])]
        dimension_1, group_1, dimension_2, group_2 = [*named, "", "", "", ""][:4]
        yield _Group(breakdown, key, (dimension_1, group_1, dimension_2, group_2))


def _build_rows(
    question: QuestionDefinition,
    *,
    outcomes: Sequence[Outcome],
    group: _Group,
    heading: _Heading,
    tally: _Tally,
) -> Iterator[ResultRow]:
    units, base = tally.states.find(question.code, GIVEN, group=group)
    missing = {state: tally.states.find(question.code, state, group=group) for state in question.missing}
    units_reached = units + sum(missing_units for missing_units, _ in missing.values())

    if not question.is_choice:
        yield heading.make_row(
            (ANSWERED, "Ingevuld"),
            units=units,
            n=base,
            base=base,
            note=NOTE_OPEN_QUESTION,
        )
    for outcome in outcomes:
        _, n = tally.options.find(question.code, outcome.code, group=group)
        yield heading.make_row(
            (outcome.code, outcome.text),
            units=units,
            n=n,
            base=base,
            share=n / base if base else None,
            note=OUTCOME_NOTES[question.kind],
        )
    if heading.unit != Unit.INHABITANTS:
        for measured in list_measured(question):
            summary = tally.numbers.summarise(
                question.code, measured.place, breakdown=group.breakdown, key=group.key
            )
            yield from _build_number_rows(heading, measured, summary)
    yield from _build_theme_rows(question, group=group, heading=heading, tally=tally)
    for state, (_, n) in missing.items():
        yield heading.make_row(
            MISSING_OPTIONS[state],
            units=units_reached,
            n=n,
            note=NOTE_MISSING_KIND,
        )
    unanswered = {state: tally.states.find(question.code, state, group=group) for state in UNANSWERED_OPTIONS}
    units_delivered = units_reached + sum(silent_units for silent_units, _ in unanswered.values())
    for state, (_, n) in unanswered.items():
        if n or state == NOT_FILLED_IN_STATE or question.conditions:
            yield heading.make_row(
                UNANSWERED_OPTIONS[state], units=units_delivered, n=n, note=NOTE_MISSING_KIND
            )


def _build_number_rows(
    heading: _Heading, measured: Measured, summary: NumberSummary | None
) -> Iterator[ResultRow]:
    """The figures over the numbers in one place; without numbers they have no value."""
    values = {
        SUM: ("Som", summary and summary.total),
        MEAN: ("Gemiddelde", summary and summary.mean),
        MEDIAN: ("Mediaan", summary and summary.median),
        QUARTILE_1: ("Eerste kwartiel", summary and summary.quartile_1),
        QUARTILE_3: ("Derde kwartiel", summary and summary.quartile_3),
    }
    units = summary.units if summary else 0
    note = NOTE_NUMBER if heading.unit == Unit.RESPONSE else f"{NOTE_NUMBER} {NOTE_OWN_NUMBER}"
    for code, (name, value) in values.items():
        if code == SUM and not measured.has_sum:
            continue
        yield heading.make_row(
            (f"{code}:{measured.place}", f"{name}: {measured.text}") if measured.place else (code, name),
            units=units,
            n=units,
            base=units,
            note=note,
            value=value,
            value_unit=measured.unit,
        )


def _build_theme_rows(
    question: QuestionDefinition, *, group: _Group, heading: _Heading, tally: _Tally
) -> Iterator[ResultRow]:
    """None for a question without themes. The base is what was coded, not what was answered."""
    if question.code not in tally.questions:
        return
    units, base = tally.coded.find(question.code, GIVEN, group=group)
    for theme in tally.questions[question.code].themes:
        _, n = tally.themes.find(question.code, theme.code, group=group)
        yield heading.make_row(
            (theme.code, theme.name),
            units=units,
            n=n,
            base=base,
            share=n / base if base else None,
            note=NOTE_THEME,
            absence=NOTE_NO_THEMES,
        )
