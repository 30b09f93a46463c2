"""The responses as a workbook: the wide format, one row per response and one column per question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from surveys.downloads.wide_columns import list_answer_cells, list_answer_columns
from surveys.offline.wide_format import (
    CAVEAT_SUFFIX,
    CORRECTION_SUFFIX,
    MUNICIPALITIES,
    RESPONDENT,
    STATUS,
    TEXT_SUFFIX,
)
from surveys.questionnaire.answer_values import BLANK, AnswerValue
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.responses.merging import AnswerKey
from surveys.results.table import MISSING_OPTIONS
from surveys.tabular.workbook import (
    EXPLANATION_COLUMNS,
    Column,
    ColumnStyle,
    Row,
    Sheet,
    Workbook,
)

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
    (
        "Kolom status",
        "submitted (ingediend), draft (nog bezig), excluded (buiten beschouwing) of withdrawn (ingetrokken)",
    ),
    ("Kolom met een code", "het antwoord; bij meer keuzes staan er spaties tussen de codes"),
    ("Kolom met vraag.rij.kolom", "een vakje van een tabel; bij een typering vraag.dimensie"),
    ("Volgorde", "de codes in de gekozen volgorde, de belangrijkste eerst"),
    ("Datum", "jaar-maand-dag, zoals 2026-11-22"),
    ("Bestand", "de naam van het bestand"),
    ("Kolom met @ en een CBS-code", "wat de jeugdregio voor die ene gemeente anders antwoordt"),
    ("Kolom met een code en __toelichting", "wat er is ingevuld na 'Anders, namelijk'"),
    (
        "Kolom met een code en __kanttekening",
        "wat de respondent bij het antwoord gelezen wil hebben; noem die alleen met naam als dat mag",
    ),
    (
        "Kolom met een code en __correctie",
        "wat de onderzoekers na het indienen in het antwoord wijzigden: wat er stond, waarom, wanneer en door wie",
    ),
    ("Lege cel", "niet ingevuld, of niet gesteld volgens de route"),
    *((code, text) for code, text in MISSING_OPTIONS.values()),
)

# A question, and the code of the municipality for which a region deviates, "" for the response's own answer.
AskedOf = tuple[QuestionDefinition, str]


@dataclass(frozen=True, slots=True)
class WideResponse:
    """`values` holds the answers to questions that were asked, with deviations; `corrections` says what was changed."""

    respondent: str
    municipalities: tuple[str, ...]
    status: str
    values: Mapping[AnswerKey, AnswerValue]
    corrections: Mapping[AnswerKey, str]


def build_responses_workbook(
    responses: Iterable[WideResponse],
    *,
    response_count: int,
    definition: Definition,
    deviations: Iterable[AnswerKey],
    caveated: Iterable[AnswerKey],
    corrected: Iterable[AnswerKey],
    wave_label: str,
    caveats: Iterable[str],
    codebook: Sheet,
    made_at: datetime,
) -> Workbook:
    """A column for each of the `deviations`, the questions that a region answers otherwise for a municipality.

    `caveated` are the answers to which somebody added a caveat, `corrected` those that researchers changed: a column
    for each of these too.
    """
    questions = definition.questions
    asked = [(question, "") for question in questions.values()]
    asked += ((questions[code], municipality) for code, municipality in deviations)
    caveated, corrected = tuple(caveated), tuple(corrected)
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
            columns=_list_columns(asked, caveated=caveated, corrected=corrected),
            rows=(
                _list_cells(response, asked=asked, caveated=caveated, corrected=corrected)
                for response in responses
            ),
            row_count=response_count,
        ),
        questions=(),
        codebook=codebook,
    )


def _list_columns(
    asked: Sequence[AskedOf], *, caveated: Sequence[AnswerKey], corrected: Sequence[AnswerKey]
) -> tuple[Column, ...]:
    return (
        Column(RESPONDENT, 12),
        Column(MUNICIPALITIES, 24),
        Column(STATUS, 12),
        *(
            replace(column, name=_name_column(column.name, municipality))
            for question, municipality in asked
            for column in list_answer_columns(question)
        ),
        *(
            Column(_name_column(question.code + TEXT_SUFFIX, municipality), 30)
            for question, municipality in asked
            if _asks_text(question)
        ),
        *(
            Column(_name_column(code + suffix, municipality), 30, ColumnStyle.LONG_TEXT)
            for suffix, keys in ((CAVEAT_SUFFIX, caveated), (CORRECTION_SUFFIX, corrected))
            for code, municipality in keys
        ),
    )


def _name_column(name: str, municipality: str) -> str:
    return f"{name}@{municipality}" if municipality else name


def _asks_text(question: QuestionDefinition) -> bool:
    return any(option.asks_text for option in question.options)


def _list_cells(
    response: WideResponse,
    *,
    asked: Sequence[AskedOf],
    caveated: Sequence[AnswerKey],
    corrected: Sequence[AnswerKey],
) -> Row:
    values = [response.values.get((question.code, municipality), BLANK) for question, municipality in asked]
    return (
        response.respondent,
        " ".join(response.municipalities),
        response.status,
        *(
            cell
            for (question, _), value in zip(asked, values, strict=True)
            for cell in list_answer_cells(question, value)
        ),
        *(
            "\n".join(option.text for option in value.options if option.text)
            for (question, _), value in zip(asked, values, strict=True)
            if _asks_text(question)
        ),
        *(response.values.get(key, BLANK).caveat for key in caveated),
        *(response.corrections.get(key, "") for key in corrected),
    )
