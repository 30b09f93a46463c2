"""Where the administration shows the lines of the trail."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.urls import reverse
from wagtail.admin.views.reports.audit_logging import SiteHistoryReportFilterSet, get_users_for_filter


def link_history(instance: Model) -> str:
    """The address of Wagtail's site history, narrowed down to one object by its kind and its name."""
    kind = ContentType.objects.get_for_model(instance, for_concrete_model=False)
    query = urlencode({"object_type": kind.pk, "label": str(instance)})
    return f"{reverse('wagtailadmin_reports:site_history')}?{query}"


class HistoryFilter(SiteHistoryReportFilterSet):
    """Wagtail offers who changed pages only, and shows everything when somebody else is chosen."""

    def get_users_queryset(self) -> QuerySet[Any]:
        people: QuerySet[Any] = get_users_for_filter(self.request.user)
        return people
