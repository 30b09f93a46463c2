"""Puts the shipped editorial content into the page tree. Pages that exist are left to their editors."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from wagtail.models import Page, Site

from practices.contributing.workflow import ensure_workflow
from practices.models import (
    AccountabilityPage,
    Audience,
    GlossaryPage,
    GlossaryTerm,
    HomePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeFact,
    PracticeIndexPage,
    PracticeMeasure,
    PracticePage,
    PracticeSource,
    PracticeStatus,
    SourceIndexPage,
    SourcePage,
    SynonymGroup,
    TextPage,
    Theme,
)
from practices.models.vocabularies import Term
from surveys.measures.models import Measure
from surveys.territory.models import Municipality, Province, YouthRegion

DATA = Path(__file__).parent / "data"

# Of a case, what the file and the page call the same.
PLAIN_FIELDS = (
    "slug",
    "title",
    "summary",
    "year",
    "audience",
    "status",
    "status_when",
    "effect",
    "effect_note",
    "evidence",
    "review_by",
)
LISTS = ("outline", "conditions", "costs", "lessons", "setbacks", "caveats", "parties")


@transaction.atomic
def load_practices() -> list[Page]:
    """Create every shipped page that is not there yet; returns the new ones."""
    new: list[Page] = []
    home = _load_home(new)
    texts = _read("text_pages.toml")
    _load_terms(_read("terms.toml"))
    _load_synonyms(_read("synonyms.toml"))
    _load_glossary(_read("glossary.toml"))
    measure_index = _add(
        home,
        MeasureIndexPage(title="Maatregelen", slug="maatregelen", lead=texts["leads"]["measures"]),
        new,
    )
    for entry in _read("measure_pages.toml")["pages"]:
        _add(measure_index, _build_measure_page(entry), new)
    sources = _add(
        home, SourceIndexPage(title="Bronnen", slug="bronnen", lead=texts["leads"]["sources"]), new
    )
    for entry in _read_all("sources"):
        _add(sources, _build_source_page(entry), new)
    library = _add(
        home,
        PracticeIndexPage(
            title="Praktijkvoorbeelden", slug="praktijkvoorbeelden", lead=texts["leads"]["practices"]
        ),
        new,
    )
    for entry in _read_all("cases"):
        _add(library, build_practice_page(entry), new)
    _add(home, GlossaryPage(title="Begrippen", slug="begrippen", lead=texts["leads"]["glossary"]), new)
    for entry in texts["pages"]:
        _add(home, _build_text_page(entry), new)
    _add(home, _build_accountability_page(texts["accountability"]), new)
    ensure_workflow()
    return new


def _read(name: str, *, folder: Path = DATA) -> dict[str, Any]:
    """The content of a file, in which a percentage sign stays on the line of its number."""
    text = (folder / name).read_text(encoding="utf-8")
    return tomllib.loads(text.replace(" %", "\N{NO-BREAK SPACE}%"))


def _read_all(folder: str) -> list[dict[str, Any]]:
    return [_read(path.name, folder=DATA / folder) for path in sorted((DATA / folder).glob("*.toml"))]


def _load_terms(terms: dict[str, list[dict[str, Any]]]) -> None:
    """Themes and audiences that are not there yet; those that are belong to the editors."""
    kinds: tuple[tuple[type[Term], str], ...] = ((Theme, "themes"), (Audience, "audiences"))
    for model, name in kinds:
        model._default_manager.bulk_create(
            (model(**term, position=position) for position, term in enumerate(terms[name], start=1)),
            ignore_conflicts=True,
        )


def _load_synonyms(content: dict[str, Any]) -> None:
    """Only into an empty table: from then on the groups belong to the editors."""
    if not SynonymGroup.objects.exists():
        SynonymGroup.objects.bulk_create(
            SynonymGroup(words="\n".join(group["words"])) for group in content["groups"]
        )


def _load_glossary(content: dict[str, Any]) -> None:
    """Only into an empty table: from then on the terms belong to the editors."""
    if not GlossaryTerm.objects.exists():
        GlossaryTerm.objects.bulk_create(
            GlossaryTerm(
                name=entry["term"],
                other_forms="\n".join(entry["forms"]),
                explanation=entry["explanation"],
            )
            for entry in content["terms"]
        )


def _load_home(new: list[Page]) -> Page:
    """Our home page as the root of the site, in place of Wagtail's welcome page."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        Page.objects.child_of(root).filter(slug="home").delete()
        root.refresh_from_db()
        lead = _read("text_pages.toml")["leads"]["home"]
        home = _add(root, HomePage(title="Maatregelenmonitor jeugdhulp", slug="home", lead=lead), new)
    address = urlsplit(settings.SITE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": address.port or (443 if address.scheme == "https" else 80),
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    return home


def _add(parent: Page, page: Page, new: list[Page]) -> Page:
    existing = parent.get_children().filter(slug=page.slug).first()
    if existing is not None:
        return existing.specific
    parent.add_child(instance=page)
    page.save_revision().publish()
    new.append(page)
    return page


def _items(texts: list[str]) -> list[tuple[str, str]]:
    return [("item", text) for text in texts]


def _build_measure_page(entry: dict[str, Any]) -> MeasurePage:
    measure = Measure.objects.get(pk=entry["measure"])
    return MeasurePage(
        title=measure.name,
        slug=measure.slug,
        measure=measure,
        search_description=measure.summary,
        findings=_items(entry["findings"]),
        bottlenecks=[("bottleneck", bottleneck) for bottleneck in entry["bottlenecks"]],
        note=entry.get("note", ""),
        source=measure.source,
    )


def _build_source_page(entry: dict[str, Any]) -> SourcePage:
    return SourcePage(
        title=entry["title"],
        slug=entry["code"],
        search_description=entry["title"],
        publisher=entry["publisher"],
        kind=entry["kind"],
        published=entry["published"],
        year=entry["year"],
        what=entry["what"].strip(),
        method=_items(entry["method"]),
        limits=_items(entry["limits"]),
    )


def build_practice_page(entry: dict[str, Any]) -> PracticePage:
    place = entry["place"]
    page = PracticePage(
        **{name: entry[name] for name in PLAIN_FIELDS},
        **{name: _items(entry[name]) for name in LISTS},
        search_description=entry["summary"],
        intro=entry["intro"].strip(),
        reason=entry["reason"].strip(),
        links=[("link", link) for link in entry.get("links", [])],
        place_kind=place["kind"],
        place_label=place["label"],
        organisation=place["organisation"],
        facts=[PracticeFact(**_read_fact(fact)) for fact in entry.get("facts", [])],
        measure_links=[
            PracticeMeasure(
                measure_id=link["measure"],
                strength=link["strength"],
                direction=link["direction"],
                note=link["note"],
                is_editorial=link["editorial"],
            )
            for link in entry.get("measures", [])
        ],
        earlier_statuses=[PracticeStatus(**each) for each in entry.get("statuses", [])],
        sources=[
            PracticeSource(document=SourcePage.objects.get(slug=source["source"]), section=source["section"])
            for source in entry["sources"]
        ],
    )
    page.themes.set(_find_rows(Theme, entry["themes"]))
    page.audiences.set(_find_rows(Audience, entry["audiences"]))
    page.municipalities.set(_find_rows(Municipality, place["municipalities"]))
    page.youth_regions.set(_find_rows(YouthRegion, place["youth_regions"]))
    page.provinces.set(_find_rows(Province, place["provinces"]))
    return page


def _read_fact(fact: dict[str, Any]) -> dict[str, Any]:
    """As written in the file: 12.5 and not the nearest binary fraction."""
    return fact | {name: Decimal(str(fact[name])) for name in ("low", "high") if name in fact}


def _find_rows(model: type[Model], keys: list[str]) -> list[Model]:
    """In the order of `keys`; raises KeyError for one that is not in the database."""
    rows = model._default_manager.in_bulk(keys)
    return [rows[key] for key in keys]


def _build_text_page(entry: dict[str, Any]) -> TextPage:
    return TextPage(
        title=entry["title"],
        slug=entry["slug"],
        lead=entry["intro"],
        body=[("chapter", chapter) for chapter in entry["body"]],
    )


def _build_accountability_page(entry: dict[str, Any]) -> AccountabilityPage:
    return AccountabilityPage(
        title="Verantwoording",
        slug="verantwoording",
        lead=entry["intro"],
        differences=[("difference", difference) for difference in entry["differences"]],
    )
