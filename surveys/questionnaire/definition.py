"""The questionnaire as plain objects: what the definition file says and a published version holds. Pure."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

CHOICE_KINDS = ("single", "multiple")
NUMBER_KINDS = ("number", "year", "euro", "percentage")
KINDS = (*CHOICE_KINDS, *NUMBER_KINDS, "text", "date", "ranking", "matrix", "typology", "file")
COLUMN_KINDS = ("number", "euro", "percentage", "single")
REQUIREMENTS = ("required", "recommended")
MISSING_STATES = ("dont_know", "not_applicable", "refused")
RULE_KINDS = ("range", "sum", "compare", "change")
SEVERITIES = ("block", "warn", "inform")
COMPARISONS = ("at_most", "at_least", "equal")
CHANGES = ("cosmetic", "clarifying", "meaning", "new")

# What somebody may hand in as evidence. `responses/uploads.py` knows how to recognise each of them.
FILE_EXTENSIONS = ("pdf", "docx", "xlsx", "odt", "ods", "png", "jpg", "csv", "txt")

# What an unbounded question still accepts: the database keeps twelve digits before the comma.
LARGEST_NUMBER = Decimal(999_999_999_999)
KIND_BOUNDS = {"year": (Decimal(1000), Decimal(9999)), "percentage": (Decimal(0), Decimal(100))}


@dataclass(frozen=True)
class OptionDefinition:
    code: str
    text: str
    asks_text: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "text": self.text, "asks_text": self.asks_text}


class NumberLimits:
    """What a number may be: the same for a question and for a column of a table."""

    kind: str
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None
    decimals: int

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBER_KINDS

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Lowest and highest number accepted, both included.

        What is left open follows from the kind. Without a minimum the lowest is 0, so that a minus sign is
        never accepted by accident.
        """
        lowest, highest = KIND_BOUNDS.get(self.kind, (Decimal(0), LARGEST_NUMBER))
        return (
            lowest if self.minimum is None else self.minimum,
            highest if self.maximum is None else self.maximum,
        )


@dataclass(frozen=True)
class LineDefinition:
    """A row of a table."""

    code: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "text": self.text}


@dataclass(frozen=True)
class ColumnDefinition(NumberLimits):
    """A column of a table: a number, an amount, a percentage or one choice in every row."""

    code: str
    text: str
    kind: str
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    options: tuple[OptionDefinition, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return leave_out_empty(
            {
                "code": self.code,
                "text": self.text,
                "kind": self.kind,
                "unit": self.unit,
                "minimum": write_bound(self.minimum),
                "maximum": write_bound(self.maximum),
                "decimals": self.decimals or None,
                "options": [option.as_dict() for option in self.options],
            }
        )


@dataclass(frozen=True)
class DimensionDefinition:
    """One of the choices that a typology is made of."""

    code: str
    text: str
    options: tuple[OptionDefinition, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "text": self.text,
            "options": [option.as_dict() for option in self.options],
        }


@dataclass(frozen=True)
class RuleDefinition:
    """A check on a given answer; `rules.py` says what each kind does with which of these.

    `message` replaces the sentence that the kind has by itself. `rows` and `columns` narrow down the cells of a
    table. `other` is the code of another question.
    """

    kind: str
    severity: str
    message: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    total_row: str = ""
    total_column: str = ""
    other: str = ""
    comparison: str = ""
    tolerance: Decimal | None = None
    tolerance_percent: Decimal | None = None
    percent: Decimal | None = None

    def as_dict(self) -> dict[str, Any]:
        table = {each.name: getattr(self, each.name) for each in fields(self)}
        return leave_out_empty(
            {
                name: write_bound(value)
                if isinstance(value, Decimal)
                else sorted(value)
                if isinstance(value, tuple)
                else value
                for name, value in table.items()
            }
        )


@dataclass(frozen=True)
class ConditionDefinition:
    """Holds when `question` has at least one of the options `any_of`."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class QuestionDefinition(NumberLimits):
    """`conditions` must all hold for the question to be asked; `missing` are the allowed kinds of nothing.

    What stands from `rows` on belongs to one kind: rows and columns to a matrix, dimensions to a typology,
    `maximum_ranked` to a ranking (0: every option), the days to a date, the last two to a file. `change` is what
    the author says of the difference with the version before.
    """

    code: str
    kind: str
    text: str
    requirement: str
    help: str = ""
    definition: str = ""
    options: tuple[OptionDefinition, ...] = ()
    conditions: tuple[ConditionDefinition, ...] = ()
    missing: tuple[str, ...] = ()
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    rules: tuple[RuleDefinition, ...] = ()
    change: str = ""
    rows: tuple[LineDefinition, ...] = ()
    columns: tuple[ColumnDefinition, ...] = ()
    dimensions: tuple[DimensionDefinition, ...] = ()
    maximum_ranked: int = 0
    earliest: date | None = None
    latest: date | None = None
    accepts: tuple[str, ...] = ()
    maximum_megabytes: int = 0

    @property
    def is_choice(self) -> bool:
        return self.kind in CHOICE_KINDS

    @property
    def places(self) -> int:
        """How many options of a ranking get a place."""
        return self.maximum_ranked or len(self.options)

    def as_dict(self) -> dict[str, Any]:
        """Canonical form. What came after the first versions is left out when empty: their checksum stays."""
        return {
            "code": self.code,
            "kind": self.kind,
            "text": self.text,
            "requirement": self.requirement,
            "help": self.help,
            "definition": self.definition,
            "options": [option.as_dict() for option in self.options],
            "conditions": sorted(
                ({"question": each.question, "any_of": sorted(each.any_of)} for each in self.conditions),
                key=lambda condition: str(condition["question"]),
            ),
            "missing": sorted(self.missing),
            "unit": self.unit,
            "minimum": write_bound(self.minimum),
            "maximum": write_bound(self.maximum),
            "decimals": self.decimals,
            **self.layout_as_dict(),
            **leave_out_empty({"rules": [rule.as_dict() for rule in self.rules], "change": self.change}),
        }

    def layout_as_dict(self) -> dict[str, Any]:
        """What belongs to one kind of question only, in canonical form; `read_layout` is the way back."""
        return leave_out_empty(
            {
                "rows": [row.as_dict() for row in self.rows],
                "columns": [column.as_dict() for column in self.columns],
                "dimensions": [dimension.as_dict() for dimension in self.dimensions],
                "maximum_ranked": self.maximum_ranked or None,
                "earliest": self.earliest and self.earliest.isoformat(),
                "latest": self.latest and self.latest.isoformat(),
                "accepts": sorted(self.accepts),
                "maximum_megabytes": self.maximum_megabytes or None,
            }
        )


def read_layout(layout: dict[str, Any]) -> dict[str, Any]:
    """The arguments of QuestionDefinition that `layout_as_dict` wrote down."""
    return {
        "rows": tuple(LineDefinition(**row) for row in layout.get("rows", ())),
        "columns": tuple(
            ColumnDefinition(**column | read_bounds(column) | {"options": read_options(column)})
            for column in layout.get("columns", ())
        ),
        "dimensions": tuple(
            DimensionDefinition(each["code"], each["text"], read_options(each))
            for each in layout.get("dimensions", ())
        ),
        "maximum_ranked": layout.get("maximum_ranked", 0),
        "earliest": date.fromisoformat(layout["earliest"]) if "earliest" in layout else None,
        "latest": date.fromisoformat(layout["latest"]) if "latest" in layout else None,
        "accepts": tuple(layout.get("accepts", ())),
        "maximum_megabytes": layout.get("maximum_megabytes", 0),
    }


def read_rule(rule: dict[str, Any]) -> RuleDefinition:
    """From the canonical form."""
    codes = {name: tuple(rule.get(name, ())) for name in ("rows", "columns")}
    return RuleDefinition(**rule | codes | read_bounds(rule))


def read_options(table: dict[str, Any]) -> tuple[OptionDefinition, ...]:
    return tuple(OptionDefinition(**option) for option in table.get("options", ()))


def read_bounds(table: dict[str, Any]) -> dict[str, Decimal]:
    """The numbers that `write_bound` wrote as text."""
    names = ("minimum", "maximum", "tolerance", "tolerance_percent", "percent")
    return {name: Decimal(table[name]) for name in names if name in table}


def leave_out_empty(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value not in ("", [], None)}


def write_bound(bound: Decimal | None) -> str | None:
    """As text, so that 0, 0.0 and 0.000 are the same bound."""
    return None if bound is None else format((bound + 0).normalize(), "f")


@dataclass(frozen=True)
class SectionDefinition:
    code: str
    title: str
    questions: tuple[QuestionDefinition, ...]
    measure: str = ""
    intro: str = ""
    more: str = ""


@dataclass(frozen=True)
class Definition:
    survey: str
    title: str
    number: int
    sections: tuple[SectionDefinition, ...]
    source: str = ""

    @cached_property
    def questions(self) -> dict[str, QuestionDefinition]:
        """Every question by code, in the order in which they are asked."""
        return {question.code: question for section in self.sections for question in section.questions}

    def as_dict(self) -> dict[str, Any]:
        """Canonical form: two definitions that ask the same have the same form, however written."""
        return {
            "survey": self.survey,
            "title": self.title,
            "number": self.number,
            "source": self.source,
            "sections": [
                {
                    "code": section.code,
                    "title": section.title,
                    "measure": section.measure,
                    "intro": section.intro,
                    "more": section.more,
                    "questions": [question.as_dict() for question in section.questions],
                }
                for section in self.sections
            ],
        }

    @cached_property
    def checksum(self) -> str:
        """SHA-256 (hexadecimal) of the canonical form as JSON: the proof that a version is unchanged."""
        canonical = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
