"""The table under a chart: every figure of it, in Dutch notation. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.results.dimensions import UNIT_NAMES
from surveys.results.figures.counted import Counted, list_options
from surveys.results.notation import format_count, format_share
from surveys.results.table import ResultRow, Status

TOTAL = "Totaal"
ALL = "Alle"
BASE_OF_ANSWERS = "Basis: een antwoord gegeven"
BASE_OF_THEMES = "Basis: tekst ingedeeld in thema's"
NOT_SHOWN = "afgeschermd"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class FigureTable:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


def tabulate(counted: Counted) -> FigureTable:
    """An option per row; with groups a group per row."""
    return _tabulate_groups(counted) if counted.shown_groups else _tabulate_total(counted)


def show_count(row: ResultRow) -> str:
    if row.status == Status.SUPPRESSED:
        return NOT_SHOWN
    return NOTHING if row.n is None else format_count(row.n)


def show_share(row: ResultRow) -> str:
    if row.status == Status.SUPPRESSED:
        return NOT_SHOWN
    return NOTHING if row.share is None else format_share(row.share)


def show_interval(row: ResultRow) -> str:
    if row.status == Status.SUPPRESSED:
        return NOT_SHOWN
    if row.lower is None or row.upper is None:
        return NOTHING
    return f"{format_share(row.lower)} tot {format_share(row.upper)}"


def _tabulate_total(counted: Counted) -> FigureTable:
    has_intervals = counted.has_intervals
    empty = ("",) if has_intervals else ()
    return FigureTable(
        columns=(
            "Thema" if counted.has_themes else "Antwoord",
            f"Aantal {UNIT_NAMES[counted.unit]}",
            "Aandeel",
            *(("Marge",) if has_intervals else ()),
        ),
        rows=(
            *(
                (
                    row.option_text,
                    show_count(row),
                    show_share(row),
                    *((show_interval(row),) if has_intervals else ()),
                )
                for row in counted.options
            ),
            (
                BASE_OF_THEMES if counted.has_themes else BASE_OF_ANSWERS,
                _show_base(counted.options[0]),
                "",
                *empty,
            ),
            *((row.option_text, show_count(row), "telt niet mee", *empty) for row in counted.missing_kinds),
        ),
        caption=counted.title,
    )


def _tabulate_groups(counted: Counted) -> FigureTable:
    return FigureTable(
        columns=(
            *(name[:1].upper() + name[1:] for name in counted.dimension_names),
            *(row.option_text for row in counted.options),
            f"Basis: aantal {UNIT_NAMES[counted.unit]}",
            *(f"{row.option_text} (telt niet mee)" for row in counted.missing_kinds),
        ),
        rows=tuple(
            (
                *_name_group(counted, rows),
                *(_show_share_and_count(row) for row in list_options(rows)),
                _show_base(list_options(rows)[0]),
                *_list_missing(counted, rows),
            )
            for rows in (counted.total, *_order_groups(counted))
        ),
        caption=counted.title,
    )


def _order_groups(counted: Counted) -> list[tuple[ResultRow, ...]]:
    """A group of the first dimension before what it is divided into; those of the second dimension come first."""
    first = [rows for rows in counted.margins if rows[0].dimension_1 == counted.groups[0][0].dimension_1]
    second = [rows for rows in counted.margins if rows not in first]
    if not counted.margins:
        return list(counted.groups)
    divided = [
        [rows, *(each for each in counted.groups if each[0].group_1 == rows[0].group_1)] for rows in first
    ]
    return [*second, *(rows for group in divided for rows in group)]


def _name_group(counted: Counted, rows: Sequence[ResultRow]) -> tuple[str, ...]:
    row = rows[0]
    if len(counted.dimension_names) == 1:
        return (row.group_1 or TOTAL,)
    if len(row.dimensions) == 1:
        is_first = row.dimension_1 == counted.groups[0][0].dimension_1
        return (row.group_1, ALL) if is_first else (ALL, row.group_1)
    return (row.group_1, row.group_2) if row.dimensions else (TOTAL, ALL)


def _list_missing(counted: Counted, rows: Sequence[ResultRow]) -> list[str]:
    """In the columns of the total; a group that has no row of a kind has none of it."""
    by_option = {row.option: row for row in rows}
    return [
        show_count(by_option[kind.option]) if kind.option in by_option else NOTHING
        for kind in counted.missing_kinds
    ]


def _show_base(row: ResultRow) -> str:
    return NOT_SHOWN if row.base is None else format_count(row.base)


def _show_share_and_count(row: ResultRow) -> str:
    if row.share is None:
        return show_share(row)
    margin = "" if row.lower is None else f"; marge {show_interval(row)}"
    return f"{show_share(row)} ({show_count(row)}{margin})"
