from typing import Any

from celery import Task, shared_task
from celery.signals import worker_ready

from surveys.downloads.building import LEASE, BeingBuilt, build_file
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import remove_old_exports


@shared_task(bind=True, acks_late=True, max_retries=3)
def build_export(self: Task, job_id: int) -> None:
    """Make the file. Running it again is harmless: a finished job stays, a job cut off is done again."""
    try:
        build_file(job_id)
    except BeingBuilt as error:
        # Look again when the other worker must have given a sign of life.
        raise self.retry(exc=error, countdown=LEASE.total_seconds()) from error


@worker_ready.connect
def resume_exports(**_signal: Any) -> None:
    """Send every unfinished job again: its message may have been lost with a worker or with the broker."""
    remove_old_exports()
    for job_id in ExportJob.objects.filter(status__in=ExportJob.UNFINISHED).values_list("pk", flat=True):
        build_export.delay(job_id)
