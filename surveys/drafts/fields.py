"""What people type on the screens of a questionnaire in the making, read as its definition needs it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from surveys.questionnaire import day_parsing, number_parsing
from surveys.questionnaire.code_checks import CODE, CODE_LENGTH
from surveys.questionnaire.definition import LARGEST_NUMBER, ColumnDefinition, OptionDefinition
from surveys.questionnaire.layout_checks import LINE_TEXT_LENGTH
from surveys.questionnaire.typed_text import InvalidAnswer, clean_line, clean_text

ANY_NUMBER = ColumnDefinition(code="", text="", kind="number", decimals=3)
# More digits than the largest number with its decimals, separators included.
NUMBER_LENGTH = 24


class LineField(forms.CharField):
    """One line, without what no database keeps."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_line(str(value or "")))


class TextField(forms.CharField):
    """More lines."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_text(str(value or "")))


class CodeField(LineField):
    def __init__(self, *, length: int = CODE_LENGTH, **options: Any) -> None:
        super().__init__(max_length=length, **{"label": "Sleutel"} | options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not CODE.fullmatch(value):
            raise ValidationError(
                "Begin met een kleine letter. Gebruik daarna kleine letters, cijfers, _ en -, zonder spaties."
            )


class DutchNumberField(LineField):
    """A Decimal from Dutch notation, None when it is empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=NUMBER_LENGTH, required=False, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = number_parsing.parse_notation(ANY_NUMBER, text)
        except InvalidAnswer as error:
            raise ValidationError(error.messages) from error
        if abs(number) > LARGEST_NUMBER:
            raise ValidationError("Dit getal is te groot.")
        return number


class DutchDayField(LineField):
    """A date from any way in which people write one, None when it is empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, required=False, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return day_parsing.parse_notation(text) if text else None
        except InvalidAnswer as error:
            raise ValidationError(error.messages) from error


class OptionLinesField(TextField):
    """Options of a part of a question, one on a line: "ja = Ja, altijd"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            rows=4, max_length=20_000, help_text="Eén antwoord per regel: sleutel = tekst.", **options
        )

    def clean(self, value: Any) -> Any:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        options, problems = [], []
        for number, line in enumerate(lines, start=1):
            code, sign, text = (part.strip() for part in line.partition("="))
            if not sign or not CODE.fullmatch(code) or not text:
                problems.append(f"Regel {number}: schrijf een sleutel, een = en de tekst: ja = Ja, altijd.")
            elif len(code) > CODE_LENGTH or len(text) > LINE_TEXT_LENGTH:
                problems.append(f"Regel {number}: dit is te lang.")
            options.append(OptionDefinition(code, text))
        if problems:
            raise ValidationError(problems)
        return tuple(options)


def write_number(number: Decimal | None) -> str:
    """As it can be typed: 1234,5."""
    return "" if number is None else format(number.normalize(), "f").replace(".", ",")


def write_day(day: date | None) -> str:
    return "" if day is None else f"{day:%d-%m-%Y}"


def write_options(options: Sequence[OptionDefinition]) -> str:
    return "\n".join(f"{option.code} = {option.text}" for option in options)
