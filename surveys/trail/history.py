"""Where the administration shows the lines of the trail."""

from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse


def link_history(instance: Model) -> str:
    """The address of Wagtail's site history, narrowed down to one object by its kind and its name."""
    kind = ContentType.objects.get_for_model(instance, for_concrete_model=False)
    query = urlencode({"object_type": kind.pk, "label": str(instance)})
    return f"{reverse('wagtailadmin_reports:site_history')}?{query}"
