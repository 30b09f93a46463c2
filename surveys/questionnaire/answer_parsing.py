"""From what somebody typed or ticked to an answer, and back again to fill the form. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from surveys.questionnaire.answer_values import (
    BLANK,
    STATE_LABELS,
    AnswerState,
    AnswerValue,
    AttachedFile,
    ChosenOption,
)
from surveys.questionnaire.cell_parsing import (
    TypedCells,
    format_cells,
    format_ranking,
    parse_ranking,
    parse_table,
    parse_typology,
)
from surveys.questionnaire.day_parsing import format_day, parse_day
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.number_parsing import format_number, parse_number
from surveys.questionnaire.typed_text import InvalidAnswer, clean_line, clean_text, quote

MAXIMUM_TEXT_LENGTH = 10_000
MAXIMUM_OTHER_LENGTH = 1_000
MAXIMUM_CAVEAT_LENGTH = 500
KINDS_OF_PARTS = ("matrix", "typology", "ranking")


@dataclass(frozen=True)
class RawAnswer:
    """One question as a form, a file or an API hands it in.

    `values` are the typed text or the option codes, `other` maps an option code to the text behind it, and
    `missing` is the kind of nothing that was chosen instead. `cells` is what was typed in the parts of a table,
    a typology or a ranking, by (row, column); see `cell_parsing`. `file` was stored before the answer is read.
    """

    values: tuple[str, ...] = ()
    other: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""
    cells: TypedCells = field(default_factory=dict)
    file: AttachedFile | None = None
    caveat: str = ""


def parse_answer(question: QuestionDefinition, raw: RawAnswer) -> AnswerValue:
    """Read an answer; nothing filled in is `BLANK`, which is never an error here.

    Raises InvalidAnswer.
    """
    caveat = clean_text(raw.caveat)
    messages = list(check_length(caveat, maximum=MAXIMUM_CAVEAT_LENGTH, subject="Uw kanttekening"))
    try:
        value = parse_value(question, raw)
    except InvalidAnswer as error:
        raise InvalidAnswer([*error.messages, *messages]) from None
    if messages:
        raise InvalidAnswer(messages)
    return replace(value, caveat=caveat) if caveat else value


def parse_value(question: QuestionDefinition, raw: RawAnswer) -> AnswerValue:
    """The answer without its caveat."""
    values = tuple(value.strip() if question.is_choice else value for value in raw.values if value.strip())
    other = {code: line for code, text in raw.other.items() if (line := clean_line(text))}
    cells = {part: text for part, text in raw.cells.items() if text.strip()}
    if question.kind == "single" and (values or raw.missing):
        # Another radio button overrules the text that was left behind "Anders".
        other = {code: text for code, text in other.items() if code in values}
    if raw.missing:
        return parse_missing(
            question, raw.missing, has_value=bool(values or other or cells or raw.file is not None)
        )
    if question.is_choice:
        return parse_choice(question, values, other=other)
    if question.kind in KINDS_OF_PARTS:
        return parse_parts(question, values, cells=cells)
    if question.kind == "file":
        return parse_file(raw.file, values=values)
    return parse_typed(question, values, cells=cells)


def parse_typed(question: QuestionDefinition, values: tuple[str, ...], *, cells: TypedCells) -> AnswerValue:
    """An answer of one field: a number, a day or a text."""
    if cells:
        raise InvalidAnswer(["Deze vraag heeft maar één vakje."])
    if not values:
        return BLANK
    if len(values) > 1:
        raise InvalidAnswer(["Geef één antwoord op deze vraag."])
    if question.is_number:
        return AnswerValue(AnswerState.GIVEN, number=parse_number(question, values[0]))
    if question.kind == "date":
        return AnswerValue(AnswerState.GIVEN, day=parse_day(question, values[0]))
    return parse_text(values[0])


def parse_parts(question: QuestionDefinition, values: tuple[str, ...], *, cells: TypedCells) -> AnswerValue:
    if values:
        raise InvalidAnswer(["Vul bij deze vraag de losse vakjes in."])
    if not cells:
        return BLANK
    if question.kind == "ranking":
        return AnswerValue(AnswerState.GIVEN, options=parse_ranking(question, cells))
    parse = parse_table if question.kind == "matrix" else parse_typology
    return AnswerValue(AnswerState.GIVEN, cells=parse(question, cells))


def parse_file(file: AttachedFile | None, *, values: tuple[str, ...]) -> AnswerValue:
    if values:
        raise InvalidAnswer(["Uw bestand kwam niet mee. Kies het opnieuw."])
    return BLANK if file is None else AnswerValue(AnswerState.GIVEN, file=file)


def parse_missing(question: QuestionDefinition, missing: str, *, has_value: bool) -> AnswerValue:
    if missing not in set(AnswerState):
        raise InvalidAnswer([f"De keuze {quote(missing)} bestaat niet."])
    state = AnswerState(missing)
    label = STATE_LABELS[state]
    if missing not in question.missing:
        raise InvalidAnswer([f"“{label}” kan bij deze vraag niet."])
    if has_value:
        raise InvalidAnswer([f"U gaf een antwoord en u koos ook “{label}”. Kies een van de twee."])
    return AnswerValue(state)


def parse_choice(
    question: QuestionDefinition, values: tuple[str, ...], *, other: Mapping[str, str]
) -> AnswerValue:
    """Options come back in the order of the question, each once."""
    chosen = set(values)
    options = {option.code: option for option in question.options}
    messages = [
        f"Het antwoord {quote(code)} staat niet in de lijst. Kies een antwoord uit de lijst."
        for code in sorted(chosen - options.keys())
    ]
    if question.kind == "single" and len(chosen) > 1:
        messages.append("Kies één antwoord: bij deze vraag kan er maar één.")
    for code, text in other.items():
        label = quote(options[code].text if code in options else code)
        if code not in options or not options[code].asks_text:
            messages.append(f"Bij het antwoord {label} kunt u niets opschrijven.")
        elif code not in chosen:
            messages.append(
                f"U schreef iets bij {label}, maar koos dat antwoord niet. Kies het, of maak het veld leeg."
            )
        else:
            messages += check_length(text, maximum=MAXIMUM_OTHER_LENGTH, subject=f"Uw tekst bij {label}")
    if messages:
        raise InvalidAnswer(messages)
    if not chosen:
        return BLANK
    return AnswerValue(
        AnswerState.GIVEN,
        options=tuple(
            ChosenOption(option.code, other.get(option.code, ""))
            for option in question.options
            if option.code in chosen
        ),
    )


def parse_text(value: str) -> AnswerValue:
    text = clean_text(value)
    if messages := list(check_length(text, maximum=MAXIMUM_TEXT_LENGTH, subject="Uw tekst")):
        raise InvalidAnswer(messages)
    return AnswerValue(AnswerState.GIVEN, text=text) if text else BLANK


def check_length(text: str, *, maximum: int, subject: str) -> Iterator[str]:
    if len(text) > maximum:
        length, allowed, surplus = (
            format_number(Decimal(n)) for n in (len(text), maximum, len(text) - maximum)
        )
        yield (
            f"{subject} is {length} tekens lang. Er passen er {allowed}. Maak de tekst {surplus} tekens korter. "
            "Wat u schreef, staat er nog."
        )


def needs_text(question: QuestionDefinition, value: AnswerValue) -> bool:
    """Whether "Anders, namelijk" was chosen with nothing behind it: fine in a draft, a gap at the end."""
    asking = {option.code for option in question.options if option.asks_text}
    return any(option.code in asking and not option.text for option in value.options)


def is_partial(question: QuestionDefinition, value: AnswerValue) -> bool:
    """Whether places of a ranking or dimensions of a typology are still open; a table may have empty cells."""
    if value.state is not AnswerState.GIVEN:
        return False
    match question.kind:
        case "ranking":
            return len(value.options) < question.places
        case "typology":
            return len(value.cells) < len(question.dimensions)
        case _:
            return False


def format_answer(question: QuestionDefinition, value: AnswerValue) -> RawAnswer:
    """The exact inverse of `parse_answer`, for filling a form: numbers and days in Dutch notation."""
    return replace(format_value(question, value), caveat=value.caveat)


def format_value(question: QuestionDefinition, value: AnswerValue) -> RawAnswer:
    """The answer without its caveat."""
    if value.state is AnswerState.BLANK:
        return RawAnswer()
    if value.state is not AnswerState.GIVEN:
        return RawAnswer(missing=value.state.value)
    match question.kind:
        case "single" | "multiple":
            return RawAnswer(
                values=tuple(option.code for option in value.options),
                other={option.code: option.text for option in value.options if option.text},
            )
        case "ranking":
            return RawAnswer(cells=format_ranking(value.options))
        case "matrix" | "typology":
            return RawAnswer(cells=format_cells(value.cells))
        case "file":
            return RawAnswer(file=value.file)
        case _:
            return RawAnswer(values=(format_typed(question, value),))


def format_typed(question: QuestionDefinition, value: AnswerValue) -> str:
    """The text in the one field of the question."""
    if value.day is not None:
        return format_day(value.day)
    if value.number is None:
        return value.text
    return f"{value.number:.0f}" if question.kind == "year" else format_number(value.number)
