from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from surveys.fieldwork.queries import summarise_response
from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.queries import list_public_waves
from surveys.results.access import access_public_wave
from surveys.results.figures import Figure, build_figures
from surveys.results.forms import ExplorerForm
from surveys.results.publication import list_shown_sections, public_table
from surveys.results.reach import list_reach


@require_safe
def list_waves(request: HttpRequest) -> HttpResponse:
    waves = [{"wave": wave, "facts": list_reach(summarise_response(wave))} for wave in list_public_waves()]
    breadcrumbs = [{"title": "Home", "url": "/"}, {"title": "Resultaten"}]
    return render(request, "results/wave_list.html", {"waves": waves, "breadcrumbs": breadcrumbs})


@require_safe
def show_wave(request: HttpRequest, wave: str) -> HttpResponse:
    """A link with a choice we do not know shows the defaults and says so at the field."""
    shown = access_public_wave(wave)
    sections = list_shown_sections(shown)
    form = ExplorerForm(request.GET, sections=sections)
    codes = [question.code for section in sections for question in section.questions]
    table = public_table(
        shown,
        unit=form.unit,
        dimensions=form.dimensions,
        questions=[form.question] if form.question else codes,
    )
    figures = build_figures(table)
    context = {
        "wave": shown,
        "form": form,
        "table": table,
        "is_breakdown_withheld": bool(figures) and all(figure.is_breakdown_withheld for figure in figures),
        "facts": list_reach(summarise_response(shown)),
        "chapters": _list_chapters(sections, figures=figures),
        "breadcrumbs": [
            {"title": "Home", "url": "/"},
            {"title": "Resultaten", "url": reverse("results:index")},
            {"title": shown.title},
        ],
    }
    return render(request, "results/wave.html", context)


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
