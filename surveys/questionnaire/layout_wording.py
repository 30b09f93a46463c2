"""What a question consists of besides its text, in words and with the codes that files use. Pure."""

from surveys.questionnaire.day_parsing import describe_days
from surveys.questionnaire.definition import ColumnDefinition, OptionDefinition, QuestionDefinition

COLUMN_KIND_NAMES = {
    "number": "getal",
    "euro": "bedrag in euro's",
    "percentage": "percentage",
    "single": "één keuze",
}


def describe_parts(question: QuestionDefinition) -> list[str]:
    """One line per option, row, column, dimension or limit; none for a question that is just one field."""
    lines = [
        f"{option.code} = {option.text}{' (met toelichting)' if option.asks_text else ''}"
        for option in question.options
    ]
    lines += [f"rij {row.code} = {row.text}" for row in question.rows]
    lines += [describe_column(column) for column in question.columns]
    lines += [
        f"{dimension.code} = {dimension.text}: {list_codes(dimension.options)}"
        for dimension in question.dimensions
    ]
    if question.kind == "ranking":
        lines.append(f"hoogstens {question.places} op volgorde")
    if days := describe_days(question):
        lines.append(days)
    if question.kind == "file":
        lines.append(f"{', '.join(question.accepts)}, hoogstens {question.maximum_megabytes} MB")
    return lines


def describe_column(column: ColumnDefinition) -> str:
    kind = column.unit or COLUMN_KIND_NAMES[column.kind]
    options = f": {list_codes(column.options)}" if column.options else ""
    return f"kolom {column.code} = {column.text} ({kind}){options}"


def list_codes(options: tuple[OptionDefinition, ...]) -> str:
    return ", ".join(f"{option.code} = {option.text}" for option in options)
