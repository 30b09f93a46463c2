"""Which links an editor should look at, and where they stand."""

from django.db.models import Count, Max, Q, QuerySet

from practices.models import CheckedLink, LinkPlace

Status = CheckedLink.Status
# One failure may be a bad moment of the other side; at the second an editor hears of it.
TOLD_FROM = 2
IS_FAILING = Q(status__in=CheckedLink.FAILING)


def select_faults() -> "QuerySet[LinkPlace]":
    """What is broken first, the longest of all on top; then what moved, and what nobody could check."""
    broken = Q(link__status__in=CheckedLink.FAILING, link__failures__gte=TOLD_FROM)
    return (
        LinkPlace.objects.filter(broken | Q(link__status__in=(Status.MOVED, Status.UNCHECKABLE)))
        .select_related("link", "page")
        .order_by("link__status", "link__since", "link", "page__title", "pk")
    )


def count_links() -> dict[str, object]:
    """How many links there are in all and of each kind, and when one was last looked at."""
    return CheckedLink.objects.aggregate(
        total=Count("pk"),
        broken=Count("pk", filter=IS_FAILING & Q(failures__gte=TOLD_FROM)),
        failed_once=Count("pk", filter=IS_FAILING & Q(failures__lt=TOLD_FROM)),
        moved=Count("pk", filter=Q(status=Status.MOVED)),
        uncheckable=Count("pk", filter=Q(status=Status.UNCHECKABLE)),
        waiting=Count("pk", filter=Q(due_at__isnull=False)),
        checked_at=Max("checked_at"),
    )
