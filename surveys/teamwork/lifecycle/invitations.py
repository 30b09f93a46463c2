"""Asking somebody into the team by mail. Who can read mail at the address proves it by the link."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.models import Wave
from surveys.teamwork import mails
from surveys.teamwork.lifecycle.handing_over import pass_on_coordination
from surveys.teamwork.lifecycle.locking import (
    InvitationClosed,
    TeamActionRefused,
    lock_team,
    lock_team_as_coordinator,
)
from surveys.teamwork.mail_domains import find_domain
from surveys.teamwork.models import Invitation, SectionAssignment
from surveys.teamwork.queries import load_asked_definition, load_shared_domains
from surveys.teamwork.tokens import draw_token, hash_token
from surveys.trail.recording import record

VALID_FOR = timedelta(days=14)
LIMIT, LIMIT_PERIOD = 20, timedelta(hours=1)

# Who is in the team already keeps what they have: an invitation only ever adds to it.
RANKS = (Membership.Role.READER, Membership.Role.CONTRIBUTOR, Membership.Role.COORDINATOR)


@transaction.atomic
def invite_colleague(
    organisation: Organisation,
    wave: Wave,
    *,
    email: str,
    role: str,
    sections: Collection[str] | None = None,
    hands_over: bool = False,
    inviter_leaves: bool = False,
    by: Person,
    at: datetime | None = None,
) -> Invitation:
    """Mail a link that gives a place in the team; an earlier one for the same address stops working.

    `sections` are the codes of all the invited person will see, None is the whole questionnaire. With
    `hands_over` who accepts becomes coordinator in the place of `by`, who stays as a contributor or leaves.
    Raises TeamActionRefused for an address that does not belong to the organisation or is in the team
    already, for too many invitations in an hour, and when `by` is no coordinator.
    """
    at = at or timezone.now()
    organisation = lock_team_as_coordinator(organisation, by=by)
    email, role = email.strip().lower(), Membership.Role.COORDINATOR if hands_over else role
    refuse_address(organisation, wave, email=email)
    refuse_sections(organisation, wave, role=role, sections=sections)
    if organisation.invitations.filter(invited_at__gt=at - LIMIT_PERIOD).count() >= LIMIT:
        raise TeamActionRefused(
            f"Uw organisatie heeft het laatste uur al {LIMIT} uitnodigingen verstuurd. Probeer het over een uur weer."
        )
    organisation.invitations.filter(wave=wave, email=email, accepted_at=None, revoked_at=None).update(
        revoked_at=at
    )
    token = draw_token()
    invitation = Invitation.objects.create(
        organisation=organisation,
        wave=wave,
        email=email,
        role=role,
        is_limited=sections is not None,
        sections=sorted(sections or ()),
        hands_over=hands_over,
        inviter_leaves=inviter_leaves,
        token_hash=hash_token(token),
        invited_at=at,
        invited_by=by,
        expires_at=at + VALID_FOR,
    )
    mails.send_invitation(invitation, token=token)
    record(organisation, "team.invite", by=by, at=at, wave=wave.code, role=role, sections=invitation.sections)
    return invitation


def refuse_address(organisation: Organisation, wave: Wave, *, email: str) -> None:
    if organisation.memberships.filter(person__email=email).exists():
        raise TeamActionRefused("Deze collega hoort al bij uw team.")
    if find_domain(email) not in load_shared_domains(organisation, wave=wave):
        raise TeamActionRefused(
            "U kunt alleen mensen uitnodigen met een e-mailadres van uw eigen organisatie. "
            "Werkt deze persoon met u mee, maar met een ander soort adres? "
            "Vraag de onderzoekers om deze persoon toe te laten."
        )


def refuse_sections(
    organisation: Organisation, wave: Wave, *, role: str, sections: Collection[str] | None
) -> None:
    """Raises TeamActionRefused when the choice of sections cannot be."""
    if sections is None:
        return
    if role == Membership.Role.COORDINATOR:
        raise TeamActionRefused("Een coördinator ziet altijd de hele vragenlijst.")
    known = {section.code for section in load_asked_definition(wave, organisation=organisation).sections}
    if not sections or not known.issuperset(sections):
        raise TeamActionRefused("Kies ten minste één onderdeel van deze vragenlijst.")


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Person, at: datetime | None = None) -> None:
    """Make the link useless; harmless when it already is. Raises TeamActionRefused for one that was accepted."""
    at = at or timezone.now()
    organisation = lock_team_as_coordinator(invitation.organisation, by=by)
    invitation = Invitation.objects.get(pk=invitation.pk)
    if invitation.accepted_at:
        raise TeamActionRefused(
            "Deze uitnodiging is al aangenomen. U kunt deze collega wel uit het team halen."
        )
    if invitation.revoked_at is None:
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
        record(organisation, "team.revoke_invitation", by=by, at=at, wave=invitation.wave.code)


@transaction.atomic
def accept_as_new_person(
    invitation: Invitation, *, first_name: str, last_name: str, at: datetime | None = None
) -> Person:
    """Make the person whose address the mail has proved, without a password, and give them their place.

    Raises InvitationClosed, also when somebody made an account with this address meanwhile: they sign in first.
    """
    lock_team(invitation.organisation)
    if Person.objects.filter(email=invitation.email).exists():
        raise InvitationClosed("U heeft al een account. Log eerst in.")
    person = Person.objects.create_user(invitation.email, first_name=first_name, last_name=last_name)
    accept_invitation(invitation, by=person, at=at)
    return person


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Person, at: datetime | None = None) -> Membership:
    """Give `by` the place; a member keeps what they had and only gains.

    So a role only goes up, and who saw the whole questionnaire goes on seeing it. Accepting again gives the same
    membership. Raises InvitationClosed, and TeamActionRefused for anybody else than who was invited.
    """
    at = at or timezone.now()
    organisation = lock_team(invitation.organisation)
    invitation = Invitation.objects.select_related("wave__version", "invited_by").get(pk=invitation.pk)
    if by.email.lower() != invitation.email:
        raise TeamActionRefused("Deze uitnodiging is voor een ander e-mailadres.")
    member = organisation.memberships.filter(person=by).first()
    if member and invitation.accepted_by_id == by.pk:
        return member
    if not invitation.is_open(at=at):
        raise InvitationClosed("Deze uitnodiging werkt niet meer.")
    membership = _give_place(invitation, organisation=organisation, person=by, member=member, at=at)
    invitation.accepted_at, invitation.accepted_by = at, by
    # Of the researchers somebody may have several: a reminder brings another one.
    same_place = Q(pk=invitation.pk) | Q(expires_at=None, role=invitation.role)
    same = organisation.invitations.filter(same_place, wave=invitation.wave, email=invitation.email)
    same.filter(accepted_at=None, revoked_at=None).update(accepted_at=at, accepted_by=by)
    record(organisation, "team.accept", by=by, at=at, wave=invitation.wave.code, role=membership.role)
    if invitation.hands_over and invitation.invited_by:
        pass_on_coordination(
            organisation,
            invitation.wave,
            giver=invitation.invited_by,
            receiver=by,
            leaves=invitation.inviter_leaves,
            at=at,
        )
        mails.send_taken_over(invitation, by=by)
    return membership


def _give_place(
    invitation: Invitation,
    *,
    organisation: Organisation,
    person: Person,
    member: Membership | None,
    at: datetime,
) -> Membership:
    if member is None:
        member = Membership.objects.create(
            person=person, organisation=organisation, role=invitation.role, is_limited=invitation.is_limited
        )
    else:
        member.role = max(member.role, invitation.role, key=lambda role: RANKS.index(Membership.Role(role)))
        member.is_limited = member.is_limited and invitation.is_limited
        member.save(update_fields=["role", "is_limited"])
    SectionAssignment.objects.bulk_create(
        (
            SectionAssignment(
                wave=invitation.wave,
                membership=member,
                section=section,
                assigned_at=at,
                assigned_by=invitation.invited_by,
            )
            for section in invitation.sections
        ),
        ignore_conflicts=True,
    )
    return member
