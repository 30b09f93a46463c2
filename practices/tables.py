"""Everything of the library as two tables: the cases, and their facts and figures; the same words as the API."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.query import PageQuerySet

from practices.api import PARTS, FactSerializer, PracticeSerializer
from practices.models import PracticePage
from surveys.tabular.sending import TABLE_FORMATS, send_workbook
from surveys.tabular.workbook import (
    EXPLANATION_COLUMNS,
    Cell,
    Column,
    ColumnStyle,
    Row,
    Sheet,
    Workbook,
    convert_number,
)

# Of the API, what a table of cases leaves out: the facts are a table of their own, the main source is the first one.
NOT_IN_THE_TABLE = ("facts", "source")
CASE_FIELDS = tuple(name for name in PracticeSerializer.Meta.fields if name not in NOT_IN_THE_TABLE)
FACT_FIELDS = FactSerializer.Meta.fields
OF_THE_CASE = ("case", "case_title", "case_url", "sources")
TEXTS = ("outline", "conditions", "costs", "lessons", "setbacks", "parties", "caveats")
NUMBERS = ("year", "low", "high")

EXPLANATION = (
    ("Bron", "De praktijkvoorbeelden op deze site, zoals ze nu openbaar zijn."),
    ("Kolommen", "Dezelfde namen en codes als in de API, onder /api/v1/practices."),
    (
        "Meer codes in een vakje",
        "Staan met een spatie ertussen. Teksten en verbanden staan elk op een eigen regel.",
    ),
    ("Feiten en cijfers", "value is het cijfer zoals het op de pagina staat, met het voorbehoud erbij."),
)


@require_safe
def send_cases(request: HttpRequest, file_format: str) -> HttpResponse:
    """A row per case. Raises Http404 for a format that we do not make."""
    pages = _list_pages()
    return _send(
        "voorbeelden", CASE_FIELDS, map(_write_case, pages), row_count=len(pages), file_format=file_format
    )


@require_safe
def send_facts(request: HttpRequest, file_format: str) -> HttpResponse:
    """A row per fact, with its case in front. Raises Http404 for a format that we do not make."""
    pages = _list_pages()
    return _send(
        "feiten",
        (*OF_THE_CASE, *FACT_FIELDS),
        (row for page in pages for row in _write_facts(page)),
        row_count=sum(len(page.facts.all()) for page in pages),
        file_format=file_format,
    )


def _list_pages() -> PageQuerySet:
    """In a number of queries that does not grow with the cases."""
    return PracticePage.objects.live().order_by("slug").prefetch_related(*PARTS)


def _write_case(page: PracticePage) -> Row:
    case = PracticeSerializer(page).data
    return tuple(_write_cell(name, case[name]) for name in CASE_FIELDS)


def _write_facts(page: PracticePage) -> Iterable[Row]:
    case = PracticeSerializer(page).data
    front = (case["slug"], case["title"], case["url"], _write_cell("sources", case["sources"]))
    for fact in case["facts"]:
        yield (*front, *(_write_cell(name, fact[name]) for name in FACT_FIELDS))


def _write_cell(name: str, value: Any) -> Cell:
    """A list of rows or of texts stands on lines, a list of codes between spaces."""
    if isinstance(value, list):
        if value and isinstance(value[0], Mapping):
            return "\n".join(_write_line(row) for row in value)
        return ("\n" if name in TEXTS else " ").join(value)
    return convert_number(value) if name in NUMBERS else value


def _write_line(row: Mapping[str, Any]) -> str:
    """The values with a bar between them; a yes is the name of its column."""
    return " | ".join(
        name if value is True else str(value) for name, value in row.items() if value not in ("", None, False)
    )


def _send(
    name: str, fields: Iterable[str], rows: Iterable[Row], *, row_count: int, file_format: str
) -> HttpResponse:
    if file_format not in TABLE_FORMATS:
        raise Http404("Dit bestand maken wij niet.")
    columns = tuple(
        Column(field, style=ColumnStyle.NUMBER if field in NUMBERS else ColumnStyle.TEXT) for field in fields
    )
    workbook = Workbook(
        title=f"Praktijkvoorbeelden: {name}",
        explanation=Sheet("uitleg", EXPLANATION_COLUMNS, EXPLANATION, len(EXPLANATION)),
        data=Sheet(name, columns, rows, row_count),
    )
    return send_workbook(workbook, name=f"praktijkvoorbeelden-{name}", file_format=file_format)
