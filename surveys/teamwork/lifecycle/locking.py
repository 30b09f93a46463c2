"""What every verb starts with, and why it may stop there; every message is Dutch, for the user."""

from surveys.accounts.models import Membership, Organisation, Person


class TeamActionRefused(Exception):
    """The team does not allow this now; the message is Dutch, for the user."""


class InvitationClosed(TeamActionRefused):
    """The invitation was used, taken back or has expired."""


def lock_team(organisation: Organisation) -> Organisation:
    """The organisation as it is now; whoever else changes its team waits until this transaction ends."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def lock_team_as_coordinator(organisation: Organisation, *, by: Person) -> Organisation:
    """Raises TeamActionRefused when `by` is not (or no longer) a coordinator."""
    organisation = lock_team(organisation)
    if not organisation.memberships.filter(person=by, role=Membership.Role.COORDINATOR).exists():
        raise TeamActionRefused("Alleen een coördinator kan dit doen, en dat bent u niet (meer).")
    return organisation


def reload_member(membership: Membership) -> Membership:
    """The member as it is now, with person. Raises TeamActionRefused for somebody who left the team."""
    found = Membership.objects.select_related("person").filter(pk=membership.pk).first()
    if found is None:
        raise TeamActionRefused("Deze collega hoort niet meer bij uw team.")
    return found


def is_last_coordinator(membership: Membership) -> bool:
    coordinators = Membership.objects.filter(
        organisation=membership.organisation_id, role=Membership.Role.COORDINATOR
    )
    return (
        membership.role == Membership.Role.COORDINATOR and not coordinators.exclude(pk=membership.pk).exists()
    )
