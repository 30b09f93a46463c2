"""The shipped content, from a database that holds nothing of it yet."""

import pytest
from wagtail.models import Page, Site

from practices.loading import load_practices
from practices.models import Audience, HomePage, MeasurePage, PracticePage, TextPage, Theme
from surveys.measures.loading import load_measures
from surveys.measures.models import Measure
from tests.practices.content import AUDIENCES, CASES, SOURCES, THEMES

pytestmark = pytest.mark.django_db

PATHS = {
    "/",
    "/maatregelen/",
    "/maatregelen/doorbraakmethode/",
    "/maatregelen/gecontracteerd-aanbod/",
    "/maatregelen/poh-jeugd/",
    "/maatregelen/regionalisering/",
    "/maatregelen/reikwijdte/",
    "/maatregelen/standaardisatie/",
    "/maatregelen/tariefdifferentiatie/",
    "/praktijkvoorbeelden/",
    *(f"/praktijkvoorbeelden/{slug}/" for slug in CASES),
    "/bronnen/",
    *(f"/bronnen/{slug}/" for slug in SOURCES),
    "/begrippen/",
    "/privacy/",
    "/toegankelijkheid/",
    "/contact/",
    "/open-data/",
    "/verantwoording/",
}


def test_everything_is_published_once_and_edits_are_kept(settings):
    settings.SITE_URL = "https://monitor.example"
    load_measures()
    new = load_practices()
    assert {page.get_url() for page in new} == PATHS
    pages = Page.objects.filter(depth__gt=1)
    assert pages.count() == len(PATHS) == len(new)
    assert all(page.live and page.live_revision and not page.has_unpublished_changes for page in pages)
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page.specific) == (
        "monitor.example",
        443,
        HomePage.objects.get(),
    )
    assert Page.find_problems() == ([], [], [], [], [])
    for model, names in ((Theme, THEMES), (Audience, AUDIENCES)):
        assert {term.code: term.name for term in model.objects.all()} == names
        assert [term.code for term in model.objects.all()] == list(names)

    contact = TextPage.objects.get(slug="contact")
    contact.lead = "Bel ons."
    contact.save_revision().publish()
    PracticePage.objects.get(slug="weegtafel-zaanstad").unpublish()
    Theme.objects.filter(code="crisis").update(name="Spoed")
    settings.SITE_URL = "http://localhost:8123"
    assert load_practices() == []
    assert TextPage.objects.get(slug="contact").lead == "Bel ons."
    assert not PracticePage.objects.get(slug="weegtafel-zaanstad").live
    assert Theme.objects.get(code="crisis").name == "Spoed"
    assert Site.objects.get().root_url == "http://localhost:8123"


def test_a_page_that_an_editor_removed_comes_back_only_by_loading():
    load_measures()
    load_practices()
    MeasurePage.objects.get(slug="regionalisering").delete()
    assert [page.slug for page in load_practices()] == ["regionalisering"]


def test_nothing_is_loaded_without_the_measures_that_the_pages_are_about():
    with pytest.raises(Measure.DoesNotExist):
        load_practices()
    assert not HomePage.objects.exists()
