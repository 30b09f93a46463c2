"""The buttons at a question. What was typed on the form is saved before what they ask for is done.

The value of such a button: what to do, the code of the question, and what the person had before them.
"""

from surveys.accounts.models import Person
from surveys.questionnaire.definition import SectionDefinition
from surveys.responses.access import SurveyAccess
from surveys.responses.carrying_over import offer_previous_answers
from surveys.responses.forms import read_revision
from surveys.responses.lifecycle.conflicts import SETTLED_ALREADY, settle_conflict
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.saving import AnswerChange, confirm_answer
from surveys.responses.models import AnswerRevision, ConflictingAnswer, Response

CHOSEN = "Uw keuze is opgeslagen."
OFFER_IS_OVER = "Op deze vraag staat intussen een antwoord. Kijk of het klopt."


def name_choice(*, take: bool, question: str, conflict_id: int, seen_revision: int) -> str:
    return f"{'take' if take else 'keep'} {question} {conflict_id} {seen_revision}"


def name_confirmation(*, question: str, revision: int) -> str:
    return f"confirm {question} {revision}"


def name_offer(*, question: str, seen_revision: int) -> str:
    return f"previous {question} {seen_revision}"


def find_question_of(button: str, *, section: SectionDefinition) -> str:
    """The code of the question at which the button stands, "" for any other button of the form."""
    _, code, *_ = [*button.split(), "", ""]
    return code if any(question.code == code for question in section.questions) else ""


def press_button(response: Response, *, button: str, by: Person) -> None:
    """Choose from two answers, or confirm one after a warning. Raises ActionRefused."""
    match button.split():
        case ["take" | "keep" as verb, question, conflict_id, revision]:
            conflict = find_conflict(response, question=question, conflict_id=read_revision(conflict_id))
            settle_conflict(conflict, take=verb == "take", seen_revision=read_revision(revision), by=by)
        case ["confirm", question, revision]:
            confirm_answer(response, question=question, revision=read_revision(revision), by=by)
        case ["previous", *_]:  # what `read_offer` found is saved with the rest of the form
            raise ActionRefused(OFFER_IS_OVER)


def find_conflict(response: Response, *, question: str, conflict_id: int) -> ConflictingAnswer:
    conflict = ConflictingAnswer.objects.filter(
        pk=conflict_id, answer__response=response, answer__question__code=question
    ).first()
    if conflict is None:
        raise ActionRefused(SETTLED_ALREADY)
    return conflict


def read_offer(button: str, *, access: SurveyAccess) -> AnswerChange | None:
    """The answer of last time as a change; None for any other button, and for an offer that does not stand."""
    match button.split():
        case ["previous", question, revision]:
            offers = offer_previous_answers(
                access.wave,
                organisation=access.organisation,
                version=access.version,
                response=access.response,
            )
            offer = offers.get(question)
            if offer is not None and offer.is_confirmable:
                origin = AnswerRevision.Origin.PREVIOUS_WAVE
                return AnswerChange(question, offer.value, read_revision(revision), origin=origin)
    return None
