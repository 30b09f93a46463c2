"""The screens on which a researcher prepares, looks at and publishes a release, without JavaScript."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from surveys.accounts.models import Person
from surveys.questionnaire.lifecycle import close_wave, open_wave
from surveys.results.models import Release
from surveys.results.release.computing import DEFAULT_BREAKDOWNS
from surveys.results.release.finishing import finish_release
from surveys.results.release.lifecycle import prepare_release, request_publication
from tests.responses.factories import NOW, make_person, make_wave
from tests.results.release.factories import make_plan, prepare_wave, publish_wave

pytestmark = pytest.mark.django_db

LIST = "/beheer/publicaties/"
PREPARE = f"{LIST}proef/klaarzetten/"
FIRST = f"{LIST}proef/1/"
PREVIEW = f"{LIST}proef/2/voorbeeld/"
PUBLIC = "/resultaten/proef/"
SMALL = {"questions": ["beperkt"], "breakdowns": [], "units": ["response"]}
FORM = {
    "title": "Eerste cijfers",
    "introduction": "Voor iedereen.",
    "questions": ["beperkt", "hoe"],
    "units": ["response"],
}


@pytest.fixture
def wave():
    wave = make_wave()
    close_wave(wave)
    return wave


@pytest.fixture
def client():
    """The browser of somebody who runs waves."""
    person = Person.objects.create_user("onderzoeker@voorbeeld.example", first_name="Otto")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "run_waves"]))
    client = Client()
    client.force_login(person)
    return client


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser").main


def list_actions(page):
    return [link.get_text(strip=True) for link in page.select(".beheer-actions a:not([hidden])")]


def read_chosen(page, name):
    """The values that are chosen in the checkboxes, text or select of a form."""
    boxes = page.select(f'input[name="{name}"][type="checkbox"]')
    if boxes:
        return [box["value"] for box in boxes if box.has_attr("checked")]
    field = page.select_one(f'[name="{name}"]')
    if field.name == "select":
        return [option["value"] for option in field.select("option[selected]")]
    return field.get("value") or field.get_text(strip=True)


def post(client, address, **values):
    response = client.post(address, values)
    page = BeautifulSoup(response.content.decode(), "html.parser").main
    return response, page


def test_a_first_release_is_prepared_counted_looked_at_and_published(client, wave):
    anybody = Client()
    assert list_actions(read(client, LIST)) == ["Klaarzetten: Proefmeting"]
    page = read(client, PREPARE)
    assert read_chosen(page, "questions") == [
        "beperkt",
        "hoe",
        "uitleg",
        "knelpunten",
        "poh",
        "verzekeraar",
        "sinds",
        "fte",
        "kosten",
    ]
    assert set(read_chosen(page, "breakdowns")) == {dimension for (dimension,) in DEFAULT_BREAKDOWNS}
    assert page.select_one('[name="note"]') is None

    response = client.post(PREPARE, FORM | {"breakdowns": ["size_class"]})

    assert (response.status_code, response.url) == (302, FIRST)
    release = Release.objects.get()
    assert (release.title, release.questions, release.breakdowns, release.units, release.status) == (
        "Eerste cijfers",
        ["beperkt", "hoe"],
        [["size_class"]],
        ["response"],
        "counting",
    )
    assert release.prepared_by.first_name == "Otto"
    page = read(client, FIRST)
    assert "De cijfers worden geteld en afgeschermd." in page.get_text()
    assert list_actions(page) == ["Kijk of het klaar is", "Wijzigen of opnieuw tellen"]
    assert client.get(f"{FIRST}voorbeeld/").url == FIRST

    finish_release(release.pk)

    page = read(client, FIRST)
    assert list_actions(page) == [
        "Voorbeeld bekijken",
        "Openbaar maken",
        "Inplannen",
        "Wijzigen of opnieuw tellen",
    ]
    assert "Per grootteklasse" in page.get_text()
    preview = client.get(f"{FIRST}voorbeeld/")
    assert "Vraag beperkt?" in preview.text
    assert anybody.get("/resultaten/proef/").status_code == 404
    assert "rekenen alle cijfers eerst nog een keer na" in read(client, f"{FIRST}openbaar-maken/").get_text()

    response = client.post(f"{FIRST}openbaar-maken/")

    assert (response.status_code, response.url) == (302, FIRST)
    assert "De cijfers worden nagerekend." in read(client, FIRST).get_text()
    assert anybody.get("/resultaten/proef/").status_code == 404
    finish_release(release.pk)
    assert anybody.get("/resultaten/proef/").status_code == 200
    assert list_actions(read(client, FIRST)) == ["Alle uitgaven van deze meting"]
    public = anybody.get("/resultaten/proef/uitgaven/").text
    assert "Eerste cijfers (proef-1)" in public
    assert "Voor iedereen." in public
    assert Release.objects.get().tables_sha256 in public


def list_titles(page):
    return [each.get_text(strip=True) for each in page.select(".result-figure__title")]


def test_a_preview_says_so_and_goes_on_in_itself(client, wave):
    publish_wave(wave, questions=["beperkt"], breakdowns=[])
    prepare_wave(wave, questions=["beperkt", "poh"], breakdowns=[["size_class"]])
    page = read(client, PREVIEW)
    assert "Voorbeeld van uitgave proef-2" in page.get_text()
    assert "nog niet openbaar" in page.get_text()
    assert list_titles(page) == ["Vraag beperkt?", "Vraag poh?"]
    form = page.select_one("form#kiezen")
    assert form["action"].partition("#")[0] == PREVIEW
    links = [link["href"] for link in page.select(".result-figure a[href]")]
    assert len(links) == 2
    assert all(link.startswith(f"{PREVIEW}?") for link in links)

    page = read(client, f"{PREVIEW}?vraag=poh&uitsplitsing=size_class")

    assert list_titles(page) == ["Vraag poh?"]
    assert page.select(".errorlist") == []
    assert "Voorbeeld van uitgave proef-2" in page.get_text()
    # What others take in, and every file, is of the release that is public.
    assert [link["href"] for link in page.select("a[href]") if link["href"].startswith(PUBLIC)] == []
    assert page.select(".result-figure__downloads") == []


def test_how_far_it_is_can_be_asked(client, wave):
    release = prepare_release(wave, plan=make_plan(wave, **SMALL), by=None, at=NOW)
    assert f'data-progress-url="{FIRST}stand/"' in client.get(FIRST).text
    waiting = client.get(f"{FIRST}stand/").json()
    assert (waiting["status"], waiting["progress"], waiting["file_url"]) == ("running", None, None)

    finish_release(release.pk)

    assert client.get(f"{FIRST}stand/").json() == {
        "status": "done",
        "progress": None,
        "message": "Deze publicatie is klaargezet.",
        "file_url": FIRST,
    }
    Release.objects.update(status="failed", problem="Het tellen is niet gelukt.")
    failed = client.get(f"{FIRST}stand/").json()
    assert (failed["status"], failed["message"]) == ("failed", "Het tellen is niet gelukt.")


def test_what_went_wrong_is_shown_with_the_way_on(client, wave):
    prepare_release(wave, plan=make_plan(wave, **SMALL), by=None, at=NOW)
    Release.objects.update(status="failed", problem="Het tellen is niet gelukt.")

    page = read(client, FIRST)

    assert "Het tellen is niet gelukt." in page.get_text()
    assert list_actions(page) == ["Wijzigen of opnieuw tellen"]


def test_closed_questions_and_two_at_a_time_are_breakdowns_too(client, wave):
    rows = {
        "dimension_1": "question:beperkt",
        "other_dimension_1": "size_class",
        "dimension_2": "question:hoe:school",
        "dimension_3": "question:beperkt",
        "other_dimension_3": "size_class",
    }
    response = client.post(PREPARE, FORM | rows)

    assert response.status_code == 302
    assert Release.objects.get().breakdowns == [["question:beperkt", "size_class"], ["question:hoe:school"]]
    page = read(client, FIRST)
    assert "Per antwoord op „Vraag beperkt?” en grootteklasse" in page.get_text()
    page = read(client, f"{FIRST}wijzigen/")
    assert [read_chosen(page, name) for name in ("dimension_1", "other_dimension_1", "dimension_2")] == [
        ["question:beperkt"],
        ["size_class"],
        ["question:hoe:school"],
    ]
    assert page.select_one('[name="dimension_5"]') is not None
    offered = [option["value"] for option in page.select('[name="dimension_1"] option')]
    assert "question:poh" in offered
    assert not {"question:hoe", "question:fte", "question:knelpunten"} & set(offered)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"questions": []}, "Kies minstens één vraag."),
        ({"units": []}, "Kies minstens één eenheid."),
        ({"title": ""}, "Vul een titel in."),
        ({"questions": ["bestaat_niet"]}, "bestaat_niet"),
        ({"breakdowns": ["kleur"]}, "kleur"),
        ({"dimension_1": "kleur"}, "kleur"),
        ({"other_dimension_1": "province"}, "Kies hier ook een uitsplitsing"),
        ({"dimension_1": "province", "other_dimension_1": "province"}, "Kies hier een andere uitsplitsing"),
        ({"dimension_1": "question:poh"}, "alleen als die vraag zelf ook meegaat"),
    ],
)
def test_a_plan_that_does_not_hold_comes_back_as_it_was_typed(client, wave, wrong, message):
    response, page = post(client, PREPARE, **FORM | {"breakdowns": ["province"]} | wrong)

    assert response.status_code == 422
    assert message in page.get_text()
    assert read_chosen(page, "introduction") == "Voor iedereen."
    if "questions" not in wrong:
        assert read_chosen(page, "questions") == ["beperkt", "hoe"]
    assert not Release.objects.exists()


def test_an_open_wave_is_refused_at_the_form(client):
    make_wave()

    assert "Klaarzetten" not in read(client, LIST).get_text()
    response, page = post(client, PREPARE, **FORM)

    assert response.status_code == 422
    assert "Sluit de meting eerst." in page.get_text()
    assert read_chosen(page, "title") == "Eerste cijfers"


def test_a_wave_has_one_release_in_the_making(client, wave):
    prepare_wave(wave, **SMALL)

    assert "Klaarzetten" not in read(client, LIST).get_text()
    response, page = post(client, PREPARE, **FORM, note="Nog een keer.")

    assert response.status_code == 422
    assert "Er staat al een publicatie klaar." in page.get_text()
    assert read_chosen(page, "note") == "Nog een keer."


def test_a_correction_begins_with_the_former_choice_and_says_why(client, wave):
    publish_wave(wave, **{**SMALL, "breakdowns": [["province"], ["question:beperkt"]]})
    page = read(client, PREPARE)
    assert read_chosen(page, "questions") == ["beperkt"]
    assert read_chosen(page, "breakdowns") == ["province"]
    assert read_chosen(page, "dimension_1") == ["question:beperkt"]

    response, page = post(client, PREPARE, **FORM, note=" ")

    assert response.status_code == 422
    assert "Schrijf op wat er anders is dan in de vorige publicatie, en waarom." in page.get_text()
    response, _ = post(client, PREPARE, **FORM, note="Leiden was verkeerd ingelezen.")
    assert response.url == f"{LIST}proef/2/"
    assert "Leiden was verkeerd ingelezen." in read(client, f"{LIST}proef/2/").get_text()
    assert "Leiden was verkeerd ingelezen." not in Client().get("/resultaten/proef/uitgaven/").text


def test_changing_counts_again_and_drops_the_planned_moment(client, wave):
    release = prepare_wave(wave, **SMALL)
    Release.objects.update(status="scheduled", publish_at=timezone.now() + timedelta(days=1))
    assert read_chosen(read(client, f"{FIRST}wijzigen/"), "questions") == ["beperkt"]

    response, _ = post(client, f"{FIRST}wijzigen/", **FORM)

    assert response.url == FIRST
    release.refresh_from_db()
    assert (release.status, release.publish_at, release.title) == ("counting", None, "Eerste cijfers")
    assert not release.tables.exists()


def test_a_release_is_planned_for_a_moment_that_is_to_come(client, wave):
    prepare_wave(wave, **SMALL)
    for wrong, message in (
        ("morgen", "Vul een moment in als 31-12-2026 09:00."),
        ("01-01-2020 09:00", "Kies een moment in de toekomst."),
    ):
        response, page = post(client, f"{FIRST}inplannen/", publish_at=wrong)
        assert response.status_code == 422
        assert message in page.get_text()
        assert read_chosen(page, "publish_at") == wrong

    moment = timezone.localtime() + timedelta(days=30)
    response, _ = post(client, f"{FIRST}inplannen/", publish_at=moment.strftime("%d-%m-%Y %H:%M"))

    assert response.url == FIRST
    for address in (LIST, FIRST):
        assert date_format(moment, "j F Y, H:i") in read(client, address).get_text()
    assert Client().get("/resultaten/proef/").status_code == 404


def test_publishing_twice_is_refused_at_the_form(client, wave):
    release = request_publication(prepare_wave(wave, **SMALL), by=make_person("Els"))

    response, page = post(client, f"{FIRST}openbaar-maken/")
    assert response.status_code == 422
    assert "Deze publicatie wordt al openbaar gemaakt." in page.get_text()
    finish_release(release.pk)

    for step in ("openbaar-maken/", "inplannen/", "wijzigen/"):
        publish_at = (timezone.localtime() + timedelta(days=1)).strftime("%d-%m-%Y %H:%M")
        response, page = post(client, f"{FIRST}{step}", **FORM, publish_at=publish_at)
        assert response.status_code == 422
        assert "Deze publicatie is openbaar en verandert niet meer." in page.get_text()


def test_a_wave_that_was_opened_again_is_refused_at_the_form(client, wave):
    prepare_wave(wave, **SMALL)
    open_wave(wave)

    response, page = post(client, f"{FIRST}openbaar-maken/")

    assert response.status_code == 422
    assert "Sluit de meting eerst." in page.get_text()


@pytest.mark.parametrize("step", ["", "stand/", "wijzigen/", "voorbeeld/", "inplannen/", "openbaar-maken/"])
def test_a_release_that_is_not_there_is_not_found(client, wave, step):
    for address in (f"{LIST}proef/7/", f"{LIST}bestaat-niet/1/"):
        assert client.get(address + step).status_code == 404


@pytest.mark.parametrize(
    "step",
    ["", "proef/klaarzetten/", "proef/1/", "proef/1/stand/", "proef/1/voorbeeld/", "proef/1/openbaar-maken/"],
)
def test_who_does_not_run_waves_sees_nothing(wave, step):
    prepare_wave(wave, **SMALL)
    person = make_person("Els")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "watch_responses"]))
    client = Client()
    client.force_login(person)

    assert client.get(LIST + step).url == "/beheer/"
    assert client.post(LIST + step).url == "/beheer/"
    assert Release.objects.get().status == "prepared"


def test_everything_that_was_public_stays_to_be_read_with_what_changed(wave):
    publish_wave(wave, **SMALL, title="De eerste")
    publish_wave(wave, **SMALL, title="De tweede", note="Eén antwoord\nwas verkeerd ingelezen.")
    prepare_wave(wave, **SMALL, title="De derde", note="Nog geheim.")

    page = BeautifulSoup(Client().get("/resultaten/proef/uitgaven/").text, "html.parser").main

    assert [title.get_text() for title in page.select("h2")] == ["De tweede (proef-2)", "De eerste (proef-1)"]
    assert "Wat er anders is en waarom: Eén antwoordwas verkeerd ingelezen." in page.get_text()
    assert "Nog geheim" not in page.get_text()
    assert Client().get("/resultaten/bestaat-niet/uitgaven/").status_code == 404
