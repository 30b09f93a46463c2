"""Beginning a response, and saying for which municipalities a region answers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Organisation, Person
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import find_asked_wave
from surveys.responses.lifecycle.locking import (
    list_covered_codes,
    lock_draft,
    log_action,
    refuse_closed_wave,
)
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import Response, ResponseMunicipality
from surveys.responses.queries import list_members
from surveys.statements import insert_rows


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
    asked = find_asked_wave(wave.code, organisation_code=organisation.code)  # as it is now
    if asked is None:
        raise ActionRefused("Deze organisatie hoort niet bij de meting.")
    refuse_closed_wave(asked, at=at)
    start = {
        "wave_id": asked.pk,
        "version_id": asked.version_id,
        "organisation_id": organisation.pk,
        "started_at": at,
        "started_by_id": by.pk if by else None,
    }
    inserted = insert_rows(Response, [start], unless_there=True)
    if not inserted:
        return Response.objects.select_related("version").get(wave=asked, organisation=organisation), False
    response = Response(pk=inserted[0], **start)
    response.wave, response.version, response.organisation = asked, asked.version, organisation
    if organisation.kind == Organisation.Kind.MUNICIPALITY:
        insert_rows(
            ResponseMunicipality, [{"response_id": response.pk, "municipality_id": organisation.code}]
        )
    log_action(response, "response.start", by=by, at=at)
    return response, True


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
        log_action(response, "response.cover", by=by, at=at, added=sorted(added), removed=sorted(removed))
