"""What organisations let know about a case. Everything they write waits until an editor decides (moderation.py)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from practices.models.cases import PracticePage
from practices.models.reactions import Reaction
from practices.reactions.access import REACTING_ROLES, list_places
from surveys.accounts.models import Membership, Organisation, Person
from surveys.teamwork.lifecycle.locking import lock_team
from surveys.trail.recording import record

MOST_WAITING = 5


class ReactionRefused(Exception):
    """This cannot be done now; the message is Dutch, for the user."""


@transaction.atomic
def adopt(
    page: PracticePage,
    *,
    organisation: Organisation,
    kind: str,
    since: int | None,
    text: str,
    by: Person,
    at: datetime | None = None,
) -> Reaction:
    """Say that the organisation does, starts or stopped doing what the case tells, or change what it said.

    Whatever changed waits for an editor again; the same once more changes nothing. Raises ReactionRefused for the
    organisation that the case is about, and for who has no place in the organisation to say so.
    """
    at = at or timezone.now()
    organisation = _lock_organisation(organisation, by=by)
    if organisation.code in list_places(page):
        raise ReactionRefused("Dit voorbeeld gaat over uw eigen organisatie.")
    said = {"kind": kind, "since": since, "text": text}
    fresh = {
        "organisation_name": str(organisation),
        "status": Reaction.Status.WAITING,
        "reason": "",
        "written_at": at,
        "written_by": by,
    }
    adoptions = Reaction.objects.exclude(kind=Reaction.Kind.COMMENT)
    adoption, is_new = adoptions.select_for_update().get_or_create(
        page=page, organisation=organisation, defaults=said | fresh
    )
    if not is_new:
        if all(getattr(adoption, name) == value for name, value in said.items()):
            return adoption
        for name, value in (said | fresh).items():
            setattr(adoption, name, value)
        adoption.revision += 1
        adoption.save()
    record(adoption, "reaction.adopt", by=by, at=at, **_name(adoption), is_new=is_new)
    return adoption


@transaction.atomic
def comment(
    page: PracticePage,
    *,
    organisation: Organisation,
    text: str,
    function: str,
    shows_name: bool,
    by: Person,
    at: datetime | None = None,
) -> Reaction:
    """Write a comment; the same words that still wait are not stored twice.

    Raises ReactionRefused for who has no place in the organisation to do so, or already has many that wait.
    """
    at = at or timezone.now()
    organisation = _lock_organisation(organisation, by=by)
    # Colleagues do not wait for each other above, but the limit is the person's, whatever they work for.
    Person.objects.select_for_update().get(pk=by.pk)
    waiting = Reaction.objects.filter(
        written_by=by, kind=Reaction.Kind.COMMENT, status=Reaction.Status.WAITING
    )
    same = waiting.filter(page=page, organisation=organisation, text=text).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_WAITING:
        raise ReactionRefused(
            f"Er wachten al {MOST_WAITING} reacties van u op de redactie. "
            "Wacht tot zij besloten heeft, of trek er eerst één in."
        )
    written = Reaction.objects.create(
        page=page,
        organisation=organisation,
        organisation_name=str(organisation),
        kind=Reaction.Kind.COMMENT,
        text=text,
        function=function,
        shows_name=shows_name,
        written_at=at,
        written_by=by,
    )
    record(written, "reaction.comment", by=by, at=at, **_name(written))
    return written


@transaction.atomic
def withdraw(reaction: Reaction, *, by: Person, at: datetime | None = None) -> None:
    """Take it back, wherever it stood: nothing of it is kept but a line in the trail. Twice is as good as once.

    A comment is its author's, also when they left the organisation; an adoption belongs to the organisation, so any
    coordinator may. Raises ReactionRefused for anybody else.
    """
    found = Reaction.objects.select_for_update(of=("self",)).filter(pk=reaction.pk).first()
    if found is None:
        return
    if found.is_comment and found.written_by_id != by.pk:
        raise ReactionRefused("U kunt alleen uw eigen reacties intrekken.")
    if not found.is_comment and not _is_coordinator(by, found.organisation_id):
        raise ReactionRefused("Alleen een coördinator van de organisatie kan dit intrekken.")
    record(found, "reaction.withdraw", by=by, at=at, **_name(found))
    found.delete()


def _lock_organisation(organisation: Organisation, *, by: Person) -> Organisation:
    """As it is now; who else writes for it waits. Raises ReactionRefused when `by` may not, or no longer."""
    organisation = lock_team(organisation)
    if not organisation.memberships.filter(person=by, role__in=REACTING_ROLES).exists():
        raise ReactionRefused("U kunt dit niet (meer) laten weten namens deze organisatie.")
    return organisation


def _is_coordinator(person: Person, organisation_code: str) -> bool:
    coordinating = person.memberships.filter(role=Membership.Role.COORDINATOR)
    return coordinating.filter(organisation=organisation_code).exists()


def _name(reaction: Reaction) -> dict[str, Any]:
    """What the trail says of it: keys and codes, no words."""
    return {"page": reaction.page_id, "organisation": reaction.organisation_id, "kind": reaction.kind}
