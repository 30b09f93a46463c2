"""The only writers of comparison groups. A line in the trail holds codes; what somebody called a group stays theirs."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.results.models import ComparisonGroup
from surveys.territory.models import Municipality
from surveys.trail.recording import record

FEWEST, MOST = 2, 40
MOST_GROUPS = 20


class GroupRefused(Exception):
    """A group cannot be kept as asked; the message is Dutch, for its owner."""


@transaction.atomic
def make_group(
    name: str, *, municipalities: Collection[str], by: Person, at: datetime | None = None
) -> ComparisonGroup:
    """A group of the municipalities with these codes. Raises GroupRefused."""
    _lock_groups(by)
    if by.comparison_groups.count() >= MOST_GROUPS:
        raise GroupRefused(f"U heeft al {MOST_GROUPS} groepen. Verwijder er eerst een.")
    _check(name, municipalities=municipalities, owner=by)
    at = at or timezone.now()
    group = ComparisonGroup.objects.create(owner=by, name=name, made_at=at)
    group.municipalities.set(Municipality.objects.filter(pk__in=municipalities))
    record(group, "comparison.make_group", by=by, at=at, municipalities=sorted(municipalities))
    return group


@transaction.atomic
def change_group(
    group: ComparisonGroup,
    *,
    name: str,
    municipalities: Collection[str],
    by: Person,
    at: datetime | None = None,
) -> None:
    """Another name, other municipalities or both; nothing is written when both stay. Raises GroupRefused."""
    _lock_groups(by)
    _check(name, municipalities=municipalities, owner=by, group=group)
    former = set(group.municipalities.values_list("pk", flat=True))
    if name == group.name and former == set(municipalities):
        return
    group.name = name
    group.save(update_fields=["name"])
    group.municipalities.set(Municipality.objects.filter(pk__in=municipalities))
    record(
        group,
        "comparison.change_group",
        by=by,
        at=at,
        added=sorted(set(municipalities) - former),
        removed=sorted(former - set(municipalities)),
    )


@transaction.atomic
def delete_group(group: ComparisonGroup, *, by: Person, at: datetime | None = None) -> None:
    record(group, "comparison.delete_group", by=by, at=at)
    group.delete()


def _lock_groups(owner: Person) -> None:
    """Two windows of one person do not make a group of the same name, or one too many."""
    Person.objects.select_for_update().get(pk=owner.pk)


def _check(
    name: str, *, municipalities: Collection[str], owner: Person, group: ComparisonGroup | None = None
) -> None:
    if not FEWEST <= len(set(municipalities)) <= MOST:
        raise GroupRefused(f"Kies ten minste {FEWEST} en hoogstens {MOST} gemeenten.")
    others = owner.comparison_groups.exclude(pk=group.pk) if group else owner.comparison_groups.all()
    if others.filter(name=name).exists():
        raise GroupRefused("U heeft al een groep met deze naam. Kies een andere naam.")
