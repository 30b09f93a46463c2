"""Which cases are past the day on which somebody had to look at them, or never got one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from practices.models import PracticePage

EDITORS = "De redactie"


@dataclass(frozen=True)
class AgeingCase:
    page: PracticePage
    reason: str
    since: date | None
    """Its day to be looked at, or when it came on the site without one."""
    organisation: str
    """Whose case it is; empty for one of the editors."""


def select_ageing(*, today: date) -> "QuerySet[PracticePage]":
    """The longest overdue first, then those without a day."""
    is_ageing = Q(review_by=None) | Q(review_by__lt=today)
    cases: QuerySet[PracticePage] = PracticePage.objects.live().filter(is_ageing)
    return cases.select_related("contribution__organisation").order_by(
        F("review_by").asc(nulls_last=True), "first_published_at", "title", "pk"
    )


def access_case_of_editors(key: int) -> PracticePage:
    """A public case of the editors themselves. Raises Http404 for any other: an organisation speaks for its own."""
    page: PracticePage | None = PracticePage.objects.live().filter(pk=key, contribution=None).first()
    if page is None:
        raise Http404("Dit voorbeeld is er niet (meer), of het is van een organisatie.")
    return page


def describe_ageing(page: PracticePage) -> AgeingCase:
    contribution = getattr(page, "contribution", None)
    published = page.first_published_at
    return AgeingCase(
        page,
        reason="Er staat geen datum bij om het na te kijken."
        if page.review_by is None
        else "Niet op tijd nagekeken.",
        since=page.review_by or (localdate(published) if published else None),
        organisation=str(contribution.organisation) if contribution else "",
    )
