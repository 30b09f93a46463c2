from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from surveys.questionnaire.definition import SectionDefinition
from surveys.results.charts.sheet import WIDTH, draw_sheet
from surveys.results.credits import LICENCE
from surveys.results.explorer.caching import send_cached
from surveys.results.explorer.links import IMAGE_FORMATS, link_to_files, link_to_page, write_frame
from surveys.results.explorer.showing import Shown, list_releases, show_exactly, show_one_figure, show_public
from surveys.results.figures import Figure
from surveys.results.publication import describe_correction
from surveys.results.reach import list_reach
from surveys.results.release.response import read_response
from surveys.typesetting.images import draw_png

# Room in a page of somebody else for the words around a chart, in pixels; on a telephone the frame scrolls.
HEIGHT_OF_WORDS = 420
HEIGHT_OF_CAVEAT = 50


@require_safe
def list_waves(request: HttpRequest) -> HttpResponse:
    waves = [
        {
            "wave": release.wave,
            "release": release,
            "correction": describe_correction(release),
            "facts": list_reach(read_response(release.facts["response"])),
        }
        for release in list_releases()
    ]
    breadcrumbs = [{"title": "Home", "url": "/"}, {"title": "Resultaten"}]
    return render(request, "results/wave_list.html", {"waves": waves, "breadcrumbs": breadcrumbs})


@require_safe
def show_wave(request: HttpRequest, wave: str) -> HttpResponse:
    """A link with a choice we do not know shows the defaults and says so at the field."""
    return render(request, "results/wave.html", describe_page(request, show_public(wave, choice=request.GET)))


def describe_page(request: HttpRequest, shown: Shown, *, is_preview: bool = False) -> dict[str, Any]:
    """What results/wave.html shows. A preview stays on its own page, because all others have the public release."""
    return {
        "wave": shown.wave,
        "release": shown.release,
        "is_preview": is_preview,
        "form": shown.form,
        "table": shown.table,
        "correction": describe_correction(shown.release),
        "is_breakdown_withheld": bool(shown.figures)
        and all(figure.is_breakdown_withheld for figure in shown.figures),
        "facts": list_reach(read_response(shown.release.facts["response"])),
        "chapters": _list_chapters(
            shown.sections, figures=_link_figures(shown, page=request.path, has_files=not is_preview)
        ),
        "embedding": _describe_embedding(request, shown)
        if shown.form.question and shown.figures and not is_preview
        else None,
        "breadcrumbs": [
            {"title": "Home", "url": "/"},
            {"title": "Resultaten", "url": reverse("results:index")},
            {"title": shown.wave.title},
        ],
    }


@require_safe
def send_image(request: HttpRequest, wave: str, file_format: str) -> HttpResponse:
    """The chart of the one question that the address names, as SVG or PNG."""
    if file_format not in IMAGE_FORMATS:
        raise Http404
    shown = show_exactly(wave, choice=request.GET)

    def make() -> HttpResponse:
        (figure,) = shown.figures
        svg = draw_sheet(
            figure.chart,
            notes=(
                figure.description,
                f"{figure.base_line}.",
                shown.table.base_rule,
                *figure.caveats,
                *shown.table.caveats,
                figure.source_line,
                f"Licentie: {LICENCE}",
            ),
        )
        name = f"{shown.release.code}_{figure.question}.{file_format}"
        content = svg.encode() if file_format == "svg" else draw_png(svg, width=WIDTH)
        return HttpResponse(
            content,
            headers={
                "Content-Type": "image/svg+xml" if file_format == "svg" else "image/png",
                "Content-Disposition": f'attachment; filename="{name}"',
            },
        )

    return send_cached(request, shown, kind=file_format, make=make)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # typed for views without arguments
def embed_figure(request: HttpRequest, wave: str) -> HttpResponse:
    """The figure of the one question that the address names, for in a page of somebody else."""
    shown = show_one_figure(wave, choice=request.GET)

    def make() -> HttpResponse:
        (figure,) = shown.figures
        address = f"{reverse('results:wave', args=[shown.wave.code])}?{shown.choice}"
        return render(
            request, "results/embedded.html", {"figure": figure, "shown": shown, "address": address}
        )

    # What could not be shown is said, and with a new style sheet the page is a new one.
    kind = repr((static("css/site.css"), shown.form.errors.as_json()))
    return send_cached(request, shown, kind=kind, make=make)


def _link_figures(shown: Shown, *, page: str, has_files: bool) -> list[Figure]:
    """A figure alone has its files; one among others leads to the page where it is alone."""
    if shown.form.question and not has_files:
        return shown.figures
    if shown.form.question:
        return [link_to_files(figure, wave=shown.wave, choice=shown.choice) for figure in shown.figures]
    return [
        link_to_page(figure, page=page, unit=shown.form.unit, dimensions=shown.form.dimensions)
        for figure in shown.figures
    ]


def _describe_embedding(request: HttpRequest, shown: Shown) -> dict[str, str]:
    """What somebody copies to take the figure in."""
    (figure,) = shown.figures
    address = f"{reverse('results:embed', args=[shown.wave.code])}?{shown.choice}"
    code = write_frame(
        address=request.build_absolute_uri(address),
        title=figure.title,
        height=figure.chart.height + HEIGHT_OF_WORDS + HEIGHT_OF_CAVEAT * len(figure.caveats),
    )
    return {"address": address, "code": code}


def _list_chapters(sections: list[SectionDefinition], *, figures: list[Figure]) -> list[dict[str, Any]]:
    """The figures under the title of the part of the questionnaire in which they were asked."""
    by_question = {figure.question: figure for figure in figures}
    chapters = [
        {
            "code": section.code,
            "title": section.title,
            "figures": [
                by_question[question.code] for question in section.questions if question.code in by_question
            ],
        }
        for section in sections
    ]
    return [chapter for chapter in chapters if chapter["figures"]]
