"""A small table as the answer to a request: a list of hundreds of rows needs no job in the background."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse, JsonResponse

from surveys.tabular.csv_metadata import CONTENT_TYPE, describe_csv
from surveys.tabular.workbook import TooLargeForFormat, Workbook
from surveys.tabular.writers import FORMATS

# What a list on a screen can be had as.
TABLE_FORMATS = ("csv", "xlsx", "ods")


# What a CSV file has no room for, beside it.
CSV_METADATA = "csv-metadata.json"


def send_workbook(workbook: Workbook, *, name: str, file_format: str, address: str = "") -> HttpResponse:
    """The workbook as a download called `name` with the extension of the format; no cache keeps it.

    With the `address` of the CSV file its metadata is a format too, at that address but for the extension, and the
    CSV file leads to it. What does not fit in the format is a 404 that says what to take instead. Raises KeyError for
    an unknown format.
    """
    if address and file_format == CSV_METADATA:
        return _send_csv_metadata(workbook, name=name, address=address)
    chosen = FORMATS[file_format]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{chosen.code}"
        try:
            chosen.write(workbook, path)
        except TooLargeForFormat as error:
            return HttpResponse(f"{error}\n", status=404, content_type="text/plain; charset=utf-8")
        content = path.read_bytes()
    response = HttpResponse(
        content,
        headers={
            "Content-Type": chosen.content_type,
            "Content-Disposition": f'attachment; filename="{name}.{chosen.code}"',
            "Cache-Control": "private, no-store",
        },
    )
    if address and file_format == "csv":
        metadata = address.replace(".csv", f".{CSV_METADATA}", 1)
        response["Link"] = f'<{metadata}>; rel="describedby"; type="{CONTENT_TYPE}"'
    return response


def _send_csv_metadata(workbook: Workbook, *, name: str, address: str) -> HttpResponse:
    return JsonResponse(
        describe_csv(workbook, url=address),
        content_type=CONTENT_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{CSV_METADATA}"',
            "Cache-Control": "private, no-store",
        },
    )
