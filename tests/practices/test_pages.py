"""What holds for all pages in the demo world, and with how many queries."""

import re

import pytest

from practices.models import (
    AccountabilityPage,
    PracticePage,
)
from surveys.questionnaire.models import Wave
from tests.practices.content import CASES, SOURCES, normalise
from tests.practices.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def test_home_shows_the_latest_public_wave_in_short(client):
    text = read(client.get("/"))
    for part in (
        "51 volledige reacties 33 van een gemeente en 18 van een jeugdregio",
        "54 % van de gemeenten 187 van de 345 gemeenten",
        "55 % van de inwoners van Nederland",
    ):
        assert part in text
    assert f"Alle {len(CASES)} praktijkvoorbeelden" in text


def test_nothing_of_a_wave_shows_before_its_results_are_public(client):
    Wave.objects.update(results_published_at=None)
    assert "Wie deden mee" not in read(client.get("/"))
    measure = read(client.get("/maatregelen/reikwijdte/"))
    assert "Cijfers uit meting" not in measure
    assert "Wie past het toe?" not in measure
    accountability = client.get("/verantwoording/")
    assert accountability.context["comparison"] is None
    assert "gedrukt en geteld" not in read(accountability)


@pytest.mark.parametrize("slug", ["privacy", "toegankelijkheid", "contact", "open-data"])
def test_text_pages_have_a_way_back(slug, client):
    response = client.get(f"/{slug}/")
    assert len(read(response)) > 500
    assert response.context["breadcrumbs"][0] == {"title": "Home", "url": "/"}


def test_accountability_gives_every_reason(client):
    page = AccountabilityPage.objects.get()
    text = read(client.get("/verantwoording/"))
    assert "De antwoorden op deze site zijn verzonnen." in text
    for difference in page.differences:
        for part in difference.value.values():
            assert normalise(part) in text


@pytest.mark.parametrize(
    "path",
    ["/bestaat-niet/", "/praktijkvoorbeelden/bestaat-niet/", "/maatregelen/reikwijdte/meer/", "/home/"],
)
def test_an_unknown_page_is_a_404(path, client):
    assert client.get(path).status_code == 404


def test_an_unpublished_case_is_gone_everywhere(client):
    title = "Samen aan tafel in Zaanstad"
    page = PracticePage.objects.get(title=title)
    page.unpublish()
    assert client.get("/praktijkvoorbeelden/weegtafel-zaanstad/").status_code == 404
    for path in (
        "/",
        "/praktijkvoorbeelden/",
        "/praktijkvoorbeelden/?q=weegtafel",
        "/maatregelen/reikwijdte/",
    ):
        assert title not in read(client.get(path))
    assert "weegtafel" not in client.get("/sitemap.xml").content.decode()


def test_crawlers_find_every_page_and_stay_out_of_the_rest(client):
    listed = re.findall(r"<loc>([^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(listed) == len(set(listed)) == len(CASES) + len(SOURCES) + 17
    assert "http://localhost:8000/praktijkvoorbeelden/weegtafel-zaanstad/" in listed
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /invullen/" in robots
    assert "Disallow: /praktijkvoorbeelden/mijn-lijst/" in robots
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots


QUERIES = {
    "/": 9,
    "/maatregelen/": 6,
    "/maatregelen/reikwijdte/": 13,
    "/praktijkvoorbeelden/": 8,
    "/praktijkvoorbeelden/?maatregel=reikwijdte&provincie=PV27&q=jeugd": 9,
    "/praktijkvoorbeelden/weegtafel-zaanstad/": 14,
    "/bronnen/": 5,
    "/bronnen/inventarisatie-maatregelen-2022/": 6,
    "/begrippen/": 5,
    "/verantwoording/": 8,
    "/privacy/": 4,
}


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("others", [2, 6])
def test_more_cases_take_no_more_queries(path, others, client, django_assert_num_queries):
    """`others` beside the one that the page of a case is about."""
    slugs = [slug for slug, case in CASES.items() if case["year"] == 2022 and slug != "weegtafel-zaanstad"][
        :others
    ]
    PracticePage.objects.exclude(slug__in=["weegtafel-zaanstad", *slugs]).update(live=False)
    client.get(path)  # what is remembered between requests is remembered now
    with django_assert_num_queries(QUERIES[path]):
        assert client.get(path).status_code == 200
