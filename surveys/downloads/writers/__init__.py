"""The file formats. All write the same workbook; adding one is adding a line to FORMATS."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from surveys.downloads.workbook import Workbook
from surveys.downloads.writers.csv import write_csv
from surveys.downloads.writers.json import write_json
from surveys.downloads.writers.ods import MIME_TYPE as ODS_MIME_TYPE
from surveys.downloads.writers.ods import write_ods
from surveys.downloads.writers.xlsx import write_xlsx


@dataclass(frozen=True, slots=True)
class FileFormat:
    """`code` is also the extension of the file."""

    code: str
    content_type: str
    write: Callable[[Workbook, Path], None]


FORMATS = {
    file_format.code: file_format
    for file_format in (
        FileFormat(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
        ),
        FileFormat("ods", ODS_MIME_TYPE, write_ods),
        FileFormat("csv", "text/csv; charset=utf-8", write_csv),
        FileFormat("json", "application/json", write_json),
    )
}
