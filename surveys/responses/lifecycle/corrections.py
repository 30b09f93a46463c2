"""An administrator corrects one answer of a submitted response: the original, the reason and the name stay."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.queries import load_definition, load_families
from surveys.responses.carrying_over import list_previous_values
from surveys.responses.lifecycle.locking import list_covered_codes, lock_response
from surveys.responses.lifecycle.refusals import ActionRefused, ResponseLocked
from surveys.responses.lifecycle.saving import load_family, refuse_misfits
from surveys.responses.merging import AnswerChange, has_seen_current, is_same
from surveys.responses.models import AnswerRevision, Correction, Response
from surveys.responses.progress import find_findings, list_routed_questions
from surveys.responses.queries import load_answers, load_deviations
from surveys.responses.resolving import rewrite_resolved_answers
from surveys.responses.tasks import mail_correction
from surveys.responses.writing import write_answers
from surveys.trail.recording import record

NOT_SUBMITTED = "Corrigeren kan alleen bij een reactie die is ingediend, en dat is deze nu niet."


@transaction.atomic
def correct_answer(
    response: Response,
    *,
    change: AnswerChange,
    reason: str,
    by: Person,
    at: datetime | None = None,
    is_mailed: bool = True,
) -> Correction:
    """Let another value count from now on, as one more revision of the answer, also in a closed wave.

    What was submitted is untouched: the submission keeps what it said, and the revision before this one keeps the
    original. Undoing it is correcting once more. The coordinators get a mail,
    unless the response is invented (`is_mailed` is false). Raises ResponseLocked for a response
    that is not submitted, and ActionRefused when the reviewer had not seen the current answer, when nothing
    changes, when the question is not asked, or when the answer would break a rule that blocks.
    """
    at = at or timezone.now()
    response = lock_response(response)
    if response.status != Response.Status.SUBMITTED:
        raise ResponseLocked(NOT_SUBMITTED)
    refuse_misfits(response, [change])
    covered = list_covered_codes(response)
    if change.municipality and change.municipality not in covered:
        raise ActionRefused("De regio antwoordt niet voor deze gemeente.")
    change = replace(change, origin=AnswerRevision.Origin.CORRECTION)
    held = load_family(response, changes=[change])
    history = held.get(change.answer)
    if not has_seen_current(
        change.base_revision, current_revision=history.current.revision if history else 0
    ):
        raise ActionRefused("Dit antwoord is intussen veranderd. Kijk nog eens en corrigeer dan.")
    question = load_definition(response.version).questions[change.question]
    current = history.current.value if history else BLANK
    if is_same(change.value, current, is_ranking=question.kind == "ranking"):
        raise ActionRefused("Dit antwoord staat er al. Er is niets gewijzigd.")
    family = load_families(response.version)[change.question]
    write_answers(response, {change.answer: change}, held=held, family=family, by=by, at=at)
    _refuse_impossible(response, change)
    correction = Correction.objects.create(
        revision=AnswerRevision.objects.get(
            answer__response=response,
            answer__question__code=change.question,
            answer__question__version=response.version_id,
            answer__municipality=change.municipality or None,
            number=change.base_revision + 1,
        ),
        reason=reason,
        name=str(by),
    )
    rewrite_resolved_answers(response.wave, municipality_codes=covered)
    record(
        response,
        "response.correct",
        by=by,
        at=at,
        reason=reason,
        question=change.question,
        municipality=change.municipality,
        revision=change.base_revision + 1,
    )
    if is_mailed:
        transaction.on_commit(lambda: mail_correction.delay(correction.pk), robust=True)
    return correction


def _refuse_impossible(response: Response, change: AnswerChange) -> None:
    """Raises ActionRefused for an answer that nobody could have submitted."""
    values = {code: each.value for code, each in load_answers(response).items()}
    if change.municipality:
        deviations = load_deviations(response)
        values |= {
            code: each.value for (code, whose), each in deviations.items() if whose == change.municipality
        }
    definition = load_definition(response.version)
    asked = {question.code for _, question in list_routed_questions(definition, values=values)}
    if change.question not in asked:
        raise ActionRefused(
            "Deze vraag is niet gesteld, door een eerder antwoord. Corrigeer eerst dat antwoord."
        )
    previous = list_previous_values(
        response.wave, organisation=response.organisation, version=response.version
    )
    blocking = [
        finding.message
        for finding in find_findings(definition, values=values, previous=previous)
        if finding.severity == "block" and finding.question == change.question
    ]
    if blocking:
        raise ActionRefused(" ".join(blocking))
