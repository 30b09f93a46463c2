"""Figures for components/result_figure.html: a result table in words, a chart and a small table. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from surveys.questionnaire.day_parsing import write_day
from surveys.questionnaire.word_lists import join_words
from surveys.results.charts.chart import Chart
from surveys.results.descriptions import describe_breakdown, describe_interval, describe_total
from surveys.results.dimensions import SINGULAR_UNIT_NAMES, UNIT_NAMES, Unit
from surveys.results.figures.counted import Counted, split_by_question
from surveys.results.figures.drawing import (
    DEFAULT_VIEW,
    ChartKind,
    View,
    choose_kind,
    draw_figure,
    list_rows_of,
    rounds_otherwise,
)
from surveys.results.figures.numbers import (
    CountedNumbers,
    describe_numbers,
    draw_numbers,
    split_numbers,
    tabulate_numbers,
)
from surveys.results.figures.tabulation import NOT_SHOWN, FigureTable, tabulate
from surveys.results.notation import format_count, format_share
from surveys.results.precision.bounds import find_bounds
from surveys.results.precision.wording import INTERVAL_EXPLANATION, describe_bounds
from surveys.results.table import MEDIAN, ResultRow, ResultTable, Status

CAVEAT_MULTIPLE = (
    "Er waren meer antwoorden mogelijk. De percentages kunnen samen meer dan 100\N{NO-BREAK SPACE}% zijn."
)
CAVEAT_THEMES = (
    "Een tekst kan over meer thema's gaan. De percentages kunnen samen meer dan 100\N{NO-BREAK SPACE}% zijn."
)
CAVEAT_GROUPS_IN_TABLE = "De uitsplitsing per {dimension} staat in de tabel."
OWN_NUMBERS = "Een getal van een jeugdregio telt hier niet mee: het zegt niets over één gemeente."
CAVEAT_FULL_BAR = (
    "In de balken zijn percentages waar dat kan afgerond tot samen 100. "
    "In de tekst en de tabel is elk apart afgerond."
)
CAVEAT_MAP = "Een vakje toont het cijfer van de groep waarin de gemeente ligt, niet van die gemeente zelf."


@dataclass(frozen=True, slots=True)
class Download:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What components/result_figure.html describes; all texts are Dutch and final.

    `kind` is how it is drawn, `options` the codes and texts of its answers. Who knows the addresses of the site adds
    `downloads`, or with `url` the page where this figure stands by itself.
    """

    id: str
    question: str
    title: str
    chart: Chart
    description: str
    base_line: str
    source_line: str
    caveats: tuple[str, ...]
    table: FigureTable
    is_breakdown_withheld: bool
    kind: ChartKind
    options: tuple[tuple[str, str], ...] = ()
    downloads: tuple[Download, ...] = ()
    url: str = ""


def build_figures(
    table: ResultTable, *, questions: Collection[str] | None = None, view: View = DEFAULT_VIEW
) -> list[Figure]:
    """One figure per closed question, per open one with themes and per question for a number, in the table's order.

    `questions` narrows them down. Hand in a table after disclosure control when the figures are for the public.
    """
    figures = {
        counted.question: _build_figure(counted, view=view, table=table)
        for counted in split_by_question(table)
    } | {counted.question: _build_number_figure(counted, table=table) for counted in split_numbers(table)}
    asked = dict.fromkeys(row.question for row in table.rows)
    return [figures[code] for code in asked if code in figures and (questions is None or code in questions)]


def write_source_line(table: ResultTable) -> str:
    """Where a figure is from: the wave, its reference date and, once there is one, the release."""
    line = f"Bron: {table.wave_title}, peildatum {write_day(table.reference_date)}"
    if not table.release or table.released_on is None:
        return f"{line}."
    return f"{line}. Uitgave {table.release} van {write_day(table.released_on)}."


def _build_figure(counted: Counted, *, view: View, table: ResultTable) -> Figure:
    description = _describe(counted, view=view)
    base_line = _write_base_line(counted)
    return Figure(
        id=f"vraag-{counted.question}",
        question=counted.question,
        title=counted.title,
        chart=draw_figure(counted, view=view, description=f"{description} {base_line}."),
        description=description,
        base_line=base_line,
        source_line=write_source_line(table),
        caveats=tuple(_list_caveats(counted, view=view, weighting=table.weighting)),
        table=tabulate(counted),
        is_breakdown_withheld=counted.is_withheld,
        kind=choose_kind(counted, view),
        options=tuple((row.option, row.option_text) for row in counted.options),
    )


def _build_number_figure(counted: CountedNumbers, *, table: ResultTable) -> Figure:
    description = describe_numbers(counted)
    base = counted.total.rows[MEDIAN].base
    base_line = "n = " + (NOT_SHOWN if base is None else _count_units(base, counted.unit))
    routing = table.routing.get(counted.question, "")
    return Figure(
        id=f"vraag-{counted.question}",
        question=counted.question,
        title=counted.title,
        chart=draw_numbers(counted, description=f"{description} {base_line}."),
        description=description,
        base_line=base_line,
        source_line=write_source_line(table),
        caveats=tuple(
            filter(
                None,
                (
                    routing,
                    *table.remarks.get(counted.question, ()),
                    counted.withheld_note,
                    OWN_NUMBERS if counted.unit == Unit.MUNICIPALITY else "",
                ),
            )
        ),
        table=tabulate_numbers(counted),
        is_breakdown_withheld=counted.is_withheld,
        kind=ChartKind.DOTS,
    )


def _describe(counted: Counted, *, view: View) -> str:
    first = counted.options[0]
    sentences = [describe_total(counted.options)]
    if first.status == Status.OK:
        option = counted.choose_option(view.option)
        sentences.append(describe_interval(option))
        if counted.shown_groups:
            rows = list_rows_of(counted, option)
            sentences.append(describe_breakdown(rows, dimension=join_words(counted.dimension_names)))
    return " ".join(filter(None, sentences))


def _write_base_line(counted: Counted) -> str:
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


def _list_caveats(counted: Counted, *, view: View, weighting: str) -> list[str]:
    kind = choose_kind(counted, view)
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
    if counted.shown_groups and kind == ChartKind.BARS and not counted.can_stack:
        caveats.append(CAVEAT_GROUPS_IN_TABLE.format(dimension=join_words(counted.dimension_names)))
    if kind == ChartKind.BARS and rounds_otherwise(counted):
        caveats.append(CAVEAT_FULL_BAR)
    if kind == ChartKind.MAP and view.geography and view.geography.shows_members:
        caveats.append(CAVEAT_MAP)
    if counted.has_intervals:
        caveats += [INTERVAL_EXPLANATION, *_list_bounds(counted.choose_option(view.option))]
    if weighting:
        caveats.append(weighting)
    return caveats


def _list_bounds(row: ResultRow) -> list[str]:
    """What those without an answer could still make of the total; nothing where that is not known."""
    if row.n is None or row.base is None or row.population is None:
        return []
    bounds = find_bounds(row.n, row.base, population=row.population)
    lower, upper = format_share(bounds.lower), format_share(bounds.upper)
    return [describe_bounds(row.option_text, lower=lower, upper=upper)]
