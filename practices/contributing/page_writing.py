"""What a contributor wrote as a draft of a page. Nothing here publishes, and a page that is public stays as it is."""

from datetime import date, datetime

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localdate
from wagtail.coreutils import find_available_slug

from practices.contributing.page_reading import (
    SAME,
    SENT_IN,
    find_first_link,
    is_own_source,
    read_page,
    write_figure_line,
)
from practices.contributing.parts import LISTS, Values, read_lines, split_figure
from practices.contributing.values import read_values
from practices.models import (
    Audience,
    Contribution,
    PracticeFact,
    PracticeIndexPage,
    PracticeMeasure,
    PracticePage,
    PracticeSource,
    Theme,
)
from practices.terms import FactKind, FactTopic, LinkDirection, LinkStrength, PlaceKind
from surveys.accounts.models import Organisation, Person
from surveys.territory.models import Municipality

LONGEST_LABEL = 120
LONGEST_SLUG = 90
RELATED: dict[str, type[Model]] = {"themes": Theme, "audiences": Audience, "municipalities": Municipality}
DIRECTIONS = {
    "positive": LinkDirection.SUPPORTS,
    "none": LinkDirection.COUNTER_EXAMPLE,
    "negative": LinkDirection.COUNTER_EXAMPLE,
}


def write_page(contribution: Contribution, *, by: Person, at: datetime) -> PracticePage:
    """A new revision of the contribution's page, or a new page that is not public.

    Only parts with other words than the page has are written: what an editor made of the rest stays.
    """
    values = read_values(contribution)
    library = PracticeIndexPage.objects.get()
    if contribution.page is None:
        wanted = slugify(f"{contribution.title} {contribution.organisation.name}")[:LONGEST_SLUG].strip("-")
        page = PracticePage(
            title=contribution.title, slug=find_available_slug(library, wanted), live=False, owner=by
        )
        _write_parts(page, values, changed=set(values))
    else:
        page = contribution.page.get_latest_revision_as_object()
        before = read_page(page)
        _write_parts(page, values, changed={name for name in values if values[name] != before[name]})
    _write_place(page, contribution.organisation)
    _write_sources(page, contribution, at=at)
    page.search_description = page.summary
    page.review_by = one_year_after(localdate(at))
    if page.pk is None:
        library.add_child(instance=page)
    page.save_revision(user=by)
    return page


def one_year_after(day: date) -> date:
    """29 February becomes 28 February."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _write_parts(page: PracticePage, values: Values, *, changed: set[str]) -> None:
    for name in changed.intersection(SAME):
        setattr(page, name, values[name])
    for name in changed.intersection(LISTS):
        setattr(page, name, [("item", line) for line in read_lines(str(values[name]))])
    if "performer" in changed:
        page.organisation = str(values["performer"])
    if "year" in changed:
        page.year = int(str(values["year"]))
    if "figures" in changed:
        _write_figures(page, read_lines(str(values["figures"])))
    if "measures" in changed:
        _write_measures(page, values)
    for name in changed.intersection(RELATED):
        getattr(page, name).set(RELATED[name]._default_manager.filter(pk__in=values[name]))
    _write_addresses(page, values, changed=changed)


def _write_addresses(page: PracticePage, values: Values, *, changed: set[str]) -> None:
    if changed & {"contact", "contact_email", "contact_url"}:
        block = {
            "organisation": values["contact"],
            "email": values["contact_email"],
            "url": values["contact_url"],
        }
        page.contact = [("contact", block)] if any(block.values()) else []
    if changed & {"link_title", "link_url"}:
        _write_link(page, title=str(values["link_title"]), url=str(values["link_url"]))


def _write_figures(page: PracticePage, lines: list[str]) -> None:
    """A figure that an editor typed keeps its parts as long as its line says the same."""
    typed = {write_figure_line(fact): fact for fact in page.facts.all()}
    page.facts.set([typed.get(line) or _make_fact(line) for line in lines])


def _make_fact(line: str) -> PracticeFact:
    figure, text = split_figure(line)
    return PracticeFact(wording=figure, text=text, kind=FactKind.SELF_REPORTED, topic=FactTopic.CONTEXT)


def _write_measures(page: PracticePage, values: Values) -> None:
    linked = {link.measure_id: link for link in page.measure_links.all()}
    direction = DIRECTIONS.get(str(values["effect"]), LinkDirection.MIXED)
    page.measure_links.set(
        [
            linked.get(code)
            or PracticeMeasure(
                measure_id=code, strength=LinkStrength.PARTIAL, direction=direction, is_editorial=False
            )
            for code in values["measures"]
        ]
    )


def _write_link(page: PracticePage, *, title: str, url: str) -> None:
    """In the place of the first link; documents and the editors' other links stay."""
    first = find_first_link(page)
    rest = [(item.block_type, item.value) for item in page.links if item.value is not first]
    page.links = [*([("link", {"title": title or url, "url": url})] if url else []), *rest]


def _write_place(page: PracticePage, organisation: Organisation) -> None:
    names = sorted(municipality.name for municipality in page.municipalities.all())
    if names:
        label = ", ".join(names)
        page.place_kind = PlaceKind.MUNICIPALITY
        page.place_label = label if len(label) <= LONGEST_LABEL else f"{len(names)} gemeenten"
    elif organisation.youth_region is not None:
        page.place_kind, page.place_label = PlaceKind.REGION, str(organisation)
        page.youth_regions.set([organisation.youth_region])


def _write_sources(page: PracticePage, contribution: Contribution, *, at: datetime) -> None:
    sent_in = PracticeSource(
        title=f"{SENT_IN} {contribution.organisation}", published=date_format(localdate(at), "F Y")
    )
    named = [PracticeSource(title=contribution.source)] if contribution.source else []
    others = [
        source
        for source in page.sources.all()
        if not source.title.startswith(SENT_IN) and not is_own_source(source)
    ]
    page.sources.set([sent_in, *named, *others])
