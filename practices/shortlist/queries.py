from collections.abc import Sequence
from dataclasses import dataclass

from practices.models import PracticePage, SavedCase
from surveys.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What somebody saved, in their order; `removed` is what they can still put back."""

    saved: Sequence[SavedCase]
    removed: Sequence[SavedCase]


def load_shortlist(person: Person) -> Shortlist:
    """One query."""
    rows = list(SavedCase.objects.filter(owner=person).select_related("page"))
    return Shortlist(
        saved=[row for row in rows if row.removed_at is None],
        removed=[row for row in rows if row.removed_at is not None],
    )


def find_saved_case(person: Person, page: PracticePage) -> SavedCase | None:
    """The row of a case on the list; None when it is not, or no longer, on it."""
    return SavedCase.objects.filter(owner=person, page=page.pk, removed_at=None).first()
