"""The only writer of reports."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from practices.models import WaveReport
from practices.report.contents import compute_sha256, gather_report
from surveys.questionnaire.day_parsing import write_day
from surveys.questionnaire.models import Wave
from surveys.trail.recording import record
from surveys.typesetting.pdf import typeset

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "typeset" / "report.typ"


def make_report(wave: Wave, *, at: datetime | None = None) -> WaveReport:
    """The report of what is public now, made only when the one that is kept says something else.

    Raises ResultsNotPublished.
    """
    at = at or timezone.now()
    contents = gather_report(wave)
    contents_sha256 = compute_sha256(contents)
    kept = WaveReport.objects.filter(wave=wave, contents_sha256=contents_sha256).first()
    if kept:
        return kept
    made_on = write_day(timezone.localdate(at))
    pdf = typeset(TEMPLATE, data={**contents, "made_on": made_on}, made_at=at)
    with transaction.atomic():
        report, _ = WaveReport.objects.update_or_create(
            wave=wave, defaults={"contents_sha256": contents_sha256, "pdf": pdf, "made_at": at}
        )
        record(wave, "report.make", by=None, at=at, contents_sha256=contents_sha256)
    return report
