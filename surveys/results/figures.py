"""Figures for components/result_figure.html: a result table in words, a chart and a small table. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.results.charts import (
    MAXIMUM_STACKED_OPTIONS,
    BarData,
    Chart,
    OptionShare,
    draw_share_bars,
    draw_stacked_bars,
)
from surveys.results.descriptions import describe_breakdown, describe_total
from surveys.results.dimensions import SINGULAR_UNIT_NAMES, UNIT_NAMES, Unit
from surveys.results.notation import format_count, format_share
from surveys.results.table import ResultRow, ResultTable, Status

TOTAL = "Totaal"
BASE_OF_ANSWERS = "Basis: een antwoord gegeven"
BASE_OF_THEMES = "Basis: tekst ingedeeld in thema's"
NOT_SHOWN = "afgeschermd"
NOTHING = "–"

CAVEAT_MULTIPLE = (
    "Er waren meer antwoorden mogelijk. De percentages kunnen samen meer dan 100\N{NO-BREAK SPACE}% zijn."
)
CAVEAT_THEMES = (
    "Een tekst kan over meer thema's gaan. De percentages kunnen samen meer dan 100\N{NO-BREAK SPACE}% zijn."
)
CAVEAT_GROUPS_IN_TABLE = "De uitsplitsing per {dimension} staat in de tabel."


@dataclass(frozen=True, slots=True)
class FigureTable:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What components/result_figure.html describes; all texts are Dutch and final."""

    id: str
    question: str
    title: str
    chart: Chart
    description: str
    base_line: str
    caveats: tuple[str, ...]
    table: FigureTable
    is_breakdown_withheld: bool


@dataclass(frozen=True, slots=True)
class _Counted:
    """The rows of one question: its options or themes, and its kinds of missing, in total and per group."""

    question: str
    title: str
    unit: Unit
    dimension_name: str
    municipalities: int
    routing: str
    remarks: tuple[str, ...]
    total: tuple[ResultRow, ...]
    groups: tuple[tuple[ResultRow, ...], ...]

    @property
    def options(self) -> list[ResultRow]:
        return [row for row in self.total if row.is_choice]

    @property
    def missing_kinds(self) -> list[ResultRow]:
        return [row for row in self.total if row.is_missing_kind]

    @property
    def has_themes(self) -> bool:
        return self.options[0].is_theme

    @property
    def is_multiple(self) -> bool:
        return self.has_themes or self.total[0].kind == "multiple"

    @property
    def withheld_note(self) -> str:
        """Why the breakdown is not shown, or "" when it is."""
        return next((rows[0].note for rows in self.groups if rows[0].status == Status.SUPPRESSED), "")

    @property
    def shown_groups(self) -> tuple[tuple[ResultRow, ...], ...]:
        return () if self.withheld_note else self.groups

    @property
    def can_stack(self) -> bool:
        """Only answers that exclude each other, and not too many of them, fit in one bar."""
        return not self.is_multiple and len(self.options) <= MAXIMUM_STACKED_OPTIONS


def build_figures(table: ResultTable, *, questions: Collection[str] | None = None) -> list[Figure]:
    """One figure per closed question and per open one with themes; `questions` narrows them down.

    Hand in a table after disclosure control when the figures are for the public. Raises ValueError for a
    table with two dimensions: a figure shows one.
    """
    if len(table.dimensions) > 1:
        raise ValueError("A figure shows one breakdown.")
    return [
        _build_figure(counted)
        for counted in _split_by_question(table)
        if questions is None or counted.question in questions
    ]


def _split_by_question(table: ResultTable) -> list[_Counted]:
    counted = []
    for question, question_rows in groupby(table.rows, key=lambda row: row.question):
        groups = [tuple(rows) for _, rows in groupby(question_rows, key=lambda row: row.group_1)]
        if any(row.is_choice for row in groups[0]):
            counted.append(
                _Counted(
                    question=question,
                    title=groups[0][0].question_text,
                    unit=Unit(table.unit),
                    dimension_name=table.dimension_names[table.dimensions[0]] if table.dimensions else "",
                    municipalities=table.municipalities.get(question, 0),
                    routing=table.routing.get(question, ""),
                    remarks=table.remarks.get(question, ()),
                    total=groups[0],
                    groups=tuple(groups[1:]),
                )
            )
    return counted


def _build_figure(counted: _Counted) -> Figure:
    return Figure(
        id=f"vraag-{counted.question}",
        question=counted.question,
        title=counted.title,
        chart=_draw_chart(counted),
        description=_describe(counted),
        base_line=_write_base_line(counted),
        caveats=tuple(_list_caveats(counted)),
        table=_tabulate_groups(counted) if counted.shown_groups else _tabulate_total(counted),
        is_breakdown_withheld=bool(counted.withheld_note),
    )


def _draw_chart(counted: _Counted) -> Chart:
    chart_id = f"grafiek-{counted.question}"
    if not counted.can_stack:
        shares = _list_shares(counted.options)
        return draw_share_bars(shares, base=counted.options[0].base, chart_id=chart_id, title=counted.title)
    bars = [BarData(label, rows[0].base, _list_shares(rows)) for label, rows in _list_bar_rows(counted)]
    return draw_stacked_bars(bars, chart_id=chart_id, title=counted.title)


def _list_bar_rows(counted: _Counted) -> list[tuple[str, list[ResultRow]]]:
    """The options per bar; a bar on its own needs no name."""
    groups = [(rows[0].group_1, [row for row in rows if row.is_choice]) for rows in counted.shown_groups]
    return [(TOTAL if groups else "", counted.options), *groups]


def _list_shares(rows: Sequence[ResultRow]) -> list[OptionShare]:
    return [OptionShare(row.option_text, row.n, row.share) for row in rows]


def _describe(counted: _Counted) -> str:
    description = describe_total(counted.options)
    if not counted.shown_groups or counted.options[0].status != Status.OK:
        return description
    most_common = max(counted.options, key=lambda row: row.n or 0)
    rows = [row for group in counted.shown_groups for row in group if row.option == most_common.option]
    return f"{description} {describe_breakdown(rows, dimension=counted.dimension_name)}"


def _write_base_line(counted: _Counted) -> str:
    first = counted.options[0]
    if first.base is None:
        return "n = " + NOT_SHOWN
    line = f"n = {_count_units(first.base, counted.unit)}"
    municipalities = _count_units(counted.municipalities, Unit.MUNICIPALITY)
    if first.status == Status.OK and counted.unit == Unit.RESPONSE:
        return f"{line}, samen {municipalities}"
    if first.status == Status.OK and counted.unit == Unit.INHABITANTS:
        return f"{line} in {municipalities}"
    return line


def _count_units(number: int, unit: Unit) -> str:
    return f"{format_count(number)} {(SINGULAR_UNIT_NAMES if number == 1 else UNIT_NAMES)[unit]}"


def _list_caveats(counted: _Counted) -> list[str]:
    caveats = [counted.routing] if counted.routing else []
    caveats += [
        f"„{row.option_text}”: {_count_units(row.n, counted.unit)}. Dat telt niet mee in de percentages."
        for row in counted.missing_kinds
        if row.n
    ]
    caveats += counted.remarks
    if counted.is_multiple and counted.options[0].status == Status.OK:
        caveats.append(CAVEAT_THEMES if counted.has_themes else CAVEAT_MULTIPLE)
    if counted.withheld_note and counted.options[0].status != Status.SUPPRESSED:
        caveats.append(counted.withheld_note)
    if counted.shown_groups and not counted.can_stack:
        caveats.append(CAVEAT_GROUPS_IN_TABLE.format(dimension=counted.dimension_name))
    return caveats


def _tabulate_total(counted: _Counted) -> FigureTable:
    return FigureTable(
        columns=(
            "Thema" if counted.has_themes else "Antwoord",
            f"Aantal {UNIT_NAMES[counted.unit]}",
            "Aandeel",
        ),
        rows=(
            *((row.option_text, _show_count(row), _show_share(row)) for row in counted.options),
            (
                BASE_OF_THEMES if counted.has_themes else BASE_OF_ANSWERS,
                _show_base(counted.options[0]),
                "",
            ),
            *((row.option_text, _show_count(row), "telt niet mee") for row in counted.missing_kinds),
        ),
        caption=counted.title,
    )


def _tabulate_groups(counted: _Counted) -> FigureTable:
    names = [TOTAL, *(rows[0].group_1 for rows in counted.shown_groups)]
    return FigureTable(
        columns=(
            counted.dimension_name.capitalize(),
            *(row.option_text for row in counted.options),
            f"Basis: aantal {UNIT_NAMES[counted.unit]}",
            *(f"{row.option_text} (telt niet mee)" for row in counted.missing_kinds),
        ),
        rows=tuple(
            (
                name,
                *(_show_share_and_count(row) for row in rows if row.is_choice),
                _show_base(next(row for row in rows if row.is_choice)),
                *(_show_count(row) for row in rows if row.is_missing_kind),
            )
            for name, rows in zip(names, [counted.total, *counted.shown_groups], strict=True)
        ),
        caption=counted.title,
    )


def _show_count(row: ResultRow) -> str:
    if row.status == Status.SUPPRESSED:
        return NOT_SHOWN
    return NOTHING if row.n is None else format_count(row.n)


def _show_base(row: ResultRow) -> str:
    return NOT_SHOWN if row.base is None else format_count(row.base)


def _show_share(row: ResultRow) -> str:
    if row.status == Status.SUPPRESSED:
        return NOT_SHOWN
    return NOTHING if row.share is None else format_share(row.share)


def _show_share_and_count(row: ResultRow) -> str:
    return _show_share(row) if row.share is None else f"{_show_share(row)} ({_show_count(row)})"
