"""What a page shows beside its own text. The page types hand in their querysets, so nothing here imports a page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail.query import PageQuerySet

from practices.contributing.page_reading import SENT_IN
from practices.glossary import Explainer
from practices.models.case_parts import PracticeMeasure
from practices.models.vocabularies import GlossaryTerm
from practices.neighbours.queries import describe_neighbours_of_case
from practices.structured_data import describe_trail, write_graph
from practices.terms import LinkDirection, LinkStrength, PlaceKind, Status
from surveys.measures.catalogue import read_effect_2022
from surveys.measures.models import Measure
from surveys.results.explorer.links import link_to_page
from surveys.results.notation import format_count
from surveys.results.publication import (
    MeasureResults,
    describe_measure_results,
    describe_response,
    latest_public_wave,
)
from surveys.results.reach import list_reach

if TYPE_CHECKING:
    from practices.models import MeasurePage, PracticePage, SourcePage

NEWEST = 3
RELATED = 3
OF_ONE_DIRECTION = 9

DIRECTION_TITLES = {
    LinkDirection.SUPPORTS: "Laat zien dat het werkt",
    LinkDirection.MIXED: "Laat beide kanten zien",
    LinkDirection.COUNTER_EXAMPLE: "Laat zien dat het niet werkt of waar het ophoudt",
}


def describe_home(measures: PageQuerySet, practices: PageQuerySet) -> dict[str, Any]:
    """Without `wave` and `stats` while no results are public."""
    wave = latest_public_wave()
    newest = with_measures(practices).order_by("-first_published_at", "title")[:NEWEST]
    return {
        "measures": list_measure_items(measures),
        "practices": list_cards(newest),
        "practice_count": practices.count(),
        "wave": wave,
        "stats": list_reach(describe_response(wave)) if wave else [],
    }


def describe_measures(measures: PageQuerySet, practices: PageQuerySet) -> dict[str, Any]:
    pages = _list_measure_pages(measures)
    counts = dict(practices.order_by().values_list("measure_links__measure").annotate(Count("pk")))
    effect = read_effect_2022()
    return {
        "measures": [_build_measure_item(page, cases=counts.get(page.measure_id, 0)) for page in pages],
        "effect": effect,
        "effect_table": {
            "columns": ["Maatregel", "Miljoen euro"],
            "rows": [
                *([page.title, _sign(page.measure.expected_effect_2022_million)] for page in pages),
                ["De zeven bedragen samen", _sign(effect.total_million)],
                ["Totaal zoals de bron het drukt", _sign(effect.printed_total_million)],
            ],
        },
    }


def describe_measure(page: "MeasurePage", practices: PageQuerySet) -> dict[str, Any]:
    measure, explainer = page.measure, load_explainer()
    wave = latest_public_wave()
    million = measure.expected_effect_2022_million
    results = describe_measure_results(wave, measure.slug) if wave else MeasureResults([], [], [])
    page_of_results = reverse("results:wave", args=[wave.code]) if wave else ""
    figures = [link_to_page(figure, page=page_of_results) for figure in results.figures]
    urls = {figure.question: figure.url for figure in figures}
    return {
        "explanation": explainer.mark_paragraphs(measure.explanation),
        "effect": {
            "amount": f"{abs(million)} miljoen euro",
            "meaning": "besparing, naar verwachting" if million > 0 else "extra kosten, naar verwachting",
        },
        "wave": wave,
        "source_line": results.source_line,
        "correction": results.correction,
        "uptake": [{"share": each, "url": urls.get(each.question, "")} for each in results.uptake],
        "figures": figures,
        "findings": [explainer.mark(finding.value) for finding in page.findings],
        "counted_bottlenecks": results.bottlenecks,
        "bottlenecks": [
            {"title": each.value["title"], "text": explainer.mark(each.value["text"])}
            for each in page.bottlenecks
        ],
        **_describe_cases(measure, practices),
        "terms": explainer.found,
    }


def _describe_cases(measure: Measure, practices: PageQuerySet) -> dict[str, Any]:
    """The cases of a measure by what they show of it, so that a counter-example is seen to be one; three queries.

    Of every direction the first few: those that are the measure at work before those that touch it, the newest first,
    and what nobody looked at in time last.
    """
    today = localdate()
    directions: dict[int, str] = {}
    places: dict[int, tuple[Any, ...]] = {}
    for key, direction, strength, year, review_by, title in practices.filter(
        measure_links__measure=measure
    ).values_list("pk", "measure_links__direction", "measure_links__strength", "year", "review_by", "title"):
        is_past = review_by is not None and review_by < today
        directions[key] = direction
        places[key] = (is_past, strength != LinkStrength.DIRECT, -year, title)
    keys = {
        direction: sorted((key for key in directions if directions[key] == direction), key=places.__getitem__)
        for direction in LinkDirection
    }
    shown = {direction: found[:OF_ONE_DIRECTION] for direction, found in keys.items()}
    pages = with_measures(practices).in_bulk([key for found in shown.values() for key in found])
    return {
        "case_count": len(directions),
        "case_groups": [
            {
                "code": direction.value,
                "title": DIRECTION_TITLES[direction],
                "hidden": len(keys[direction]) - len(found),
                "practices": list_cards([pages[key] for key in found], beside=measure),
            }
            for direction, found in shown.items()
            if found
        ],
    }


def describe_practice(page: "PracticePage", *, practices: PageQuerySet) -> dict[str, Any]:
    """Everything of a case in the order in which it is read, the parts without text left out."""
    links = list(page.measure_links.select_related("measure__page"))
    explainer = load_explainer()
    sources = list(page.sources.select_related("document"))
    return {
        "intro": explainer.mark_paragraphs(page.intro),
        "reason": explainer.mark_paragraphs(page.reason),
        "measure_links": _describe_links(links),
        "themes": list(page.themes.all()),
        "facts": list(page.facts.all()),
        "standing": _describe_standing(page),
        "parts": [
            {"title": title, "items": [explainer.mark(item.value) for item in items]}
            for title, items in (
                ("Hoofdlijnen", page.outline),
                ("Randvoorwaarden", page.conditions),
                ("Kosten en opbrengsten", page.costs),
                ("Lessen", page.lessons),
                ("Wat niet werkte", page.setbacks),
                ("Betrokken partijen", page.parties),
                ("Kanttekeningen", page.caveats),
            )
            if items
        ],
        "is_sent_in": any(source.title.startswith(SENT_IN) for source in sources),
        "sources": [
            {
                "text": str(source),
                "published": source.date_text,
                "url": source.document.url if source.document and source.document.live else "",
                "address": source.document.full_url if source.document and source.document.live else "",
            }
            for source in sources
        ],
        "is_past_review": page.is_past_review(on=localdate()),
        "neighbours": describe_neighbours_of_case(page.pk, practices=practices),
        "terms": explainer.found,
        "related": list_cards(list_related(page, links=links, practices=practices)),
    }


def describe_for_programs(page: "PracticePage", context: Mapping[str, Any]) -> str:
    """The case in the words of schema.org; `context` is that of its page. Without an address while it has none yet."""
    address = page.full_url or ""
    root = address.removesuffix(page.url or "")
    article = {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": "nl",
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": _write_moment(page.first_published_at),
        "dateModified": _write_moment(page.last_published_at),
        "temporalCoverage": str(page.year),
        "publisher": {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME, "url": f"{root}/"},
        "about": [
            *({"@type": "Thing", "name": link["name"]} for link in context["measure_links"]),
            *({"@type": "Thing", "name": theme.name} for theme in context["themes"]),
        ],
        "isBasedOn": [{"@type": "CreativeWork", "name": each["text"]} for each in context["sources"]],
    }
    if page.place_kind != PlaceKind.ANONYMOUS:
        article["spatialCoverage"] = {"@type": "Place", "name": page.place_label}
    return write_graph(article, describe_trail(context["breadcrumbs"], root=root))


def _write_moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def load_explainer() -> Explainer:
    """For the texts of one page; one query."""
    return Explainer(term.describe() for term in GlossaryTerm.objects.all())


def _describe_links(links: Sequence[PracticeMeasure]) -> list[dict[str, Any]]:
    """Without an address where the measure has no public page."""
    pages = [getattr(link.measure, "page", None) for link in links]
    return [
        {
            "name": link.measure.name,
            "url": page.url if page and page.live else "",
            "meaning": f"{link.get_strength_display()}, {link.get_direction_display()}",
            "note": link.note,
            "is_editorial": link.is_editorial,
        }
        for link, page in zip(links, pages, strict=True)
    ]


def _describe_standing(page: "PracticePage") -> list[dict[str, Any]]:
    """What components/summary_list.html shows of how far it is and what it does."""
    status = [page.get_status_display().capitalize(), page.status_when]
    effect = [page.get_effect_display().capitalize(), page.effect_note]
    rows: list[dict[str, Any]] = [
        {
            "term": "Stand",
            "description": ", ".join(filter(None, status)),
            "remarks": [f"Eerder: {earlier}" for earlier in page.earlier_statuses.all()],
        },
        {"term": "Effect", "description": ". ".join(filter(None, effect))},
        {"term": "Bewijs voor het effect", "description": page.get_evidence_display().capitalize()},
    ]
    if page.audience:
        rows.append({"term": "Doelgroep", "description": page.audience})
    return rows


def list_related(
    page: "PracticePage", *, links: Sequence[PracticeMeasure], practices: PageQuerySet
) -> PageQuerySet:
    """The cases that share the most measures and themes with this one; ties go by title."""
    measures = [link.measure_id for link in links]
    shared = Count("measure_links", filter=Q(measure_links__measure__in=measures), distinct=True) + Count(
        "themes", filter=Q(themes__in=page.themes.all()), distinct=True
    )
    related = practices.exclude(pk=page.pk).annotate(shared=shared).filter(shared__gt=0)
    return with_measures(related).order_by("-shared", "title")[:RELATED]


def describe_sources(sources: PageQuerySet) -> dict[str, Any]:
    public = Count("case_sources__page", filter=Q(case_sources__page__live=True), distinct=True)
    return {"sources": sources.annotate(cases=public).order_by("-year", "title")}


def describe_source(source: "SourcePage", *, practices: PageQuerySet) -> dict[str, Any]:
    # By key: a source that is previewed may not be stored yet. Once: a case can name two places in one source.
    drawn = practices.filter(sources__document__in=[source.pk]).distinct()
    return {"practices": list_cards(with_measures(drawn).order_by("title"))}


def with_measures(practices: PageQuerySet) -> PageQuerySet:
    """With what `list_cards` needs of them, in one query however many there are."""
    links = PracticeMeasure.objects.select_related("measure")
    return practices.prefetch_related(Prefetch("measure_links", links))


def list_measure_items(measures: PageQuerySet) -> list[dict[str, str]]:
    """What components/measure_list.html shows, in the order of the catalogue."""
    return [_build_measure_item(page) for page in _list_measure_pages(measures)]


def _list_measure_pages(measures: PageQuerySet) -> PageQuerySet:
    return measures.select_related("measure").order_by("measure__position")


def _build_measure_item(page: Any, *, cases: int | None = None) -> dict[str, str]:
    """`cases` is how many practices the measure has; None leaves that line out."""
    return {
        "title": page.title,
        "url": page.url,
        "summary": page.measure.summary,
        "meta": "" if cases is None else _count_cases(cases),
    }


def _count_cases(number: int) -> str:
    if not number:
        return "Nog geen praktijkvoorbeeld"
    return "1 praktijkvoorbeeld" if number == 1 else f"{format_count(number)} praktijkvoorbeelden"


def _sign(million: int) -> str:
    """A negative number with a real minus sign, which lines up and is read out."""
    return format_count(million).replace("-", "−")


def list_cards(practices: "Iterable[PracticePage]", *, beside: Measure | None = None) -> list[dict[str, Any]]:
    """What components/case_card.html shows; the pages come with their measures prefetched.

    On the page of a measure, `beside` which the cards then stand, only the other measures are news.
    """
    today = localdate()
    return [
        {
            "title": page.title,
            "slug": page.slug,
            "url": page.url,
            "place_label": page.place_label,
            "measures": [measure.short_name for measure in page.measures if measure != beside],
            "summary": page.summary,
            "year": page.year,
            "status": "" if page.status == Status.UNKNOWN else page.get_status_display(),
            "is_past_review": page.is_past_review(on=today),
        }
        for page in practices
    ]
