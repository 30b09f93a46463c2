import csv
import io
import json

import openpyxl
import pytest

from surveys.tabular.sending import send_workbook
from surveys.tabular.workbook import EXPLANATION_COLUMNS, Column, Sheet, Workbook

BOOK = Workbook(
    title="Lijst",
    explanation=Sheet("Toelichting", EXPLANATION_COLUMNS, [("Meting", "Proef")], row_count=1),
    data=Sheet("Gemeenten", (Column("naam"), Column("aantal")), [("=1+1", 3), ("Leiden", None)], row_count=2),
)


@pytest.mark.parametrize("code", ["csv", "xlsx", "ods", "json"])
def test_every_format_is_a_download_that_nobody_keeps(code):
    response = send_workbook(BOOK, name="lijst_2026", file_format=code)

    assert response["Content-Disposition"] == f'attachment; filename="lijst_2026.{code}"'
    assert response["Cache-Control"] == "private, no-store"
    assert response.content


def test_a_formula_stays_a_text():
    content = send_workbook(BOOK, name="lijst", file_format="csv").content.decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(send_workbook(BOOK, name="lijst", file_format="xlsx").content))[
        "Gemeenten"
    ]

    assert list(csv.reader(io.StringIO(content), delimiter=";"))[1] == ["'=1+1", "3"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_what_does_not_fit_in_the_format_is_said_with_what_to_take_instead():
    sheet = Sheet("Codeboek", (Column("antwoorden"),), [("x" * 32_768,)], row_count=1)
    book = Workbook("Codeboek", BOOK.explanation, sheet)

    response = send_workbook(book, name="codeboek", file_format="xlsx")

    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "Een antwoord is te lang voor een cel in Excel. Kies CSV.\n"
    assert send_workbook(book, name="codeboek", file_format="csv").status_code == 200


def test_without_a_codebook_there_is_no_sheet_or_key_for_one():
    book = openpyxl.load_workbook(io.BytesIO(send_workbook(BOOK, name="lijst", file_format="xlsx").content))
    content = json.loads(send_workbook(BOOK, name="lijst", file_format="json").content)

    assert book.sheetnames == ["Toelichting", "Gemeenten"]
    assert list(content) == ["title", "explanation", "rows"]
    assert content["rows"] == [{"naam": "=1+1", "aantal": 3}, {"naam": "Leiden", "aantal": None}]
