"""What a municipality says of the answers its region gives in its name, and the sections it answers itself."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.queries import load_codes, load_definition
from surveys.responses.lifecycle.locking import lock_response, refuse_closed_wave
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import Position, Response, SectionTakeover
from surveys.responses.on_behalf import SeenAnswer, Standing, Statement
from surveys.responses.region_queries import SPEAKING, load_statements
from surveys.responses.resolving import rewrite_resolved_answers
from surveys.trail.recording import record

MAXIMUM_REASON_LENGTH = 500


class AnswersChanged(ActionRefused):
    """The region changed an answer after the municipality looked."""


@transaction.atomic
def confirm_answers(
    response: Response,
    *,
    municipality: str,
    seen: Mapping[str, SeenAnswer],
    by: Person | None,
    at: datetime | None = None,
) -> int:
    """Agree with the answers seen, by question code; returns how many were agreed with.

    What the municipality disputes or answers itself stays as it is. Raises AnswersChanged when one of the
    answers is no longer the one that was seen, WaveClosed, and ActionRefused when the region does not speak
    for the municipality.
    """
    at = at or timezone.now()
    response = _lock_speaking(response, municipality=municipality, at=at)
    statements = _load_by_code(response, municipality=municipality)
    _refuse_changed(statements, seen=seen)
    confirmed = [code for code in seen if statements[code].waits]
    for code in confirmed:
        _take_position(response, statements[code], municipality=municipality, by=by, at=at)
    if confirmed:
        record(response, "response.agree", by=by, at=at, municipality=municipality, questions=confirmed)
    return len(confirmed)


@transaction.atomic
def dispute_answer(
    response: Response,
    *,
    municipality: str,
    question: str,
    seen: SeenAnswer,
    reason: str,
    by: Person | None,
    at: datetime | None = None,
) -> None:
    """Say that an answer is not true of the municipality: it counts no longer until `end_dispute`.

    Raises what `confirm_answers` raises, and ActionRefused without a reason, for one of more than 500
    characters, and for a question that the municipality answers itself.
    """
    at = at or timezone.now()
    if not 0 < len(reason) <= MAXIMUM_REASON_LENGTH:
        raise ActionRefused(
            f"Schrijf op waarom het antwoord niet klopt, in ten hoogste {MAXIMUM_REASON_LENGTH} tekens."
        )
    response = _lock_speaking(response, municipality=municipality, at=at)
    statements = _load_by_code(response, municipality=municipality)
    _refuse_changed(statements, seen={question: seen})
    if statements[question].standing is Standing.OWN:
        raise ActionRefused("Uw gemeente antwoordt hier zelf. Wat uw regio zegt, telt hier niet voor u.")
    _take_position(response, statements[question], municipality=municipality, reason=reason, by=by, at=at)
    record(response, "response.dispute", by=by, at=at, municipality=municipality, questions=[question])
    _resolve_again(response, municipality=municipality)


@transaction.atomic
def end_dispute(
    response: Response,
    *,
    municipality: str,
    question: str,
    seen: SeenAnswer,
    by: Person | None,
    at: datetime | None = None,
) -> None:
    """Agree after all with what the region says now. Nothing changes for an answer that is not disputed.

    Raises what `confirm_answers` raises.
    """
    at = at or timezone.now()
    response = _lock_speaking(response, municipality=municipality, at=at)
    statements = _load_by_code(response, municipality=municipality)
    _refuse_changed(statements, seen={question: seen})
    position = statements[question].position
    if position is not None and position.is_dispute:
        _take_position(response, statements[question], municipality=municipality, by=by, at=at)
        record(
            response, "response.end_dispute", by=by, at=at, municipality=municipality, questions=[question]
        )
        _resolve_again(response, municipality=municipality)


@transaction.atomic
def take_over_section(
    response: Response, *, municipality: str, section: str, by: Person | None, at: datetime | None = None
) -> None:
    """From now on the municipality answers this section in its own response, and the region is not heard there.

    Raises WaveClosed, and ActionRefused for an unknown section or when the region does not speak for the
    municipality.
    """
    at = at or timezone.now()
    response = _lock_speaking(response, municipality=municipality, at=at)
    if all(each.code != section for each in load_definition(response.version).sections):
        raise ActionRefused("Dit onderdeel bestaat niet.")
    _, is_new = SectionTakeover.objects.get_or_create(
        response=response,
        municipality_id=municipality,
        section=section,
        defaults={"taken_at": at, "taken_by": by},
    )
    if is_new:
        record(response, "response.take_over", by=by, at=at, municipality=municipality, section=section)
        _resolve_again(response, municipality=municipality)


@transaction.atomic
def give_back_section(
    response: Response, *, municipality: str, section: str, by: Person | None, at: datetime | None = None
) -> None:
    """The region speaks for the municipality in this section again; its own answers there keep going first.

    Raises WaveClosed, and ActionRefused when the region does not speak for the municipality.
    """
    at = at or timezone.now()
    response = _lock_speaking(response, municipality=municipality, at=at)
    given_back, _ = SectionTakeover.objects.filter(
        response=response, municipality=municipality, section=section
    ).delete()
    if given_back:
        record(response, "response.give_back", by=by, at=at, municipality=municipality, section=section)
        _resolve_again(response, municipality=municipality)


def _lock_speaking(response: Response, *, municipality: str, at: datetime) -> Response:
    response = lock_response(response)
    refuse_closed_wave(response.wave, at=at)
    is_covered = response.coverage.filter(municipality=municipality).exists()
    if response.status not in SPEAKING or not is_covered:
        raise ActionRefused("Uw jeugdregio antwoordt niet meer namens uw gemeente.")
    return response


def _load_by_code(response: Response, *, municipality: str) -> dict[str, Statement]:
    statements = load_statements(response, municipality_codes=[municipality])[municipality]
    return {each.question.code: each for each in statements}


def _refuse_changed(statements: Mapping[str, Statement], *, seen: Mapping[str, SeenAnswer]) -> None:
    changed: Collection[str] = [
        code
        for code, mark in seen.items()
        if code not in statements or statements[code].answer is None or statements[code].current != mark
    ]
    if changed:
        raise AnswersChanged(
            "Uw jeugdregio heeft intussen een antwoord gewijzigd. Bekijk het opnieuw en kies dan nog een keer."
        )


def _take_position(
    response: Response,
    statement: Statement,
    *,
    municipality: str,
    reason: str = "",
    by: Person | None,
    at: datetime,
) -> None:
    """A dispute with a reason, agreement without. Found by question code: the response may have moved on."""
    code = statement.question.code
    values = {
        "question_id": load_codes(response.version).questions[code],
        "kind": Position.Kind.DISPUTED if reason else Position.Kind.CONFIRMED,
        "reason": reason,
        "answer_revision": statement.current.revision,
        "is_about_deviation": statement.is_deviation,
        "taken_at": at,
        "taken_by": by,
    }
    of_municipality = Position.objects.filter(response=response, municipality=municipality)
    if not of_municipality.filter(question__code=code).update(**values):
        Position.objects.create(response=response, municipality_id=municipality, **values)


def _resolve_again(response: Response, *, municipality: str) -> None:
    if response.status == Response.Status.SUBMITTED:
        rewrite_resolved_answers(response.wave, municipality_codes=[municipality])
