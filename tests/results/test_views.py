import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.submission import submit_response
from tests.responses.factories import NOW, choose, make_person, make_response, make_wave
from tests.results.drawings import read_lines
from tests.results.release.factories import publish_wave
from tests.results.worlds import publish_small_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_wave():
    return publish_small_wave()


def open_page(client, **choices):
    return client.get(reverse("results:wave", args=["2026"]), choices)


def list_figures(response):
    return [figure for chapter in response.context["chapters"] for figure in chapter["figures"]]


def test_the_list_shows_public_waves_with_how_far_they_reach(client, public_wave):
    make_wave(code="geheim")

    response = client.get("/resultaten/")

    assert [item["wave"] for item in response.context["waves"]] == [public_wave]
    (facts,) = [item["facts"] for item in response.context["waves"]]
    assert [(fact["value"], fact["base"]) for fact in facts[:2]] == [
        ("4", "4 van een gemeente en 0 van een jeugdregio"),
        ("1\N{NO-BREAK SPACE}%", "4 van de 342 gemeenten"),
    ]
    assert "geheim" not in response.content.decode()


def test_without_public_waves_the_list_says_so(client):
    response = client.get("/resultaten/")

    assert "Er zijn nog geen resultaten openbaar." in response.content.decode()


@pytest.mark.parametrize("code", ["bestaat-niet", "proef"])
def test_an_unknown_and_an_unpublished_wave_are_both_not_found(client, code):
    make_wave(code="proef")

    assert client.get(f"/resultaten/{code}/").status_code == 404


def test_a_wave_shows_every_question_with_figures_under_its_part(client, public_wave):
    response = open_page(client)

    assert [
        (chapter["title"], [figure.question for figure in chapter["figures"]])
        for chapter in response.context["chapters"]
    ] == [
        ("Onderdeel toegang", ["beperkt", "hoe"]),
        ("Onderdeel huisarts", ["poh", "verzekeraar", "sinds", "fte", "kosten"]),
    ]
    page = response.content.decode()
    assert "n = 4 reacties, samen 4 gemeenten" in page
    assert "75\N{NO-BREAK SPACE}%" in page
    assert "Geheim antwoord" not in page


def test_a_choice_of_question_group_and_unit(client, public_wave):
    response = open_page(client, vraag="beperkt", uitsplitsing="respondent_type", eenheid="municipality")

    (figure,) = list_figures(response)
    assert figure.question == "beperkt"
    assert figure.base_line == "n = 4 gemeenten"
    assert [line for line in read_lines(figure.chart) if "%" not in line] == [
        "Totaal  n = 4",
        "Eigen antwoord van de gemeente  n = 4",
        "Via de jeugdregio  n = 0",
        "Geen antwoorden",
        "Ja",
        "Nee",
    ]
    page = response.content.decode()
    assert "Deze groepen kunnen we niet vergelijken" not in page
    for chosen in ("beperkt", "respondent_type", "municipality"):
        assert f'<option value="{chosen}" selected>' in page
    assert "De basis is het aantal gemeenten" in page


def test_a_withheld_breakdown_says_why_and_shows_no_group(client, public_wave):
    response = open_page(client, vraag="beperkt", uitsplitsing="province", eenheid="municipality")

    (figure,) = list_figures(response)
    assert "Zuid-Holland" not in repr(figure)
    assert "Zuid-Holland" not in response.content.decode()
    assert figure.caveats[-1] in response.text
    assert "Deze groepen kunnen we niet vergelijken" in response.content.decode()
    # The reason may be another one than few answers, and is the same in every unit.
    for untrue in ("te weinig antwoorden", "U ziet daarom alleen het totaal", "tel gemeenten in plaats van"):
        assert untrue not in response.text


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"vraag": "bestaat_niet"}, "Deze vraag staat niet in de lijst. U ziet alle vragen."),
        ({"vraag": "knelpunten"}, "Deze vraag staat niet in de lijst. U ziet alle vragen."),
        ({"uitsplitsing": "kleur"}, "Deze uitsplitsing hebben we niet. U ziet alleen het totaal."),
        ({"eenheid": "\x00' OR 1=1"}, "Deze eenheid hebben we niet. U ziet de reacties."),
    ],
)
def test_an_unknown_choice_shows_the_default_and_says_so(client, public_wave, choice, message):
    response = open_page(client, **choice)

    assert response.status_code == 200
    assert message in response.content.decode()
    shown = [figure.question for figure in list_figures(response)]
    assert shown == ["beperkt", "hoe", "poh", "verzekeraar", "sinds", "fte", "kosten"]
    assert response.context["table"].unit == "response"
    assert response.context["table"].dimensions == ()


def test_pages_can_only_be_read(client, public_wave):
    assert client.post(reverse("results:index")).status_code == 405
    assert client.post(reverse("results:wave", args=["2026"])).status_code == 405


@pytest.mark.parametrize("waves", [1, 2])
def test_the_list_asks_two_queries_however_many_waves_there_are(client, public_wave, waves):
    for number in range(1, waves):
        other = make_wave(code=f"meting-{number}")
        close_wave(other)
        publish_wave(other)

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/resultaten/")

    assert len(response.context["waves"]) == waves
    assert count_queries_of_surveys(queries) == 2


def test_a_wave_without_a_release_is_not_public_yet(client, public_wave):
    make_wave(code="meting-1")
    type(public_wave).objects.update(status="closed", results_published_at=NOW)

    assert [item["wave"] for item in client.get("/resultaten/").context["waves"]] == [public_wave]
    assert client.get("/resultaten/meting-1/").status_code == 404


def test_a_wave_asks_three_queries_and_shows_its_release_only(client, public_wave):
    """The wave, its release, and the tables that are shown; what was submitted since changes nothing."""
    before = open_page(client, uitsplitsing="province")  # the definition is read once and remembered
    type(public_wave).objects.update(status="open")
    response = make_response(public_wave, "GM0758", answers={"beperkt": choose("ja"), "poh": choose("nee")})
    submit_response(response, by=None, at=NOW)

    with CaptureQueriesContext(connection) as queries:
        after = open_page(client, uitsplitsing="province")

    assert [figure.base_line for figure in list_figures(after)] == [
        figure.base_line for figure in list_figures(before)
    ]
    assert count_queries_of_surveys(queries) == 3


def count_queries_of_surveys(queries):
    """Those of the page itself: the frame round it (demo banner, sign-in) is not ours."""
    return sum("demo_demoworld" not in query["sql"] for query in queries)


@pytest.mark.parametrize("responses", [10, 100])
def test_a_public_page_asks_as_little_of_many_responses_as_of_few(client, responses):
    """With everything round it, also for somebody who is signed in: at most 12, as many for 10 as for 100."""
    wave = make_wave(code="2026")
    places = wave.frame.order_by("municipality").values_list("municipality", flat=True)[:responses]
    for place in places:
        answers = {"beperkt": choose("ja"), "poh": choose("nee")}
        submit_response(make_response(wave, place, answers=answers), by=None, at=NOW)
    close_wave(wave)
    publish_wave(wave, questions=["beperkt", "poh"], breakdowns=[["size_class"]], units=["response"])
    client.force_login(make_person("Els"))
    open_page(client)  # the definition is read once and remembered

    with CaptureQueriesContext(connection) as queries:
        open_page(client, uitsplitsing="size_class")

    assert len(queries) == 8


def test_a_page_leads_to_what_explains_its_figures(client, public_wave):
    page = BeautifulSoup(open_page(client).content, "html.parser").find(id="meer")

    addresses = [link["href"] for link in page.select("a")]
    assert {"/resultaten/2026/codeboek/", "/resultaten/2026/uitgaven/", "/api/v1/waves/2026"} <= set(
        addresses
    )
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
    assert "uitgave 2026-1 van 2 maart 2026" in page.get_text()
