"""What becomes of a response's answers when it moves to another version of the questionnaire. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.questionnaire.answer_fitting import fit_answer
from surveys.questionnaire.answer_values import AnswerState, AnswerValue
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.question_differences import ChangeKind
from surveys.questionnaire.version_changes import QuestionChange
from surveys.responses.merging import AnswerKey

ANSWER_STAYS = "Uw antwoord gaat niet mee, maar u ziet het nog bij de vraag. Geef opnieuw antwoord."
DEVIATION_STAYS = "Wat u voor een gemeente apart antwoordde, gaat niet mee. Kijk dat opnieuw na."


@dataclass(frozen=True)
class MovePlan:
    """`carried` has every answer that goes along as it will be; `left` is kept with the old version."""

    carried: dict[AnswerKey, AnswerValue] = field(default_factory=dict)
    left: list[AnswerKey] = field(default_factory=list)


@dataclass(frozen=True)
class MovedQuestion:
    """A question that changed, or whose answer does not go along: for the page that shows what will happen."""

    change: QuestionChange
    outcome: str


@dataclass(frozen=True)
class MovePreview:
    """`look_again` is what has to be answered after moving."""

    look_again: list[MovedQuestion]
    kept: list[MovedQuestion]
    dropped: list[MovedQuestion]
    carried: int
    left: int


def plan_move(
    definition: Definition,
    *,
    changes: Mapping[str, QuestionChange],
    values: Mapping[AnswerKey, AnswerValue],
) -> MovePlan:
    """`definition` is that of the version to move to, `changes` how it differs from the one before."""
    plan = MovePlan()
    for key, value in values.items():
        code, _ = key
        fitting = fit_answer(definition.questions[code], value) if changes[code].is_comparable else None
        if fitting is None:
            plan.left.append(key)
        else:
            plan.carried[key] = fitting
    return plan


def preview_move(
    plan: MovePlan, *, changes: Mapping[str, QuestionChange], values: Mapping[AnswerKey, AnswerValue]
) -> MovePreview:
    """What somebody reads before moving; questions that stay as they are with their answers are left out."""
    given = {key for key, value in values.items() if value.state is not AnswerState.BLANK}
    answered = {code for code, _ in given}
    left = {key for key in plan.left if key in given}
    preview = MovePreview([], [], [], carried=len(given & plan.carried.keys()), left=len(left))
    for code, change in changes.items():
        if change.kind is ChangeKind.REMOVED:
            outcome = "Uw antwoord telt niet meer mee. Wij bewaren het wel." if code in answered else ""
            preview.dropped.append(MovedQuestion(change, outcome))
        elif change.kind is ChangeKind.NEW:
            preview.look_again.append(MovedQuestion(change, ""))
        elif any(code == each for each, _ in left):
            preview.look_again.append(
                MovedQuestion(change, ANSWER_STAYS if (code, "") in left else DEVIATION_STAYS)
            )
        elif change.kind is ChangeKind.MEANING:
            preview.look_again.append(MovedQuestion(change, ""))
        elif change.kind is not ChangeKind.UNCHANGED:
            preview.kept.append(MovedQuestion(change, "Uw antwoord gaat mee." if code in answered else ""))
    return preview
