"""The questionnaire as plain objects: what the definition file says and what a published version holds. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property


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
        return self.kind in ("single", "multiple")


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
