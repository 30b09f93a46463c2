import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.log_actions import registry

from surveys.accounts.models import Person
from surveys.demo.models import DemoWorld
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Response
from tests.responses.factories import COMPLETE, MEMBER, REGION, STRANGER, make_response, make_wave

pytestmark = pytest.mark.django_db

HOME = "/beheer/"


def sign_in(client, *permissions):
    """Somebody in the administration with just these permissions."""
    person = Person.objects.create_user("onderzoeker@voorbeeld.example", first_name="Otto")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    client.force_login(person)
    return person


def read_messages(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def submitted():
    response = make_response(make_wave(), MEMBER, answers=COMPLETE)
    return submit_response(response, by=None)


def test_the_overview_shows_the_open_wave(client, submitted):
    sign_in(client, "watch_responses")
    make_response(submitted.wave, STRANGER)

    page = client.get(reverse("fieldwork:start")).content.decode()

    assert "Proefmeting" in page
    assert "1 van 342 gemeenten" in page
    assert reverse("fieldwork:response", args=["proef", MEMBER]) in page
    assert "Gemeente Zaanstad" in page


def test_without_waves_the_overview_says_so(client):
    sign_in(client, "watch_responses")

    assert "Er is nog geen meting" in client.get(reverse("fieldwork:start")).content.decode()


def test_a_wave_can_be_chosen(client):
    make_wave()
    close_wave(make_wave(code="oud"))
    sign_in(client, "watch_responses")

    chosen = client.get(reverse("fieldwork:start"), {"meting": "oud"})

    assert chosen.url == reverse("fieldwork:overview", args=["oud"])
    assert "gesloten" in client.get(chosen.url).content.decode()


@pytest.mark.parametrize("organisations", [[MEMBER], [MEMBER, REGION, STRANGER]])
def test_the_overview_page_takes_a_fixed_number_of_queries(client, django_assert_num_queries, organisations):
    wave = make_wave()
    for code in organisations:
        make_response(wave, code)
    sign_in(client, "watch_responses")
    url = reverse("fieldwork:overview", args=["proef"])
    client.get(url)

    with django_assert_num_queries(29):
        client.get(url)


@pytest.mark.parametrize(
    "url",
    [
        "/beheer/respons/weg/",
        "/beheer/respons/?meting=weg",
        "/beheer/respons/?meting=%00",
        f"/beheer/respons/weg/{MEMBER}/",
    ],
)
def test_what_does_not_exist_is_a_404(client, submitted, url):
    sign_in(client, "watch_responses", "reopen_response", "exclude_response")

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["response", "reopen", "exclude"])
def test_an_organisation_without_response_is_a_404(client, submitted, name):
    sign_in(client, "watch_responses", "reopen_response", "exclude_response")
    url = reverse(f"fieldwork:{name}", args=["proef", STRANGER])

    assert client.get(url).status_code == 404
    assert client.post(url, {"reason": "x"}).status_code == (405 if name == "response" else 404)


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("start", {"watch_responses"}),
        ("overview", {"watch_responses"}),
        ("response", {"watch_responses"}),
        ("reopen", {"watch_responses", "reopen_response"}),
        ("exclude", {"watch_responses", "exclude_response"}),
    ],
)
def test_every_screen_needs_its_permissions(client, submitted, name, needed):
    every = {"watch_responses", "reopen_response", "exclude_response"}
    url = reverse(f"fieldwork:{name}", args=["proef", MEMBER][: {"start": 0, "overview": 1}.get(name, 2)])
    person = sign_in(client, *needed)
    assert client.get(url).status_code == 200

    for permission in needed:
        person.user_permissions.set(
            Permission.objects.filter(codename__in=["access_admin", *(every - {permission})])
        )
        for answer in (client.get(url), client.post(url, {"reason": "Zomaar"})):
            assert (answer.status_code, answer.url) == (302, HOME)
    submitted.refresh_from_db()
    assert submitted.status == Response.Status.SUBMITTED


def test_reading_answers_leaves_a_line_in_the_log(client, submitted):
    person = sign_in(client, "watch_responses")

    page = client.get(reverse("fieldwork:response", args=["proef", MEMBER])).content.decode()

    assert "Vraag beperkt?" in page
    assert "Nee" in page
    assert submitted.receipt_code in page
    line = registry.get_logs_for_instance(submitted).get(action="fieldwork.read")
    assert (line.user, line.data) == (person, {})


def test_buttons_are_there_only_for_who_may_use_them(client, submitted):
    person = sign_in(client, "watch_responses")
    url = reverse("fieldwork:response", args=["proef", MEMBER])
    reopen, exclude = f"{url}heropenen/", f"{url}buiten-beschouwing/"
    page = client.get(url).content.decode()
    assert reopen not in page
    assert exclude not in page

    person.user_permissions.add(
        *Permission.objects.filter(codename__in=["reopen_response", "exclude_response"])
    )

    page = client.get(url).content.decode()
    assert reopen in page
    assert exclude in page


def test_a_response_in_a_closed_wave_has_no_button_to_reopen(client, submitted):
    close_wave(submitted.wave)
    sign_in(client, "watch_responses", "reopen_response")
    url = reverse("fieldwork:response", args=["proef", MEMBER])

    page = client.get(url).content.decode()

    assert f"{url}heropenen/" not in page
    assert "Heropenen kan alleen zolang de meting open is." in page


def test_reopening_asks_for_a_reason_and_gives_the_response_back(client, submitted):
    sign_in(client, "watch_responses", "reopen_response")
    url = reverse("fieldwork:reopen", args=["proef", MEMBER])
    refused = client.post(url, {"reason": " "})
    assert "Vul een reden in." in refused.content.decode()
    submitted.refresh_from_db()
    assert submitted.status == Response.Status.SUBMITTED

    done = client.post(url, {"reason": "Een getal klopte niet"})

    assert done.url == reverse("fieldwork:response", args=["proef", MEMBER])
    submitted.refresh_from_db()
    assert submitted.status == Response.Status.DRAFT
    page = client.get(done.url).content.decode()
    assert "is heropend" in page
    assert "Een getal klopte niet" in page


def test_excluding_keeps_the_answers_and_says_why(client, submitted):
    sign_in(client, "watch_responses", "exclude_response")

    done = client.post(reverse("fieldwork:exclude", args=["proef", MEMBER]), {"reason": "Proefinvulling"})

    submitted.refresh_from_db()
    assert submitted.status == Response.Status.EXCLUDED
    assert submitted.answers.count() == len(COMPLETE)
    page = client.get(done.url).content.decode()
    assert "telt niet meer mee" in page
    assert "Reden: Proefinvulling" in page


def test_doing_it_twice_is_refused_in_words(client, submitted):
    sign_in(client, "watch_responses", "exclude_response")
    url = reverse("fieldwork:exclude", args=["proef", MEMBER])
    client.post(url, {"reason": "Een keer"})

    again = client.post(url, {"reason": "Nog een keer"})

    assert again.status_code == 422
    assert "Deze reactie blijft al buiten beschouwing." in again.content.decode()
    assert "Nog een keer</textarea>" in again.content.decode()
    submitted.refresh_from_db()
    assert submitted.exclusion_reason == "Een keer"


def test_a_reason_that_is_too_long_is_refused_and_stays(client, submitted):
    sign_in(client, "watch_responses", "exclude_response")
    reason = "x" * 301

    page = client.post(
        reverse("fieldwork:exclude", args=["proef", MEMBER]), {"reason": reason}
    ).content.decode()

    assert reason in page
    assert "300" in page


def test_the_menu_shows_the_screen_to_who_may_see_it(client):
    person = sign_in(client)
    assert reverse("fieldwork:start") not in client.get(HOME).content.decode()

    person.user_permissions.add(Permission.objects.get(codename="watch_responses"))

    assert reverse("fieldwork:start") in client.get(HOME).content.decode()


def test_every_page_of_the_administration_says_that_the_answers_are_invented(client):
    sign_in(client, "watch_responses", "download_results")
    pages = [HOME, reverse("fieldwork:start"), reverse("downloads:request"), reverse("wagtailadmin_account")]
    assert all("demo-banner" not in client.get(url).content.decode() for url in pages)

    DemoWorld.objects.create(seed=1)

    assert all("demo-banner" in client.get(url).content.decode() for url in pages)
