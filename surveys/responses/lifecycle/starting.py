"""Beginning a response, and saying for which municipalities a region answers."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.accounts.models import Organisation, Person
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.locking import (
    list_covered_codes,
    lock_draft,
    log_action,
    refuse_closed_wave,
)
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import Response, ResponseMunicipality
from surveys.responses.queries import list_members


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
    member = list_members(wave, organisation=organisation).select_related("wave__version").first()
    if member is None:
        raise ActionRefused("Deze organisatie hoort niet bij de meting.")
    wave = member.wave  # as it is now
    refuse_closed_wave(wave, at=at)
    try:
        with transaction.atomic():
            response = Response.objects.create(
                wave=wave, organisation=organisation, version=wave.version, started_at=at, started_by=by
            )
    except IntegrityError:
        return Response.objects.select_related("version").get(wave=wave, organisation=organisation), False
    if organisation.kind == Organisation.Kind.MUNICIPALITY:
        ResponseMunicipality.objects.create(response=response, municipality_id=organisation.code)
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
