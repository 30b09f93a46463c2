""" "Dit is niet voor mij": the coordinator gives the survey to somebody else."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.models import Wave
from surveys.teamwork import mails
from surveys.teamwork.lifecycle.locking import (
    TeamActionRefused,
    lock_team_as_coordinator,
    reload_member,
)
from surveys.trail.recording import record


@transaction.atomic
def hand_over(
    organisation: Organisation,
    wave: Wave,
    *,
    to: Membership,
    leaves: bool,
    by: Person,
    at: datetime | None = None,
) -> None:
    """Make a colleague coordinator in the place of `by`, who stays as a contributor or leaves the team.

    The colleague gets a mail. Raises TeamActionRefused when `by` is no coordinator, and for a colleague who is
    not (or no longer) in the team.
    """
    at = at or timezone.now()
    organisation = lock_team_as_coordinator(organisation, by=by)
    to = reload_member(to)
    if to.organisation_id != organisation.pk or to.person_id == by.pk:
        raise TeamActionRefused("Kies een collega uit uw team.")
    to.role, to.is_limited, to.may_submit = Membership.Role.COORDINATOR, False, False
    to.save(update_fields=["role", "is_limited", "may_submit"])
    pass_on_coordination(organisation, wave, giver=by, receiver=to.person, leaves=leaves, at=at)
    mails.send_handed_over(to, wave=wave, by=by)


def pass_on_coordination(
    organisation: Organisation, wave: Wave, *, giver: Person, receiver: Person, leaves: bool, at: datetime
) -> None:
    """Take the coordinator's role from the giver, now that the receiver has it; call it inside a transaction.

    Nothing happens to a giver who is no coordinator any more.
    """
    former = organisation.memberships.filter(person=giver, role=Membership.Role.COORDINATOR).first()
    if former is None or giver == receiver:
        return
    if leaves:
        former.delete()
    else:
        former.role = Membership.Role.CONTRIBUTOR
        former.save(update_fields=["role"])
    record(organisation, "team.hand_over", by=giver, at=at, wave=wave.code, to=receiver.pk, leaves=leaves)
