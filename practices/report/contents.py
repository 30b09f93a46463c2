"""What the report of a wave says: the figures of its release beside the texts of the library."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.utils.timezone import localdate

from practices.models import MeasurePage, PracticePage, PracticeSource
from practices.queries import with_measures
from practices.report.figures import ReportFigures, draw_report_figures, write_bottlenecks, write_figure
from practices.report.method import describe_method, describe_response, list_sources
from practices.terms import FactKind
from surveys.offline.paper import split_paragraphs
from surveys.questionnaire.day_parsing import write_day
from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.models import Wave
from surveys.results.credits import LICENCE
from surveys.results.dimensions import UNIT_NAMES, Unit
from surveys.results.models import Release
from surveys.results.notation import format_count
from surveys.results.publication import find_public_release, list_caveats
from surveys.results.release.response import read_response
from surveys.results.table import ResultTable

Part = dict[str, Any]

# How sure a figure in a case is; without words it comes from the municipality or region itself.
KINDS = {FactKind.MEASURED.value: "gemeten", FactKind.EXPECTED.value: "verwacht, niet gemeten"}


def gather_report(wave: Wave) -> Part:
    """For `templates/typeset/report.typ`: everything but the day on which the report is made.

    The number of queries does not depend on the number of questions, measures or cases. Raises ResultsNotPublished.
    """
    release = find_public_release(wave)
    shown = draw_report_figures(release)
    pages = list(MeasurePage.objects.live().select_related("measure").order_by("measure__position"))
    cases = list(
        with_measures(PracticePage.objects.live().filter(year=wave.reference_date.year))
        .prefetch_related("facts", "sources__document")
        .order_by("title")
    )
    table = shown.table
    return {
        "title": f"Rapport {wave.title.lower()}",
        "facts": _list_facts(release, table=table),
        # What a reader must know of the answers stands on every page.
        "warnings": list_caveats(release),
        "introduction": split_paragraphs(release.introduction),
        "note": split_paragraphs(release.note),
        "response": describe_response(read_response(release.facts["response"])),
        "measures": [_describe_measure(page, shown=shown, cases=cases) for page in pages],
        "others": _describe_others(shown, measures=[page.measure_id for page in pages]),
        "cases": [_describe_case(case) for case in cases],
        "method": describe_method(
            table,
            minimum_base=release.minimum_base,
            has_intervals=any(row.lower is not None for row in table.rows),
        ),
        "sources": list_sources(table, texts=_list_sources_of_texts(pages, cases)),
    }


def compute_sha256(contents: Part) -> str:
    """Of what a report says; it changes with every figure, text and quote in it."""
    return sha256(json.dumps(contents, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _list_facts(release: Release, *, table: ResultTable) -> list[tuple[str, str]]:
    published = write_day(localdate(release.published_at))
    return [
        ("Meting", release.wave.title),
        ("Peildatum", write_day(release.wave.reference_date)),
        ("Uitgave", f"{release.code} van {published}"),
        ("Geteld per", UNIT_NAMES[Unit(table.unit)]),
        ("Licentie", LICENCE),
        ("Controlegetal van de cijfers (SHA-256)", release.tables_sha256),
    ]


def _describe_measure(page: MeasurePage, *, shown: ReportFigures, cases: Iterable[PracticePage]) -> Part:
    measure = page.measure
    sections = [section for section in shown.sections if section.measure == measure.slug]
    return {
        "title": page.title,
        "summary": measure.summary,
        "explanation": split_paragraphs(measure.explanation),
        "effect": _describe_effect(measure.expected_effect_2022_million),
        "figures": _write_figures(sections, shown=shown),
        "findings": [str(finding.value) for finding in page.findings],
        "counted_bottlenecks": [
            write_bottlenecks(shown.bottlenecks[question.code])
            for section in sections
            for question in section.questions
            if question.code in shown.bottlenecks
        ],
        "bottlenecks": [
            {"name": block.value["title"], "definition": block.value["text"]} for block in page.bottlenecks
        ],
        "note": page.note,
        "source": page.source,
        "cases": [
            {"slug": case.slug, "title": case.title, "place": case.place_label, "summary": case.summary}
            for case in cases
            if measure in case.measures
        ],
    }


def _describe_effect(million: int) -> str:
    kind = "besparing" if million > 0 else "aan extra kosten"
    return (
        f"Vooraf is geschat wat deze maatregel in 2022 doet: {format_count(abs(million))} miljoen euro {kind}. "
        "Dat is geen gemeten resultaat."
    )


def _describe_others(shown: ReportFigures, *, measures: Sequence[str]) -> list[Part]:
    """The parts of the questionnaire that are about no measure that has a page."""
    sections = [section for section in shown.sections if section.measure not in measures]
    chapters = [
        {"title": section.title, "figures": _write_figures([section], shown=shown)} for section in sections
    ]
    return [chapter for chapter in chapters if chapter["figures"]]


def _write_figures(sections: Iterable[SectionDefinition], *, shown: ReportFigures) -> list[Part]:
    return [
        write_figure(shown.figures[question.code])
        for section in sections
        for question in section.questions
        if question.code in shown.figures
    ]


def _describe_case(case: PracticePage) -> Part:
    where = (case.place_label, case.organisation, str(case.year))
    return {
        "slug": case.slug,
        "title": case.title,
        "where": " · ".join(filter(None, where)),
        "measures": [measure.name for measure in case.measures],
        "intro": split_paragraphs(case.intro),
        "facts": [(fact.figure, fact.meaning, KINDS.get(fact.kind, "")) for fact in case.facts.all()],
        "parts": [
            {"title": title, "items": [str(item.value) for item in items]}
            for title, items in (
                ("Hoofdlijnen", case.outline),
                ("Randvoorwaarden", case.conditions),
                ("Kosten en opbrengsten", case.costs),
                ("Lessen", case.lessons),
                ("Wat niet werkte", case.setbacks),
                ("Kanttekeningen", case.caveats),
            )
            if items
        ],
        "links": [
            {"title": link.value["title"], "url": link.value["url"]}
            for link in case.links
            if link.block_type == "link"
        ],
        "source": "; ".join(map(_write_source, case.sources.all())),
    }


def _write_source(source: PracticeSource) -> str:
    section = f", onderdeel ‘{source.section}’" if source.section else ""
    return f"{source.name}, {source.date_text}{section}"


def _list_sources_of_texts(pages: Iterable[MeasurePage], cases: Iterable[PracticePage]) -> list[str]:
    measures = [source for page in pages for source in (page.measure.source, page.source)]
    return [
        *measures,
        *(f"{source.name}, {source.date_text}" for case in cases for source in case.sources.all()),
    ]
