"""Beginning a response, and saying for which municipalities a region answers."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from surveys.accounts.models import Organisation, Person
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import IS_ASKED, IS_OPEN, find_asked_wave
from surveys.responses.lifecycle.locking import (
    list_covered_codes,
    lock_draft,
    refuse_closed_wave,
)
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import Response, ResponseMunicipality
from surveys.responses.queries import list_members
from surveys.statements import fetch_one, insert_rows
from surveys.trail.recording import record

# One statement judges the wave as it is now and begins: of two at once the database takes one.
START = f"""
    INSERT INTO responses_response (
        wave_id, version_id, organisation_id, status, started_at, started_by_id,
        receipt_code, exclusion_reason, withdrawal_reason, reopening_reason
    )
    SELECT wave.id, wave.version_id, organisation.code, 'draft', %s, CAST(%s AS bigint), '', '', '', ''
    FROM questionnaire_wave wave
    JOIN accounts_organisation organisation ON organisation.code = %s
    WHERE wave.id = %s AND {IS_OPEN} AND {IS_ASKED}
    ON CONFLICT (wave_id, organisation_id) DO NOTHING
    RETURNING id, version_id
"""  # noqa: S608


@transaction.atomic
def start_response(
    wave: Wave, *, organisation: Organisation, by: Person | None, at: datetime | None = None
) -> Response:
    """The organisation's response in the wave, made when there is none yet; see `find_or_start_response`."""
    response, _ = find_or_start_response(wave, organisation=organisation, by=by, at=at or timezone.now())
    return response


def find_or_start_response(
    wave: Wave, *, organisation: Organisation, by: Person | None, at: datetime
) -> tuple[Response, bool]:
    """The organisation's response in the wave, and whether this made it: of two at once the database takes one.

    Inside the caller's transaction; until that ends nobody else sees a new one. A municipality answers for
    itself; a region for nobody until it ticks its members. Raises WaveClosed, and ActionRefused for an
    organisation that the wave does not ask.
    """
    response = _insert_response(wave, organisation=organisation, by=by, at=at)
    if response is None:
        asked = find_asked_wave(wave, organisation_code=organisation.code)
        if asked is None:
            raise ActionRefused("Deze organisatie hoort niet bij de meting.")
        refuse_closed_wave(asked, at=at)
        return Response.objects.select_related("version").get(wave=asked, organisation=organisation), False
    if organisation.kind == Organisation.Kind.MUNICIPALITY:
        insert_rows(
            ResponseMunicipality, [{"response_id": response.pk, "municipality_id": organisation.code}]
        )
    record(response, "response.start", by=by, at=at)
    return response, True


def _insert_response(
    wave: Wave, *, organisation: Organisation, by: Person | None, at: datetime
) -> Response | None:
    """A new response to the version that the wave asks now; None when there is no room or no reason for one."""
    response = Response(
        wave=wave, organisation=organisation, version=wave.version, started_at=at, started_by=by
    )
    moment = Response._meta.get_field("started_at").get_db_prep_save(at, connection)
    today = timezone.localdate(at).isoformat()
    row = fetch_one(START, [moment, response.started_by_id, organisation.pk, wave.pk, today])
    if row is None:
        return None
    response.pk, version_id = row
    if version_id != wave.version_id:
        response.version = QuestionnaireVersion.objects.get(pk=version_id)
    return response


@transaction.atomic
def save_coverage(
    response: Response,
    *,
    municipality_codes: Collection[str],
    seen_codes: Collection[str] | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> None:
    """Say for which of its members a region answers.

    `seen_codes` are the members that were ticked when the author looked: a tick that a colleague set or
    removed since then stays as the colleague left it. Raises WaveClosed, ResponseLocked, and ActionRefused
    for a municipality that is not a member on the wave's reference date.
    """
    at = at or timezone.now()
    response = lock_draft(response, at=at)
    members = set(
        list_members(response.wave, organisation=response.organisation).values_list("municipality", flat=True)
    )
    if response.organisation.kind != Organisation.Kind.YOUTH_REGION or not members.issuperset(
        municipality_codes
    ):
        raise ActionRefused("U kunt alleen antwoorden voor gemeenten die op de peildatum bij uw regio horen.")
    current = list_covered_codes(response)
    seen = current if seen_codes is None else set(seen_codes)
    added = set(municipality_codes) - seen - current
    removed = (seen - set(municipality_codes)) & current
    if added or removed:
        response.coverage.filter(municipality__in=removed).delete()
        ResponseMunicipality.objects.bulk_create(
            ResponseMunicipality(response=response, municipality_id=code) for code in sorted(added)
        )
        record(response, "response.cover", by=by, at=at, added=sorted(added), removed=sorted(removed))
