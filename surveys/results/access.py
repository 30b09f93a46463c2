from django.http import Http404

from surveys.questionnaire.models import Wave


def access_public_wave(code: str) -> Wave:
    """Raises Http404 alike for a wave that does not exist and for one whose results are not published."""
    wave = (
        Wave.objects.filter(code=code, results_published_at__isnull=False).select_related("version").first()
    )
    if wave is None:
        raise Http404
    return wave
