"""What every verb starts with: hold on to the contribution as it is now, and refuse who may not."""

from practices.contributing.lifecycle.refusals import Discarded, NotYours, PenAway
from practices.contributing.places import WRITING_ROLES
from practices.contributing.stages import Standing, find_standing
from practices.models import Contribution
from surveys.accounts.models import Organisation, Person


def lock_contribution(contribution: Contribution) -> tuple[Contribution, Standing]:
    """As it is now; other writers wait until this transaction ends. Raises Discarded.

    Read again once it is locked: a page that was made while we waited is not in what PostgreSQL had joined before.
    """
    if Contribution.objects.select_for_update().filter(pk=contribution.pk).first() is None:
        raise Discarded
    locked = Contribution.objects.select_related("organisation", "page", "author").get(pk=contribution.pk)
    return locked, find_standing(locked)


def lock_for_writing(contribution: Contribution, *, by: Person) -> Contribution:
    """Raises NotYours for who does not (or no longer) write for the organisation, PenAway and Discarded."""
    locked, standing = lock_contribution(contribution)
    refuse_strangers(locked.organisation, by=by)
    if not standing.has_pen:
        raise PenAway
    return locked


def refuse_strangers(organisation: Organisation, *, by: Person) -> None:
    if not organisation.memberships.filter(person=by, role__in=WRITING_ROLES).exists():
        raise NotYours
