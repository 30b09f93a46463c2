"""The file formats. All write the same workbook; adding one is adding a line to FORMATS."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from surveys.tabular.workbook import Workbook
from surveys.tabular.writers.csv import write_csv
from surveys.tabular.writers.json import write_json
from surveys.tabular.writers.ods import MIME_TYPE as ODS_MIME_TYPE
from surveys.tabular.writers.ods import write_ods
from surveys.tabular.writers.parquet import write_parquet
from surveys.tabular.writers.sav import write_sav
from surveys.tabular.writers.xlsx import write_xlsx


@dataclass(frozen=True, slots=True)
class FileFormat:
    """`code` is also the extension. A format of one table has no room for a sheet per question.

    A statistical one knows variables, with a name, labels and kinds of nothing.
    """

    code: str
    content_type: str
    write: Callable[[Workbook, Path], None]
    has_sheets: bool
    is_statistical: bool = False


FORMATS = {
    file_format.code: file_format
    for file_format in (
        FileFormat(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
            has_sheets=True,
        ),
        FileFormat("ods", ODS_MIME_TYPE, write_ods, has_sheets=True),
        FileFormat("csv", "text/csv; charset=utf-8", write_csv, has_sheets=False),
        FileFormat("json", "application/json", write_json, has_sheets=False),
        FileFormat("sav", "application/x-spss-sav", write_sav, has_sheets=False, is_statistical=True),
        FileFormat(
            "parquet",
            "application/vnd.apache.parquet",
            write_parquet,
            has_sheets=False,
            is_statistical=True,
        ),
    )
}


def write_workbook(
    workbook: Workbook, path: Path, *, file_format: str, report_progress: Callable[[float], None]
) -> None:
    """`report_progress` gets the fraction that is written, from 0 up to 1. Raises TooLargeForFormat."""
    chosen = FORMATS[file_format]
    if not chosen.has_sheets:
        workbook = replace(workbook, questions=())
    chosen.write(workbook.follow(report_progress), path)
