"""What the verbs of a round start with: hold on to the round, so that blind coding and settling never cross."""

from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.models import CodingRound


def lock_round(coding_round: CodingRound) -> CodingRound:
    """The round as it is now; other writers wait until this transaction ends.

    Raises CodingRefused when the wave is coded with a newer version of the codebook by now.
    """
    rounds = CodingRound.objects.select_for_update(of=("self",)).select_related(
        "wave__version", "version__codebook"
    )
    locked = rounds.get(pk=coding_round.pk)
    newer = CodingRound.objects.filter(
        wave=locked.wave_id,
        version__codebook=locked.version.codebook_id,
        version__number__gt=locked.version.number,
    )
    if newer.exists():
        raise CodingRefused("Deze ronde is voorbij: er is een nieuwe ronde met een nieuwere versie.")
    return locked
