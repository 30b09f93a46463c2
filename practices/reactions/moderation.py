"""What editors decide about a reaction, and the one mail a day that tells them what waits."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from practices.models.reactions import Reaction, WaitingMail
from practices.reactions.lifecycle import ReactionRefused
from practices.reactions.queries import count_waiting, list_moderators
from surveys.accounts.mail import send_mail_to
from surveys.accounts.models import Person
from surveys.trail.recording import record

Status = Reaction.Status


@transaction.atomic
def publish(
    reaction: Reaction,
    *,
    revision: int,
    by: Person | None,
    at: datetime | None = None,
    is_mailed: bool = True,
) -> Reaction:
    """Put it on the page of the case and tell who wrote it; also after it was refused or hidden.

    Raises ReactionRefused when it is public already, was withdrawn, or is no longer what the editor read.
    """
    found = _lock(reaction, revision=revision, when=(Status.WAITING, Status.REFUSED, Status.HIDDEN))
    _decide(found, Status.PUBLISHED, action="publish", by=by, at=at)
    if is_mailed:
        _mail_author(found, template="published")
    return found


@transaction.atomic
def refuse(
    reaction: Reaction, *, revision: int, reason: str, by: Person | None, at: datetime | None = None
) -> Reaction:
    """Keep it off the page and mail the reason. Raises ReactionRefused when it does not wait (any more)."""
    found = _lock(reaction, revision=revision, when=(Status.WAITING,))
    _decide(found, Status.REFUSED, action="refuse", reason=reason, by=by, at=at)
    _mail_author(found, template="refused")
    return found


@transaction.atomic
def hide(
    reaction: Reaction, *, revision: int, reason: str, by: Person | None, at: datetime | None = None
) -> Reaction:
    """Take it off the page and mail the reason. Raises ReactionRefused when it does not stand there (any more)."""
    found = _lock(reaction, revision=revision, when=(Status.PUBLISHED,))
    _decide(found, Status.HIDDEN, action="hide", reason=reason, by=by, at=at)
    _mail_author(found, template="refused")
    return found


@transaction.atomic
def mail_waiting(*, on: date) -> int:
    """Mail every editor that reactions wait; the number of mails. Of several runs on a day only one mails."""
    waiting = count_waiting()
    moderators = list_moderators() if waiting else []
    if not moderators:
        return 0
    _, is_first = WaitingMail.objects.get_or_create(day=on)
    if not is_first:
        return 0
    for person in moderators:
        send_mail_to(person, template="practices/mail/reactions_waiting", context={"waiting": waiting})
    return len(moderators)


def _lock(reaction: Reaction, *, revision: int, when: tuple[str, ...]) -> Reaction:
    """As it is now, if that is what the editor read and it is in one of these states."""
    locked = Reaction.objects.select_for_update(of=("self",)).select_related("page", "written_by")
    found = locked.filter(pk=reaction.pk).first()
    if found is None:
        raise ReactionRefused("Deze reactie is intussen ingetrokken.")
    if found.revision != revision:
        raise ReactionRefused("De organisatie heeft dit intussen veranderd. Lees het opnieuw.")
    if found.status not in when:
        raise ReactionRefused(f"Een collega was u voor. De stand is nu: {found.get_status_display()}.")
    return found


def _decide(
    reaction: Reaction,
    status: Reaction.Status,
    *,
    action: str,
    by: Person | None,
    at: datetime | None,
    reason: str = "",
) -> None:
    at = at or timezone.now()
    reaction.status, reaction.reason = status, reason
    reaction.decided_at, reaction.decided_by = at, by
    reaction.save(update_fields=["status", "reason", "decided_at", "decided_by"])
    record(
        reaction,
        f"reaction.{action}",
        by=by,
        at=at,
        reason=reason,
        page=reaction.page_id,
        organisation=reaction.organisation_id,
        kind=reaction.kind,
        revision=reaction.revision,
    )


def _mail_author(reaction: Reaction, *, template: str) -> None:
    """Nobody, when the account is gone."""
    if reaction.written_by is not None:
        send_mail_to(
            reaction.written_by,
            template=f"practices/mail/reaction_{template}",
            context={"reaction": reaction},
        )
