"""Every page type in the demo world: what stands on it, and with how many queries."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from practices.models import AccountabilityPage, MeasurePage, PracticePage
from surveys.coding.adjudicated import list_released_questions
from surveys.coding.lifecycle.releasing import withdraw_counts
from surveys.coding.models import CodingRound, Redaction
from surveys.questionnaire.models import Wave
from surveys.results.counting import count_answers
from surveys.results.publication import public_table
from tests.practices.content import CASES, normalise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

LINKED_TO = {
    "centrale-facturatie-food-valley": "standaardisatie",
    "haagse-doorbraaklab": "doorbraakmethode",
    "ondersteuner-jeugd-en-gezin-groningen": "poh-jeugd",
}


def read(response) -> str:
    """The text a reader sees in the main part of a page."""
    assert response.status_code == 200
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()
    return normalise(unescape(strip_tags(main.replace("<", " <"))))


@pytest.mark.parametrize("slug", CASES)
def test_a_case_shows_everything_the_file_says(slug, client):
    case = CASES[slug]
    text = read(client.get(f"/praktijkvoorbeelden/{slug}/"))
    texts = [case["title"], case["summary"], case["place"]["label"], *case["intro"].split("\n\n")]
    texts += [*case["outline"], *case["conditions"], *case["lessons"], *case["caveats"]]
    texts += [part for fact in case["facts"] for part in (fact["value"], fact["text"])]
    texts += [link["title"] for link in case.get("links", [])]
    texts += [case["source"]["title"], case["source"]["section"]]
    missing = [part for part in map(normalise, texts) if part not in text]
    assert missing == []


def test_there_are_the_eleven_cases_of_the_source_linked_as_it_links_them():
    assert len(CASES) == 11
    linked = {
        page.slug: [measure.pk for measure in page.measures.all()] for page in PracticePage.objects.all()
    }
    assert linked == {slug: [LINKED_TO.get(slug, "reikwijdte")] for slug in CASES}
    assert sum(measures == ["reikwijdte"] for measures in linked.values()) == 8


def test_a_case_says_how_sure_each_fact_is(client):
    text = read(client.get("/praktijkvoorbeelden/haagse-doorbraaklab/"))
    assert "besparingspotentieel) Verwacht, niet gemeten" in text
    assert "tussen juli 2020 en november 2021 gemiddeld 3.000 euro" in text
    assert "Gemeten" in read(client.get("/praktijkvoorbeelden/weegtafel-zaanstad/"))


def test_a_case_leads_to_its_measure_and_to_its_relatives(client):
    response = client.get("/praktijkvoorbeelden/weegtafel-zaanstad/")
    assert [measure["url"] for measure in response.context["measures"]] == ["/maatregelen/reikwijdte/"]
    assert [case["title"] for case in response.context["related"]] == sorted(
        page.title
        for page in PracticePage.objects.filter(measures="reikwijdte").exclude(slug="weegtafel-zaanstad")
    )[:3]
    assert client.get("/praktijkvoorbeelden/haagse-doorbraaklab/").context["related"] == []


def test_a_case_does_not_link_to_a_measure_page_that_is_not_public(client):
    MeasurePage.objects.get(slug="reikwijdte").unpublish()
    response = client.get("/praktijkvoorbeelden/weegtafel-zaanstad/")
    assert response.context["measures"] == []
    assert b"/maatregelen/reikwijdte/" not in response.content


@pytest.mark.parametrize("slug", ["reikwijdte", "standaardisatie", "poh-jeugd"])
def test_a_measure_shows_explanation_figures_bottlenecks_and_cases(slug, client):
    page = MeasurePage.objects.get(slug=slug)
    response = client.get(f"/maatregelen/{slug}/")
    text = read(response)
    for paragraph in page.measure.explanation.strip().split("\n\n"):
        assert normalise(paragraph) in text
    assert len(page.bottlenecks) > 0
    for bottleneck in page.bottlenecks:
        assert normalise(bottleneck.value["title"]) in text
        assert normalise(bottleneck.value["text"]) in text
    assert {case["title"] for case in response.context["practices"]} == set(
        PracticePage.objects.filter(measures=slug).values_list("title", flat=True)
    )


@pytest.mark.parametrize("slug", ["reikwijdte", "standaardisatie", "poh-jeugd"])
def test_counted_bottlenecks_stand_apart_from_those_of_the_report(slug, client):
    wave = Wave.objects.get(code="2022")
    question = next(
        code
        for code in list_released_questions(wave)
        if count_answers(wave, unit="response", questions=[code]).rows[0].measure == slug
    )
    rows = [
        row
        for row in public_table(wave, unit="response", questions=[question]).rows
        if row.is_theme and row.n
    ]
    page = client.get(f"/maatregelen/{slug}/")
    text = read(page)

    counted, described = text.split("Beschreven in het rapport van 2022")
    counted = counted.split("Geteld in meting 2022")[1]
    assert "Bron: de antwoorden op de open vraag „Welke knelpunten ervaart u?”." in counted
    assert "met versie 1 van het codeboek" in counted
    assert len(rows) > 1
    for row in rows:
        assert (
            f"{row.option_text} Genoemd door {row.n} van de {row.base} gemeenten en jeugdregio's" in counted
        )
    assert "Genoemd door" not in described
    assert f"Bron: {MeasurePage.objects.get(slug=slug).source}" in described

    figure = f"/resultaten/2022/?vraag={question}#vraag-{question}"
    assert f'href="{figure}"' in page.content.decode()
    assert f'id="vraag-{question}"' in client.get(figure).content.decode()
    # A list on this page, so no figure.
    assert f'id="vraag-{question}"' not in page.content.decode()


def test_only_redacted_and_released_words_are_quoted(client):
    quote = "De wet is ruim. Bij bezwaar staan wij zwak als wij een vorm van hulp niet meer geven."
    kept = "Landelijk is niet afgesproken welke hulp bij welke wet hoort."
    text = read(client.get("/maatregelen/reikwijdte/"))
    assert quote in text
    assert kept not in text

    # The figures are frozen, words that are taken back are gone at once.
    Redaction.objects.filter(text=quote).update(text="De wet is [weggelaten].")
    text = read(client.get("/maatregelen/reikwijdte/"))
    assert quote not in text
    assert "[weggelaten]" not in text


def test_what_may_no_longer_be_quoted_is_not(client):
    Redaction.objects.update(may_be_quoted=False)
    assert "De wet is ruim" not in read(client.get("/maatregelen/reikwijdte/"))


def test_what_is_published_stays_when_the_themes_behind_it_are_withdrawn(client):
    before = read(client.get("/maatregelen/reikwijdte/"))
    for coding_round in CodingRound.objects.exclude(released_at=None):
        withdraw_counts(coding_round, by=None)

    assert "Geteld in meting" in before
    assert read(client.get("/maatregelen/reikwijdte/")) == before


def test_the_printed_percentages_stand_in_the_figures_of_the_measures(client):
    text = read(client.get("/maatregelen/doorbraakmethode/"))
    for share in ("31 %", "25 %", "22 %"):
        assert share in text
    assert "n = 51 reacties, samen 187 gemeenten" in text


def test_a_measure_without_questions_or_cases_says_so(client):
    response = client.get("/maatregelen/regionalisering/")
    text = read(response)
    assert "47 miljoen euro extra kosten, naar verwachting" in text
    assert "Bij deze maatregel staat nog geen praktijkvoorbeeld" in text
    assert "101 miljoen euro besparing, naar verwachting" in read(
        client.get("/maatregelen/doorbraakmethode/")
    )


def test_the_measures_show_both_totals_and_count_their_cases(client):
    response = client.get("/maatregelen/")
    rows = response.context["effect_table"]["rows"]
    assert [row[1] for row in rows] == ["33", "48", "6", "36", "101", "38", "−47", "215", "214"]
    assert [item["meta"] for item in response.context["measures"]] == [
        "8 praktijkvoorbeelden",
        "1 praktijkvoorbeeld",
        "Nog geen praktijkvoorbeeld",
        "Nog geen praktijkvoorbeeld",
        "1 praktijkvoorbeeld",
        "1 praktijkvoorbeeld",
        "Nog geen praktijkvoorbeeld",
    ]
    assert "Waarschijnlijk" in read(response)


def test_home_shows_the_latest_public_wave_in_short(client):
    text = read(client.get("/"))
    for part in (
        "51 volledige reacties 33 van een gemeente en 18 van een jeugdregio",
        "54 % van de gemeenten 187 van de 345 gemeenten",
        "55 % van de inwoners van Nederland",
    ):
        assert part in text
    assert "Alle 11 praktijkvoorbeelden" in text


def test_nothing_of_a_wave_shows_before_its_results_are_public(client):
    Wave.objects.update(results_published_at=None)
    assert "Wie deden mee" not in read(client.get("/"))
    assert "Cijfers uit meting" not in read(client.get("/maatregelen/reikwijdte/"))
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
    assert len(listed) == len(set(listed)) == PracticePage.objects.count() + 15
    assert "http://localhost:8000/praktijkvoorbeelden/weegtafel-zaanstad/" in listed
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /invullen/" in robots
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots


QUERIES = {
    "/": 12,
    "/maatregelen/": 10,
    "/maatregelen/reikwijdte/": 17,
    "/praktijkvoorbeelden/": 23,
    "/praktijkvoorbeelden/?maatregel=reikwijdte&provincie=PV27&q=jeugd": 25,
    "/praktijkvoorbeelden/weegtafel-zaanstad/": 14,
    "/verantwoording/": 12,
    "/privacy/": 8,
}


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("others", [1, 3])
def test_more_cases_take_no_more_queries(path, others, client, django_assert_num_queries):
    """`others` beside the one that the page of a case is about."""
    slugs = ["wijkteams-utrecht", "normaliseren-tilburg", "deltaplan-eindhoven"][:others]
    PracticePage.objects.exclude(slug__in=["weegtafel-zaanstad", *slugs]).update(live=False)
    client.get(path)  # what is remembered between requests is remembered now
    with django_assert_num_queries(QUERIES[path]):
        assert client.get(path).status_code == 200
