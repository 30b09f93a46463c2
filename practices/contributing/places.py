"""The places a case is about, and who of them may say that it may be public."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from surveys.accounts.models import Membership, Organisation, Person

if TYPE_CHECKING:
    from practices.models import Contribution

WRITING_ROLES = (Membership.Role.COORDINATOR, Membership.Role.CONTRIBUTOR)


def list_places(contribution: "Contribution") -> list[Organisation]:
    """The organisations of the municipalities it names; without any it is about the organisation that wrote it."""
    named = Organisation.objects.filter(municipality__in=contribution.municipalities.all())
    return list(named) or [contribution.organisation]


def list_coordinators(organisations: Iterable[Organisation]) -> list[Membership]:
    """Who can still sign in."""
    return list(
        Membership.objects.filter(
            organisation__in=organisations, role=Membership.Role.COORDINATOR, person__is_active=True
        )
        .select_related("person", "organisation")
        .order_by("organisation__name", "person")
    )


def list_owners(contribution: "Contribution") -> list[Person]:
    """Who hears how it goes: its author while they may write for the organisation, or else the coordinators."""
    members = contribution.organisation.memberships.select_related("person").filter(person__is_active=True)
    author = members.filter(person=contribution.author_id, role__in=WRITING_ROLES).first()
    if author is not None:
        return [author.person]
    return [each.person for each in list_coordinators([contribution.organisation])]
