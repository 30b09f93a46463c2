"""A library of a few pages, for tests that need no demo world."""

from typing import Any

from wagtail.models import Page, Site

from practices.models import HomePage, PracticeIndexPage, PracticePage, SourceIndexPage, SourcePage


def make_library() -> PracticeIndexPage:
    """The home page as the root of the site, with an empty library and an empty list of sources below it."""
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Start", slug="start", lead="Welkom."))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    home.add_child(instance=SourceIndexPage(title="Bronnen", slug="bronnen", lead="Bronnen."))
    return home.add_child(instance=PracticeIndexPage(title="Voorbeelden", slug="voorbeelden", lead="Alles."))


def add_case(slug: str, **fields: Any) -> PracticePage:
    values = {"summary": "Iets.", "intro": "Iets.", "place_label": "Ergens", "year": 2026} | fields
    page = PracticePage(title=slug.capitalize(), slug=slug, **values)
    return PracticeIndexPage.objects.get().add_child(instance=page)


def add_source(slug: str, **fields: Any) -> SourcePage:
    values = {
        "publisher": "Iemand",
        "kind": "verslag",
        "published": "2026",
        "year": 2026,
        "what": "Iets.",
    } | fields
    page = SourcePage(title=slug.capitalize(), slug=slug, **values)
    return SourceIndexPage.objects.get().add_child(instance=page)
