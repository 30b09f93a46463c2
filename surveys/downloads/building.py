"""Making the file of a job, by one worker at a time.

A worker takes a job with one atomic UPDATE that raises `attempts`; every later write of that worker names the
number it got. So a worker that was thought dead, and whose job another one took over, cannot write any more.
"""

import logging
import traceback
from datetime import timedelta
from pathlib import Path
from time import monotonic

from django.db.models import Q
from django.utils import timezone

from surveys.downloads.exports import write_export
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import choose_path
from surveys.tabular.csv_metadata import describe_csv
from surveys.tabular.workbook import TooLargeForFormat, Workbook

logger = logging.getLogger(__name__)

# A worker that reports nothing for this long is gone.
LEASE = timedelta(minutes=2)
MAXIMUM_ATTEMPTS = 3
SECONDS_BETWEEN_REPORTS = 0.5

FAILED = "Het maken van het bestand is niet gelukt. Probeer het opnieuw of neem contact op met de beheerder."


class BeingBuilt(Exception):
    """Another worker is busy with this job."""


class TakenOver(Exception):
    """Another worker took this job; what this one made is thrown away."""


def build_file(job_id: int) -> None:
    """Take the job, make its file and note how it went.

    Does nothing for a job that is finished or gone. Raises BeingBuilt while another worker is at it. Whatever
    goes wrong with the file itself ends in the status `failed` with a message for the owner.
    """
    job = _claim_job(job_id)
    if job is None:
        return
    part = choose_path(extension="part")
    try:
        workbook = write_export(
            job.wave,
            content=job.content,
            breakdowns=job.breakdowns,
            unit=job.unit,
            is_weighted=job.is_weighted,
            file_format=job.format,
            path=part,
            report_progress=_ProgressReport(job),
        )
        _finish_job(job, part=part, workbook=workbook)
    except TakenOver:
        logger.info("Export %s was taken over by another worker", job.pk)
    except TooLargeForFormat as error:
        _fail_job(job, message=str(error))
    except Exception as error:  # noqa: BLE001 - whatever it was, the owner must not wait for ever
        # The place says enough; the message of an error can hold an answer.
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Export %s failed with %s\n%s", job.pk, type(error).__name__, place)
        _fail_job(job, message=FAILED)
    finally:
        part.unlink(missing_ok=True)


def _claim_job(job_id: int) -> ExportJob | None:
    now = timezone.now()
    job = ExportJob.objects.select_related("wave__version").filter(pk=job_id).first()
    if job is None or job.status not in ExportJob.UNFINISHED:
        return None
    is_alive = Q(status=ExportJob.Status.RUNNING, heartbeat_at__gte=now - LEASE)
    job.attempts += 1
    is_claimed = (
        ExportJob.objects.filter(pk=job_id, attempts=job.attempts - 1, status__in=ExportJob.UNFINISHED)
        .exclude(is_alive)
        .update(status=ExportJob.Status.RUNNING, attempts=job.attempts, progress=0, heartbeat_at=now)
    )
    if not is_claimed:
        raise BeingBuilt
    if job.attempts > MAXIMUM_ATTEMPTS:
        logger.error("Export %s was cut off %s times", job_id, MAXIMUM_ATTEMPTS)
        _fail_job(job, message=FAILED)
        return None
    return job


def _write_job(job: ExportJob, **values: object) -> None:
    """Write to the job as long as it is ours. Raises TakenOver."""
    if not ExportJob.objects.filter(pk=job.pk, attempts=job.attempts).update(**values):
        raise TakenOver


def _finish_job(job: ExportJob, *, part: Path, workbook: Workbook) -> None:
    """Put the file in place first: a job that says it is done has its file."""
    path = choose_path(extension=job.format)
    part.replace(path)
    try:
        _write_job(
            job,
            status=ExportJob.Status.DONE,
            progress=100,
            message="",
            file_name=path.name,
            description=describe_csv(workbook, url="") if job.format == ExportJob.Format.CSV else {},
            finished_at=timezone.now(),
        )
    except TakenOver:
        path.unlink()
        raise


def _fail_job(job: ExportJob, *, message: str) -> None:
    try:
        _write_job(job, status=ExportJob.Status.FAILED, message=message, finished_at=timezone.now())
    except TakenOver:
        logger.info("Export %s was taken over by another worker", job.pk)


class _ProgressReport:
    """Notes the progress of a job, at most twice a second; each note is a sign of life."""

    def __init__(self, job: ExportJob) -> None:
        self._job = job
        self._reported_at = monotonic()

    def __call__(self, fraction: float) -> None:
        if monotonic() - self._reported_at < SECONDS_BETWEEN_REPORTS:
            return
        self._reported_at = monotonic()
        # 100 is for a file that is there.
        _write_job(self._job, progress=min(int(100 * fraction), 99), heartbeat_at=timezone.now())
