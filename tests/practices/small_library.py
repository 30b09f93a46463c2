"""A library with few cases, for tests that need no demo world: the pages above them, and one case at a time."""

from typing import Any

from django.utils.text import slugify
from wagtail.models import Page, Site

from practices.models import (
    HomePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeIndexPage,
    PracticePage,
    SourceIndexPage,
    SourcePage,
)
from surveys.measures.loading import load_measures
from surveys.measures.models import Measure


def build_library() -> PracticeIndexPage:
    """The index of the cases; a measure and a source have a page."""
    load_measures()
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Proef", slug="proef", lead="Welkom"))
    Site.objects.update(root_page=home)
    Site.clear_site_root_paths_cache()
    measures = home.add_child(
        instance=MeasureIndexPage(title="Maatregelen", slug="maatregelen", lead="Alles bij elkaar")
    )
    measures.add_child(
        instance=MeasurePage(
            title="POH-jeugd", slug="poh-jeugd", measure=Measure.objects.get(slug="poh-jeugd")
        )
    )
    sources = home.add_child(instance=SourceIndexPage(title="Bronnen", slug="bronnen", lead="Alle bronnen"))
    sources.add_child(
        instance=SourcePage(
            title="Het rapport",
            slug="rapport",
            publisher="Wij",
            kind="rapport",
            what="Een rapport.",
            published="mei 2022",
            year=2022,
        )
    )
    index: PracticeIndexPage = home.add_child(
        instance=PracticeIndexPage(title="Praktijkvoorbeelden", slug="praktijkvoorbeelden", lead="Alles")
    )
    return index


def add_case(index: PracticeIndexPage, title: str, **fields: Any) -> PracticePage:
    """A case of which the source says next to nothing, unless `fields` do."""
    told = {
        "summary": f"{title} in één zin.",
        "intro": "Zo gaat het.",
        "place_label": "Zaanstad",
        "year": 2022,
    }
    page: PracticePage = index.add_child(
        instance=PracticePage(title=title, slug=slugify(title), **(told | fields))
    )
    return page
