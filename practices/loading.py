"""Puts the shipped editorial content into the page tree. Pages that exist are left to their editors."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from wagtail.models import Page, Site

from practices.models import (
    AccountabilityPage,
    HomePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeIndexPage,
    PracticePage,
    TextPage,
)
from surveys.measures.models import Measure
from surveys.territory.models import Municipality, Province, YouthRegion

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_practices() -> list[Page]:
    """Create every shipped page that is not there yet; returns the new ones."""
    new: list[Page] = []
    home = _load_home(new)
    texts = _read("text_pages.toml")
    measure_index = _add(
        home,
        MeasureIndexPage(title="Maatregelen", slug="maatregelen", lead=texts["leads"]["measures"]),
        new,
    )
    for entry in _read("measure_pages.toml")["pages"]:
        _add(measure_index, _build_measure_page(entry), new)
    library = _add(
        home,
        PracticeIndexPage(
            title="Praktijkvoorbeelden", slug="praktijkvoorbeelden", lead=texts["leads"]["practices"]
        ),
        new,
    )
    for path in sorted((DATA / "cases").glob("*.toml")):
        entry = _read(path.name, folder=DATA / "cases")
        _add(library, _build_practice_page(entry), new)
    for entry in texts["pages"]:
        _add(home, _build_text_page(entry), new)
    _add(home, _build_accountability_page(texts["accountability"]), new)
    return new


def _read(name: str, *, folder: Path = DATA) -> dict[str, Any]:
    """The content of a file, in which a percentage sign stays on the line of its number."""
    text = (folder / name).read_text(encoding="utf-8")
    return tomllib.loads(text.replace(" %", "\N{NO-BREAK SPACE}%"))


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


def _build_practice_page(entry: dict[str, Any]) -> PracticePage:
    place = entry["place"]
    page = PracticePage(
        title=entry["title"],
        slug=entry["slug"],
        summary=entry["summary"],
        search_description=entry["summary"],
        intro=entry["intro"].strip(),
        outline=_items(entry["outline"]),
        conditions=_items(entry["conditions"]),
        facts=[("fact", fact) for fact in entry.get("facts", [])],
        lessons=_items(entry["lessons"]),
        caveats=_items(entry.get("caveats", [])),
        links=[("link", link) for link in entry.get("links", [])],
        place_label=place["label"],
        organisation=place["organisation"],
        year=entry["year"],
        source_title=entry["source"]["title"],
        source_date=entry["source"]["date"],
        source_section=entry["source"]["section"],
    )
    page.measures.set(_find_rows(Measure, entry["measures"]))
    page.municipalities.set(_find_rows(Municipality, place["municipalities"]))
    page.youth_regions.set(_find_rows(YouthRegion, place["youth_regions"]))
    page.provinces.set(_find_rows(Province, place["provinces"]))
    return page


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
