"""What a coordinator decides about the people in the team, and how somebody gives a section back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Membership, Person
from surveys.questionnaire.models import Wave
from surveys.teamwork import mails
from surveys.teamwork.lifecycle.invitations import refuse_sections
from surveys.teamwork.lifecycle.locking import (
    TeamActionRefused,
    is_last_coordinator,
    lock_team,
    lock_team_as_coordinator,
    reload_member,
)
from surveys.teamwork.models import SectionAssignment
from surveys.teamwork.queries import load_asked_definition
from surveys.trail.recording import record

LAST_COORDINATOR = (
    "Uw team heeft altijd een coördinator nodig. Draag de vragenlijst eerst over aan een collega."
)


@transaction.atomic
def assign_sections(
    membership: Membership,
    wave: Wave,
    *,
    sections: Collection[str],
    is_limited: bool,
    by: Person,
    at: datetime | None = None,
) -> Membership:
    """Say which sections the member does in this wave, and whether these are also all they see.

    Whoever gets a section that they did not have is told by mail. Who sees only a part cannot submit. Raises
    TeamActionRefused for a coordinator who would be limited, a member who would see nothing, an unknown section,
    and when `by` is no coordinator.
    """
    at = at or timezone.now()
    organisation = lock_team_as_coordinator(membership.organisation, by=by)
    member = reload_member(membership)
    if is_limited or sections:
        refuse_sections(
            organisation,
            wave,
            role=member.role if is_limited else Membership.Role.CONTRIBUTOR,
            sections=sections,
        )
    former = set(member.assignments.filter(wave=wave).values_list("section", flat=True))
    wanted = set(sections)
    member.assignments.filter(wave=wave, section__in=former - wanted).delete()
    SectionAssignment.objects.bulk_create(
        SectionAssignment(wave=wave, membership=member, section=code, assigned_at=at, assigned_by=by)
        for code in sorted(wanted - former)
    )
    member.is_limited = is_limited
    member.may_submit = member.may_submit and not is_limited
    member.save(update_fields=["is_limited", "may_submit"])
    if wanted - former and member.person_id != by.pk:
        mails.send_assigned(member, wave=wave, sections=wanted - former, by=by)
    record(
        organisation,
        "team.assign",
        by=by,
        at=at,
        wave=wave.code,
        person=member.person_id,
        sections=sorted(wanted),
        is_limited=is_limited,
    )
    return member


@transaction.atomic
def change_role(
    membership: Membership, *, role: str, may_submit: bool, by: Person, at: datetime | None = None
) -> Membership:
    """Give the member another role, or the right to submit, which a coordinator always has.

    Raises TeamActionRefused for the last coordinator, for the right to submit when somebody only reads or does
    not see the whole questionnaire, and when `by` is no coordinator.
    """
    at = at or timezone.now()
    organisation = lock_team_as_coordinator(membership.organisation, by=by)
    member = reload_member(membership)
    is_coordinator = role == Membership.Role.COORDINATOR
    if not is_coordinator and is_last_coordinator(member):
        raise TeamActionRefused(LAST_COORDINATOR)
    member.role = role
    member.is_limited = member.is_limited and not is_coordinator
    member.may_submit = may_submit and not is_coordinator
    if member.may_submit and (role != Membership.Role.CONTRIBUTOR or member.is_limited):
        raise TeamActionRefused(
            "Alleen een invuller die de hele vragenlijst ziet, kan het recht krijgen om in te dienen."
        )
    member.save(update_fields=["role", "is_limited", "may_submit"])
    record(
        organisation,
        "team.change_role",
        by=by,
        at=at,
        person=member.person_id,
        role=role,
        may_submit=member.may_submit,
    )
    return member


@transaction.atomic
def remove_member(membership: Membership, *, by: Person, at: datetime | None = None) -> None:
    """Take the member out of the team; their answers and notes stay, the invitations they sent stop working.

    Raises TeamActionRefused for the last coordinator, for who already left, and when `by` is no coordinator.
    """
    at = at or timezone.now()
    organisation = lock_team_as_coordinator(membership.organisation, by=by)
    member = reload_member(membership)
    if is_last_coordinator(member):
        raise TeamActionRefused(LAST_COORDINATOR)
    organisation.invitations.filter(invited_by=member.person_id, accepted_at=None, revoked_at=None).update(
        revoked_at=at
    )
    member.delete()
    record(organisation, "team.remove", by=by, at=at, person=membership.person_id)


@transaction.atomic
def give_section_back(
    membership: Membership, wave: Wave, *, section: str, at: datetime | None = None
) -> None:
    """ "Dit onderdeel is niet voor mij": the member no longer does it, and the coordinators get a mail.

    Giving back what one does not have changes nothing. Raises TeamActionRefused for who left the team.
    """
    at = at or timezone.now()
    organisation = lock_team(membership.organisation)
    member = reload_member(membership)
    deleted, _ = member.assignments.filter(wave=wave, section=section).delete()
    if not deleted:
        return
    definition = load_asked_definition(wave, organisation=organisation)
    title = next((each.title for each in definition.sections if each.code == section), section)
    mails.send_given_back(member, wave=wave, title=title)
    record(organisation, "team.give_back", by=member.person, at=at, wave=wave.code, section=section)
