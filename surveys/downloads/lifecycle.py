"""Asking for a file and fetching it, each with a line in the audit log. Making the file is in `building`."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from surveys.accounts.models import Person
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import remove_old_exports
from surveys.downloads.tasks import build_export
from surveys.questionnaire.models import Wave
from surveys.trail.recording import record


def request_export(
    wave: Wave,
    *,
    content: str,
    breakdowns: Sequence[str],
    unit: str,
    file_format: str,
    by: Person,
    is_weighted: bool = False,
) -> ExportJob:
    """Note that somebody wants a file, and set a worker to it.

    When the broker cannot be reached the job stays queued, and the next worker that starts finds it.
    """
    remove_old_exports()
    with transaction.atomic():
        job = ExportJob.objects.create(
            owner=by,
            wave=wave,
            content=content,
            breakdowns=list(breakdowns),
            unit=unit,
            is_weighted=is_weighted,
            format=file_format,
        )
        record(job, "downloads.request", by=by, **_describe_job(job))
        transaction.on_commit(lambda: build_export.delay(job.pk), robust=True)
    return job


def record_fetch(job: ExportJob, *, by: Person) -> None:
    """Say who took the file: it can hold the answers of organisations."""
    record(job, "downloads.fetch", by=by, **_describe_job(job))


def _describe_job(job: ExportJob) -> dict[str, Any]:
    return {
        "wave": job.wave.code,
        "content": job.content,
        "breakdowns": job.breakdowns,
        "unit": job.unit,
        "is_weighted": job.is_weighted,
        "format": job.format,
    }
