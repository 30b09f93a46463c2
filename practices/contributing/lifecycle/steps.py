"""What follows on every step of the workflow, for the tasks that Wagtail calls; no models are imported here."""

from typing import TYPE_CHECKING

from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from practices.contributing.mails import (
    mail_ended,
    mail_places,
    mail_published,
    mail_sent_back,
    mail_taken,
    mail_waiting_for_places,
)
from practices.contributing.page_reading import read_page
from practices.contributing.places import list_coordinators, list_places
from practices.contributing.values import read_values, set_values
from surveys.accounts.models import Organisation, Person
from surveys.trail.recording import record

if TYPE_CHECKING:
    from practices.models import Contribution


def take_over_page(contribution: "Contribution") -> None:
    """What editors made of it, into the contribution: the pen goes on from there."""
    page = contribution.page.get_latest_revision_as_object() if contribution.page else None
    if page is None:
        return
    own, theirs = read_values(contribution), read_page(page)
    set_values(contribution, {name: value for name, value in theirs.items() if value != own[name]})


def note_taken(contribution: "Contribution", *, by: Person) -> None:
    mail_taken(contribution)
    record(contribution, "contribution.take", by=by)


def note_sent_back(contribution: "Contribution", *, comment: str, by: Person) -> None:
    mail_sent_back(contribution, comment=comment)
    record(contribution, "contribution.send_back", by=by)


def note_ended(contribution: "Contribution", *, by: Person | None) -> None:
    mail_ended(contribution)
    record(contribution, "contribution.end", by=by)


def note_approved(contribution: "Contribution", *, workflow_state: WorkflowState, by: Person) -> None:
    """By an editor; when there is no place left to ask, that was the last step."""
    record(contribution, "contribution.approve", by=by)
    note_if_published(contribution, workflow_state=workflow_state)


def note_if_published(contribution: "Contribution", *, workflow_state: WorkflowState) -> None:
    if workflow_state.status != WorkflowState.STATUS_APPROVED:
        return
    page = Page.objects.get(pk=contribution.page_id)
    record(contribution, "contribution.publish", by=None)
    if page.live and page.url:
        mail_published(contribution, url=page.url)


def ask_places(contribution: "Contribution", *, task_state: TaskState) -> bool:
    """Mail the places that have to agree; True when there is nobody left to ask.

    A place whose own coordinator wrote the case has agreed by writing it.
    """
    places = list_places(contribution)
    own = {
        each.organisation_id for each in list_coordinators(places) if each.person_id == contribution.author_id
    }
    for place in places:
        if place.pk in own:
            note_consent(contribution, place, task_state=task_state, by=contribution.author)
    asked = [place for place in places if place.pk not in own]
    if asked:
        mail_waiting_for_places(contribution, places=asked)
        mail_places(contribution, places=asked)
    return not asked


def note_consent(
    contribution: "Contribution",
    place: Organisation,
    *,
    task_state: TaskState,
    by: Person | None,
    reason: str = "",
) -> None:
    """Saying it twice changes nothing."""
    _, is_new = task_state.consents.get_or_create(
        organisation=place, defaults={"given_by": by, "given_at": timezone.now(), "reason": reason}
    )
    if is_new:
        record(contribution, "contribution.consent", by=by, reason=reason, place=place.pk)
