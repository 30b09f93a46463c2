"""Once a year the owner of a public case is asked whether it still holds."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from practices.contributing.lifecycle.locking import lock_contribution, refuse_strangers
from practices.contributing.lifecycle.refusals import NotDue
from practices.contributing.mails import mail_review_asked
from practices.contributing.page_writing import one_year_after
from practices.contributing.places import list_coordinators, list_owners
from practices.contributing.stages import Stage
from practices.models import Contribution, PracticePage
from surveys.accounts.models import Person
from surveys.trail.recording import record

NOTICE = timedelta(days=30)


def ask_due_reviews(*, today: date) -> int:
    """Mail whose case is to be reviewed within a month or already was; returns of how many cases.

    Asking is noted with the date it was for: a second run asks nobody again.
    """
    due = (
        Contribution.objects.filter(page__live=True, page__review_by__lte=today + NOTICE, changing_since=None)
        .exclude(review_asked_for=F("page__review_by"))
        .order_by("pk")
    )
    return sum(_ask(contribution) for contribution in due)


@transaction.atomic
def _ask(contribution: Contribution) -> bool:
    contribution, standing = lock_contribution(contribution)
    page = contribution.page
    if standing.stage != Stage.PUBLISHED or page is None or page.review_by == contribution.review_asked_for:
        return False
    contribution.review_asked_for = page.review_by
    contribution.save(update_fields=["review_asked_for"])
    coordinators = [each.person for each in list_coordinators([contribution.organisation])]
    mail_review_asked(contribution, recipients=dict.fromkeys([*list_owners(contribution), *coordinators]))
    record(contribution, "contribution.ask_review", by=None)
    return True


@transaction.atomic
def confirm_review(contribution: Contribution, *, by: Person, at: datetime | None = None) -> date:
    """It still holds: the page is good for another year, which is returned. Raises NotYours and NotDue.

    Only the date becomes public; what an editor was writing in the page meanwhile stays a draft.
    """
    at = at or timezone.now()
    contribution, standing = lock_contribution(contribution)
    refuse_strangers(contribution.organisation, by=by)
    page = contribution.page
    if standing.stage != Stage.PUBLISHED or page is None:
        raise NotDue
    good_until = one_year_after(timezone.localdate(at))
    put_review_date(page, good_until, by=by)
    record(contribution, "contribution.confirm_review", by=by, at=at)
    return good_until


def put_review_date(page: PracticePage, day: date, *, by: Person) -> None:
    """On what is public and in the newest revision: the date of one would undo that of the other."""
    has_draft = page.has_unpublished_changes
    latest = page.get_latest_revision_as_object()
    latest.review_by = day
    revision = latest.save_revision(user=by)
    if has_draft:
        PracticePage.objects.filter(pk=page.pk).update(review_by=day)
    else:
        # The person may not publish by themselves, but nothing is new here but the date.
        revision.publish(user=None)
