"""What leaves as an XLSForm comes back as the same definition, and other programs can read it."""

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyxform.xls2xform import convert

from surveys.drafts.xlsform.reading import read_sheets
from surveys.drafts.xlsform.workbook import make_workbook, read_workbook
from surveys.drafts.xlsform.writing import NotWritable, write_sheets
from surveys.questionnaire.definition import (
    Definition,
    OptionDefinition,
    QuestionDefinition,
    RuleDefinition,
    SectionDefinition,
)
from surveys.questionnaire.definition_file import read_definition
from surveys.tabular.writers.xlsx import write_xlsx
from tests.questionnaire.definition_strategies import definitions
from tests.questionnaire.definitions import read_composed_kinds, read_every_kind

SHIPPED = sorted(Path("surveys/questionnaire/definitions").glob("*.toml"))
MEGABYTE = 1_000_000


def change_question(definition: Definition, code: str, **changes: object) -> Definition:
    def change(question: QuestionDefinition) -> QuestionDefinition:
        return replace(question, **changes) if question.code == code else question

    sections = (replace(each, questions=tuple(map(change, each.questions))) for each in definition.sections)
    return replace(definition, sections=tuple(sections))


def make_clashes() -> Definition:
    """Sections called as questions and as what programs keep for themselves, and texts that look like references."""
    definition = read_every_kind()
    work, numbers = definition.sections
    return replace(
        definition,
        title="Kosten ${fte} en ${niets}",
        sections=(
            replace(work, code="doet_mee", intro="Vul ${fte} in,\nook bij ${niets}."),
            replace(numbers, code="meta", title="${"),
        ),
    )


def make_odd_texts() -> tuple[SectionDefinition, ...]:
    work, numbers = read_every_kind().sections
    options = [
        OptionDefinition("ja", "007"),
        OptionDefinition("nee", "1"),
        OptionDefinition("anders", "TRUE"),
    ]
    question = replace(
        work.questions[0], text="'tekst", help="=A1", definition="a\tb\n\nc", options=tuple(options)
    )
    return (replace(work, title="-5", intro="+31", questions=(question, *work.questions[1:])), numbers)


DEFINITIONS = {path.stem: read_definition(path) for path in SHIPPED} | {
    "every kind": read_every_kind(),
    "composed kinds": read_composed_kinds(),
    "clashes": make_clashes(),
    "texts that look like something else": replace(
        read_every_kind(), title="=1+1", source="_x0041_ #N/A", sections=make_odd_texts()
    ),
    "rules in words": change_question(
        read_composed_kinds(),
        "inwoners",
        rules=(
            RuleDefinition("range", "block", message="Meer dan ${0} = fout.", minimum=Decimal("0.50")),
            RuleDefinition("range", "warn", maximum=Decimal(100)),
        ),
        decimals=1,
    ),
    "a negative column": change_question(
        read_composed_kinds(),
        "zorg",
        columns=tuple(
            replace(column, minimum=Decimal(-3)) if column.code == "clienten" else column
            for column in read_composed_kinds().questions["zorg"].columns
        ),
    ),
    "negative": change_question(
        read_composed_kinds(),
        "inwoners",
        minimum=Decimal(-50),
        rules=(RuleDefinition("range", "block", message="Wel veel.", minimum=Decimal(-10)),),
        change="clarifying",
    ),
}


def write_file(definition: Definition, folder: Path) -> Path:
    path = folder / "vragenlijst.xlsx"
    write_xlsx(make_workbook(definition), path)
    return path


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_questionnaire_comes_back_identical_through_excel(name, tmp_path):
    definition = DEFINITIONS[name]
    content = write_file(definition, tmp_path).read_bytes()
    form = read_workbook(content, maximum_bytes=MEGABYTE, fallback_title="")
    assert form.problems == ()
    assert form.left_out == ()
    assert form.definition.as_dict() == definition.as_dict()
    assert form.definition.checksum == definition.checksum


@pytest.mark.parametrize("name", DEFINITIONS)
def test_the_reference_reader_accepts_it_without_a_warning(name, tmp_path):
    warnings: list[str] = []
    content = write_file(DEFINITIONS[name], tmp_path).read_bytes()
    converted = convert(io.BytesIO(content), warnings=warnings, file_type=".xlsx")
    assert warnings == []
    for code in DEFINITIONS[name].questions:
        assert f"<{code}/>" in converted.xform


@given(definitions())
def test_every_questionnaire_comes_back_identical(definition):
    grids = write_sheets(definition)
    form = read_sheets([grid.as_read() for grid in grids], fallback_title="")
    assert (form.problems, form.left_out) == ((), ())
    assert form.definition.as_dict() == definition.as_dict()


@settings(max_examples=10)
@given(definitions(most_questions=6))
def test_the_reference_reader_accepts_every_questionnaire(definition):
    sheets = {
        grid.name: [dict(zip(grid.columns, row, strict=True)) for row in grid.rows]
        for grid in write_sheets(definition)
    }
    filled = {
        name: [{key: cell for key, cell in row.items() if cell} for row in rows]
        for name, rows in sheets.items()
    }
    assert convert(filled).xform.count("<bind ") > len(definition.questions)


def read_survey_cells(definition: Definition) -> dict[str, dict[str, str]]:
    """The filled cells of the survey sheet by the name of their row."""
    (survey,) = (grid for grid in write_sheets(definition) if grid.name == "survey")
    rows = [dict(zip(survey.columns, row, strict=True)) for row in survey.rows]
    return {row["name"]: {key: cell for key, cell in row.items() if cell} for row in rows}


def test_what_xlsform_knows_is_said_in_its_own_words():
    rows = read_survey_cells(read_every_kind())
    assert rows["werk"] == {
        "type": "begin_group", "name": "werk", "label": "Werk", "appearance": "field-list",
        "mm_more": "Nog meer daarover.",
    }  # fmt: skip
    assert rows["werk_inleiding"] == {"type": "note", "name": "werk_inleiding", "label": "Over het werk."}
    assert rows["manieren"] == {
        "type": "select_multiple manieren",
        "name": "manieren",
        "label": "Op welke manieren?",
        "hint": "U kunt meer dan één antwoord kiezen.",
        "guidance_hint": "Manier: hoe u het doet.",
        "relevant": "selected(${doet_mee}, 'ja') or selected(${doet_mee}, 'anders')",
    }
    assert rows["fte"]["type"] == "decimal"
    assert rows["fte"]["constraint"] == ". >= 0.5 and . <= 500"
    assert rows["fte"]["relevant"] == "selected(${doet_mee}, 'ja') and selected(${manieren}, 'alleen')"
    assert (rows["sinds"]["type"], rows["sinds"]["mm_kind"]) == ("integer", "year")
    assert rows["doet_mee"]["required"] == "yes"
    composed = read_survey_cells(read_composed_kinds())
    assert composed["begin"]["constraint"] == ". >= date('2015-01-01') and . <= date('2026-12-31')"
    assert composed["plan"]["body::accept"] == ".pdf,.xlsx"
    assert composed["doelen"]["type"] == "rank doelen"
    worded = read_survey_cells(DEFINITIONS["rules in words"])["inwoners"]
    assert worded["constraint"] == ". >= 0.5"
    assert worded["constraint_message"] == "Meer dan $\N{WORD JOINER}{0} = fout."


def find_reasons(definition: Definition) -> list[str]:
    with pytest.raises(NotWritable) as error:
        write_sheets(definition)
    return error.value.problems


def test_an_unfinished_questionnaire_is_not_written():
    definition = change_question(read_every_kind(), "doet_mee", text="")
    assert find_reasons(definition) == ["vraag 'doet_mee': 'text' ontbreekt."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 32_768, "deze tekst is te lang voor een cel in Excel."),
        ("bel\x07", "in deze tekst staan tekens die niet in een Excel-bestand passen."),
        ("regel\r\neinde", "in deze tekst staan tekens die niet in een Excel-bestand passen."),
    ],
)
def test_what_a_cell_cannot_hold_is_not_written(text, reason):
    definition = change_question(read_every_kind(), "fte", help=text)
    assert find_reasons(definition) == [f"survey, fte, 'hint': {reason}"]


def test_nothing_is_written_that_would_come_back_otherwise():
    definition = change_question(read_every_kind(), "fte", help="spatie ")
    assert find_reasons(definition) == [
        "In een tekst staat aan het begin of het eind een spatie of een lege regel. Haal die weg."
    ]
