from typing import Any

from celery import Task, shared_task
from celery.signals import worker_ready

from surveys.results.models import Release
from surveys.results.release.finishing import LEASE, BeingFinished, finish_release


@shared_task(bind=True, acks_late=True, max_retries=3)
def finish_release_later(self: Task, release_id: int) -> None:
    """Count the release, or count it again and publish it. Running it again is harmless."""
    try:
        finish_release(release_id)
    except BeingFinished as error:
        # Look again when the other worker must be done.
        raise self.retry(exc=error, countdown=LEASE.total_seconds()) from error


@worker_ready.connect
def resume_releases(**_signal: Any) -> None:
    """Send every release that waits again: its message may have been lost with a worker or with the broker."""
    waiting = Release.objects.filter(status__in=Release.WAITING)
    for release_id in waiting.order_by("pk").values_list("pk", flat=True):
        finish_release_later.delay(release_id)
