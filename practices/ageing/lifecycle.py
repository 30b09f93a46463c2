"""What follows on the age of a case: editors are told of it once, and say that it still holds."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from practices.ageing.queries import AgeingCase, describe_ageing, select_ageing
from practices.contributing.lifecycle.reviewing import put_review_date
from practices.contributing.mails import list_editors
from practices.contributing.page_writing import one_year_after
from practices.models import AgeingNotice, PracticePage
from surveys.accounts.mail import send_mail_to
from surveys.accounts.models import Person
from surveys.trail.recording import record

NAMED_AT_MOST = 20


class BeingEdited(Exception):
    def __str__(self) -> str:
        return (
            "Dit voorbeeld is op slot of in behandeling. Kijk eerst in het voorbeeld zelf wie ermee bezig is."
        )


@transaction.atomic
def tell_editors(*, at: datetime) -> list[AgeingCase]:
    """One mail to each editor when there is something new; returns what was new. Two at once: one of them tells."""
    ageing = list(select_ageing(today=timezone.localdate(at)))
    AgeingNotice.objects.exclude(page__in=[page.pk for page in ageing]).delete()
    told = set(AgeingNotice.objects.values_list("page", flat=True))
    new = [describe_ageing(page) for page in ageing if page.pk not in told]
    # Unique per page: who comes second fails here, and its mails with it.
    AgeingNotice.objects.bulk_create(AgeingNotice(page=each.page, told_at=at) for each in new)
    for editor in list_editors() if new else ():
        send_mail_to(
            editor,
            template="practices/mail/ageing",
            context={"new": new[:NAMED_AT_MOST], "more": len(new) - NAMED_AT_MOST, "total": len(ageing)},
        )
    return new


@transaction.atomic
def confirm_case(page: PracticePage, *, by: Person, at: datetime | None = None) -> date:
    """An editor looked at it and it still holds: it is good for another year, which is returned. Raises BeingEdited."""
    at = at or timezone.now()
    page = PracticePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if page.current_workflow_state is not None or page.permissions_for_user(by).page_locked():
        raise BeingEdited
    good_until = one_year_after(timezone.localdate(at))
    put_review_date(page, good_until, by=by)
    record(page, "practice.confirm_review", by=by, at=at)
    return good_until
