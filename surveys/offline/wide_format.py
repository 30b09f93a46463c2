"""The wide response file: one row per response, read back into answers. Pure.

`surveys/downloads/wide_columns.py` writes the same columns. A column is called after its question (`poh`), after a cell
of a table (`hulp.verblijf.kosten`), a dimension of a typology (`typering.vorm`), or after what stands beside the
answer: what follows "Anders, namelijk" (`poh__toelichting`) or a caveat (`poh__kanttekening`). With `@` and the code of
a municipality behind it, it is a deviation. What researchers corrected (`poh__correctie`) is only written, never read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from surveys.questionnaire.answer_parsing import RawAnswer, parse_answer
from surveys.questionnaire.answer_values import MISSING_CODES, AnswerValue
from surveys.questionnaire.cell_parsing import list_parts
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.questionnaire.typed_text import InvalidAnswer, quote

RESPONDENT, MUNICIPALITIES, STATUS = "respondent", "municipalities", "status"
STATUSES = ("submitted", "draft")
TEXT_SUFFIX, CAVEAT_SUFFIX, CORRECTION_SUFFIX = "__toelichting", "__kanttekening", "__correctie"
SUFFIXES = (TEXT_SUFFIX, CAVEAT_SUFFIX, CORRECTION_SUFFIX)
WHOLE = ("", "")
KINDS_WITH_A_COLUMN_PER_PART = ("matrix", "typology")

# A number as programs write it. Whatever else stands there is read as people type it.
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MISSING_STATES = {code: state.value for state, code in MISSING_CODES.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in a full Dutch sentence, and where: the row as a spreadsheet counts it, and its column."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"rij {self.row}, kolom {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class WideTable:
    """The first row and those under it, each with its number; every row is as long as the header.

    `problems` are the cells that hold nothing to read.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """`part` is the (row, column) of a table or the (dimension, "") of a typology.

    `suffix` tells what stands in the column instead of the answer itself: an explanation or a caveat.
    """

    name: str
    question: QuestionDefinition
    part: tuple[str, str] = WHOLE
    suffix: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class WideRow:
    """`values` by question code and, for a deviation, the code of the municipality; what is blank is left out."""

    number: int
    respondent: str
    municipalities: tuple[str, ...]
    status: str
    values: dict[tuple[str, str], AnswerValue] = field(default_factory=dict)


def read_header(
    header: Iterable[str], *, definition: Definition
) -> tuple[dict[int, AnswerColumn], list[Problem]]:
    """What each column means, by its position; the three fixed columns and corrections are not among them."""
    names = list(header)
    columns: dict[int, AnswerColumn] = {}
    problems = [
        Problem(1, name, "Deze kolom ontbreekt.") for name in (RESPONDENT, STATUS) if name not in names
    ]
    for index, name in enumerate(names):
        if names.index(name) < index:
            problems.append(Problem(1, name or str(index + 1), "Deze kolom staat er twee keer."))
        elif name not in (RESPONDENT, MUNICIPALITIES, STATUS):
            column = _read_name(name, definition=definition)
            if column is None:
                problems.append(
                    Problem(1, name or str(index + 1), "Deze kolom hoort niet bij de vragenlijst.")
                )
            elif column.suffix != CORRECTION_SUFFIX:
                columns[index] = column
    return columns, problems


def _read_name(name: str, *, definition: Definition) -> AnswerColumn | None:
    base, _, municipality = name.partition("@")
    if "@" in name and not municipality:
        return None
    is_question = base in definition.questions
    suffix = next((each for each in SUFFIXES if base.endswith(each) and not is_question), "")
    code, _, rest = base.removesuffix(suffix).partition(".")
    question = definition.questions.get(code)
    if question is None or (suffix == TEXT_SUFFIX and not any(each.asks_text for each in question.options)):
        return None
    if suffix or question.kind not in KINDS_WITH_A_COLUMN_PER_PART:
        return None if rest else AnswerColumn(name, question, WHOLE, suffix, municipality)
    row, _, column = rest.partition(".")
    if (row, column) not in set(list_parts(question)):
        return None
    return AnswerColumn(name, question, (row, column), municipality=municipality)


def read_row(
    number: int, cells: list[str], *, header: list[str], columns: Mapping[int, AnswerColumn]
) -> tuple[WideRow, list[Problem]]:
    """The row and everything that is wrong in it; what is wrong is left out of its values."""
    fixed = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    row = WideRow(
        number=number,
        respondent=fixed[RESPONDENT],
        municipalities=tuple(fixed.get(MUNICIPALITIES, "").split()),
        status=fixed[STATUS],
    )
    problems = []
    if row.status not in STATUSES:
        problems.append(
            Problem(number, STATUS, f"{quote(row.status)} kan hier niet. Schrijf submitted of draft.")
        )
    answers: dict[tuple[str, str], list[tuple[AnswerColumn, str]]] = {}
    for index, column in columns.items():
        if text := cells[index].strip():
            answers.setdefault((column.question.code, column.municipality), []).append((column, text))
    for key, filled in answers.items():
        try:
            row.values[key] = parse_answer(filled[0][0].question, read_cells(filled))
        except InvalidAnswer as error:
            problems += (
                Problem(number, column, message)
                for column, message in locate_problems(filled, error.messages)
            )
    return row, problems


def read_cells(filled: list[tuple[AnswerColumn, str]]) -> RawAnswer:
    """The filled cells of one answer as the form would send them. Raises InvalidAnswer."""
    cells = {column.part: text for column, text in filled if not column.suffix}
    texts = [text for column, text in filled if column.suffix == TEXT_SUFFIX]
    caveats = [text for column, text in filled if column.suffix == CAVEAT_SUFFIX]
    return replace(read_parts(filled[0][0].question, cells, texts=texts), caveat="".join(caveats))


def read_parts(
    question: QuestionDefinition, cells: dict[tuple[str, str], str], *, texts: list[str]
) -> RawAnswer:
    """The answer without its caveat; `texts` is what explains the options. Raises InvalidAnswer."""
    if question.kind == "file":
        raise InvalidAnswer(["Een bestand kan niet worden ingelezen. Maak deze cel leeg."])
    missing = {MISSING_STATES[text] for text in cells.values() if text in MISSING_STATES}
    if missing:
        if len(missing) > 1 or any(text not in MISSING_STATES for text in cells.values()):
            raise InvalidAnswer(
                ["Hier staan een antwoord en een reden om niet te antwoorden. Kies een van de twee."]
            )
        return RawAnswer(missing=missing.pop(), other=read_other(question, (), texts))
    if question.is_choice:
        codes = tuple(cells.get(WHOLE, "").split())
        return RawAnswer(values=codes, other=read_other(question, codes, texts))
    if question.kind == "ranking":
        return RawAnswer(cells=read_ranking(cells.get(WHOLE, "").split()))
    if question.kind == "matrix":
        numbers = {column.code for column in question.columns if column.is_number}
        return RawAnswer(
            cells={part: write_dutch(text) if part[1] in numbers else text for part, text in cells.items()}
        )
    if question.kind == "typology":
        return RawAnswer(cells=cells)
    text = cells.get(WHOLE, "")
    return RawAnswer(values=(write_dutch(text) if question.is_number else text,))


def read_other(question: QuestionDefinition, codes: tuple[str, ...], texts: list[str]) -> dict[str, str]:
    """Which text belongs to which chosen option: a line for each that asks for one, in the order of the question.

    Raises InvalidAnswer when that cannot be told.
    """
    if not texts:
        return {}
    asking = [option.code for option in question.options if option.asks_text and option.code in codes]
    lines = texts[0].split("\n") if len(asking) > 1 else texts
    if len(lines) != len(asking):
        raise InvalidAnswer(
            ["Het is niet duidelijk bij welk antwoord deze toelichting hoort."]
            if asking
            else ["Hier staat een toelichting, maar er is geen antwoord gekozen dat daarom vraagt."]
        )
    return dict(zip(asking, lines, strict=True))


def read_ranking(codes: list[str]) -> dict[tuple[str, str], str]:
    if len(set(codes)) < len(codes):
        raise InvalidAnswer(["Een antwoord staat twee keer in de volgorde."])
    return {(code, ""): str(place) for place, code in enumerate(codes, start=1)}


def write_dutch(number: str) -> str:
    return number.replace(".", ",") if PLAIN_NUMBER.fullmatch(number) else number


def locate_problems(filled: list[tuple[AnswerColumn, str]], messages: list[str]) -> Iterator[tuple[str, str]]:
    """Each message with its column; what only goes wrong together stands at the first."""
    located = set()
    for each in filled if len(filled) > 1 else ():
        try:
            parse_answer(each[0].question, read_cells([each]))
        except InvalidAnswer as error:
            if each[0].suffix != TEXT_SUFFIX:
                located |= set(error.messages)
                yield from ((each[0].name, message) for message in error.messages)
    yield from ((filled[0][0].name, message) for message in messages if message not in located)
