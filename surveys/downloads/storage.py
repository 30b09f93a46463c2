"""Where finished files are: a closed folder outside MEDIA, under names nobody guesses, for a limited time."""

import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from surveys.downloads.models import ExportJob

# The files can hold answers of organisations: they stay for a week and no longer.
KEEP_FOR = timedelta(days=7)


def open_export_dir() -> Path:
    """The folder, made at first use and readable for the site's own system user only."""
    folder = Path(settings.EXPORT_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def choose_path(*, extension: str) -> Path:
    return open_export_dir() / f"{secrets.token_urlsafe(32)}.{extension}"


def locate_file(job: ExportJob) -> Path:
    return open_export_dir() / job.file_name


def remove_old_exports() -> None:
    """Remove the jobs past the age limit with their files, and what a stopped worker left behind."""
    limit = timezone.now() - KEEP_FOR
    expired = ExportJob.objects.filter(requested_at__lt=limit)
    for file_name in expired.exclude(file_name="").values_list("file_name", flat=True):
        (open_export_dir() / file_name).unlink(missing_ok=True)
    expired.delete()
    for path in open_export_dir().iterdir():
        # Another worker may be cleaning up too.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < limit.timestamp():
                path.unlink()
