"""What a region says in a municipality's name, answer by answer, and what the municipality says of that."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.queries import StoredAnswer
from surveys.responses.resolution import ResolutionState, SubmittedAnswer, list_regional_answers


class Standing(StrEnum):
    """Where a municipality stands towards one answer that is given in its name."""

    UNSEEN = "unseen"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """Which answer somebody looked at; the general answer and the deviation each count their own revisions."""

    revision: int
    is_deviation: bool = False

    def __str__(self) -> str:
        return f"{'afwijking' if self.is_deviation else 'algemeen'}-{self.revision}"

    @classmethod
    def parse(cls, text: str) -> "SeenAnswer":
        """Revision 0, which no answer has, for what is no such mark."""
        kind, _, revision = text.partition("-")
        is_number = revision.isascii() and revision.isdigit() and len(revision) <= 9
        return cls(int(revision) if is_number else 0, kind == "afwijking")


@dataclass(frozen=True, slots=True)
class TakenPosition:
    """What the municipality said of the answer it saw; `taken_by` is a name, empty when not known."""

    is_dispute: bool
    reason: str
    seen: SeenAnswer
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True)
class Statement:
    """One question that the region is asked about the municipality; `answer` is None when it says nothing yet."""

    section: SectionDefinition
    question: QuestionDefinition
    answer: StoredAnswer | None
    is_deviation: bool
    is_own: bool
    position: TakenPosition | None

    @property
    def current(self) -> SeenAnswer:
        return SeenAnswer(self.answer.revision if self.answer else 0, self.is_deviation)

    @property
    def is_changed(self) -> bool:
        """The region changed its answer since the municipality looked."""
        return self.position is not None and self.position.seen != self.current

    @property
    def standing(self) -> Standing | None:
        """None when there is nothing to look at."""
        if self.is_own:
            return Standing.OWN
        if self.position is not None and self.position.is_dispute:
            return Standing.DISPUTED
        if self.answer is None:
            return None
        if self.position is None:
            return Standing.UNSEEN
        return Standing.CHANGED if self.is_changed else Standing.CONFIRMED

    @property
    def waits(self) -> bool:
        """The municipality still has to look, for the first time or again."""
        return self.standing in (Standing.UNSEEN, Standing.CHANGED)


def may_deviate(question: QuestionDefinition) -> bool:
    """A file is evidence of one answer: there is nothing to deviate from."""
    return question.kind != "file"


def list_statements(
    definition: Definition,
    *,
    general: Mapping[str, StoredAnswer],
    deviations: Mapping[str, StoredAnswer],
    positions: Mapping[str, TakenPosition],
    own: Mapping[str, StoredAnswer],
    taken_over: Collection[str] = (),
) -> list[Statement]:
    """Every question that the region's answers for this municipality lead to, in order.

    All mappings are by question code: the region's general answers, its deviations for this municipality, what
    the municipality said of them, and the municipality's own answers. `taken_over` are codes of sections.
    """
    said = list_regional_answers(
        definition, region=_as_submitted(general), deviations=_as_submitted(deviations)
    )
    routed = find_routed_questions(
        definition, chosen={code: each.answer.options for code, each in said.items() if each.answer}
    )
    statements = []
    for section in definition.sections:
        for question in section.questions:
            if question.code not in routed:
                continue
            code = question.code
            is_deviation = code in said and said[code].state is ResolutionState.OVERRIDDEN
            statements.append(
                Statement(
                    section=section,
                    question=question,
                    answer=(deviations if is_deviation else general)[code] if code in said else None,
                    is_deviation=is_deviation,
                    is_own=section.code in taken_over or (code in own and _says_something(own[code])),
                    position=positions.get(code),
                )
            )
    return statements


def _as_submitted(answers: Mapping[str, StoredAnswer]) -> dict[str, SubmittedAnswer]:
    return {
        code: SubmittedAnswer(answer.id, answer.value.state, answer.is_routed, answer.value.option_codes)
        for code, answer in answers.items()
    }


def _says_something(answer: StoredAnswer) -> bool:
    return answer.is_routed and answer.value.state is not AnswerState.BLANK
