"""The places a case is about say yes, or send it back."""

from django.db import transaction
from wagtail.models import TaskState

from practices.contributing.lifecycle.locking import lock_contribution
from practices.contributing.lifecycle.refusals import ContributionRefused, NotWaiting
from practices.contributing.lifecycle.steps import note_consent, note_if_published, note_sent_back
from practices.contributing.places import list_coordinators, list_places
from practices.contributing.stages import Stage
from practices.models import Contribution
from surveys.accounts.models import Membership, Organisation, Person

REVIEW = "practices.review_contribution"


@transaction.atomic
def give_consent(contribution: Contribution, *, place: Organisation, by: Person, reason: str = "") -> None:
    """The last place that agrees makes the case public. Raises NotWaiting and ContributionRefused.

    An editor can note it for a place without a coordinator, and must say why: `reason`.
    """
    contribution, step = _lock_waiting(contribution)
    if place not in list_places(contribution):
        raise NotWaiting
    if not _coordinates(by, place):
        if list_coordinators([place]) or not by.has_perm(REVIEW):
            raise ContributionRefused("Alleen een coördinator van deze plaats kan toestemming geven.")
        if not reason.strip():
            raise ContributionRefused("Schrijf op wie er toestemming gaf, en wanneer.")
    note_consent(contribution, place, task_state=step, by=by, reason=reason.strip())
    if list_open_places(contribution, step):
        return
    # The person may not publish by themselves: that all have agreed is what publishes.
    step.approve(user=by, update=False)
    step.workflow_state.update(user=None)
    note_if_published(contribution, workflow_state=step.workflow_state)


@transaction.atomic
def withhold_consent(contribution: Contribution, *, by: Person, comment: str) -> None:
    """A place, or an editor in its name, sends it back with what should be different. Raises as `give_consent`."""
    contribution, step = _lock_waiting(contribution)
    is_place = any(_coordinates(by, place) for place in list_places(contribution))
    if not (is_place or by.has_perm(REVIEW)):
        raise ContributionRefused("Alleen een coördinator van deze plaats kan dit terugsturen.")
    if not comment.strip():
        raise ContributionRefused("Schrijf op wat er anders moet.")
    step.reject(user=by, comment=comment.strip())
    note_sent_back(contribution, comment=comment.strip(), by=by)


def list_open_places(contribution: Contribution, step: TaskState) -> list[Organisation]:
    """Those that have not answered yet."""
    agreed = set(step.consents.values_list("organisation", flat=True))
    return [place for place in list_places(contribution) if place.pk not in agreed]


def _lock_waiting(contribution: Contribution) -> tuple[Contribution, TaskState]:
    locked, standing = lock_contribution(contribution)
    if standing.stage != Stage.AT_PLACE or standing.task_state is None:
        raise NotWaiting
    return locked, standing.task_state


def _coordinates(person: Person, place: Organisation) -> bool:
    return place.memberships.filter(person=person, role=Membership.Role.COORDINATOR).exists()
