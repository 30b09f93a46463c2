from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from surveys.accounts.models import Person
from surveys.questionnaire.definition import ConditionDefinition
from surveys.questionnaire.lifecycle import (
    close_wave,
    open_wave,
    plan_wave,
    publish_definition,
    publish_results,
)
from surveys.questionnaire.models import Option, QuestionnaireVersion, Wave
from tests.questionnaire.definitions import read_every_kind

pytestmark = pytest.mark.django_db

WAVES = "/beheer/metingen/"
PLAN = "/beheer/metingen/plannen/"
WAVE = "/beheer/meting/proef/"
VERSION = "/beheer/vragenlijst/proef/1/"
STEPS = [f"{WAVE}{step}/" for step in ("openen", "sluiten", "laatste-dag")]
FORM = {
    "title": "Tweede meting",
    "code": "tweede",
    "reference_date": "01-01-2026",
    "opens_on": "01-02-2026",
    "closes_on": "01-03-2026",
    "preferably_before": "15-02-2026",
}


def sign_in(*permissions: str) -> Client:
    person = Person.objects.create_user("iemand@voorbeeld.nl", first_name="Noor", last_name="Bakker")
    person.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def client() -> Client:
    return sign_in("run_waves")


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


def publish_next(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """An option less at the first question, a definition at another, and the last question gone."""
    definition = read_every_kind()
    first, second = definition.sections
    question, *others = first.questions
    question = replace(question, options=question.options[:2], help="Kies er een.")
    others = [replace(each, conditions=(ConditionDefinition("doet_mee", ("ja",)),)) for each in others]
    deel = [
        replace(each, definition="Deel: een stuk.") if each.code == "deel" else each
        for each in second.questions
    ]
    sections = (replace(first, questions=(question, *others)), replace(second, questions=tuple(deel[:-1])))
    return publish_definition(replace(definition, number=version.number + 1, sections=sections))


def plan(version: QuestionnaireVersion, code: str = "proef") -> Wave:
    return plan_wave(
        code=code,
        title="Proefmeting",
        version=version,
        reference_date=date(2022, 1, 1),
        opens_on=date(2022, 2, 1),
        closes_on=date(2022, 3, 1),
    )


@pytest.fixture
def wave(version) -> Wave:
    return plan(version)


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# --- Who may come in -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [WAVES, PLAN, WAVE, VERSION, *STEPS])
def test_without_the_permission_wagtail_refuses(wave, path):
    response = sign_in().get(path)
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("path", STEPS)
def test_without_the_permission_no_step_is_taken(wave, path):
    sign_in().post(path, {"closes_on": "01-04-2022"})
    wave.refresh_from_db()
    assert (wave.status, wave.closes_on) == (Wave.Status.PLANNED, date(2022, 3, 1))


def test_the_menu_shows_waves_only_to_whoever_may_run_them():
    assert WAVES in read(sign_in("run_waves"), "/beheer/")


def test_the_menu_hides_waves_from_others():
    assert WAVES not in read(sign_in(), "/beheer/")


@pytest.mark.parametrize(
    "path",
    [
        "/beheer/meting/zesde/",
        "/beheer/meting/zesde/openen/",
        "/beheer/vragenlijst/proef/2/",
        "/beheer/vragenlijst/zesde/1/",
    ],
)
def test_what_does_not_exist_is_not_found(client, wave, path):
    assert client.get(path).status_code == 404


# --- The list ------------------------------------------------------------------------------------


def test_without_a_questionnaire_the_list_says_how_to_get_one(client):
    page = read(client, WAVES)
    assert "Er is nog geen meting." in page
    assert "Er is nog geen vragenlijst." in page
    assert '<a href="/beheer/vragenlijsten/">Vragenlijsten</a>' in page
    assert PLAN not in page


def test_the_list_shows_every_wave_with_its_dates_and_version(client, wave):
    page = read(client, WAVES)
    for text in ("Proefmeting", WAVE, "gepland", "1 februari 2022 tot en met 1 maart 2022", "1 januari 2022"):
        assert text in page
    assert "Proef, versie 1" in page
    assert PLAN in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number_of_waves(
    client, version, number, django_assert_num_queries
):
    for position in range(number):
        plan(version, code=f"proef-{position}")
        publish_definition(replace(read_every_kind(), survey=f"ander-{position}"))
    read(client, WAVES)
    with django_assert_num_queries(11):
        read(client, WAVES)


# --- Planning ------------------------------------------------------------------------------------


def test_planning_a_wave(client, version):
    assert "Meting plannen" in read(client, PLAN)
    response = client.post(PLAN, {**FORM, "version": version.pk})
    assert response.url == "/beheer/meting/tweede/"
    wave = Wave.objects.get()
    assert (wave.title, wave.code, wave.version) == ("Tweede meting", "tweede", version)
    assert (wave.reference_date, wave.opens_on, wave.closes_on) == (
        date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
    )  # fmt: skip
    assert (wave.preferably_before, wave.previous) == (date(2026, 2, 15), None)
    page = read(client, response.url)
    assert "1 februari 2026 tot en met 1 maart 2026, graag voor 15 februari 2026" in page
    assert "342 gemeenten met" in page
    assert "Meting gepland door Noor Bakker" in page


def test_a_wave_can_follow_an_earlier_one(client, wave):
    response = client.post(PLAN, {**FORM, "version": wave.version.pk, "previous": wave.pk})
    assert Wave.objects.get(code="tweede").previous == wave
    assert f'href="{WAVE}">Proefmeting</a>' in read(client, response.url)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"preferably_before": "02-03-2026"},
            "De dag bij “graag voor” ligt niet tussen de eerste en de laatste dag.",
        ),
        ({"reference_date": "01-01-1990"}, "Over gemeenten in 1990 hebben wij geen gegevens"),
        ({"closes_on": "31-01-2026"}, "De laatste dag ligt voor de eerste dag."),
        ({"code": "proef"}, "Er is al een meting met de sleutel 'proef'."),
        ({"code": "met spatie"}, "Gebruik alleen letters, cijfers, - en _, zonder spaties."),
        ({"opens_on": "morgen"}, "Vul een datum in als 31-12-2026."),
        ({"version": "999"}, "Selecteer een geldige keuze"),
        ({"title": ""}, "Dit is een verplicht veld."),
    ],
)
def test_a_plan_that_does_not_hold_comes_back_with_a_message_and_what_was_typed(
    client, wave, changes, message
):
    data = {**FORM, "version": wave.version.pk, **changes}
    response = client.post(PLAN, data)
    assert response.status_code == 422
    page = response.content.decode()
    assert escape(message) in page
    for name in set(data) - {"version"}:
        assert f'value="{data[name]}"' in page or not data[name]
    assert Wave.objects.count() == 1


# --- One wave ------------------------------------------------------------------------------------


def test_a_wave_shows_whom_it_asks(client, wave):
    page = read(client, WAVE)
    assert "345 gemeenten met 17.590.672 inwoners, in 42 jeugdregio" in page
    assert VERSION in page
    assert "Nog niet openbaar" in page


@pytest.mark.parametrize(
    ("steps", "offered"),
    [
        ([], {"openen", "laatste-dag"}),
        ([open_wave], {"sluiten", "laatste-dag"}),
        ([open_wave, close_wave], {"openen", "laatste-dag"}),
        ([open_wave, close_wave, publish_results], set()),
    ],
)
def test_only_steps_that_fit_are_offered(client, wave, steps, offered):
    for step in steps:
        step(wave)
    page = read(client, WAVE)
    assert {path for path in STEPS if f'href="{path}"' in page} == {f"{WAVE}{step}/" for step in offered}


def test_a_wave_goes_through_all_its_steps(client, wave):
    for step, outcome in (
        ("openen", "Proefmeting is open."),
        ("sluiten", "Proefmeting is gesloten."),
    ):
        path = f"{WAVE}{step}/"
        assert "Proefmeting" in read(client, path)
        response = client.post(path, follow=True)
        assert response.redirect_chain == [(WAVE, 302)]
        assert outcome in response.content.decode()
    wave.refresh_from_db()
    assert wave.status == Wave.Status.CLOSED


def test_looking_at_a_step_does_not_take_it(client, wave):
    for path in STEPS:
        read(client, path)
    wave.refresh_from_db()
    assert wave.status == Wave.Status.PLANNED


def test_a_step_that_does_not_fit_any_more_comes_back_with_the_reason(client, wave):
    open_wave(wave)
    response = client.post(f"{WAVE}openen/")
    assert response.status_code == 422
    assert "Deze meting is al open." in response.content.decode()


def test_the_last_day_can_be_moved(client, wave):
    path = f"{WAVE}laatste-dag/"
    assert 'value="01-03-2022"' in read(client, path)
    assert client.post(path, {"closes_on": "15-03-2022", "preferably_before": "10-03-2022"}).url == WAVE
    wave.refresh_from_db()
    assert (wave.closes_on, wave.preferably_before) == (date(2022, 3, 15), date(2022, 3, 10))
    assert 'value="10-03-2022"' in read(client, path)
    assert client.post(path, {"closes_on": "15-03-2022", "preferably_before": ""}).url == WAVE
    wave.refresh_from_db()
    assert wave.preferably_before is None
    assert (
        "De laatste dag ligt voor de eerste dag."
        in client.post(path, {"closes_on": "01-01-2022"}).content.decode()
    )


# --- What was published --------------------------------------------------------------------------


def test_a_version_is_read_with_its_routes_and_limits_in_words(client, version):
    page = read(client, VERSION)
    for text in (
        "Doet u mee?",
        "één keuze, verplicht",
        "Anders, namelijk, met een tekstveld",
        "Alleen na “Ja” of “Anders, namelijk” bij de vraag “Doet u mee?”",
        "Manier: hoe u het doet.",
        "Vul een getal in van 0,5 tot en met 500. Gebruik hoogstens 1 cijfer achter de komma. Eenheid: fte.",
        "Vul een jaar in van 2000 tot en met 2030.",
        "Ook mogelijk: weet ik niet, niet van toepassing, wil ik niet zeggen",
        "De inhoud klopt met het controlegetal",
    ):
        assert escape(text) in page


def test_a_version_shows_per_question_how_it_changed(client, version):
    assert "Veranderd sinds de vorige versie" not in read(client, VERSION)
    newer = publish_next(version)
    page = read(client, f"/beheer/vragenlijst/proef/{newer.number}/")
    for text in (
        "Veranderd sinds de vorige versie",
        "<strong>verduidelijkt</strong>",
        "Het antwoord “Anders, namelijk” is weg.",
        "<strong>andere betekenis</strong> (trendbreuk: uitkomsten zijn niet te vergelijken met die van eerder)",
        "De vraag volgt op “Doet u mee?”, en die is niet meer dezelfde vraag.",
        "<strong>vervallen</strong>",
    ):
        assert text in page


def test_a_version_that_was_edited_in_the_database_says_so(client, version):
    Option.objects.filter(code="nee").update(text="Nooit")
    assert "De inhoud klopt niet met het controlegetal" in read(client, VERSION)


def test_the_admin_offers_no_way_to_change_what_was_published(client, version):
    assert "<form" not in read(client, VERSION).partition('class="beheer-heading"')[2]
    assert client.post(VERSION).status_code == 405
