from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.utils import timezone

from practices.links.fetching import check_address
from practices.links.lifecycle import claim_link, gather_links, note_verdict
from practices.models import CheckedLink

# After this many a worker lets other work go first.
BATCH = 20
# What one start looks at; a library has a few hundred links.
LIMIT = 2000


@shared_task
def start_checking() -> None:
    """Once a week by the schedule in config/settings.py, and when an editor asks for it."""
    gather_links(at=timezone.now(), is_asking=settings.LINK_CHECKS)
    if settings.LINK_CHECKS:
        check_some.delay()


@shared_task
def check_some(left: int = LIMIT) -> None:
    """Look at a few links, one after the other, and queue the rest. Running it again, or twice at once, is harmless."""
    if not settings.LINK_CHECKS:
        return
    for _ in range(min(BATCH, left)):
        link = claim_link(at=timezone.now())
        if link is None:
            return
        note_verdict(link, check_address(link.url), at=timezone.now())
    if left > BATCH:
        check_some.delay(left - BATCH)


@worker_ready.connect
def go_on_at_start(**_signal: Any) -> None:
    """The message of a check can be lost with a worker or the broker."""
    if CheckedLink.objects.filter(due_at__isnull=False).exists():
        check_some.delay()
