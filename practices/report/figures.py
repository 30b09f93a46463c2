"""The figures of a report, from what a release shows, in the shapes that `templates/typeset/report.typ` knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.questionnaire.definition import SectionDefinition
from surveys.results.bottlenecks import CountedBottlenecks, asks_for_bottlenecks, list_bottlenecks
from surveys.results.charts.sheet import BLEED, draw_bare
from surveys.results.dimensions import Dimension, Unit
from surveys.results.figures import Figure, build_figures
from surveys.results.models import Release
from surveys.results.publication import (
    NotInRelease,
    keep_quotable,
    list_released_sections,
    released_table,
)
from surveys.results.table import ResultTable, Status

# More do not fit next to each other on paper: then a table has the total only.
MAXIMUM_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What a release shows of a whole wave: `table` has the totals, figures and bottlenecks are by question code."""

    sections: list[SectionDefinition]
    table: ResultTable
    figures: Mapping[str, Figure]
    bottlenecks: Mapping[str, CountedBottlenecks]


def draw_report_figures(release: Release) -> ReportFigures:
    """Per response, or else the first unit that the release has; by size class where the release shows that.

    Left out is what nobody answered. In four queries.
    """
    sections = list_released_sections(release, with_numbers=True)
    codes = [question.code for section in sections for question in section.questions]
    unit = Unit.RESPONSE if Unit.RESPONSE in release.units else Unit(release.units[0])
    table = released_table(release, unit=unit, questions=codes)
    answered = {
        row.question for row in table.rows if not row.is_missing_kind and row.status != Status.NO_DATA
    }
    drawn = [code for code in answered if not asks_for_bottlenecks(code)]
    quotes = keep_quotable(release, shown=answered)
    bottlenecks = list_bottlenecks(table, quotes=quotes) if unit == Unit.RESPONSE else []
    return ReportFigures(
        sections=sections,
        table=table,
        figures=_index(build_figures(table, questions=drawn))
        | _draw_groups(release, unit=unit, questions=drawn),
        bottlenecks={counted.question: counted for counted in bottlenecks},
    )


def _draw_groups(release: Release, *, unit: Unit, questions: list[str]) -> dict[str, Figure]:
    """Those that compare size classes and fit on paper."""
    try:
        table = released_table(release, unit=unit, dimensions=[Dimension.SIZE_CLASS], questions=questions)
    except NotInRelease:
        return {}
    figures = build_figures(table)
    return _index(figure for figure in figures if len(figure.table.columns) <= MAXIMUM_COLUMNS)


def _index(figures: Iterable[Figure]) -> dict[str, Figure]:
    return {figure.question: figure for figure in figures}


def write_figure(figure: Figure) -> dict[str, Any]:
    return {
        "title": figure.title,
        "drawing": draw_bare(figure.chart),
        "height": figure.chart.height + 2 * BLEED,
        "alt": figure.chart.description,
        "description": figure.description,
        "caption": f"{figure.base_line}. {figure.source_line}",
        "caveats": figure.caveats,
        "columns": figure.table.columns,
        "rows": figure.table.rows,
    }


def write_bottlenecks(counted: CountedBottlenecks) -> dict[str, Any]:
    return {
        "question": counted.question_text,
        "items": [
            {"name": each.name, "definition": each.definition, "count": each.count, "quotes": each.quotes}
            for each in counted.bottlenecks
        ],
        "remarks": counted.remarks,
        "withheld": counted.withheld,
    }
