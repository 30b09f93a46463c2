"""The responses as a workbook: the wide format, one row per response and one column per question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from surveys.downloads.wide_columns import list_answer_cells, list_answer_columns
from surveys.downloads.workbook import (
    EXPLANATION_COLUMNS,
    Column,
    Row,
    Sheet,
    Workbook,
)
from surveys.questionnaire.answer_values import BLANK, AnswerValue
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.results.table import MISSING_OPTIONS

CONFIDENTIAL = (
    "Dit bestand bevat antwoorden die bij één organisatie horen. Het is alleen voor intern gebruik: "
    "deel het niet en bewaar het niet langer dan nodig is."
)
COLUMN_MEANINGS = (
    ("Kolom respondent", "CBS-code van de gemeente (GM) of code van de jeugdregio (JZ)"),
    (
        "Kolom municipalities",
        "CBS-codes van de gemeenten waarvoor de antwoorden gelden, met spaties ertussen",
    ),
    ("Kolom status", "submitted (ingediend), draft (nog bezig) of excluded (buiten beschouwing)"),
    ("Kolom met een code", "het antwoord; bij meer keuzes staan er spaties tussen de codes"),
    ("Kolom met vraag.rij.kolom", "een vakje van een tabel; bij een typering vraag.dimensie"),
    ("Volgorde", "de codes in de gekozen volgorde, de belangrijkste eerst"),
    ("Datum", "jaar-maand-dag, zoals 2026-11-22"),
    ("Bestand", "de naam van het bestand"),
    ("Kolom met een code en __toelichting", "wat er is ingevuld na 'Anders, namelijk'"),
    ("Lege cel", "niet ingevuld, of niet gesteld volgens de route"),
    *((code, text) for code, text in MISSING_OPTIONS.values()),
)
TEXT_SUFFIX = "__toelichting"


@dataclass(frozen=True, slots=True)
class WideResponse:
    """`values` holds the answers to questions that were asked, by question code."""

    respondent: str
    municipalities: tuple[str, ...]
    status: str
    values: Mapping[str, AnswerValue]


def build_responses_workbook(
    responses: Iterable[WideResponse],
    *,
    response_count: int,
    definition: Definition,
    wave_label: str,
    caveats: Iterable[str],
    codebook: Sheet,
    made_at: datetime,
) -> Workbook:
    questions = list(definition.questions.values())
    explanation = [
        ("Meting", wave_label),
        ("Versie vragenlijst", str(definition.number)),
        ("Vertrouwelijk", CONFIDENTIAL),
        *(("Let op", caveat) for caveat in caveats),
        ("Gemaakt op", date_format(localtime(made_at), "j F Y, H:i")),
        *COLUMN_MEANINGS,
    ]
    return Workbook(
        title=f"{wave_label}: reacties",
        explanation=Sheet("Toelichting", EXPLANATION_COLUMNS, explanation, row_count=len(explanation)),
        data=Sheet(
            name="Reacties",
            columns=_list_columns(questions),
            rows=(_list_cells(response, questions=questions) for response in responses),
            row_count=response_count,
        ),
        questions=(),
        codebook=codebook,
    )


def _list_columns(questions: Sequence[QuestionDefinition]) -> tuple[Column, ...]:
    return (
        Column("respondent", 12),
        Column("municipalities", 24),
        Column("status", 12),
        *(column for question in questions for column in list_answer_columns(question)),
        *(Column(question.code + TEXT_SUFFIX, 30) for question in questions if _asks_text(question)),
    )


def _asks_text(question: QuestionDefinition) -> bool:
    return any(option.asks_text for option in question.options)


def _list_cells(response: WideResponse, *, questions: Sequence[QuestionDefinition]) -> Row:
    values = [response.values.get(question.code, BLANK) for question in questions]
    return (
        response.respondent,
        " ".join(response.municipalities),
        response.status,
        *(
            cell
            for question, value in zip(questions, values, strict=True)
            for cell in list_answer_cells(question, value)
        ),
        *(
            "\n".join(option.text for option in value.options if option.text)
            for question, value in zip(questions, values, strict=True)
            if _asks_text(question)
        ),
    )
