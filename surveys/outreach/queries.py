from django.db.models import Q

from surveys.questionnaire.models import FrameMunicipality, Wave


def is_asked(wave: Wave, *, organisation_code: str) -> bool:
    """Whether the organisation is in the wave's frame: a municipality, or a region of one."""
    return FrameMunicipality.objects.filter(
        Q(municipality=organisation_code) | Q(youth_region=organisation_code), wave=wave
    ).exists()
