"""One question over the waves: a figure with a line per answer. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from surveys.questionnaire.word_lists import join_words
from surveys.results.charts.lines import MAXIMUM_LINES, LineData, draw_lines
from surveys.results.figures import Figure, write_source_line
from surveys.results.figures.counted import Counted, split_by_question
from surveys.results.figures.tabulation import FigureTable, show_share
from surveys.results.notation import describe_base, format_share
from surveys.results.table import ResultRow, ResultTable

CAVEAT_BREAK = "De vraag veranderde vóór {moments}. Vergelijk de cijfers ervoor en erna niet met elkaar."
CAVEAT_ONE_ANSWER = "De grafiek toont één antwoord. Alle antwoorden staan in de tabel."


def add_trend(
    figure: Figure, *, tables: Sequence[ResultTable], breaks: Collection[int], option: str = ""
) -> Figure:
    """The figure with its question over time in the place of its own chart, description and table.

    `tables` hold the totals of the question in successive waves. `breaks` are the places of those since which it means
    something else. `option` is the answer to show when there are too many for a line each.
    """
    waves = [
        counted
        for table in tables
        for counted in split_by_question(table)
        if counted.question == figure.question
    ]
    moments = _name_moments(tables)
    latest = waves[-1]
    chosen = latest.choose_option(option)
    shown = latest.options if len(latest.options) <= MAXIMUM_LINES else [chosen]
    caveats = list(figure.caveats)
    if len(shown) < len(latest.options):
        caveats.append(CAVEAT_ONE_ANSWER)
    if breaks:
        caveats.append(CAVEAT_BREAK.format(moments=join_words([moments[place] for place in sorted(breaks)])))
    description = _describe(chosen, waves=waves, moments=moments, breaks=breaks)
    return replace(
        figure,
        chart=draw_lines(
            [LineData(row.option_text, [_find_share(row, counted) for counted in waves]) for row in shown],
            moments=moments,
            breaks=breaks,
            chart_id=figure.chart.id,
            title=figure.title,
            description=f"{description} {figure.base_line}.",
        ),
        description=description,
        source_line=" ".join(map(write_source_line, tables)),
        caveats=tuple(caveats),
        table=FigureTable(
            columns=(
                "Antwoord",
                *(
                    f"{moment} ({describe_base(counted.options[0].base)})"
                    for moment, counted in zip(moments, waves, strict=True)
                ),
            ),
            rows=tuple(
                (row.option_text, *(_show(row, counted) for counted in waves)) for row in latest.options
            ),
            caption=figure.title,
        ),
    )


def join_waves(tables: Sequence[ResultTable]) -> ResultTable:
    """The rows of successive waves as one table, for a file: it says of each wave where its rows are from."""
    latest = tables[-1]
    if len(tables) == 1:
        return latest
    caveats = [*map(write_source_line, tables), *(caveat for table in tables for caveat in table.caveats)]
    return replace(
        latest,
        wave=", ".join(table.wave for table in tables),
        wave_title=join_words([table.wave_title for table in tables]),
        release=", ".join(table.release for table in tables),
        released_on=None,
        rows=tuple(row for table in tables for row in table.rows),
        caveats=tuple(dict.fromkeys(caveats)),
    )


def _name_moments(tables: Sequence[ResultTable]) -> list[str]:
    """By year, as long as that tells them apart."""
    years = [str(table.reference_date.year) for table in tables]
    return years if len(set(years)) == len(years) else [table.wave_title for table in tables]


def _find(row: ResultRow, counted: Counted) -> ResultRow | None:
    return next((each for each in counted.options if each.option == row.option), None)


def _find_share(row: ResultRow, counted: Counted) -> float | None:
    found = _find(row, counted)
    return found.share if found else None


def _show(row: ResultRow, counted: Counted) -> str:
    found = _find(row, counted)
    return show_share(found) if found else "niet gevraagd"


def _describe(
    row: ResultRow, *, waves: Sequence[Counted], moments: Sequence[str], breaks: Collection[int]
) -> str:
    """Only of the waves since the question last changed."""
    since = max(breaks, default=0)
    known = [
        (moment, format_share(share))
        for moment, counted in list(zip(moments, waves, strict=True))[since:]
        if (share := _find_share(row, counted)) is not None
    ]
    if not known:
        return f"Van „{row.option_text}” tonen we geen cijfers."
    (first, before), (last, after) = known[0], known[-1]
    if len(known) == 1:
        return (
            f"„{row.option_text}” is {after} in {last}. Een eerder cijfer om mee te vergelijken is er niet."
        )
    if before == after:
        return f"„{row.option_text}” is in {first} en in {last} even groot: {after}."
    return f"„{row.option_text}” ging van {before} in {first} naar {after} in {last}."
