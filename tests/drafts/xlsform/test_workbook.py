"""Excel files with an XLSForm in them: cells of every kind, and files that are something else."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.drafts.xlsform.reading import ReadForm, read_sheets
from surveys.drafts.xlsform.sheets import COLUMNS, RawRow, RawSheet
from surveys.drafts.xlsform.workbook import read_workbook
from surveys.offline.spreadsheets import UnreadableSpreadsheet
from tests.drafts.xlsform.forms import list_remarks, make_excel

MEGABYTE = 1_000_000
CODE_REFUSED = "De code moet met een kleine letter beginnen; daarna mogen kleine letters, cijfers, _ en -."


def read(content: bytes) -> ReadForm:
    return read_workbook(content, maximum_bytes=MEGABYTE, fallback_title="Formulier")


def read_excel(*rows: list[object], choices: tuple[list[object], ...] = (), **rest: object) -> ReadForm:
    survey = [["type", "name", "label", "required", "relevant"], *rows]
    return read(make_excel({"survey": survey, "choices": [["list_name", "name", "label"], *choices]}, **rest))


def test_cells_are_read_as_they_were_meant():
    form = read_excel(
        ["  select_one   jn ", " q ", "Doet u mee? \xa0", True, None],
        [],
        ["integer", "fte", 2026, 0, "${q} = 'ja'"],
        ["text", "dag", datetime.date(2026, 1, 31), 1.0, ""],
        choices=(["jn ", "ja ", " Ja"], ["jn", "nee", 0.5], ["jn", "vijf", 5.0]),
    )
    assert form.problems == ()
    questions = form.definition.questions
    assert [question.text for question in questions.values()] == [
        "Doet u mee?",
        "2026",
        "2026-01-31",
    ]
    assert [question.requirement for question in questions.values()] == [
        "required",
        "recommended",
        "required",
    ]
    assert [option.text for option in questions["q"].options] == ["Ja", "0.5", "5"]


def test_codes_that_are_numbers_are_refused_at_their_row():
    form = read_excel(["select_one jn", "q", "Q?"], choices=(["jn", 1, "Ja"], ["jn", 2.0, "Nee"]))
    assert list_remarks(form.problems) == [("choices", 2, CODE_REFUSED), ("choices", 3, CODE_REFUSED)]


def test_a_number_in_an_expression_is_no_text():
    form = read_excel(
        ["select_one jn", "q", "Q?"], ["text", "r", "R?", None, "${q} = 1"], choices=(["jn", 1, "Ja"],)
    )
    assert ("choices", 2, CODE_REFUSED) in list_remarks(form.problems)


def test_a_formula_is_refused():
    form = read_excel(["text", "q", '=CONCATENATE("Wat", "?")'])
    assert list_remarks(form.problems) == [
        ("survey", 2, "In 'label' staat een formule. Zet er de uitkomst zelf in.")
    ]


def test_a_title_over_merged_cells_is_refused_with_what_to_do():
    rows = [["Vragenlijst wijkteams", None, None], ["type", "name", "label"], ["text", "q", "Q?"]]
    form = read(make_excel({"survey": rows}, merged={"survey": "A1:C1"}))
    assert list_remarks(form.problems) == [
        (
            "survey",
            1,
            "In de eerste rij ontbreken 'type' en 'name'. In rij 2 staan ze wel: haal de rijen erboven weg.",
        )
    ]


def test_names_of_sheets_are_read_as_people_type_them():
    form = read(
        make_excel({"Survey ": [["type", "name", "label"], ["text", "q", "Q?"]], "Notities": [["los"]]})
    )
    assert form.definition is not None
    assert list_remarks(form.left_out) == [("Notities", None, "Dit blad hoort niet bij een vragenlijst.")]


def test_a_column_without_a_name_is_left_out():
    form = read(make_excel({"survey": [["type", "name", "label", None], ["text", "q", "Q?", "nog iets"]]}))
    assert list_remarks(form.left_out) == [("survey", 1, "Kolom 4 heeft geen naam.")]


def make_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"type,name,label\n", "geen Excel-werkmap"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"oud", "oud formaat"),
        (b"x" * (MEGABYTE + 1), "hoogstens 1 MB"),
        (make_bomb(), "veel te groot"),
    ],
    ids=["empty", "csv", "xls", "large", "bomb"],
)
def test_another_file_is_refused_before_it_is_read(content, words):
    with pytest.raises(UnreadableSpreadsheet, match=words):
        read(content)


WORDS = st.sampled_from(
    [
        "text", "integer", "decimal", "select_one a", "select_multiple a or_other", "rank a", "note", "begin_group",
        "end_group", "begin_repeat", "end_repeat", "start", "geopoint", "a", "b", "yes", "${a} = 'b'", "${a}", ". > 1",
        "matrix", "typology", "year", "[]", "[{}]", '[{"kind": "range"}]', "1", "-1", "9" * 400, "a.rows", "a.columns",
        "label::en", "",
    ]
) | st.text(max_size=5)  # fmt: skip
CELLS = st.dictionaries(st.integers(1, 23), st.none() | WORDS, max_size=12)


def make_raw_sheet(name: str) -> st.SearchStrategy[RawSheet]:
    headings = st.just(dict(enumerate(COLUMNS.get(name, ("type",)), start=1))) | CELLS
    return st.builds(
        lambda heading, rows: RawSheet(
            name, tuple(RawRow(number, row) for number, row in enumerate([heading, *rows], 1))
        ),
        headings,
        st.lists(CELLS, max_size=8),
    )


@given(make_raw_sheet("survey"), make_raw_sheet("choices"), make_raw_sheet("settings"))
def test_whatever_stands_in_the_cells_gives_a_definition_or_reasons(survey, choices, settings):
    form = read_sheets([survey, choices, settings], fallback_title="Formulier")
    assert (form.definition is None) == bool(form.problems)
    assert all(remark.reason.endswith(".") for remark in (*form.problems, *form.left_out))
