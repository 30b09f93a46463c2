"""The codebook of a wave whose results are public: as a page, as a workbook and as DDI."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from surveys.downloads.codebook import COLUMNS, build_codebook
from surveys.downloads.ddi import write_ddi
from surveys.downloads.results_workbook import write_release
from surveys.questionnaire.queries import load_definition
from surveys.questionnaire.word_lists import join_words
from surveys.results.access import access_public_wave
from surveys.results.credits import LICENCE, SOURCE
from surveys.results.dimensions import UNIT_NAMES, Unit
from surveys.results.models import Release
from surveys.results.publication import find_public_release, list_caveats
from surveys.tabular.sending import CSV_METADATA, send_workbook
from surveys.tabular.workbook import EXPLANATION_COLUMNS, Row, Sheet, Workbook

DDI = "xml"
CODEBOOK_FORMATS = ("xlsx", "ods", "csv", DDI)


@require_safe
def show_codebook(request: HttpRequest, wave: str) -> HttpResponse:
    """Every question with its codes, by part of the questionnaire; what is empty is left out."""
    shown = access_public_wave(wave)
    definition = load_definition(shown.version)
    lines = iter(build_codebook(definition).rows)
    context = {
        "wave": shown,
        "source": definition.source,
        "facts": [
            {"term": topic, "description": words}
            for topic, words in _describe_codebook(find_public_release(shown))
        ],
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "questions": [_describe_question(next(lines)) for _ in section.questions],
            }
            for section in definition.sections
        ],
        "files": [
            {"url": reverse("codebook_file", args=[shown.code, each]), "name": each.upper()}
            for each in CODEBOOK_FORMATS
        ],
        "breadcrumbs": [
            {"title": "Home", "url": "/"},
            {"title": "Resultaten", "url": reverse("results:index")},
            {"title": shown.title, "url": reverse("results:wave", args=[shown.code])},
            {"title": "Codeboek"},
        ],
    }
    return render(request, "downloads/codebook.html", context)


@require_safe
def send_codebook(request: HttpRequest, wave: str, file_format: str) -> HttpResponse:
    if file_format not in (*CODEBOOK_FORMATS, CSV_METADATA):
        raise Http404
    shown = access_public_wave(wave)
    release = find_public_release(shown)
    name = f"maatregelenmonitor_{shown.code}_codeboek"
    if file_format != DDI:
        return send_workbook(
            _build_workbook(release), name=name, file_format=file_format, address="codeboek.csv"
        )
    content = write_ddi(
        load_definition(shown.version),
        title=shown.title,
        identifier=shown.code,
        release=release.code,
        released_on=localdate(release.published_at),
        units=_name_units(release),
        base_rules=_list_base_rules(release),
        reference_date=shown.reference_date,
        caveats=list_caveats(release),
        source=SOURCE,
        licence=LICENCE,
    )
    return HttpResponse(
        content,
        headers={
            "Content-Type": "application/xml; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}.{DDI}"',
        },
    )


def _describe_question(line: Row) -> dict[str, Any]:
    filled = {column.name: cell for column, cell in zip(COLUMNS, line, strict=True) if cell not in (None, "")}
    return {
        "code": filled.pop("vraag"),
        "text": filled.pop("tekst"),
        "rows": [
            {"term": name.capitalize(), "description": str(cell)}
            for name, cell in filled.items()
            if name not in ("onderdeel", "maatregel")
        ],
    }


def _build_workbook(release: Release) -> Workbook:
    explanation = _describe_codebook(release)
    return Workbook(
        title=f"{release.wave.title}: codeboek",
        explanation=Sheet("Toelichting", EXPLANATION_COLUMNS, explanation, row_count=len(explanation)),
        data=build_codebook(load_definition(release.wave.version)),
    )


def _describe_codebook(release: Release) -> list[tuple[str, str]]:
    """What every file says, of the figures that the codes are found in."""
    wave = release.wave
    return [
        ("Meting", f"{wave.title} ({wave.code})"),
        ("Versie vragenlijst", str(wave.version.number)),
        ("Uitgave", write_release(release.code, released_on=localdate(release.published_at))),
        ("Geteld per", _name_units(release)),
        *(("Basis", rule) for rule in _list_base_rules(release)),
        ("Peildatum", date_format(wave.reference_date, "j F Y")),
        *(("Let op", caveat) for caveat in list_caveats(release)),
        ("Bron", SOURCE),
        ("Licentie", LICENCE),
    ]


def _name_units(release: Release) -> str:
    return join_words([UNIT_NAMES[Unit(unit)] for unit in release.units])


def _list_base_rules(release: Release) -> list[str]:
    return [release.facts["base_rules"][unit] for unit in release.units]
