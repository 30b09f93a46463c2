from celery import shared_task
from django.utils import timezone

from practices.ageing.lifecycle import tell_editors


@shared_task
def tell_of_ageing_cases() -> None:
    """Once a week, by the schedule in config/settings.py; running it again tells nothing again."""
    tell_editors(at=timezone.now())
