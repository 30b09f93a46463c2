"""The questionnaire as plain objects: what the definition file says and a published version holds. Pure."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

CHOICE_KINDS = ("single", "multiple")
NUMBER_KINDS = ("number", "year", "euro", "percentage")
KINDS = (*CHOICE_KINDS, *NUMBER_KINDS, "text")
REQUIREMENTS = ("required", "recommended")
MISSING_STATES = ("dont_know", "not_applicable", "refused")

# What an unbounded question still accepts: the database keeps twelve digits before the comma.
LARGEST_NUMBER = Decimal(999_999_999_999)
KIND_BOUNDS = {"year": (Decimal(1000), Decimal(9999)), "percentage": (Decimal(0), Decimal(100))}


@dataclass(frozen=True)
class OptionDefinition:
    code: str
    text: str
    asks_text: bool = False


@dataclass(frozen=True)
class ConditionDefinition:
    """Holds when `question` has at least one of the options `any_of`."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class QuestionDefinition:
    """`conditions` must all hold for the question to be asked; `missing` are the allowed kinds of nothing."""

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

    @property
    def is_choice(self) -> bool:
        return self.kind in CHOICE_KINDS

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBER_KINDS

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Lowest and highest number accepted, both included.

        What the question leaves open follows from its kind. Without a minimum the lowest is 0, so that a
        minus sign is never accepted by accident.
        """
        lowest, highest = KIND_BOUNDS.get(self.kind, (Decimal(0), LARGEST_NUMBER))
        return (
            lowest if self.minimum is None else self.minimum,
            highest if self.maximum is None else self.maximum,
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "kind": self.kind,
            "text": self.text,
            "requirement": self.requirement,
            "help": self.help,
            "definition": self.definition,
            "options": [
                {"code": option.code, "text": option.text, "asks_text": option.asks_text}
                for option in self.options
            ],
            "conditions": sorted(
                ({"question": each.question, "any_of": sorted(each.any_of)} for each in self.conditions),
                key=lambda condition: str(condition["question"]),
            ),
            "missing": sorted(self.missing),
            "unit": self.unit,
            "minimum": write_bound(self.minimum),
            "maximum": write_bound(self.maximum),
            "decimals": self.decimals,
        }


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

    @property
    def closed_questions(self) -> tuple[QuestionDefinition, ...]:
        """Those with options to choose from: what results count per option."""
        return tuple(question for question in self.questions if question.is_choice)


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
