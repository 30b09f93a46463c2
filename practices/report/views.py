from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from practices.models import WaveReport
from practices.report.contents import compute_sha256, gather_report
from practices.tasks import make_wave_report
from surveys.questionnaire.models import Wave
from surveys.results.access import access_public_wave
from surveys.results.explorer.caching import FRESH_FOR
from surveys.results.publication import ResultsNotPublished

# Seconds in which a worker is asked once, however many readers wait.
ASK_AGAIN_AFTER = 60


@require_safe
def send_report(request: HttpRequest, wave: str) -> HttpResponse:
    """The report, if it says what is public now; else a worker makes it and the page says so."""
    asked = access_public_wave(wave)
    try:
        contents_sha256 = compute_sha256(gather_report(asked))
    except ResultsNotPublished:
        raise Http404 from None
    report = WaveReport.objects.filter(wave=asked, contents_sha256=contents_sha256).first()
    if report is None:
        ask_worker(asked, contents_sha256=contents_sha256)
        return show_waiting(request, asked)
    etag = quote_etag(contents_sha256)
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        bytes(report.pdf),
        headers={
            "Content-Type": "application/pdf",
            "Content-Disposition": f'inline; filename="rapport-{asked.code}.pdf"',
            "Last-Modified": http_date(report.made_at.timestamp()),
        },
    )
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return response


def ask_worker(wave: Wave, *, contents_sha256: str) -> None:
    """When the broker cannot be reached the page stays, and who looks again later asks again."""
    if cache.add(f"report:{contents_sha256}", value=True, timeout=ASK_AGAIN_AFTER):
        transaction.on_commit(lambda: make_wave_report.delay(wave.code), robust=True)


def show_waiting(request: HttpRequest, wave: Wave) -> HttpResponse:
    breadcrumbs = [
        {"title": "Home", "url": "/"},
        {"title": "Resultaten", "url": reverse("results:index")},
        {"title": wave.title, "url": reverse("results:wave", args=[wave.code])},
        {"title": "Rapport"},
    ]
    response = render(
        request, "practices/report_in_making.html", {"wave": wave, "breadcrumbs": breadcrumbs}, status=202
    )
    response["Cache-Control"] = "no-store"
    return response
