"""A small table as the answer to a request: a list of hundreds of rows needs no job in the background."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse

from surveys.tabular.workbook import Workbook
from surveys.tabular.writers import FORMATS

# What a list on a screen can be had as.
TABLE_FORMATS = ("csv", "xlsx", "ods")


def send_workbook(workbook: Workbook, *, name: str, file_format: str) -> HttpResponse:
    """The workbook as a download called `name` with the extension of the format; no cache keeps it.

    Raises KeyError for an unknown format.
    """
    chosen = FORMATS[file_format]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{chosen.code}"
        chosen.write(workbook, path)
        content = path.read_bytes()
    return HttpResponse(
        content,
        headers={
            "Content-Type": chosen.content_type,
            "Content-Disposition": f'attachment; filename="{name}.{chosen.code}"',
            "Cache-Control": "private, no-store",
        },
    )
