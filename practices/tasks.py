from celery import shared_task
from django.core.management import call_command
from django.utils.timezone import localdate

from practices.reactions.moderation import mail_waiting
from practices.report.lifecycle import make_report
from surveys.results.access import access_public_wave


@shared_task
def make_wave_report(wave: str) -> None:
    """Running it again makes nothing again: a report that says the same is kept."""
    make_report(access_public_wave(wave))


@shared_task
def publish_pages_of_now() -> None:
    """Every five minutes, by the schedule in config/settings.py; running it again publishes nothing again."""
    call_command("publish_scheduled")


@shared_task
def mail_waiting_reactions() -> None:
    """Running it again on the same day mails nobody again."""
    mail_waiting(on=localdate())
