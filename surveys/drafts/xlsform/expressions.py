"""Conditions and bounds as XLSForm writes them: the small part of XPath that a definition can hold. Pure.

    relevant    selected(${q}, 'a') or selected(${q}, 'b'), joined by `and`; ${q} = 'a' for a question with one answer
    constraint  . >= 0 and . <= 10; for a day . >= date('2026-01-01')

Anything else is refused with a reason: a condition that is half understood asks the wrong people.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from surveys.questionnaire.definition import ConditionDefinition, write_bound
from surveys.questionnaire.definition_document import BOUND
from surveys.questionnaire.typed_text import quote

LONGEST_EXPRESSION = 10_000
DEEPEST_NESTING = 20
TOKEN = re.compile(
    r"\s*(?:"
    r"\$\{\s*(?P<reference>[^{}]*?)\s*\}"
    r"|'(?P<single>[^']*)'"
    r'|"(?P<double>[^"]*)"'
    r"|(?P<number>-?[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<word>[A-Za-z_][\w.-]*)"
    r"|(?P<sign><=|>=|!=|[=<>().,*+/|-])"
    r")"
)
KIND_OF_GROUP = {"single": "text", "double": "text"}
# A text that holds ${ is taken for a reference. A sign without width keeps the two apart; one more of them stands in
# for one that was there.
JOINER = "\N{WORD JOINER}"
REFERENCE_START = re.compile(rf"\$({JOINER}*)\{{")
KEPT_APART = re.compile(rf"\$({JOINER}+)\{{")


class ExpressionRefused(Exception):
    """The expression says something that a definition cannot say; the message is Dutch."""


@dataclass(frozen=True)
class Comparison:
    """The answer to `question` has one of `any_of`; an equality says besides that it has no other."""

    question: str
    any_of: tuple[str, ...]
    is_equality: bool = False


@dataclass(frozen=True)
class Token:
    kind: str
    text: str


def write_relevant(conditions: Iterable[ConditionDefinition]) -> str:
    groups = [
        [f"selected(${{{condition.question}}}, '{code}')" for code in condition.any_of]
        for condition in conditions
    ]
    alone = len(groups) == 1
    return " and ".join(
        joined if alone or len(group) == 1 else f"({joined})"
        for group, joined in ((group, " or ".join(group)) for group in groups)
    )


@lru_cache(maxsize=256)
def read_relevant(expression: str) -> tuple[Comparison, ...]:
    """What must all hold; kept a while, because that of a group is read with each of its questions.

    Raises ExpressionRefused.
    """
    reader = _Reader(expression)
    comparisons = reader.read_alternatives()
    reader.expect_end()
    return tuple(comparisons)


def write_number_bounds(minimum: Decimal | None, maximum: Decimal | None) -> str:
    return _write_limits(write_bound(minimum), write_bound(maximum))


def read_number_bounds(expression: str, *, decimals: int) -> tuple[Decimal | None, Decimal | None]:
    """Lowest and highest number, both included: with `decimals` 1, `. > 0` starts at 0.1. Raises ExpressionRefused."""
    reader = _Reader(expression)
    limits = reader.read_limits(reader.read_number)
    reader.expect_end()
    return _find_bounds(limits, step=Decimal(1).scaleb(-decimals))


def write_day_bounds(earliest: date | None, latest: date | None) -> str:
    first, last = (None if day is None else f"date('{day.isoformat()}')" for day in (earliest, latest))
    return _write_limits(first, last)


def read_day_bounds(expression: str) -> tuple[date | None, date | None]:
    """The first and the last day, both included. Raises ExpressionRefused."""
    reader = _Reader(expression)
    limits = reader.read_limits(reader.read_day)
    reader.expect_end()
    return _find_bounds(limits, step=timedelta(days=1))


def keep_apart(text: str) -> str:
    """A text as a cell of XLSForm can hold it: nothing in it is taken for a reference."""
    return REFERENCE_START.sub(lambda found: f"${found[1]}{JOINER}{{", text)


def join_again(text: str) -> str:
    """The way back of `keep_apart`."""
    return KEPT_APART.sub(lambda found: f"${found[1][1:]}{{", text)


def has_reference(text: str) -> bool:
    return "${" in text


def _write_limits(lowest: str | None, highest: str | None) -> str:
    limits = [f". {sign} {bound}" for sign, bound in ((">=", lowest), ("<=", highest)) if bound is not None]
    return " and ".join(limits)


def _find_bounds(limits: list[tuple[str, Any]], *, step: Any) -> tuple[Any, Any]:
    """The highest of what it must be at least, the lowest of what it may be at most; `step` is the next value up."""
    try:
        lowest = [value + step if sign == ">" else value for sign, value in limits if sign in (">", ">=")]
        highest = [value - step if sign == "<" else value for sign, value in limits if sign in ("<", "<=")]
    except OverflowError as error:
        raise ExpressionRefused("deze dag bestaat niet in een kalender") from error
    return max(lowest, default=None), min(highest, default=None)


class _Reader:
    """Reads an expression from left to right; raises ExpressionRefused at what it does not know."""

    def __init__(self, expression: str) -> None:
        self.tokens = _list_tokens(expression)
        self.position = 0
        self.depth = 0

    def read_alternatives(self) -> list[Comparison]:
        alternatives = [self.read_together()]
        while self.take("word", "or"):
            alternatives.append(self.read_together())
        if len(alternatives) == 1:
            return alternatives[0]
        single = [each[0] for each in alternatives if len(each) == 1]
        if len(single) < len(alternatives) or len({each.question for each in single}) > 1:
            raise ExpressionRefused(
                "'or' kan bij ons alleen tussen antwoorden op dezelfde vraag, niet tussen verschillende vragen"
            )
        codes = dict.fromkeys(code for each in single for code in each.any_of)
        return [Comparison(single[0].question, tuple(codes), any(each.is_equality for each in single))]

    def read_together(self) -> list[Comparison]:
        comparisons = self.read_comparison()
        while self.take("word", "and"):
            comparisons = comparisons + self.read_comparison()
        return comparisons

    def read_comparison(self) -> list[Comparison]:
        if self.take("sign", "("):
            return self.read_nested(self.read_alternatives)
        if self.take("word", "selected"):
            self.expect("sign", "(")
            question = self.expect("reference")
            self.expect("sign", ",")
            code = self.expect("text")
            self.expect("sign", ")")
            return [Comparison(question, (code,))]
        question = self.expect("reference")
        if self.take("sign", "!="):
            raise ExpressionRefused("'!=' kennen wij niet; noem de antwoorden waarbij de vraag wél komt")
        self.expect("sign", "=")
        code = self.take("number") or self.expect("text")
        return [Comparison(question, (code,), is_equality=True)]

    def read_limits(self, read_value: Callable[[], Any]) -> list[tuple[str, Any]]:
        limits = self.read_limit(read_value)
        while self.take("word", "and"):
            limits = limits + self.read_limit(read_value)
        return limits

    def read_limit(self, read_value: Callable[[], Any]) -> list[tuple[str, Any]]:
        if self.take("sign", "("):
            return self.read_nested(lambda: self.read_limits(read_value))
        self.expect("sign", ".")
        for sign in (">=", "<=", ">", "<"):
            if self.take("sign", sign):
                return [(sign, read_value())]
        raise self.refuse()

    def read_number(self) -> Decimal:
        """A number, with quotation marks as some form builders write it or without."""
        text = self.take("text") or self.expect("number")
        if not BOUND.fullmatch(text):
            raise ExpressionRefused(f"{quote(text)} is geen getal")
        return Decimal(text)

    def read_day(self) -> date:
        if not self.take("word", "date"):
            raise ExpressionRefused("een grens van een dag moet een vaste dag zijn, zoals date('2026-01-31')")
        self.expect("sign", "(")
        text = self.expect("text")
        self.expect("sign", ")")
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ExpressionRefused(f"{quote(text)} is geen dag; schrijf een dag als 2026-01-31") from error

    def read_nested(self, read: Callable[[], list[Any]]) -> list[Any]:
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise ExpressionRefused("er staan te veel haakjes in elkaar")
        found = read()
        self.expect("sign", ")")
        self.depth -= 1
        return found

    def take(self, kind: str, text: str | None = None) -> str | None:
        """The text of the next token when it is this one; otherwise None, and it stays."""
        if self.position == len(self.tokens):
            return None
        token = self.tokens[self.position]
        if token.kind != kind or text not in (None, token.text):
            return None
        self.position += 1
        return token.text

    def expect(self, kind: str, text: str | None = None) -> str:
        found = self.take(kind, text)
        if found is None:
            raise self.refuse()
        return found

    def expect_end(self) -> None:
        if self.position < len(self.tokens):
            raise self.refuse()

    def refuse(self) -> ExpressionRefused:
        if self.position == len(self.tokens):
            return ExpressionRefused("de uitdrukking houdt te vroeg op")
        return ExpressionRefused(f"{quote(self.tokens[self.position].text)} kennen wij hier niet")


def _list_tokens(expression: str) -> list[Token]:
    if len(expression) > LONGEST_EXPRESSION:
        raise ExpressionRefused("de uitdrukking is te lang")
    expression = expression.strip()
    tokens, position = [], 0
    while position < len(expression):
        found = TOKEN.match(expression, position)
        if found is None:
            raise ExpressionRefused(f"{quote(expression[position:])} kennen wij hier niet")
        kind = found.lastgroup or ""
        tokens.append(Token(KIND_OF_GROUP.get(kind, kind), found[kind]))
        position = found.end()
    return tokens
