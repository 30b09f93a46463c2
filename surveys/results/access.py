"""The only doors to what is public, and to releases."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from surveys.questionnaire.models import Wave
from surveys.results.models import Release


def list_public_waves() -> QuerySet[Wave]:
    """The waves with a published release, with their version, the latest reference date first; in one query."""
    published = Release.objects.filter(wave=OuterRef("pk"), status=Release.Status.PUBLISHED)
    waves = Wave.objects.filter(Exists(published), results_published_at__isnull=False)
    return waves.select_related("version").order_by("-reference_date", "code")


def access_public_wave(code: str) -> Wave:
    """Raises Http404 alike for a wave that does not exist and for one without a published release."""
    wave = list_public_waves().filter(code=code).first()
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
