"""A small fixed table with everything that breaks files, and what the files must say about it."""

from datetime import UTC, date, datetime

from surveys.downloads.codebook import build_codebook
from surveys.downloads.results_workbook import build_results_workbook
from surveys.questionnaire.definition import (
    ConditionDefinition,
    Definition,
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
)
from surveys.results.table import ResultRow, ResultTable
from surveys.tabular.workbook import Workbook

COUNTED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

DEFINITION = Definition(
    survey="maatregelen",
    title="Maatregelen",
    number=1,
    sections=(
        SectionDefinition(
            code="poh",
            title="Ondersteuner <huisarts> & meer",
            measure="poh-jeugd",
            questions=(
                QuestionDefinition(
                    code="ondersteuner_huisarts",
                    kind="single",
                    text='Is er een "ondersteuner"; bij de huisarts?',
                    requirement="required",
                    options=(
                        OptionDefinition("ja", "Ja"),
                        OptionDefinition("overig", "Overig", asks_text=True),
                    ),
                    missing=("dont_know",),
                ),
                QuestionDefinition(
                    code="ondersteuner_huisarts_met_zorgverzekeraar_samen",
                    kind="multiple",
                    text="Met wie?\nMeer antwoorden mogelijk.",
                    requirement="recommended",
                    options=(OptionDefinition("a", "=1+1"), OptionDefinition("b", "'s-Hertogenbosch")),
                    conditions=(ConditionDefinition("ondersteuner_huisarts", ("ja", "overig")),),
                    help="Denk aan 🧭 en\tmeer.",
                ),
                QuestionDefinition(
                    code="ondersteuner_huisarts_met_zorgverzekeraar_kosten",
                    kind="euro",
                    text="Wat kost het?",
                    requirement="recommended",
                    unit="euro",
                    decimals=2,
                ),
            ),
        ),
    ),
)

# Each as a group, an answer and a note: the places where people's own words and names end up.
NASTY_TEXTS = (
    "'s-Hertogenbosch",
    "=1+1",
    '=HYPERLINK("https://voorbeeld.invalid";"klik")',
    "+31 6 12345678",
    "-5 %; minder dan vorig jaar",
    "@gemeente",
    "\tmet een tab",
    "\rmet een regeleinde",
    'Zij zei: "nee"; en toen, ja',
    "regel één\nregel twee\r\nregel drie",
    "twee  spaties  en aan het eind  ",
    "emoji 👩‍👧 en e\u0301 en Súdwest-Fryslân",
    "nul\x00teken, \x0bverticale tab en half paar \ud83d",
    "<b>&amp; ]]> _x0041_",
    "#weet_niet",
    "1.234,5",
    "TRUE",
)


def build_row(**values: object) -> ResultRow:
    row = {
        "wave": "2022",
        "version": 1,
        "measure": "poh-jeugd",
        "question": "ondersteuner_huisarts",
        "question_text": 'Is er een "ondersteuner"; bij de huisarts?',
        "option": "ja",
        "option_text": "Ja",
        "unit": "municipality",
        "dimension_1": "",
        "group_1": "",
        "dimension_2": "",
        "group_2": "",
        "n": 1,
        "base": 3,
        "share": 1 / 3,
        "lower": None,
        "upper": None,
        "status": "ok",
        "note": "",
    }
    return ResultRow(**(row | values))


def build_table() -> ResultTable:
    rows = [
        build_row(),
        build_row(option="nee", option_text="Nee", n=0, share=0.0),
        build_row(option="#weet_niet", option_text="Weet ik niet", n=12, base=None, share=None),
        build_row(
            n=None, base=None, share=None, status="suppressed", dimension_1="province", group_1="Fryslân"
        ),
        build_row(n=0, base=0, share=None, status="no_data", dimension_1="province", group_1="Zeeland"),
    ]
    rows += [
        build_row(
            question="ondersteuner_huisarts_met_zorgverzekeraar_samen",
            question_text="Met wie?\nMeer antwoorden mogelijk.",
            dimension_1="youth_region",
            group_1=text,
            option_text=text,
            note=text,
            n=17_590_672,
            base=17_590_672,
            share=1.0,
        )
        for text in NASTY_TEXTS
    ]
    return ResultTable(
        wave="2022",
        wave_title="Meting 2022",
        version=1,
        unit="municipality",
        dimensions=("province", "youth_region"),
        reference_date=date(2022, 1, 1),
        base_rule="Gemeenten die de vraag beantwoordden.",
        caveats=("De antwoorden zijn verzonnen.",),
        rows=tuple(rows),
        dimension_names={"province": "provincie", "youth_region": "jeugdregio"},
    )


def build_workbook() -> Workbook:
    return build_results_workbook(
        build_table(),
        codebook=build_codebook(DEFINITION),
        counted_at=COUNTED_AT,
    )


def list_cells(workbook: Workbook) -> dict[str, list[list[object]]]:
    """What every sheet must hold, row by row, with the heading and the column names above it."""
    return {
        sheet.name: [
            *([line] for line in sheet.heading),
            [column.name for column in sheet.columns],
            *(list(row) for row in sheet.rows),
        ]
        for sheet in workbook.sheets
    }
