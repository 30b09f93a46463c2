"""What `bench_report.py` runs in a process of its own: Typst saw no document yet, as in a worker that just started.

What any first line of the trail costs a process (Wagtail then reads the hooks of all apps) is done before.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from django.utils import timezone
from wagtail.log_actions import registry

from practices.models import WaveReport
from practices.report.lifecycle import make_report
from surveys.questionnaire.models import Wave
from surveys.typesetting.pdf import typeset

EMPTY = '#set document(title: "Leeg")\n#set text(lang: "nl")\n#title()\n'


def make_document(kind: str, wave: str) -> None:
    """Prints seconds, seconds of the processor and bytes of the "report" or of an "empty" document."""
    reported = Wave.objects.select_related("version").get(code=wave)
    WaveReport.objects.filter(wave=reported).delete()
    registry.scan_for_actions()
    with TemporaryDirectory() as folder:
        template = Path(folder) / "empty.typ"
        template.write_text(EMPTY, encoding="utf-8")
        started, busy = perf_counter(), process_time()
        if kind == "report":
            size = len(make_report(reported).pdf)
        else:
            size = len(typeset(template, data={"title": "Leeg"}, made_at=timezone.now()))
        measured = {"seconds": perf_counter() - started, "busy": process_time() - busy, "bytes": size}
    print(json.dumps(measured))  # noqa: T201
