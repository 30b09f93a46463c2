"""A question for a number as a figure: the median with its quartiles per group, and every figure in the table. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.questionnaire.definition import NUMBER_KINDS
from surveys.questionnaire.word_lists import join_words
from surveys.results.charts.chart import NO_ANSWERS, Chart
from surveys.results.charts.dots import DotData, draw_dots
from surveys.results.dimensions import UNIT_NAMES, Unit
from surveys.results.figures.tabulation import ALL, NOT_SHOWN, NOTHING, TOTAL, FigureTable, show_count
from surveys.results.notation import YEAR, format_value
from surveys.results.table import (
    ANSWERED,
    MEAN,
    MEDIAN,
    QUARTILE_1,
    QUARTILE_3,
    SUM,
    ResultRow,
    ResultTable,
    Status,
)

HEADING = "Middelste waarde (punt) en middelste helft (streep)"
WITHHELD = "Afgeschermd"
COLUMNS = {
    SUM: "Som",
    MEAN: "Gemiddelde",
    MEDIAN: "Mediaan",
    QUARTILE_1: "Kwartiel 1",
    QUARTILE_3: "Kwartiel 3",
}


@dataclass(frozen=True, slots=True)
class NumberGroup:
    """The rows of one group by their option."""

    rows: dict[str, ResultRow]

    @property
    def answered(self) -> ResultRow:
        return self.rows[ANSWERED]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.answered.group_1, self.answered.group_2)))

    def find(self, option: str) -> float | None:
        row = self.rows.get(option)
        return row.value if row else None


@dataclass(frozen=True, slots=True)
class CountedNumbers:
    """The figures over the numbers of one question, in total and per finest group."""

    question: str
    title: str
    unit: Unit
    value_unit: str
    dimension_names: tuple[str, ...]
    total: NumberGroup
    groups: tuple[NumberGroup, ...]

    @property
    def withheld_note(self) -> str:
        """Why a group or the total is not shown, or "" when all are."""
        rows = (group.rows[MEDIAN] for group in (self.total, *self.groups))
        return next((row.note for row in rows if row.status == Status.SUPPRESSED), "")

    @property
    def is_withheld(self) -> bool:
        """No group has a figure, and not because nobody answered."""
        return _is_partly_withheld(self.groups) and all(group.find(MEDIAN) is None for group in self.groups)


def split_numbers(table: ResultTable) -> list[CountedNumbers]:
    """One per question for a number that has figures: there are none per inhabitant."""
    found = []
    numeric = (row for row in table.rows if row.kind in NUMBER_KINDS)
    for question, rows in groupby(numeric, key=lambda row: row.question):
        groups = [
            NumberGroup({row.option: row for row in group})
            for _, group in groupby(rows, key=lambda row: (row.dimensions, row.group_1, row.group_2))
        ]
        total = groups[0]
        if MEDIAN in total.rows:
            found.append(
                CountedNumbers(
                    question=question,
                    title=total.answered.question_text,
                    unit=Unit(table.unit),
                    value_unit=total.rows[MEDIAN].value_unit,
                    dimension_names=tuple(table.dimension_names[code] for code in table.dimensions),
                    total=total,
                    groups=tuple(
                        group
                        for group in groups[1:]
                        if len(group.answered.dimensions) == len(table.dimensions)
                    ),
                )
            )
    return found


def describe_numbers(counted: CountedNumbers) -> str:
    """What lies in the middle, on average, and between which groups the middle differs most."""
    median, mean = counted.total.find(MEDIAN), counted.total.find(MEAN)
    low, high = counted.total.find(QUARTILE_1), counted.total.find(QUARTILE_3)
    if median is None or mean is None or low is None or high is None:
        row = counted.total.rows[MEDIAN]
        return row.note if row.status == Status.SUPPRESSED else "Niemand heeft deze vraag beantwoord."
    unit = counted.value_unit
    sentences = [
        f"De middelste waarde (mediaan) is {format_value(median, unit)}.",
        f"Het gemiddelde is {format_value(mean, unit)}.",
        f"De middelste helft ligt tussen {format_value(low, unit)} en {format_value(high, unit)}.",
    ]
    known = [
        (value, ", ".join(group.names))
        for group in counted.groups
        if (value := group.find(MEDIAN)) is not None
    ]
    if len(known) > 1:
        (least, where_least), (most, where_most) = min(known), max(known)
        if format_value(least, unit) != format_value(most, unit):
            shown = (
                "In de groepen die we tonen" if _is_partly_withheld(counted.groups) else "Tussen de groepen"
            )
            sentences.append(
                f"{shown}, per {join_words(counted.dimension_names)}, loopt de mediaan van "
                f"{format_value(least, unit)} ({where_least}) tot {format_value(most, unit)} ({where_most})."
            )
    return " ".join(sentences)


def draw_numbers(counted: CountedNumbers, *, description: str) -> Chart:
    """The scale begins at zero, or at the least where that is far away, as with years."""
    groups = (counted.total, *counted.groups)
    values = [
        value
        for group in groups
        for option in (MEDIAN, QUARTILE_1, QUARTILE_3)
        if (value := group.find(option)) is not None
    ]
    highest = max(values, default=0.0)
    lowest = min(values, default=0.0)
    start = lowest if counted.value_unit == YEAR else min(0.0, lowest)
    length = (highest - start) or 1.0
    unit = counted.value_unit
    return draw_dots(
        [_make_dot(group, start=start, length=length) for group in groups],
        heading=HEADING,
        chart_id=f"grafiek-{counted.question}",
        title=counted.title,
        description=f"{HEADING}. {description}",
        scale=(
            format_value(start, unit),
            format_value(start + length / 2, unit),
            format_value(start + length, unit),
        ),
    )


def tabulate_numbers(counted: CountedNumbers) -> FigureTable:
    options = [option for option in COLUMNS if option in counted.total.rows]
    names = [name[:1].upper() + name[1:] for name in counted.dimension_names] or ["Groep"]
    return FigureTable(
        columns=(*names, f"Aantal {UNIT_NAMES[counted.unit]}", *(COLUMNS[option] for option in options)),
        rows=tuple(
            (
                *((group.names or (TOTAL, ALL))[: len(names)]),
                show_count(group.rows[MEDIAN]),
                *(_show_value(group.rows[option]) for option in options),
            )
            for group in (counted.total, *counted.groups)
        ),
        caption=counted.title,
    )


def _make_dot(group: NumberGroup, *, start: float, length: float) -> DotData:
    row = group.rows[MEDIAN]
    median, low, high = (group.find(option) for option in (MEDIAN, QUARTILE_1, QUARTILE_3))
    *heading, label = group.names or (TOTAL,)
    if median is None or low is None or high is None:
        message = WITHHELD if row.status == Status.SUPPRESSED else NO_ANSWERS
        return DotData(label, None, None, message=message, heading="".join(heading))
    unit = row.value_unit
    return DotData(
        label,
        row.base,
        (median - start) / length,
        (low - start) / length,
        (high - start) / length,
        heading="".join(heading),
        figure=f"{format_value(median, unit)} ({format_value(low, unit)} tot {format_value(high, unit)})",
    )


def _is_partly_withheld(groups: Sequence[NumberGroup]) -> bool:
    return any(group.rows[MEDIAN].status == Status.SUPPRESSED for group in groups)


def _show_value(row: ResultRow) -> str:
    if row.status == Status.SUPPRESSED:
        return NOT_SHOWN
    return NOTHING if row.value is None else format_value(row.value, row.value_unit)
