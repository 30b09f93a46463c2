"""From what somebody typed or ticked to an answer, and back again to fill the form. Pure.

How a number is read, the same for every kind of number:

* A comma is always the decimal sign: `1234,5`.
* Dots or spaces that split the digits into groups of exactly three separate thousands: `1.234` and `1 234`
  are one thousand two hundred and thirty-four, never 1,234.
* One dot before one or two last digits, without a comma, cannot separate thousands and is read as the decimal
  sign: `12.5` is 12,5.
* Everything else with a dot (`1234.567`, `0.125`, `1,234.5`, `1.23.456`) is refused: we do not guess.
* Spaces around it, a minus sign, `€`, `euro`, `EUR`, a closing `,-`, `%`, `procent` and the question's own
  unit may stand where they belong.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from surveys.questionnaire.answer_values import BLANK, STATE_LABELS, AnswerState, AnswerValue, ChosenOption
from surveys.questionnaire.definition import QuestionDefinition

MAXIMUM_TEXT_LENGTH = 10_000
MAXIMUM_OTHER_LENGTH = 1_000

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Databases refuse NUL and lone surrogates; the other control characters mean nothing in an answer.
UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")

NUMBER = re.compile(
    r"""-?\s*
    (?:
        (?: [0-9]+ | [1-9][0-9]{0,2}(?:\.[0-9]{3})+ | [1-9][0-9]{0,2}(?:\s[0-9]{3})+ ) (?:,[0-9]+)?
        | (?P<with_decimal_dot> [0-9]+\.[0-9]{1,2} )
    )""",
    re.VERBOSE,
)
NOTATIONS = {
    "euro": (re.compile(r"^(-?)\s*(?:€|eur(?:o|os)?\b)\s*|\s*(?:€|\beur(?:o|os)?)$", re.IGNORECASE), r"\1"),
    "percentage": (re.compile(r"\s*(?:%|procent)$", re.IGNORECASE), ""),
}
ROUND_AMOUNT = re.compile(r",[-–—]{1,2}$")


@dataclass(frozen=True)
class RawAnswer:
    """One question as a form, a file or an API hands it in.

    `values` are the typed text or the option codes, `other` maps an option code to the text behind it, and
    `missing` is the kind of nothing that was chosen instead.
    """

    values: tuple[str, ...] = ()
    other: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""


class InvalidAnswer(ValueError):
    """`messages` are full Dutch sentences for next to the field."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def parse_answer(question: QuestionDefinition, raw: RawAnswer) -> AnswerValue:
    """Read an answer; nothing filled in is `BLANK`, which is never an error here.

    Raises InvalidAnswer.
    """
    values = tuple(value.strip() if question.is_choice else value for value in raw.values if value.strip())
    other = {code: line for code, text in raw.other.items() if (line := clean_line(text))}
    if question.kind == "single" and (values or raw.missing):
        # Another radio button overrules the text that was left behind "Anders".
        other = {code: text for code, text in other.items() if code in values}
    if raw.missing:
        return parse_missing(question, raw.missing, has_value=bool(values or other))
    if question.is_choice:
        return parse_choice(question, values, other=other)
    if not values:
        return BLANK
    if len(values) > 1:
        raise InvalidAnswer(["Geef één antwoord op deze vraag."])
    if question.is_number:
        return AnswerValue(AnswerState.GIVEN, number=parse_number(question, values[0]))
    return parse_text(values[0])


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
        elif len(text) > MAXIMUM_OTHER_LENGTH:
            messages.append(
                describe_length(text, maximum=MAXIMUM_OTHER_LENGTH, subject=f"Uw tekst bij {label}")
            )
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
    if len(text) > MAXIMUM_TEXT_LENGTH:
        raise InvalidAnswer([describe_length(text, maximum=MAXIMUM_TEXT_LENGTH, subject="Uw tekst")])
    return AnswerValue(AnswerState.GIVEN, text=text) if text else BLANK


def clean_text(value: str) -> str:
    """Every kind of line end becomes `\\n`; outer white space and what no database keeps are left out."""
    return UNSTORABLE.sub("", LINE_ENDS.sub("\n", value)).strip()


def clean_line(value: str) -> str:
    """As `clean_text`, on one line: an input field cannot show a line end."""
    return clean_text(value).replace("\n", " ")


def parse_number(question: QuestionDefinition, value: str) -> Decimal:
    """Read a number within the question's bounds, with exactly its number of decimals."""
    number = parse_year(value) if question.kind == "year" else parse_notation(question, value)
    minimum, maximum = question.bounds
    if not minimum <= number <= maximum:
        raise InvalidAnswer([describe_bounds(question)])
    rounded = round(number, question.decimals)
    if rounded != number:
        raise InvalidAnswer([describe_decimals(question)])
    return rounded + 0  # no negative zero


def parse_year(value: str) -> Decimal:
    year = value.strip()
    if not re.fullmatch("[0-9]{4}", year):
        raise InvalidAnswer([f"{quote(year)} is geen jaar. Vul vier cijfers in, bijvoorbeeld 2021."])
    return Decimal(year)


def parse_notation(question: QuestionDefinition, value: str) -> Decimal:
    """Read Dutch notation, as the top of this module describes it."""
    text = value.strip().replace("−", "-")
    if question.kind in NOTATIONS:
        pattern, kept = NOTATIONS[question.kind]
        text = pattern.sub(kept, text, count=1)
    if question.kind == "euro":
        text = ROUND_AMOUNT.sub("", text)
    if question.unit:
        text = re.sub(rf"\s*{re.escape(question.unit)}$", "", text, flags=re.IGNORECASE)
    match = NUMBER.fullmatch(text)
    if match is None:
        example = "1234,5 of 1.234,5" if question.decimals else "1234 of 1.234"
        raise InvalidAnswer(
            [f"{quote(value)} kunnen wij niet als getal lezen. Schrijf bijvoorbeeld {example}."]
        )
    separators = r"\s" if match["with_decimal_dot"] else r"[.\s]"
    return Decimal(re.sub(separators, "", text).replace(",", "."))


def describe_bounds(question: QuestionDefinition) -> str:
    minimum, maximum = question.bounds
    if question.kind == "year":
        return f"Vul een jaar in van {minimum:.0f} tot en met {maximum:.0f}."
    noun = {"euro": "bedrag", "percentage": "percentage"}.get(question.kind, "getal")
    return f"Vul een {noun} in van {format_number(minimum)} tot en met {format_number(maximum)}."


def describe_decimals(question: QuestionDefinition) -> str:
    if not question.decimals:
        return "Vul een heel getal in, zonder cijfers achter de komma."
    noun = "cijfer" if question.decimals == 1 else "cijfers"
    return f"Gebruik hoogstens {question.decimals} {noun} achter de komma."


def describe_length(text: str, *, maximum: int, subject: str) -> str:
    length, allowed, surplus = (format_number(Decimal(n)) for n in (len(text), maximum, len(text) - maximum))
    return (
        f"{subject} is {length} tekens lang. Er passen er {allowed}. Maak de tekst {surplus} tekens korter. "
        "Wat u schreef, staat er nog."
    )


def quote(value: str) -> str:
    """Name what was typed in a message, but never a page of it."""
    line = clean_line(value)
    return f"“{line if len(line) <= 40 else line[:39] + '…'}”"


def needs_text(question: QuestionDefinition, value: AnswerValue) -> bool:
    """Whether "Anders, namelijk" was chosen with nothing behind it: fine in a draft, a gap at the end."""
    asking = {option.code for option in question.options if option.asks_text}
    return any(option.code in asking and not option.text for option in value.options)


def format_answer(question: QuestionDefinition, value: AnswerValue) -> RawAnswer:
    """The exact inverse of `parse_answer`, for filling a form: numbers in Dutch notation."""
    if value.state is AnswerState.BLANK:
        return RawAnswer()
    if value.state is not AnswerState.GIVEN:
        return RawAnswer(missing=value.state.value)
    if question.is_choice:
        return RawAnswer(
            values=tuple(option.code for option in value.options),
            other={option.code: option.text for option in value.options if option.text},
        )
    if value.number is None:
        return RawAnswer(values=(value.text,))
    number = f"{value.number:.0f}" if question.kind == "year" else format_number(value.number)
    return RawAnswer(values=(number,))


def format_number(number: Decimal) -> str:
    """Dutch notation with thousands separators and no more decimals than the number has: 1.234,5."""
    return f"{number.normalize():,f}".translate(str.maketrans(",.", ".,"))
