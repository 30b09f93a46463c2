"""The buttons at a question. What was typed on the form is saved before what they ask for is done.

The value of such a button: what to do, the code of the question, and what the person had before them.
"""

from surveys.accounts.models import Person
from surveys.questionnaire.definition import SectionDefinition
from surveys.responses.forms import read_revision
from surveys.responses.lifecycle.conflicts import SETTLED_ALREADY, settle_conflict
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import ConflictingAnswer, Response

CHOSEN = "Uw keuze is opgeslagen."


def name_choice(*, take: bool, question: str, conflict_id: int, seen_revision: int) -> str:
    return f"{'take' if take else 'keep'} {question} {conflict_id} {seen_revision}"


def find_question_of(button: str, *, section: SectionDefinition) -> str:
    """The code of the question at which the button stands, "" for any other button of the form."""
    _, code, *_ = [*button.split(), "", ""]
    return code if any(question.code == code for question in section.questions) else ""


def press_button(response: Response, *, button: str, by: Person) -> None:
    """Raises ActionRefused."""
    match button.split():
        case ["take" | "keep" as verb, question, conflict_id, revision]:
            conflict = find_conflict(response, question=question, conflict_id=read_revision(conflict_id))
            settle_conflict(conflict, take=verb == "take", seen_revision=read_revision(revision), by=by)


def find_conflict(response: Response, *, question: str, conflict_id: int) -> ConflictingAnswer:
    conflict = ConflictingAnswer.objects.filter(
        pk=conflict_id, answer__response=response, answer__question__code=question, answer__municipality=None
    ).first()
    if conflict is None:
        raise ActionRefused(SETTLED_ALREADY)
    return conflict
