"""What a question shows besides its field, put into words for its component templates."""

from collections.abc import Collection
from dataclasses import dataclass

from surveys.questionnaire.definition import QuestionDefinition
from surveys.responses.buttons import name_choice
from surveys.responses.pages import describe_moment
from surveys.responses.queries import OpenConflict
from surveys.responses.wording import describe_answer

UNKNOWN_COLLEAGUE = "Een collega"


@dataclass(frozen=True)
class GivenAnswer:
    """What somebody answered, to read; `moment` as in "om 10:42"."""

    answer: str
    by: str
    moment: str


@dataclass(frozen=True)
class ConflictRemark:
    """Two answers to choose from, for components/answer_conflict.html."""

    conflict_id: int
    current: GivenAnswer
    other: GivenAnswer
    keep_value: str
    take_value: str

    @property
    def id(self) -> str:
        return f"conflict-{self.conflict_id}"


def describe_conflict(question: QuestionDefinition, conflict: OpenConflict) -> ConflictRemark:
    """The buttons name the revision that was seen: who chooses must know what the choice replaces."""
    current = conflict.current
    keep_value, take_value = (
        name_choice(
            take=take, question=question.code, conflict_id=conflict.id, seen_revision=current.revision
        )
        for take in (False, True)
    )
    return ConflictRemark(
        conflict_id=conflict.id,
        current=GivenAnswer(
            answer=describe_answer(question, current.value),
            by=current.saved_by or UNKNOWN_COLLEAGUE,
            moment=describe_moment(current.saved_at),
        ),
        other=GivenAnswer(
            answer=describe_answer(question, conflict.value),
            by=conflict.saved_by or UNKNOWN_COLLEAGUE,
            moment=describe_moment(conflict.saved_at),
        ),
        keep_value=keep_value,
        take_value=take_value,
    )


def list_conflict_remarks(
    question: QuestionDefinition, *, conflicts: Collection[OpenConflict]
) -> list[ConflictRemark]:
    """Those about the response's own answer to this question, not about a deviation."""
    return [
        describe_conflict(question, each)
        for each in conflicts
        if (each.question, each.municipality) == (question.code, "")
    ]
