"""What to do with a new value for an answer that others may have changed meanwhile. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from surveys.questionnaire.answer_values import BLANK, AnswerValue

# A question code and the code of the municipality for which it is a deviation, "" for the response's own answer.
AnswerKey = tuple[str, str]


@dataclass(frozen=True)
class AnswerChange:
    """A new value for a question; `base_revision` is the revision its author saw, 0 without an answer.

    `municipality` is the code of the municipality for which a region deviates, "" for its own answer. `key` is
    the sender's own name for this save: the same key again is the same save again. `origin` as in
    `AnswerRevision.Origin`.
    """

    question: str
    value: AnswerValue
    base_revision: int
    municipality: str = ""
    key: str = ""
    origin: str = "form"

    @property
    def answer(self) -> AnswerKey:
        return self.question, self.municipality


class Verdict(StrEnum):
    """`LEFT_ALONE`: the author sent back what they saw, so what somebody else made of it stands."""

    WRITE = "write"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left_alone"
    CONFLICT = "conflict"


def judge_change(
    change: AnswerChange,
    *,
    seen: AnswerValue | None,
    current: AnswerValue | None,
    current_revision: int,
    is_ranking: bool = False,
) -> Verdict:
    """Merge three ways: what the author saw, what they made of it, and what is there now.

    `seen` is None for a revision that never was, `current` is None as long as nobody answered (revision 0).
    """
    if is_same(change.value, current or BLANK, is_ranking=is_ranking):
        return Verdict.UNCHANGED
    if current is None or has_seen_current(change.base_revision, current_revision=current_revision):
        return Verdict.WRITE
    if seen is not None and is_same(change.value, seen, is_ranking=is_ranking):
        return Verdict.LEFT_ALONE
    return Verdict.CONFLICT


def has_seen_current(base_revision: int, *, current_revision: int) -> bool:
    """Whether the author had the current answer before them: only then may theirs take its place."""
    return base_revision == current_revision


def is_same(one: AnswerValue, other: AnswerValue, *, is_ranking: bool = False) -> bool:
    """Equal, but for the order of cells and, unless it is a ranking, of options."""

    def sort(value: AnswerValue) -> AnswerValue:
        cells = sorted(value.cells, key=lambda cell: (cell.row, cell.column))
        options = value.options if is_ranking else sorted(value.options, key=lambda option: option.code)
        return replace(value, options=tuple(options), cells=tuple(cells))

    return one == other or (one.state == other.state and sort(one) == sort(other))
