"""Coding a text: choose themes, or skip it. Nobody sees what another coder chose."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.coding.lifecycle.locking import lock_round
from surveys.coding.lifecycle.refusals import CodingRefused, SavedElsewhere, TextChanged
from surveys.coding.lifecycle.settling import rewrite_settlements
from surveys.coding.models import Assignment, Coding, CodingRound
from surveys.coding.queries import load_themes
from surveys.coding.texts import select_own_texts
from surveys.trail.recording import record


@transaction.atomic
def code_text(
    assignment: Assignment,
    *,
    answer_id: int,
    revision: int,
    seen: int,
    themes: Collection[str],
    memo: str = "",
    by: Person,
    at: datetime | None = None,
) -> Coding:
    """Choose the themes (codes) of a text; to choose others is possible until settling begins.

    `revision` is that of the text that was shown, `seen` the number of saves of the own coding that was shown, 0
    without one. Saving the same twice changes nothing. Raises TextChanged, SavedElsewhere for another window that
    saved something else, and CodingRefused without themes, once the coding is fixed, and when `by` no longer codes.
    """
    at = at or timezone.now()
    coding_round = _lock(assignment, by=by)
    chosen = {theme.pk for code, theme in load_themes(coding_round.version).items() if code in set(themes)}
    if not chosen:
        raise CodingRefused("Kies ten minste één thema, of sla de tekst over.")
    return _save(
        assignment,
        coding_round,
        answer_id=answer_id,
        revision=revision,
        seen=seen,
        themes=chosen,
        memo=memo,
        by=by,
        at=at,
    )


@transaction.atomic
def skip_text(
    assignment: Assignment,
    *,
    answer_id: int,
    revision: int,
    seen: int,
    memo: str = "",
    by: Person,
    at: datetime | None = None,
) -> Coding:
    """Put a text aside: it comes back at the end, and who settles decides on it if it stays aside.

    For the arguments and what is raised see `code_text`.
    """
    at = at or timezone.now()
    coding_round = _lock(assignment, by=by)
    return _save(
        assignment,
        coding_round,
        answer_id=answer_id,
        revision=revision,
        seen=seen,
        themes=set(),
        memo=memo,
        by=by,
        at=at,
    )


def _lock(assignment: Assignment, *, by: Person) -> CodingRound:
    coding_round = lock_round(assignment.round)
    if not Assignment.objects.filter(pk=assignment.pk, coder=by, ended_at=None).exists():
        raise CodingRefused("U codeert in deze ronde niet meer mee.")
    return coding_round


def _save(
    assignment: Assignment,
    coding_round: CodingRound,
    *,
    answer_id: int,
    revision: int,
    seen: int,
    themes: set[int],
    memo: str,
    by: Person,
    at: datetime,
) -> Coding:
    if not select_own_texts(assignment).filter(pk=answer_id, revision=revision).exists():
        raise TextChanged
    coding = Coding.objects.filter(assignment=assignment, answer=answer_id, revision=revision).first()
    if coding is None:
        coding = Coding(assignment=assignment, answer_id=answer_id, revision=revision, saves=0)
    else:
        stored = {theme.pk for theme in coding.themes.all()}
        is_same = (stored, coding.memo, coding.is_skipped) == (themes, memo, not themes)
        if is_same:
            return coding
        if not coding_round.is_blind:
            raise CodingRefused(
                "Het vergelijken is begonnen. U kunt uw codes van deze tekst niet meer wijzigen."
            )
        if coding.saves != seen:
            raise SavedElsewhere("U hebt deze tekst intussen in een ander venster opgeslagen.")
    coding.memo, coding.is_skipped, coding.is_carried_over = memo, not themes, False
    coding.saves, coding.saved_at = coding.saves + 1, at
    coding.save()
    coding.themes.set(themes)
    if not coding_round.is_blind:
        rewrite_settlements(coding_round, at=at, answers=[answer_id])
    action = "coding.code" if themes else "coding.skip"
    record(coding_round, action, by=by, at=at, text=answer_id, revision=revision)
    return coding
