from django.http import Http404
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import KEEP_FOR


def access_export(person: Person, job_id: int) -> ExportJob:
    """The person's own export. Raises Http404 for somebody else's, and for one that is too old to keep."""
    job = (
        ExportJob.objects.select_related("wave")
        .filter(pk=job_id, owner=person, requested_at__gte=timezone.now() - KEEP_FOR)
        .first()
    )
    if job is None:
        raise Http404("There is no such export for this person.")
    return job
