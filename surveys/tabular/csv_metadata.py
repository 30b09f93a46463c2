"""What a CSV file has no room for, in a file beside it: CSV on the Web, the standard of the W3C. Pure."""

from typing import Any
from urllib.parse import quote

from surveys.tabular.workbook import Column, Workbook, clean_text
from surveys.tabular.writers.csv import SEPARATOR

CONTENT_TYPE = "application/csvm+json"
CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "nl"}]
DIALECT = {
    "delimiter": SEPARATOR,
    "encoding": "utf-8",
    "header": True,
    "headerRowCount": 1,
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminators": ["\r\n"],
}


def describe_csv(workbook: Workbook, *, url: str) -> dict[str, Any]:
    """The metadata of the file at `url`: its explanation as notes, and what every column says."""
    topics = [column.name for column in workbook.explanation.columns]
    return {
        "@context": CONTEXT,
        "url": url,
        "dc:title": clean_text(workbook.title),
        "notes": [
            dict(zip(topics, (clean_text(str(cell)) for cell in row), strict=True))
            for row in workbook.explanation.rows
        ],
        "dialect": DIALECT,
        "tableSchema": {"columns": [_describe_column(column) for column in workbook.data.columns]},
    }


def _describe_column(column: Column) -> dict[str, Any]:
    """A number that is missing for a reason has the code of that reason in its cell."""
    meaning = column.meaning
    nothing = ["", *meaning.missing] if column.is_number else [""]
    described = {
        "name": quote(column.name, safe=""),
        "titles": column.name,
        "datatype": "number" if column.is_number else "string",
        "null": nothing,
    }
    return described | ({"dc:description": clean_text(meaning.label)} if meaning.label else {})
