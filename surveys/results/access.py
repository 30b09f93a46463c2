"""The only doors to what is public, and to releases."""

from django.http import Http404

from surveys.questionnaire.models import Wave
from surveys.results.models import Release


def access_public_wave(code: str) -> Wave:
    """Raises Http404 alike for a wave that does not exist and for one whose results are not published."""
    wave = (
        Wave.objects.filter(code=code, results_published_at__isnull=False).select_related("version").first()
    )
    if wave is None:
        raise Http404
    return wave


def access_release(*, wave: str, number: int) -> Release:
    """For the administration. Raises Http404 when there is none."""
    releases = Release.objects.select_related("wave__version", "prepared_by", "published_by", "corrects")
    release = releases.defer("snapshot", "corrects__snapshot").filter(wave__code=wave, number=number).first()
    if release is None:
        raise Http404("There is no such release.")
    return release
