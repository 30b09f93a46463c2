"""Taking hold of a wave or a release before a step; who may not take the step hears why."""

from surveys.questionnaire.models import Wave
from surveys.results.models import Release


class ReleaseRefused(Exception):
    """The release cannot take this step now; the message is Dutch and says why."""


def lock_wave(wave: Wave) -> Wave:
    """Until the end of the transaction. Raises ReleaseRefused while the wave is not closed."""
    locked = Wave.objects.select_for_update(of=("self",)).select_related("version").get(pk=wave.pk)
    if locked.status != Wave.Status.CLOSED:
        raise ReleaseRefused("Sluit de meting eerst. Anders veranderen de antwoorden nog.")
    return locked


def lock_unpublished(release: Release) -> Release:
    """The release as it is now, with its wave locked. Raises ReleaseRefused when it is public, and as `lock_wave`."""
    wave = lock_wave(release.wave)
    locked = Release.objects.select_related("corrects", "published_by").get(pk=release.pk)
    locked.wave = wave
    if locked.is_published:
        raise ReleaseRefused(
            "Deze publicatie is openbaar en verandert niet meer. Maak een nieuwe publicatie."
        )
    return locked
