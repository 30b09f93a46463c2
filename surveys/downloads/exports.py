"""From what somebody asks for to a file: the one path of the screen, the task and the command."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from surveys.downloads.codebook import build_codebook
from surveys.downloads.models import ExportJob
from surveys.downloads.queries import (
    count_municipalities,
    count_responses,
    list_caveated,
    list_corrected,
    list_deviations,
    stream_resolved,
    stream_responses,
)
from surveys.downloads.resolved_workbook import LEAD as MUNICIPALITY_COLUMNS
from surveys.downloads.resolved_workbook import build_resolved_workbook
from surveys.downloads.responses_workbook import LEAD as RESPONSE_COLUMNS
from surveys.downloads.responses_workbook import build_responses_workbook
from surveys.downloads.results_workbook import build_results_workbook
from surveys.downloads.wide_columns import build_layout
from surveys.questionnaire.caveats import collect_caveats
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.results.counting import count_answers
from surveys.results.dimensions import UNIT_NAMES, Unit, name_dimension
from surveys.results.precision.post_stratification import Weighting
from surveys.results.table import ResultTable
from surveys.tabular.workbook import Workbook
from surveys.tabular.writers import FORMATS, write_workbook

CONTENT_NAMES = {
    ExportJob.Content.RESPONSES.value: "reacties",
    ExportJob.Content.RESOLVED.value: "antwoorden per gemeente",
}
SMALL_GROUPS = (
    "In dit bestand staan groepen van minder dan {minimum}. Op de openbare site tonen we die niet. "
    "Deel deze cijfers niet buiten uw organisatie."
)


def write_export(
    wave: Wave,
    *,
    content: str,
    breakdowns: Sequence[str],
    unit: str,
    file_format: str,
    path: Path,
    report_progress: Callable[[float], None],
    is_weighted: bool = False,
) -> Workbook:
    """Write the file to `path`; `report_progress` gets the fraction that is done, from 0 up to 1.

    Returns what was written, whose rows are used up.

    `is_weighted` weighs results of municipalities or inhabitants by size class and province. Raises ValueError for an
    unknown unit or breakdown or a unit that has no weights, and TooLargeForFormat when the format cannot hold it.
    """
    is_statistical = FORMATS[file_format].is_statistical
    match content:
        case ExportJob.Content.RESPONSES:
            workbook = _build_responses(wave, is_statistical=is_statistical)
        case ExportJob.Content.RESOLVED:
            workbook = _build_resolved(wave, is_statistical=is_statistical)
        case _:
            workbook = _build_results(wave, breakdowns=breakdowns, unit=unit, is_weighted=is_weighted)
    write_workbook(workbook, path, file_format=file_format, report_progress=report_progress)
    return workbook


def name_download(
    wave: Wave,
    *,
    content: str,
    breakdowns: Sequence[str],
    unit: str,
    file_format: str,
    is_weighted: bool = False,
) -> str:
    """A name that says what is in it, such as maatregelenmonitor_2022_resultaten_provincie_gemeenten.xlsx."""
    parts = ["maatregelenmonitor", wave.code]
    if content != ExportJob.Content.RESULTS:
        parts.append(CONTENT_NAMES[content])
    else:
        dimensions = [name_dimension(code) for code in breakdowns]
        parts += ["resultaten", *dimensions, UNIT_NAMES[Unit(unit)], *(["gewogen"] if is_weighted else [])]
    return "_".join(parts).replace(" ", "-") + f".{file_format}"


def _build_results(wave: Wave, *, breakdowns: Sequence[str], unit: str, is_weighted: bool) -> Workbook:
    weighting = Weighting.POST_STRATIFIED if is_weighted else Weighting.NONE
    table = _warn_for_small_groups(
        count_answers(wave, unit=unit, dimensions=breakdowns, weighting=weighting),
        minimum=wave.minimum_public_base,
    )
    return build_results_workbook(
        table,
        codebook=build_codebook(load_definition(wave.version), coded=table.coded),
        counted_at=timezone.now(),
    )


def _warn_for_small_groups(table: ResultTable, *, minimum: int) -> ResultTable:
    """Whoever may download may see every figure, but must know which the public does not see."""
    if any(0 < row.units < minimum for row in table.rows):
        return replace(table, caveats=(*table.caveats, SMALL_GROUPS.format(minimum=minimum)))
    return table


def _build_responses(wave: Wave, *, is_statistical: bool) -> Workbook:
    definition = load_definition(wave.version)
    layout = build_layout(
        definition,
        lead=RESPONSE_COLUMNS,
        deviations=list_deviations(wave),
        caveated=list_caveated(wave),
        corrected=list_corrected(wave),
        spread=is_statistical,
    )
    return build_responses_workbook(
        stream_responses(wave, layout=layout, marks_routing=is_statistical),
        response_count=count_responses(wave),
        layout=layout,
        wave=wave,
        caveats=collect_caveats(wave),
        codebook=build_codebook(definition),
        made_at=timezone.now(),
    )


def _build_resolved(wave: Wave, *, is_statistical: bool) -> Workbook:
    definition = load_definition(wave.version)
    layout = build_layout(definition, lead=MUNICIPALITY_COLUMNS, has_provenance=True, spread=is_statistical)
    return build_resolved_workbook(
        stream_resolved(wave, layout=layout),
        municipality_count=count_municipalities(wave),
        layout=layout,
        wave=wave,
        caveats=collect_caveats(wave),
        codebook=build_codebook(definition),
        made_at=timezone.now(),
    )
