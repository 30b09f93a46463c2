"""What every verb starts with: hold on to the response as it is now, and refuse when it is not a draft."""

from datetime import datetime

from django.utils import timezone

from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import is_wave_open
from surveys.responses.lifecycle.refusals import ResponseLocked, WaveClosed
from surveys.responses.models import Response


def lock_response(response: Response) -> Response:
    """The response as it is now; other writers wait until this transaction ends."""
    rows = Response.objects.select_for_update(of=("self",)).select_related(
        "version", "wave__version", "organisation"
    )
    try:
        return rows.get(pk=response.pk)
    except Response.DoesNotExist:
        # It moved to another version while we waited: PostgreSQL then no longer finds the version it had joined.
        return rows.get(pk=response.pk)


def lock_draft(response: Response, *, at: datetime) -> Response:
    response = lock_response(response)
    if response.status != Response.Status.DRAFT:
        raise ResponseLocked("Deze vragenlijst is al ingediend. De antwoorden liggen vast.")
    refuse_closed_wave(response.wave, at=at)
    return response


def refuse_closed_wave(wave: Wave, *, at: datetime) -> None:
    if not is_wave_open(wave, today=timezone.localdate(at)):
        raise WaveClosed(f"{wave.title} is gesloten. U kunt de vragenlijst niet meer invullen.")


def list_covered_codes(response: Response) -> set[str]:
    return set(response.coverage.values_list("municipality", flat=True))
