"""What must hold of the parts that belong to one kind of question: options, numbers, tables, days, files. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from surveys.questionnaire.code_checks import check_code, check_text, check_uniqueness
from surveys.questionnaire.definition import (
    COLUMN_KINDS,
    FILE_EXTENSIONS,
    LARGEST_NUMBER,
    MISSING_STATES,
    ColumnDefinition,
    DimensionDefinition,
    OptionDefinition,
    QuestionDefinition,
)

RESERVED_OPTION_CODES = ("given", "blank", *MISSING_STATES)

# What the database has room for.
LINE_TEXT_LENGTH = 300
UNIT_LENGTH = 40
MAXIMUM_DECIMALS = 3

# A table with more cells than this cannot be read any more, on paper or on a screen.
MAXIMUM_CELLS = 200
LARGEST_FILE_MEGABYTES = 25

# The keys that belong to one kind of question only.
KINDS_OF_KEY = {
    "options": ("single", "multiple", "ranking"),
    "rows": ("matrix",),
    "columns": ("matrix",),
    "dimensions": ("typology",),
    "maximum_ranked": ("ranking",),
    "earliest": ("date",),
    "latest": ("date",),
    "accepts": ("file",),
    "maximum_megabytes": ("file",),
}


def check_layout(question: QuestionDefinition) -> Iterator[str]:
    """Dutch sentences; the kind of the question must be a known one."""
    for key, kinds in KINDS_OF_KEY.items():
        if getattr(question, key) and question.kind not in kinds:
            yield f"'{key}' hoort niet bij een vraag van de soort '{question.kind}'."
    yield from check_numbers(question)
    match question.kind:
        case "single" | "multiple" | "ranking":
            yield from check_options(question.options, owner="een keuzevraag")
        case "matrix":
            yield from check_table(question)
        case "typology":
            yield from check_dimensions(question.dimensions)
        case "date":
            if question.earliest and question.latest and question.earliest > question.latest:
                yield "de dag bij 'earliest' ligt na die bij 'latest'."
        case "file":
            yield from check_file_limits(question)
    if question.kind == "ranking":
        yield from check_ranking(question)


def check_options(options: Sequence[OptionDefinition], *, owner: str) -> Iterator[str]:
    if len(options) < 2:
        yield f"{owner} heeft minstens twee antwoorden nodig."
    yield from check_uniqueness((option.code for option in options), noun="antwoord")
    for option in options:
        problems = chain(
            check_code(option.code),
            check_text("text", option.text, length=LINE_TEXT_LENGTH),
            ["deze code betekent al een soort 'geen antwoord'."]
            if option.code in RESERVED_OPTION_CODES
            else [],
        )
        yield from (f"antwoord '{option.code}': {problem}" for problem in problems)


def refuse_texts_behind_options(options: Sequence[OptionDefinition]) -> Iterator[str]:
    """ "Anders, namelijk" has a place only behind the options of a choice question."""
    for option in options:
        if option.asks_text:
            yield f"antwoord '{option.code}': 'other' kan alleen bij een keuzevraag."


def check_ranking(question: QuestionDefinition) -> Iterator[str]:
    yield from refuse_texts_behind_options(question.options)
    if not 0 <= question.maximum_ranked <= len(question.options):
        yield f"'maximum_ranked' moet van 1 tot en met {len(question.options)} zijn, het aantal antwoorden."


def check_table(question: QuestionDefinition) -> Iterator[str]:
    for key, lines in (("rows", question.rows), ("columns", question.columns)):
        if not lines:
            yield f"een tabel heeft '{key}' nodig."
    if len(question.rows) * len(question.columns) > MAXIMUM_CELLS:
        yield f"een tabel heeft hoogstens {MAXIMUM_CELLS} cellen."
    yield from check_uniqueness((row.code for row in question.rows), noun="rij")
    yield from check_uniqueness((column.code for column in question.columns), noun="kolom")
    for row in question.rows:
        problems = chain(check_code(row.code), check_text("text", row.text, length=LINE_TEXT_LENGTH))
        yield from (f"rij '{row.code}': {problem}" for problem in problems)
    for column in question.columns:
        yield from (f"kolom '{column.code}': {problem}" for problem in check_column(column))


def check_column(column: ColumnDefinition) -> Iterator[str]:
    yield from check_code(column.code)
    yield from check_text("text", column.text, length=LINE_TEXT_LENGTH)
    if column.kind not in COLUMN_KINDS:
        yield f"'kind' is '{column.kind}', maar moet een van deze zijn: {', '.join(COLUMN_KINDS)}."
        return
    yield from check_numbers(column)
    if column.kind == "single":
        yield from check_options(column.options, owner="een kolom met keuzes")
        yield from refuse_texts_behind_options(column.options)
    elif column.options:
        yield f"'options' hoort niet bij een kolom van de soort '{column.kind}'."


def check_dimensions(dimensions: Sequence[DimensionDefinition]) -> Iterator[str]:
    if len(dimensions) < 2:
        yield "een typering heeft minstens twee dimensies nodig."
    yield from check_uniqueness((dimension.code for dimension in dimensions), noun="dimensie")
    for dimension in dimensions:
        problems = chain(
            check_code(dimension.code),
            check_text("text", dimension.text, length=LINE_TEXT_LENGTH),
            check_options(dimension.options, owner="een dimensie"),
            refuse_texts_behind_options(dimension.options),
        )
        yield from (f"dimensie '{dimension.code}': {problem}" for problem in problems)


def check_file_limits(question: QuestionDefinition) -> Iterator[str]:
    if not question.accepts:
        yield "'accepts' ontbreekt: noem de soorten bestanden die mogen."
    yield from check_uniqueness(question.accepts, noun="'accepts'")
    for extension in question.accepts:
        if extension not in FILE_EXTENSIONS:
            yield f"'accepts' kent '{extension}' niet. Kies uit: {', '.join(FILE_EXTENSIONS)}."
    if not 1 <= question.maximum_megabytes <= LARGEST_FILE_MEGABYTES:
        yield f"'maximum_megabytes' moet van 1 tot en met {LARGEST_FILE_MEGABYTES} zijn."


def check_numbers(field: QuestionDefinition | ColumnDefinition) -> Iterator[str]:
    """Bounds, decimals and unit: where they fit, and whether they can hold."""
    noun = "vraag" if isinstance(field, QuestionDefinition) else "kolom"
    if field.unit and field.kind != "number":
        yield f"'unit' hoort niet bij een {noun} van de soort '{field.kind}'."
    if len(field.unit) > UNIT_LENGTH:
        yield f"'unit' is langer dan {UNIT_LENGTH} tekens."
    if field.decimals and (not field.is_number or field.kind == "year"):
        yield f"'decimals' hoort niet bij een {noun} van de soort '{field.kind}'."
    elif not 0 <= field.decimals <= MAXIMUM_DECIMALS:
        yield f"'decimals' moet van 0 tot en met {MAXIMUM_DECIMALS} zijn."
    bounds = {"minimum": field.minimum, "maximum": field.maximum}
    given = {name: bound for name, bound in bounds.items() if bound is not None}
    if not field.is_number:
        yield from (f"'{name}' hoort niet bij een {noun} van de soort '{field.kind}'." for name in given)
        return
    for name, bound in given.items():
        yield from check_bound(field, name=name, bound=bound)
    lowest, highest = field.bounds
    if lowest > highest:
        yield "het minimum is hoger dan het maximum."


def check_bound(field: QuestionDefinition | ColumnDefinition, *, name: str, bound: Decimal) -> Iterator[str]:
    if abs(bound) > LARGEST_NUMBER:
        yield f"'{name}' heeft meer dan twaalf cijfers."
    elif bound != round(bound, max(0, min(field.decimals, MAXIMUM_DECIMALS))):
        yield f"'{name}' heeft meer cijfers achter de komma dan 'decimals' toestaat."
    if field.kind == "percentage" and not 0 <= bound <= 100:
        yield f"'{name}' van een percentage moet van 0 tot en met 100 zijn."
    if field.kind == "year" and not 1000 <= bound <= 9999:
        yield f"'{name}' van een jaar moet vier cijfers hebben."
