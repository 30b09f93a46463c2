"""Letting the themes of a round count in the results, and taking them out again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.coding.adjudicated import is_adjudicated
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.models import CodingRound
from surveys.coding.texts import select_round_texts
from surveys.trail.recording import record


@transaction.atomic
def release_counts(
    coding_round: CodingRound, *, by: Person | None, at: datetime | None = None
) -> CodingRound:
    """From now on results count the themes of this round, and no longer those of another one of the question.

    Raises CodingRefused when they do already, while coders work blind, and when no text would count.
    """
    at = at or timezone.now()
    rounds = _lock_rounds(coding_round)
    coding_round = rounds[coding_round.pk]
    if coding_round.released_at is not None:
        raise CodingRefused("De thema's van deze ronde tellen al mee in de resultaten.")
    if coding_round.is_blind:
        raise CodingRefused("De codeurs werken nog los van elkaar. Begin eerst met vergelijken.")
    texts = select_round_texts(coding_round)
    counted = texts.filter(is_adjudicated([coding_round])).count()
    if not counted:
        raise CodingRefused(
            "Er is nog geen tekst waarover twee codeurs het eens zijn of waarvan iemand de thema's heeft gekozen."
        )
    for other in rounds.values():
        if other.released_at is not None:
            _set_release(other, at=None, by=None)
    _set_release(coding_round, at=at, by=by)
    waiting = texts.count() - counted
    record(coding_round, "coding.release_counts", by=by, at=at, counted=counted, waiting=waiting)
    return coding_round


@transaction.atomic
def withdraw_counts(
    coding_round: CodingRound, *, by: Person | None, at: datetime | None = None
) -> CodingRound:
    """Results no longer count themes of this question. Raises CodingRefused when they did not count this round's."""
    coding_round = _lock_rounds(coding_round)[coding_round.pk]
    if coding_round.released_at is None:
        raise CodingRefused("De thema's van deze ronde tellen niet mee in de resultaten.")
    _set_release(coding_round, at=None, by=None)
    record(coding_round, "coding.withdraw_counts", by=by, at=at)
    return coding_round


def _set_release(coding_round: CodingRound, *, at: datetime | None, by: Person | None) -> None:
    coding_round.released_at, coding_round.released_by = at, by
    coding_round.save(update_fields=["released_at", "released_by"])


def _lock_rounds(coding_round: CodingRound) -> dict[int, CodingRound]:
    """The rounds of its wave and question by key, as they are now; other writers wait for this transaction."""
    rounds = (
        CodingRound.objects.select_for_update(of=("self",))
        .select_related("wave__version", "version__codebook")
        .filter(wave=coding_round.wave_id, version__codebook=coding_round.version.codebook_id)
        .order_by("pk")
    )
    return {each.pk: each for each in rounds}
