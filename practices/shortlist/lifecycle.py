"""The only writers of lists. They leave no line in the trail: what somebody saves and notes is for nobody else.

Every verb first takes away for good what was removed before it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from practices.models import PracticePage, SavedCase
from surveys.accounts.models import Person

MOST_CASES = 50


class ListRefused(Exception):
    """The list cannot be changed as asked; the message is Dutch, for its owner."""


@transaction.atomic
def save_case(page: PracticePage, *, by: Person, at: datetime | None = None) -> SavedCase:
    """The case at the end of the list; where it stood, with its note, when it was only just removed.

    Saving twice is saving once. Raises ListRefused when the list is full.
    """
    _lock_list(by.pk)
    known = by.saved_cases.filter(page=page).first()
    _forget_removed(by.pk, but=known)
    if known is not None and known.removed_at is None:
        return known
    _check_room(by.pk)
    if known is not None:
        known.removed_at, known.title = None, page.title
        known.save(update_fields=["removed_at", "title"])
        return known
    last = by.saved_cases.aggregate(last=Max("position"))["last"] or 0
    return SavedCase.objects.create(
        owner=by, page=page, title=page.title, position=last + 1, saved_at=at or timezone.now()
    )


@transaction.atomic
def remove_case(saved: SavedCase, *, at: datetime | None = None) -> None:
    """Off the list; it can be put back until the next change."""
    _lock_list(saved.owner_id)
    _forget_removed(saved.owner_id, but=saved)
    SavedCase.objects.filter(pk=saved.pk, removed_at=None).update(removed_at=at or timezone.now())


@transaction.atomic
def put_back(saved: SavedCase) -> None:
    """Where it stood, with its note. Raises ListRefused when the list is full, or was changed meanwhile."""
    _lock_list(saved.owner_id)
    _forget_removed(saved.owner_id, but=saved)
    found = SavedCase.objects.filter(pk=saved.pk).first()
    if found is None:
        raise ListRefused("Dit voorbeeld kan niet meer terug: u wijzigde uw lijst intussen.")
    if found.removed_at is not None:
        _check_room(saved.owner_id)
        found.removed_at = None
        found.save(update_fields=["removed_at"])


@transaction.atomic
def write_note(saved: SavedCase, note: str) -> None:
    """In the place of the former one. Raises ListRefused when the case is no longer on the list."""
    _lock_list(saved.owner_id)
    _forget_removed(saved.owner_id, but=saved)
    if not SavedCase.objects.filter(pk=saved.pk).update(note=note):
        raise ListRefused("Dit voorbeeld staat niet meer op uw lijst.")


@transaction.atomic
def move_case(saved: SavedCase, *, up: bool) -> None:
    """Change places with its neighbour; the first does not go up and the last not down."""
    _lock_list(saved.owner_id)
    _forget_removed(saved.owner_id, but=None)
    rows = list(SavedCase.objects.filter(owner=saved.owner_id))
    places = {row.pk: place for place, row in enumerate(rows)}
    if saved.pk not in places:
        return
    here = places[saved.pk]
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for place, row in enumerate(rows, start=1):
        row.position = place
    SavedCase.objects.bulk_update(rows, ["position"])


def _lock_list(owner: int) -> None:
    """Two windows of one person do not save a case twice, or one too many."""
    Person.objects.select_for_update().get(pk=owner)


def _forget_removed(owner: int, *, but: SavedCase | None) -> None:
    removed = SavedCase.objects.filter(owner=owner, removed_at__isnull=False)
    (removed.exclude(pk=but.pk) if but else removed).delete()


def _check_room(owner: int) -> None:
    if SavedCase.objects.filter(owner=owner, removed_at=None).count() >= MOST_CASES:
        raise ListRefused(f"Op uw lijst passen {MOST_CASES} voorbeelden. Haal er eerst een weg.")
