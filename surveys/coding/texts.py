"""The texts of an open question: which there are, which are whose, and how far each is."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from surveys.coding.models import Assignment, Coding, CodingRound, Settlement
from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.models import Question, Wave
from surveys.questionnaire.queries import load_comparable_codes, load_definition
from surveys.responses.models import Answer, ResolvedAnswer, Response

# A text has the lot `pk % LOTS`. A prime, because the answers to one question lie at equal distances.
LOTS = 997


def list_open_questions(wave: Wave) -> list[QuestionDefinition]:
    """The questions of the wave that are answered in the respondent's own words."""
    questions = load_definition(wave.version).questions.values()
    return [question for question in questions if question.kind == Question.Kind.TEXT]


def name_section(wave: Wave, *, question: str) -> str:
    """The title of the part of the questionnaire: many sections ask the same open questions."""
    sections = load_definition(wave.version).sections
    return next(
        section.title for section in sections if any(asked.code == question for asked in section.questions)
    )


def select_texts(wave: Wave, *, questions: Iterable[str]) -> QuerySet[Answer]:
    """What was written in submitted responses, also to an earlier version that asks the same; in a fixed order.

    What a region writes for one municipality is a text of its own, as long as it holds for that municipality.
    """
    questions = set(questions)
    asked = [pk for pk, code in load_comparable_codes(wave.version).questions.items() if code in questions]
    return (
        Answer.objects.filter(
            Q(municipality=None) | Exists(ResolvedAnswer.objects.filter(wave=wave, answer=OuterRef("pk"))),
            response__wave=wave,
            response__status=Response.Status.SUBMITTED,
            question__in=asked,
            state=AnswerState.GIVEN,
            is_routed=True,
        )
        .exclude(text="")
        .order_by("pk")
    )


def select_round_texts(coding_round: CodingRound) -> QuerySet[Answer]:
    """Each with its `lot`."""
    texts = select_texts(coding_round.wave, questions=[coding_round.version.codebook.question])
    return texts.alias(lot=F("pk") % LOTS)


def select_own_texts(assignment: Assignment) -> QuerySet[Answer]:
    """The texts that this coder is asked to code."""
    return select_round_texts(assignment.round).filter(is_own(assignment))


def select_compared_texts(
    coding_round: CodingRound, *, assignments: Iterable[Assignment]
) -> QuerySet[Answer]:
    """The texts that everybody who should has dealt with: only their codes may be seen by others.

    None as long as the round is blind. `assignments` are those of the round that were not ended.
    """
    if coding_round.is_blind:
        return Answer.objects.none()
    is_asked, is_dealt_with = Q(pk__in=()), Q()
    for assignment in assignments:
        is_asked |= _lies_in_part(assignment)
        is_dealt_with &= ~_lies_in_part(assignment) | has_coding(assignment)
    return select_round_texts(coding_round).filter(is_asked, is_dealt_with)


def is_own(assignment: Assignment) -> Q:
    """Whether this coder is asked to code the text; not what was settled before the coder came to it."""
    return _lies_in_part(assignment) & (has_coding(assignment) | ~is_settled(assignment.round))


def has_coding(assignment: Assignment, **conditions: object) -> Q:
    """Whether this coder has dealt with the text as it is now."""
    codings = Coding.objects.filter(
        assignment=assignment, answer=OuterRef("pk"), revision=OuterRef("revision"), **conditions
    )
    return Q(Exists(codings))


def is_settled(coding_round: CodingRound, **conditions: object) -> Q:
    """Whether it was settled in this round what the text, as it is now, is about."""
    settlements = Settlement.objects.filter(
        round=coding_round, answer=OuterRef("pk"), revision=OuterRef("revision"), **conditions
    )
    return Q(Exists(settlements))


def is_asked_of(assignment: Assignment, *, answer_id: int) -> bool:
    first, last = _list_bounds(assignment)
    return first <= answer_id % LOTS < last


def _lies_in_part(assignment: Assignment) -> Q:
    first, last = _list_bounds(assignment)
    return Q(lot__gte=first, lot__lt=last)


def _list_bounds(assignment: Assignment) -> tuple[int, int]:
    return assignment.first * LOTS // 100, assignment.last * LOTS // 100
