"""The responses as a workbook: the wide format, one row per response and one column per question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from surveys.downloads.workbook import (
    EXPLANATION_COLUMNS,
    Cell,
    Column,
    ColumnStyle,
    Row,
    Sheet,
    Workbook,
    convert_number,
)
from surveys.questionnaire.answer_values import BLANK, AnswerState, AnswerValue
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
        *(
            Column(question.code, 24, ColumnStyle.NUMBER if question.is_number else ColumnStyle.TEXT)
            for question in questions
        ),
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
        *(_convert_value(value) for value in values),
        *(
            "\n".join(option.text for option in value.options if option.text)
            for question, value in zip(questions, values, strict=True)
            if _asks_text(question)
        ),
    )


def _convert_value(value: AnswerValue) -> Cell:
    if value.state is AnswerState.BLANK:
        return None
    if value.state is not AnswerState.GIVEN:
        return MISSING_OPTIONS[value.state][0]
    if value.options:
        return " ".join(option.code for option in value.options)
    return value.text if value.number is None else convert_number(value.number)
