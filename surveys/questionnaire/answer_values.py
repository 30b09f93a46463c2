"""What an answer can be: a value, or one of several kinds of nothing. Pure."""

from dataclasses import asdict, dataclass
from datetime import date
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

# What stands for them in files: no code of an option can begin with this sign.
MISSING_CODES = {
    AnswerState.DONT_KNOW: "#weet_niet",
    AnswerState.NOT_APPLICABLE: "#nvt",
    AnswerState.REFUSED: "#geweigerd",
}


@dataclass(frozen=True, slots=True)
class ChosenOption:
    """`text` is what the respondent wrote after "Anders, namelijk"."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One cell of a table, by the codes of its row and column, or one dimension (`row`) of a typology.

    It holds a number or the code of an option, never both.
    """

    row: str
    column: str = ""
    option: str = ""
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file handed in as evidence; `id` is the database's, `checksum` its SHA-256 (hexadecimal)."""

    id: int
    name: str
    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """The value of one question; which of the fields is used follows from its kind.

    The options of a ranking stand in the order in which they were ranked. Empty cells are left out. `caveat` is
    what the respondent wants read with the answer, whatever its kind or state.
    """

    state: AnswerState
    options: tuple[ChosenOption, ...] = ()
    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    cells: tuple[FilledCell, ...] = ()
    file: AttachedFile | None = None
    caveat: str = ""

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
            value["number"] = write_number(self.number)
        if self.day is not None:
            value["day"] = self.day.isoformat()
        if self.cells:
            value["cells"] = [
                {"row": cell.row}
                | ({"column": cell.column} if cell.column else {})
                | ({"option": cell.option} if cell.number is None else {"number": write_number(cell.number)})
                for cell in self.cells
            ]
        if self.file is not None:
            value["file"] = asdict(self.file)
        if self.caveat:
            value["caveat"] = self.caveat
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
            day=date.fromisoformat(value["day"]) if "day" in value else None,
            cells=tuple(
                FilledCell(
                    cell["row"],
                    cell.get("column", ""),
                    cell.get("option", ""),
                    Decimal(cell["number"]) if "number" in cell else None,
                )
                for cell in value.get("cells", ())
            ),
            file=AttachedFile(**value["file"]) if "file" in value else None,
            caveat=value.get("caveat", ""),
        )


def write_number(number: Decimal) -> str:
    """As text without an exponent or trailing zeros, so that equal numbers are written the same."""
    return format(number.normalize(), "f")


BLANK = AnswerValue(AnswerState.BLANK)
