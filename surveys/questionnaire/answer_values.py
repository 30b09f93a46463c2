"""What an answer can be: a value, or one of several kinds of nothing. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class AnswerState(StrEnum):
    """Missing has kinds, and none of them is zero."""

    GIVEN = "given"
    BLANK = "blank"
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"
    REFUSED = "refused"


STATE_LABELS = {
    AnswerState.GIVEN: "ingevuld",
    AnswerState.BLANK: "leeg gemaakt",
    AnswerState.DONT_KNOW: "weet ik niet",
    AnswerState.NOT_APPLICABLE: "niet van toepassing",
    AnswerState.REFUSED: "wil ik niet zeggen",
}


@dataclass(frozen=True, slots=True)
class ChosenOption:
    """`text` is what the respondent wrote after "Anders, namelijk"."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """The value of one question; which of `options`, `text` and `number` is used follows from its kind."""

    state: AnswerState
    options: tuple[ChosenOption, ...] = ()
    text: str = ""
    number: Decimal | None = None

    @property
    def option_codes(self) -> frozenset[str]:
        return frozenset(option.code for option in self.options)

    def as_dict(self) -> dict[str, Any]:
        """Canonical form for the history: keys that say nothing are left out, numbers are text."""
        value: dict[str, Any] = {"state": self.state.value}
        if self.options:
            value["options"] = [
                {"code": option.code, "text": option.text} if option.text else {"code": option.code}
                for option in self.options
            ]
        if self.text:
            value["text"] = self.text
        if self.number is not None:
            value["number"] = format(self.number.normalize(), "f")
        return value

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> "AnswerValue":
        return cls(
            state=AnswerState(value["state"]),
            options=tuple(
                ChosenOption(option["code"], option.get("text", "")) for option in value.get("options", ())
            ),
            text=value.get("text", ""),
            number=Decimal(value["number"]) if "number" in value else None,
        )


BLANK = AnswerValue(AnswerState.BLANK)
