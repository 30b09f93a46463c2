"""From the pen of the contributor to the editors, and back for a change of what is public."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from practices.contributing.lifecycle.locking import lock_contribution, lock_for_writing, refuse_strangers
from practices.contributing.lifecycle.refusals import NotDue, NotReady
from practices.contributing.lifecycle.steps import take_over_page
from practices.contributing.mails import mail_editors
from practices.contributing.page_writing import write_page
from practices.contributing.readiness import list_problems
from practices.contributing.stages import Stage
from practices.contributing.workflow import ensure_workflow
from practices.models import Contribution, PracticePage
from practices.terms import Status
from surveys.accounts.models import Person
from surveys.trail.recording import record


@transaction.atomic
def submit_contribution(
    contribution: Contribution, *, by: Person, at: datetime | None = None, is_mailed: bool = True
) -> PracticePage:
    """Hand it to the editors as a draft of a page. Raises NotYours, PenAway and NotReady."""
    at = at or timezone.now()
    contribution = lock_for_writing(contribution, by=by)
    problems = list_problems(contribution)
    if problems:
        raise NotReady(problems)
    is_again = contribution.page is not None
    page = write_page(contribution, by=by, at=at)
    contribution.page, contribution.changing_since = page, None
    contribution.save(update_fields=["page", "changing_since"])
    _enter_workflow(page)
    record(contribution, "contribution.submit", by=by, at=at)
    if is_mailed:
        mail_editors(contribution, page, is_again=is_again)
    return page


def _enter_workflow(page: PracticePage) -> None:
    """Questions of an editor are answered where they were asked. What a place sent back begins at the editors again.

    Nobody is named as who asked for it: Wagtail would mail them an address in the administration.
    """
    state: WorkflowState | None = page.current_workflow_state
    if state is not None and hasattr(state.current_task_state.task, "editorsreview"):
        state.resume(user=None)
        return
    if state is not None:
        state.cancel(user=None)
    ensure_workflow().start(page, user=None)


@transaction.atomic
def begin_change(
    contribution: Contribution, *, by: Person, has_stopped: bool = False, at: datetime | None = None
) -> Contribution:
    """Write on in a case that is public, which stays as it is meanwhile. Raises NotYours and NotDue.

    With `has_stopped` it says that the practice ended; an editor makes that public like any other change.
    """
    contribution, standing = lock_contribution(contribution)
    refuse_strangers(contribution.organisation, by=by)
    if standing.stage not in (Stage.PUBLISHED, Stage.CHANGING):
        raise NotDue
    if standing.stage == Stage.PUBLISHED:
        take_over_page(contribution)
        contribution.changing_since = at or timezone.now()
        record(contribution, "contribution.begin_change", by=by, at=at)
    if has_stopped:
        contribution.status = Status.STOPPED
    contribution.save(update_fields=["changing_since", "status"])
    return contribution
