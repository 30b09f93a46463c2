"""The only doors of the open data."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from surveys.questionnaire.models import Wave
from surveys.results.models import Release


def list_released_waves() -> QuerySet[Wave]:
    """The waves with a published release, with their version, the latest reference date first; in one query."""
    published = Release.objects.filter(wave=OuterRef("pk"), status=Release.Status.PUBLISHED)
    waves = Wave.objects.filter(Exists(published), results_published_at__isnull=False)
    return waves.select_related("version").order_by("-reference_date", "code")


def access_released_wave(code: str) -> Wave:
    """Raises Http404 alike for a wave that does not exist and for one without a published release."""
    wave = list_released_waves().filter(code=code).first()
    if wave is None:
        raise Http404
    return wave
