"""The only doors to codebooks, rounds and texts. What a coder may not see yet does not exist for them."""

from django.http import Http404

from surveys.accounts.models import Person
from surveys.coding.models import Assignment, CodebookVersion, CodingRound, Theme
from surveys.coding.queries import list_active_assignments
from surveys.coding.texts import (
    list_open_questions,
    select_compared_texts,
    select_own_texts,
    select_texts,
)
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer


def access_open_question(wave: Wave, *, code: str) -> QuestionDefinition:
    """Raises Http404 for a question that the wave does not ask, or that is not open."""
    found = next((question for question in list_open_questions(wave) if question.code == code), None)
    if found is None:
        raise Http404("There is no such open question.")
    return found


def access_codebook_version(*, survey: str, question: str, number: int) -> CodebookVersion:
    """Raises Http404 when there is none."""
    versions = CodebookVersion.objects.select_related("codebook__survey", "published_by")
    version = versions.filter(codebook__survey=survey, codebook__question=question, number=number).first()
    if version is None:
        raise Http404("There is no such version of a codebook.")
    return version


def access_theme(version: CodebookVersion, *, code: str) -> Theme:
    """Raises Http404 for a theme that is not in this version."""
    theme = version.themes.select_related("version__codebook").filter(code=code).first()
    if theme is None:
        raise Http404("There is no such theme.")
    return theme


def access_round(number: int) -> CodingRound:
    """Any round, for whoever may manage or settle. Raises Http404 when there is none."""
    rounds = CodingRound.objects.select_related("wave__version", "version__codebook")
    coding_round = rounds.filter(pk=number).first()
    if coding_round is None:
        raise Http404("There is no such round.")
    return coding_round


def access_assignment(coding_round: CodingRound, *, assignment_id: int) -> Assignment:
    """Who codes in this round, for whoever may manage. Raises Http404 when there is none."""
    assignment = coding_round.assignments.select_related("coder", "round").filter(pk=assignment_id).first()
    if assignment is None:
        raise Http404("There is no such assignment.")
    return assignment


def access_own_assignment(person: Person, *, number: int) -> Assignment:
    """What this person codes in a round. Raises Http404 for a round in which they do not (or no longer) code."""
    assignments = Assignment.objects.select_related(
        "coder", "round__wave__version", "round__version__codebook"
    )
    assignment = assignments.filter(round=number, coder=person, ended_at=None).first()
    if assignment is None:
        raise Http404("This person does not code in such a round.")
    return assignment


def access_own_text(assignment: Assignment, *, answer_id: int) -> Answer:
    """A text that this coder is asked to code. Raises Http404 for another one, also of the same question."""
    return _find(select_own_texts(assignment).filter(pk=answer_id).first())


def access_compared_text(coding_round: CodingRound, *, answer_id: int) -> Answer:
    """A text whose codes may be compared. Raises Http404 while the round is blind or somebody still codes it."""
    assignments = list_active_assignments(coding_round)
    return _find(select_compared_texts(coding_round, assignments=assignments).filter(pk=answer_id).first())


def access_text(wave: Wave, *, question: str, answer_id: int) -> Answer:
    """A submitted text, without its codes. Raises Http404 when it was changed, taken back or never there."""
    return _find(select_texts(wave, questions=[question]).filter(pk=answer_id).first())


def _find(text: Answer | None) -> Answer:
    if text is None:
        raise Http404("There is no such text.")
    return text
