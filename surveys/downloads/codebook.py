"""The codebook: what every code in a file means, one row per question. Pure."""

from collections.abc import Mapping

from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.layout_wording import describe_parts
from surveys.results.table import MISSING_OPTIONS
from surveys.results.themes import CodedQuestion, CodedTheme
from surveys.tabular.workbook import Column, ColumnStyle, Row, Sheet, convert_number

KIND_NAMES = {
    "single": "één keuze",
    "multiple": "meer keuzes",
    "number": "getal",
    "year": "jaar",
    "euro": "bedrag in euro's",
    "percentage": "percentage",
    "text": "tekst",
    "date": "datum",
    "ranking": "volgorde",
    "matrix": "tabel",
    "typology": "typering",
    "file": "bestand",
}
REQUIREMENT_NAMES = {"required": "verplicht", "recommended": "gewenst"}

COLUMNS = (
    Column("vraag", 28),
    Column("tekst", 60, ColumnStyle.LONG_TEXT),
    Column("onderdeel", 28, ColumnStyle.LONG_TEXT),
    Column("maatregel", 22),
    Column("soort", 14),
    Column("antwoorden", 44, ColumnStyle.LONG_TEXT),
    Column("ontbrekende antwoorden", 32, ColumnStyle.LONG_TEXT),
    Column("alleen gesteld na", 40, ColumnStyle.LONG_TEXT),
    Column("verplicht of gewenst", 18),
    Column("eenheid", 12),
    Column("minimum", 12, ColumnStyle.NUMBER),
    Column("maximum", 12, ColumnStyle.NUMBER),
    Column("decimalen", 10, ColumnStyle.NUMBER),
    Column("hulptekst", 50, ColumnStyle.LONG_TEXT),
    Column("definitie", 50, ColumnStyle.LONG_TEXT),
)


NOTHING_CODED: Mapping[str, CodedQuestion] = {}


def build_codebook(definition: Definition, *, coded: Mapping[str, CodedQuestion] = NOTHING_CODED) -> Sheet:
    """Everything a reader needs to understand the codes, in the order in which the questions are asked.

    `coded` are the open questions that the file counts by theme.
    """
    rows = [
        _describe_question(question, section=section, coded=coded.get(question.code))
        for section in definition.sections
        for question in section.questions
    ]
    return Sheet(name="Codeboek", columns=COLUMNS, rows=rows, row_count=len(rows))


def _describe_question(
    question: QuestionDefinition, *, section: SectionDefinition, coded: CodedQuestion | None
) -> Row:
    answers = [_describe_theme(theme) for theme in coded.themes] if coded else describe_parts(question)
    return (
        question.code,
        question.text,
        section.title,
        section.measure,
        f"tekst, ingedeeld in thema's (codeboek versie {coded.version})"
        if coded
        else KIND_NAMES[question.kind],
        "\n".join(answers),
        "\n".join(" = ".join(MISSING_OPTIONS[state]) for state in question.missing),
        " en ".join(
            f"{condition.question} = {' of '.join(condition.any_of)}" for condition in question.conditions
        ),
        REQUIREMENT_NAMES[question.requirement],
        question.unit,
        convert_number(question.minimum),
        convert_number(question.maximum),
        question.decimals if question.is_number else None,
        question.help,
        question.definition,
    )


def _describe_theme(theme: CodedTheme) -> str:
    example = f" Voorbeeld: {theme.example}" if theme.example else ""
    return f"{theme.code} = {theme.name}: {theme.definition}{example}"
