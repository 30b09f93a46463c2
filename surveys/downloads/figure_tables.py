"""The rows behind one public figure as a file: what stands in the table of the page, and what explains it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from surveys.downloads.codebook import build_codebook
from surveys.downloads.results_workbook import build_results_workbook
from surveys.questionnaire.queries import load_definition
from surveys.results.explorer.caching import send_cached
from surveys.results.explorer.links import TABLE_FORMATS
from surveys.results.explorer.showing import show_exactly
from surveys.tabular.sending import CSV_METADATA, send_workbook


@require_safe
def send_figure_table(request: HttpRequest, wave: str, file_format: str) -> HttpResponse:
    """Of the one question that the address names."""
    if file_format not in (*TABLE_FORMATS, CSV_METADATA):
        raise Http404
    shown = show_exactly(wave, choice=request.GET)
    codebook = build_codebook(load_definition(shown.wave.version), coded=shown.data.coded)
    workbook = build_results_workbook(shown.data, codebook=codebook)
    name = f"{shown.release.code}_{shown.form.question}"
    address = f"cijfers.csv?{shown.choice}"
    return send_cached(
        request,
        shown,
        kind=file_format,
        make=lambda: send_workbook(workbook, name=name, file_format=file_format, address=address),
    )
