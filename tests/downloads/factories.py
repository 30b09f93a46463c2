"""A wave with something to download, and jobs that ask for it."""

import os
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from surveys.accounts.models import Person
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import locate_file
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.submission import submit_response
from tests.responses.factories import COMPLETE, MEMBER, make_response, make_wave

OWNER = "otto@voorbeeld.example"


def make_submitted_wave() -> Wave:
    """An open wave with one submitted response."""
    wave = make_wave()
    submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=None)
    return wave


def make_owner() -> Person:
    return Person.objects.filter(email=OWNER).first() or Person.objects.create_user(OWNER, first_name="Otto")


def make_job(**values: object) -> ExportJob:
    """A job of the owner about the one wave that there is."""
    wave = Wave.objects.first() or make_submitted_wave()
    defaults = {
        "owner": values.get("owner") or make_owner(),
        "wave": wave,
        "content": ExportJob.Content.RESULTS,
        "unit": "municipality",
        "format": ExportJob.Format.CSV,
    }
    return ExportJob.objects.create(**(defaults | values))


def set_age(target: ExportJob | Path, *, days: int) -> None:
    """Make a job with its file, or a file, so many days old."""
    moment = timezone.now() - timedelta(days=days)
    if isinstance(target, ExportJob):
        ExportJob.objects.filter(pk=target.pk).update(requested_at=moment)
        target = locate_file(target)
    os.utime(target, (moment.timestamp(), moment.timestamp()))
