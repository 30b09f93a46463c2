"""What holds of a text in the end: at once where the coders agree, and by a person where they differ."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.coding.lifecycle.carrying_over import create_with_themes
from surveys.coding.lifecycle.locking import lock_round
from surveys.coding.lifecycle.refusals import CodingRefused, SavedElsewhere, TextChanged
from surveys.coding.models import Coding, CodingRound, Settlement
from surveys.coding.queries import list_active_assignments, load_themes
from surveys.coding.texts import is_asked_of, is_settled, select_compared_texts, select_round_texts
from surveys.trail.recording import record

Kind = Settlement.Kind

# What a person decided, here or with the version before, is never written over by itself.
BY_ITSELF = (Kind.SINGLE, Kind.AGREED)
BY_PERSON = (Kind.CHOSEN, Kind.CARRIED)


@transaction.atomic
def settle_text(
    coding_round: CodingRound,
    *,
    answer_id: int,
    revision: int,
    seen: int | None,
    themes: Collection[str],
    note: str = "",
    by: Person | None,
    at: datetime | None = None,
) -> Settlement:
    """Choose the themes (codes) of a text, having seen what everybody chose.

    `revision` is that of the text, `seen` the key of the settlement that was shown, None when there was none.
    Raises TextChanged, SavedElsewhere, and CodingRefused without themes, or while somebody still codes it blind.
    """
    at = at or timezone.now()
    coding_round = lock_round(coding_round)
    chosen = [theme for code, theme in load_themes(coding_round.version).items() if code in set(themes)]
    if not chosen:
        raise CodingRefused("Kies ten minste één thema.")
    if not select_round_texts(coding_round).filter(pk=answer_id, revision=revision).exists():
        raise TextChanged
    assignments = list_active_assignments(coding_round)
    if not select_compared_texts(coding_round, assignments=assignments).filter(pk=answer_id).exists():
        raise CodingRefused("Nog niet iedereen heeft deze tekst gecodeerd.")
    former = Settlement.objects.filter(round=coding_round, answer=answer_id, revision=revision).first()
    if (former.pk if former else None) != seen:
        raise SavedElsewhere("Iemand anders heeft deze tekst intussen vastgesteld. Bekijk eerst die keuze.")
    if former:
        former.delete()
    settlement = Settlement.objects.create(
        round=coding_round,
        answer_id=answer_id,
        revision=revision,
        kind=Kind.CHOSEN,
        note=note,
        settled_at=at,
        settled_by=by,
    )
    settlement.themes.set(chosen)
    record(
        coding_round,
        "coding.settle",
        by=by,
        at=at,
        text=answer_id,
        revision=revision,
        themes=[theme.code for theme in chosen],
    )
    return settlement


def rewrite_settlements(
    coding_round: CodingRound, *, at: datetime, answers: Collection[int] | None = None
) -> None:
    """Settle what needs no person, of these answers or of all; call it inside a transaction that locked the round.

    A text with one coder gets their themes, a text with more coders the themes they all chose. A text that they differ
    on, or that somebody skipped (no themes), waits for a person. In a fixed number of queries.
    """
    assignments = {each.pk: each for each in list_active_assignments(coding_round)}
    compared = select_compared_texts(coding_round, assignments=assignments.values())
    texts = compared.exclude(is_settled(coding_round, kind__in=BY_PERSON))
    former = Settlement.objects.filter(round=coding_round, kind__in=BY_ITSELF)
    if answers is not None:
        texts, former = texts.filter(pk__in=answers), former.filter(answer__in=answers)
    former.delete()
    codings = Coding.objects.filter(
        assignment__in=assignments, answer__in=texts.values("pk"), revision=F("answer__revision")
    ).prefetch_related("themes")
    chosen: dict[tuple[int, int], list[frozenset[int]]] = defaultdict(list)
    for coding in codings:
        if is_asked_of(assignments[coding.assignment_id], answer_id=coding.answer_id):
            chosen[coding.answer_id, coding.revision].append(
                frozenset(theme.pk for theme in coding.themes.all())
            )
    create_with_themes(
        Settlement,
        [
            (
                Settlement(
                    round=coding_round,
                    answer_id=answer,
                    revision=revision,
                    kind=Kind.AGREED if len(by_coder) > 1 else Kind.SINGLE,
                    settled_at=at,
                ),
                by_coder[0],
            )
            for (answer, revision), by_coder in chosen.items()
            if by_coder[0] and len(set(by_coder)) == 1
        ],
    )
