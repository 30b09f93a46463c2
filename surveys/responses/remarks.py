"""What a question shows besides its field, put into words for its component templates. Most show none of these."""

from collections.abc import Collection
from dataclasses import dataclass, field

from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.rules import Finding
from surveys.responses.buttons import name_choice, name_confirmation, name_offer
from surveys.responses.carrying_over import PreviousAnswer
from surveys.responses.pages import describe_moment
from surveys.responses.queries import OpenConflict, StoredAnswer
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


@dataclass(frozen=True)
class OfferRemark:
    """What was answered before, for components/previous_answer.html; without `take_value` it is only to read."""

    answer: str
    wave_title: str
    is_trend_break: bool
    is_from_region: bool
    take_value: str


@dataclass(frozen=True)
class FindingRemark:
    """What a rule says of the answer, for components/finding.html; only a warning has a `confirm_value`."""

    severity: str
    message: str
    confirm_value: str


@dataclass(frozen=True)
class DeviationRemark:
    """Where a region says that it is otherwise in one municipality; `lines` are what it said so far."""

    url: str
    lines: list[str]


@dataclass(frozen=True)
class NotesRemark:
    """Where colleagues leave notes about the question, and how many there are."""

    url: str
    number: int


@dataclass(frozen=True)
class QuestionRemarks:
    """`clarifications` are the questions back that wait for a reply, `clarifications_url` is where to reply.

    `corrections` say what researchers changed in this answer after it was submitted.
    """

    conflicts: list[ConflictRemark] = field(default_factory=list)
    findings: list[FindingRemark] = field(default_factory=list)
    offer: OfferRemark | None = None
    deviations: DeviationRemark | None = None
    notes: NotesRemark | None = None
    clarifications: list[str] = field(default_factory=list)
    clarifications_url: str = ""
    corrections: list[str] = field(default_factory=list)


NO_REMARKS = QuestionRemarks()


def describe_conflicts(
    question: QuestionDefinition, *, conflicts: Collection[OpenConflict]
) -> list[ConflictRemark]:
    """Those about the response's own answer to this question, not about a deviation."""
    return [
        describe_conflict(question, each)
        for each in conflicts
        if (each.question, each.municipality) == (question.code, "")
    ]


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


def describe_findings(
    question: QuestionDefinition, *, findings: Collection[Finding], stored: StoredAnswer
) -> list[FindingRemark]:
    """Those of this question; a warning that somebody looked at and confirmed is over."""
    return [
        FindingRemark(
            severity=each.severity,
            message=each.message,
            confirm_value=name_confirmation(question=question.code, revision=stored.revision)
            if each.severity == "warn"
            else "",
        )
        for each in findings
        if each.question == question.code
        and not (each.severity == "warn" and stored.confirmed_revision == stored.revision)
    ]


def describe_offer(question: QuestionDefinition, *, offer: PreviousAnswer, seen_revision: int) -> OfferRemark:
    return OfferRemark(
        answer=offer.description,
        wave_title=offer.wave_title,
        is_trend_break=offer.is_trend_break,
        is_from_region=offer.is_from_region,
        take_value=name_offer(question=question.code, seen_revision=seen_revision)
        if offer.is_confirmable
        else "",
    )
