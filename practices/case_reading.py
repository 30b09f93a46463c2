"""From the page of a case to its parts, for who sets cases side by side or takes them along as a file."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from wagtail.fields import StreamValue
from wagtail.models import Page
from wagtail.query import PageQuerySet

from practices.case_text import Line, Part, Shape
from practices.terms import Effect, Evidence, FactKind, Status
from surveys.offline.paper import split_paragraphs

if TYPE_CHECKING:
    from practices.models import PracticeFact, PracticeMeasure, PracticePage, PracticeSource

# The address of a page: within the site, or whole for who reads elsewhere.
Address = Callable[[Page], str]

# How sure a figure is.
KINDS = {
    FactKind.MEASURED.value: "Gemeten",
    FactKind.SELF_REPORTED.value: "Volgens de betrokkenen zelf",
    FactKind.EXPECTED.value: "Verwacht, niet gemeten",
}
EDITORIAL = "De redactie legde dit verband, niet de bron."


def with_parts(practices: PageQuerySet) -> PageQuerySet:
    """With what `read_parts` needs of them, in a number of queries that does not grow with the cases."""
    return practices.prefetch_related(
        "measure_links__measure", "themes", "earlier_statuses", "facts", "sources__document"
    )


def read_parts(page: "PracticePage", *, measures: Mapping[str, Page], address: Address) -> list[Part]:
    """Always the same parts in the same order, so that cases can be compared.

    `measures` are the public pages of the measures, by measure.
    """
    place = " · ".join(filter(None, (page.place_label, page.organisation)))
    return [
        _value("In het kort", page.summary),
        _value("Plaats", place),
        _value("Jaar", str(page.year)),
        Part("Stand", Shape.VALUE, tuple(_read_status(page))),
        Part("Effect", Shape.VALUE, tuple(_read_effect(page))),
        _value(
            "Bewijs voor het effect",
            "" if page.evidence == Evidence.NONE else page.get_evidence_display().capitalize(),
        ),
        _value("Doelgroep", page.audience),
        Part("Wat het is", Shape.PARAGRAPHS, _read_paragraphs(page.intro)),
        Part(
            "Maatregelen",
            Shape.LIST,
            tuple(
                _read_measure(link, page=measures.get(link.measure_id), address=address)
                for link in page.measure_links.all()
            ),
        ),
        Part("Andere thema’s", Shape.LIST, tuple(Line(theme.name) for theme in page.themes.all())),
        Part("Aanleiding", Shape.PARAGRAPHS, _read_paragraphs(page.reason)),
        _list("Hoofdlijnen", page.outline),
        _list("Randvoorwaarden", page.conditions),
        Part("Feiten en cijfers", Shape.FIGURES, tuple(map(_read_fact, page.facts.all()))),
        _list("Kosten en opbrengsten", page.costs),
        _list("Lessen", page.lessons),
        _list("Wat niet werkte", page.setbacks),
        _list("Betrokken partijen", page.parties),
        _list("Kanttekeningen", page.caveats),
        Part("Meer informatie", Shape.LIST, tuple(_read_links(page))),
        Part(
            "Bronnen", Shape.LIST, tuple(_read_source(each, address=address) for each in page.sources.all())
        ),
    ]


def _value(title: str, text: str) -> Part:
    return Part(title, Shape.VALUE, (Line(text),) if text else ())


def _list(title: str, items: StreamValue) -> Part:
    return Part(title, Shape.LIST, tuple(Line(str(item.value)) for item in items))


def _read_paragraphs(text: str) -> tuple[Line, ...]:
    return tuple(map(Line, split_paragraphs(text.replace("\r\n", "\n"))))


def _read_status(page: "PracticePage") -> Iterable[Line]:
    if page.status != Status.UNKNOWN or page.status_when:
        yield Line(", ".join(filter(None, (page.get_status_display().capitalize(), page.status_when))))
    for earlier in page.earlier_statuses.all():
        yield Line(f"Eerder: {earlier}")


def _read_effect(page: "PracticePage") -> Iterable[Line]:
    if page.effect != Effect.UNKNOWN or page.effect_note:
        yield Line(page.get_effect_display().capitalize(), remark=page.effect_note)


def _read_measure(link: "PracticeMeasure", *, page: Page | None, address: Address) -> Line:
    meaning = f"{link.get_strength_display()}, {link.get_direction_display()}.".capitalize()
    remarks = (meaning, link.note, EDITORIAL if link.is_editorial else "")
    return Line(
        link.measure.name,
        remark=" ".join(filter(None, remarks)),
        url=address(page) if page else "",
    )


def _read_fact(fact: "PracticeFact") -> Line:
    return Line(fact.meaning, figure=fact.figure, remark=KINDS[fact.kind], section=fact.section)


def _read_links(page: "PracticePage") -> Iterable[Line]:
    """A document has an address on the page of the case only."""
    for link in page.links:
        yield Line(link.value["title"], url=link.value["url"] if link.block_type == "link" else "")


def _read_source(source: "PracticeSource", *, address: Address) -> Line:
    document = source.document
    return Line(
        str(source),
        remark=source.date_text,
        url=address(document) if document is not None and document.live else "",
    )
