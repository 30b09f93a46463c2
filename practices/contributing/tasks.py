from celery import shared_task
from django.utils import timezone

from practices.contributing.lifecycle.reviewing import ask_due_reviews


@shared_task
def ask_reviews_of_today() -> None:
    """Once a day, by the schedule in config/settings.py; running it again asks nobody again."""
    ask_due_reviews(today=timezone.localdate())
