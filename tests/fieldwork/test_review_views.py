"""The screens of a reviewer: what is left to do, a verdict, what stands out."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse

from surveys.accounts.models import Organisation
from surveys.fieldwork.models import Review, SeenFlag
from surveys.fieldwork.review_queries import list_flags
from surveys.responses.lifecycle.clarifications import ask_clarification
from surveys.responses.lifecycle.reopening import request_reopening
from surveys.responses.lifecycle.submission import reopen_response, submit_response
from surveys.responses.models import Response
from tests.fieldwork.reviews import EVERYTHING, accept, find_checksum, make_reviewer, make_submitted
from tests.responses.factories import MEMBER, NOW, STRANGER
from tests.responses.regions import make_region_response

pytestmark = pytest.mark.django_db

HOME = "/beheer/"
WORK_LIST = "/beheer/respons/proef/te-doen/"
REVIEWS = "/beheer/respons/proef/beoordeling/"
RESPONSE = f"/beheer/respons/proef/{MEMBER}/"


@pytest.fixture
def submitted():
    return make_submitted()


@pytest.fixture
def otto(client, submitted):
    person = make_reviewer()
    client.force_login(person)
    return person


def read(client, url, **query):
    """The screen as somebody reads it, without tags."""
    response = client.get(url, query)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


# --- The lists ---


def test_the_work_list_says_what_waits_and_leads_there(client, otto, submitted):
    ask_clarification(submitted, question="poh", text="Zeker?", by=None)

    page = client.get(WORK_LIST).content.decode()

    assert f'href="{RESPONSE}"' in page
    assert f'href="{RESPONSE}#vragen-terug-section"' in page
    text = read(client, WORK_LIST)
    assert "Alles (2)" in text
    assert "Te beoordelen (1)" in text
    assert "Betwist antwoord (0)" in text


def test_the_work_list_can_be_narrowed_down(client, otto, submitted):
    make_submitted(submitted.wave, STRANGER)
    ask_clarification(submitted, question="poh", text="Zeker?", by=None)

    assert "Vraag poh?" not in read(client, WORK_LIST, soort="beoordelen")
    only = read(client, WORK_LIST, organisatie="zaanST")
    assert "Gemeente Zaanstad" in only
    assert "Alles (1)" in only
    assert "Vraag poh?" not in only
    assert "met deze keuze" in read(client, WORK_LIST, organisatie="Nergens")


def test_with_nothing_to_do_it_says_so(client, otto, submitted):
    accept(submitted)

    assert "Er is niets te doen." in read(client, WORK_LIST)


@pytest.mark.parametrize("query", ["soort=weg", "p=weg", "p=99", "p=-1", "organisatie=%00", "stand=weg"])
@pytest.mark.parametrize("url", [WORK_LIST, REVIEWS])
def test_a_strange_address_is_no_error(client, otto, url, query):
    assert client.get(f"{url}?{query}").status_code == 200


def test_the_review_list_shows_the_state_of_every_response(client, otto, submitted):
    accept(submitted, by=otto)
    make_submitted(submitted.wave, STRANGER)

    everything = read(client, REVIEWS)
    assert "Geaccepteerd (1)" in everything
    assert "Te beoordelen (1)" in everything
    accepted = read(client, REVIEWS, stand="accepted")
    assert "Otto" in accepted
    assert "Zaanstad" not in accepted


def test_long_lists_come_in_pages(client, otto, submitted):
    codes = Organisation.objects.filter(kind="municipality").exclude(pk=MEMBER).order_by("pk")[:50]
    Response.objects.bulk_create(
        Response(
            wave=submitted.wave,
            version=submitted.version,
            organisation=organisation,
            started_at=NOW,
            status=Response.Status.WITHDRAWN,
        )
        for organisation in codes
    )

    assert "Pagina 1 van 2" in read(client, REVIEWS)
    assert read(client, REVIEWS, p=2).count("ingetrokken") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_take_a_fixed_number_of_queries(client, otto, submitted, django_assert_num_queries, number):
    codes = [MEMBER, STRANGER, "GM0014"][:number]
    for code in codes[1:]:
        make_submitted(submitted.wave, code)
    for response in Response.objects.all():
        ask_clarification(response, question="poh", text="Zeker?", by=None)
        request_reopening(response, by=None, reason="Nog iets.")
    client.get(WORK_LIST)
    client.get(REVIEWS)

    with django_assert_num_queries(27):
        client.get(WORK_LIST)
    with django_assert_num_queries(13):
        client.get(REVIEWS)


# --- The verdict ---


def test_accepting_names_the_submission_and_what_is_still_open(client, otto, submitted):
    ask_clarification(submitted, question="poh", text="Zeker?", by=None)

    page = read(client, f"{RESPONSE}accepteren/")

    assert find_checksum(submitted) in page
    assert "Er staat nog iets open: 1 vraag terug." in page


def test_accepting_is_two_clicks_and_stays_visible(client, otto, submitted):
    form = client.get(f"{RESPONSE}accepteren/").content.decode()
    assert f'value="{find_checksum(submitted)}"' in form

    done = client.post(
        f"{RESPONSE}accepteren/", {"checksum": find_checksum(submitted), "note": "Gebeld."}, follow=True
    )

    assert "is geaccepteerd" in done.content.decode()
    text = read(client, RESPONSE)
    assert "Beoordeling: geaccepteerd ( Otto" in text or "Beoordeling: geaccepteerd (Otto" in text
    assert "Geaccepteerd: Gebeld." in text
    assert f"{RESPONSE}accepteren/" not in client.get(RESPONSE).content.decode()


def test_what_came_in_meanwhile_is_not_accepted_unread(client, otto, submitted):
    read_checksum = find_checksum(submitted)
    reopen_response(submitted, by=None, reason="Aanvullen")
    submit_response(submitted, by=None)

    refused = client.post(f"{RESPONSE}accepteren/", {"checksum": read_checksum, "note": "Gebeld."})

    assert refused.status_code == 422
    assert not Review.objects.exists()
    page = BeautifulSoup(refused.content, "html.parser")
    assert "intussen opnieuw ingediend" in page.get_text()
    assert page.find("textarea", attrs={"name": "note"}).get_text(strip=True) == "Gebeld."
    # From here on the verdict is about what the page names.
    assert page.find("input", attrs={"name": "checksum"})["value"] == find_checksum(submitted)
    assert find_checksum(submitted) in page.find("main").get_text()


def test_what_came_in_while_a_reason_was_forgotten_is_not_sent_back_unread(client, otto, submitted):
    read_checksum = find_checksum(submitted)
    reopen_response(submitted, by=None, reason="Aanvullen")
    submit_response(submitted, by=None)

    refused = client.post(f"{RESPONSE}terugsturen/", {"checksum": read_checksum, "reason": ""})

    page = BeautifulSoup(refused.content, "html.parser")
    assert page.find("input", attrs={"name": "checksum"})["value"] == read_checksum


def test_sending_back_asks_what_to_look_at(client, otto, submitted):
    url = f"{RESPONSE}terugsturen/"
    refused = client.post(url, {"checksum": find_checksum(submitted), "reason": " "})
    assert "Schrijf op wat de organisatie moet nakijken." in refused.content.decode()

    done = client.post(
        url, {"checksum": find_checksum(submitted), "reason": "Kijk de kosten na."}, follow=True
    )

    assert "krijgen een e-mail" in done.content.decode()
    text = read(client, RESPONSE)
    assert "Beoordeling: teruggestuurd" in text
    assert "Teruggestuurd: Kijk de kosten na." in text
    assert "Er is niets terug te sturen." in read(client, url)


def test_who_may_send_back_has_no_second_button_that_tells_nobody_why(client, otto, submitted):
    page = client.get(RESPONSE).content.decode()
    assert f"{RESPONSE}terugsturen/" in page
    assert f"{RESPONSE}heropenen/" not in page


# --- What stands out ---


@pytest.fixture
def flagged(submitted):
    """Its region answered for it too."""
    submit_response(make_region_response(submitted.wave), by=None, at=NOW)
    (raised,) = list_flags(submitted)
    return raised.flag


def describe(flag, **changes):
    """What the button sends."""
    return {
        "kind": flag.kind.value,
        "question": flag.place.question,
        "row": flag.place.row,
        "column": flag.place.column,
        "municipality": flag.place.municipality,
        "arose_at": flag.arose_at.isoformat(),
        "note": "Klopt zo.",
    } | changes


def test_a_flag_is_seen_with_a_note(client, otto, flagged):
    page = client.get(RESPONSE).content.decode()
    for name, value in describe(flagged).items():
        assert name == "note" or f'name="{name}" value="{value}"' in page

    done = client.post(f"{RESPONSE}signaal-gezien/", describe(flagged))

    assert done.url == f"{RESPONSE}#signalen-section"
    text = read(client, RESPONSE)
    assert "Gezien door Otto" in text
    assert "Klopt zo." in text
    assert "Dubbel antwoord (0)" in read(client, WORK_LIST)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"arose_at": "2020-01-01T00:00:00+00:00"}, "Het antwoord is intussen veranderd. Kijk nog eens."),
        ({"arose_at": "2020-01-01"}, "Het antwoord is intussen veranderd. Kijk nog eens."),
        ({"arose_at": "weg"}, "Dit kwam niet goed aan."),
        ({"note": "x" * 501}, "Een notitie is hoogstens 500 tekens lang."),
    ],
)
def test_a_flag_that_nobody_saw_like_that_is_not_marked(client, otto, flagged, changes, message):
    done = client.post(f"{RESPONSE}signaal-gezien/", describe(flagged, **changes), follow=True)

    assert message in done.content.decode()
    assert not SeenFlag.objects.exists()


@pytest.mark.parametrize("changes", [{"kind": "history"}, {"municipality": "GM0001"}])
def test_a_flag_that_there_is_not_is_a_404(client, otto, flagged, changes):
    assert client.post(f"{RESPONSE}signaal-gezien/", describe(flagged, **changes)).status_code == 404


# --- Who may ---


@pytest.mark.parametrize("name", ["work_list", "reviews", "compare"])
def test_who_watches_may_read_along(client, submitted, name):
    client.force_login(make_reviewer("watch_responses"))
    args = ["proef", MEMBER] if name == "compare" else ["proef"]
    assert client.get(reverse(f"fieldwork:{name}", args=args)).status_code == 200
    page = client.get(RESPONSE).content.decode()
    for button in ("accepteren", "terugsturen", "corrigeren", "signaal-gezien"):
        assert f"{RESPONSE}{button}/" not in page


@pytest.mark.parametrize("screen", ["accepteren/", "terugsturen/", "signaal-gezien/", "corrigeren/poh/"])
def test_only_a_reviewer_may_decide(client, flagged, submitted, screen):
    person = make_reviewer()
    client.force_login(person)
    for missing in ("review_responses", "watch_responses"):
        person.user_permissions.set(
            Permission.objects.filter(codename__in={"access_admin", *EVERYTHING} - {missing})
        )
        body = describe(flagged) | {"checksum": find_checksum(submitted), "reason": "Zomaar"}
        for answer in (client.get(RESPONSE + screen), client.post(RESPONSE + screen, body)):
            assert (answer.status_code, answer.url) == (302, HOME)
    assert not Review.objects.exists()
    assert not SeenFlag.objects.exists()
    submitted.refresh_from_db()
    assert submitted.status == Response.Status.SUBMITTED
