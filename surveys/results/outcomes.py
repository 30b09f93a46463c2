"""What can be counted or measured at one question, by the codes and texts of the rows of a result table. Pure."""

from dataclasses import dataclass

from surveys.questionnaire.definition import NUMBER_KINDS, NumberLimits, QuestionDefinition

KIND_UNITS = {"euro": "euro", "percentage": "procent", "year": "jaar"}
# What has a sum: years and percentages of different units add up to nothing.
SUMMED_KINDS = ("number", "euro")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that a unit chose: an option, an option at a place of a ranking, or in a cell of a table."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A number that a unit filled in; `place` is "" for the question itself, `<row>:<column>` in a table."""

    place: str
    text: str
    unit: str
    has_sum: bool


def name_ranked(option: str, *, place: int) -> str:
    return f"{option}@{place}"


def name_cell(row: str, column: str) -> str:
    """Of a table; a typology has no columns."""
    return f"{row}:{column}" if column else row


def name_cell_choice(row: str, column: str, *, option: str) -> str:
    return f"{name_cell(row, column)}={option}"


def list_outcomes(question: QuestionDefinition) -> list[Outcome]:
    """What can be chosen, in the order of the questionnaire; nothing at an open question."""
    if question.is_choice:
        return [Outcome(option.code, option.text) for option in question.options]
    if question.kind == "ranking":
        return [
            Outcome(name_ranked(option.code, place=place), f"{option.text} op plaats {place}")
            for option in question.options
            for place in range(1, question.places + 1)
        ]
    if question.kind == "typology":
        return [
            Outcome(
                name_cell_choice(dimension.code, "", option=option.code), f"{dimension.text}: {option.text}"
            )
            for dimension in question.dimensions
            for option in dimension.options
        ]
    return [
        Outcome(
            name_cell_choice(row.code, column.code, option=option.code),
            f"{row.text}, {column.text}: {option.text}",
        )
        for row in question.rows
        for column in question.columns
        for option in column.options
    ]


def list_measured(question: QuestionDefinition) -> list[Measured]:
    """The numbers that are asked; none at a question without numbers."""
    if question.kind in NUMBER_KINDS:
        return [_measure("", "", limits=question)]
    return [
        _measure(name_cell(row.code, column.code), f"{row.text}, {column.text}", limits=column)
        for row in question.rows
        for column in question.columns
        if column.is_number
    ]


def _measure(place: str, text: str, *, limits: NumberLimits) -> Measured:
    return Measured(
        place, text, limits.unit or KIND_UNITS.get(limits.kind, ""), has_sum=limits.kind in SUMMED_KINDS
    )
