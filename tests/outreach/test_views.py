"""The screens under /beheer/uitnodigen/: who is invited, and sending."""

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.urls import reverse

from surveys.outreach.models import Contact, Mailing, Message
from surveys.outreach.sending import send_some
from surveys.outreach.tasks import send_batch
from surveys.questionnaire.lifecycle import close_wave
from tests.fieldwork.test_views import sign_in
from tests.outreach.factories import ADDRESS, draw_up, invite, make_contact, make_contacts, start
from tests.responses.factories import MEMBER, OTHER_MEMBER, STRANGER, make_person, make_response, make_wave

pytestmark = pytest.mark.django_db
OVERVIEW = "/beheer/uitnodigen/proef/"


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def rita(client, wave):
    return sign_in(client, "invite_organisations")


@pytest.fixture
def queued(monkeypatch):
    """The mailings that a worker is set to, instead of setting one."""
    mailings = []
    monkeypatch.setattr(send_batch, "delay", mailings.append)
    return mailings


def read_page(client, url, **query):
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, url, data=None):
    """What the page says after pressing a button."""
    answer = client.post(url, data or {})
    assert answer.status_code == 302, answer.content.decode()
    return [str(each).strip() for each in get_messages(answer.wsgi_request)][-1]


def test_without_a_wave_the_screen_says_so(client, db):
    sign_in(client, "invite_organisations")
    assert "Er is nog geen meting" in read_page(client, reverse("outreach:start"))


def test_the_screen_opens_with_the_open_wave(client, rita):
    close_wave(make_wave(code="oud"))
    assert client.get(reverse("outreach:start")).url == OVERVIEW
    assert client.get(reverse("outreach:start"), {"meting": "oud"}).url == "/beheer/uitnodigen/oud/"
    assert client.get(reverse("outreach:start"), {"meting": "x\x00"}).status_code == 404


def test_every_state_can_be_found(client, rita, wave):
    invite(wave, make_contact(wave))
    make_contact(wave, OTHER_MEMBER, email="nog@niet.example")
    make_response(wave, MEMBER)

    invited = read_page(client, OVERVIEW, stand="invited")
    assert "Gemeente Leiden" in invited
    assert "nog@niet.example" not in invited
    ready = read_page(client, OVERVIEW, stand="ready")
    assert "nog@niet.example" in ready
    assert ADDRESS not in ready
    assert ADDRESS in read_page(client, OVERVIEW, begonnen="begonnen")
    assert ADDRESS not in read_page(client, OVERVIEW, begonnen="niet-begonnen")
    assert "Gemeente Zaanstad" in read_page(client, OVERVIEW, zoek="zaan")
    assert "geen organisatie die hierbij past" in read_page(client, OVERVIEW, zoek="bestaat niet")
    assert "Gemeente" in read_page(client, OVERVIEW, stand="onzin", p="onzin")


def test_the_list_is_paged(client, rita):
    first, second = read_page(client, OVERVIEW), read_page(client, OVERVIEW, p="2")
    assert first.count("(contactpersoon van") == second.count("(contactpersoon van") == 50
    assert "Gemeente Aa en Hunze" in first
    assert "Gemeente Aa en Hunze" not in second


@pytest.mark.parametrize("number", [1, 3])
def test_the_screens_take_a_fixed_number_of_queries(client, rita, wave, django_assert_num_queries, number):
    mailing = invite(wave, *make_contacts(wave, number))
    for url, queries in (
        (OVERVIEW, 18),
        (f"{OVERVIEW}verzendingen/", 12),
        (f"{OVERVIEW}verzending/{mailing.pk}/", 14),
    ):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


def test_from_ticking_to_sent(client, rita, wave, queued, django_capture_on_commit_callbacks):
    make_contact(wave)
    make_contact(wave, OTHER_MEMBER, email="ander@gemeente.example")
    answer = client.post(f"{OVERVIEW}klaarzetten/", {"organisatie": [MEMBER, STRANGER]})
    mailing = Mailing.objects.get()
    assert answer.url == f"{OVERVIEW}verzending/{mailing.pk}/"
    page = read_page(client, answer.url)
    assert "Verstuur 1 mail<" in page
    assert "Vult u de vragenlijst in voor Gemeente Leiden?" in page
    assert mail.outbox == []

    with django_capture_on_commit_callbacks(execute=True):
        post(client, f"{answer.url}starten/")
    assert queued == [mailing.pk]
    assert client.get(f"{answer.url}stand/").json()["status"] == "running"
    send_some(mailing.pk)

    assert [each.to for each in mail.outbox] == [[ADDRESS]]
    state = client.get(f"{answer.url}stand/").json()
    assert (state["status"], state["progress"]) == ("done", 100)
    assert "verstuurd" in read_page(client, answer.url, stand="sent")


def test_everybody_who_was_not_invited_can_be_chosen_at_once(client, rita, wave):
    first, *rest = make_contacts(wave, 3)
    invite(wave, first)
    client.post(f"{OVERVIEW}klaarzetten/", {"alle": "ja"})
    drawn_up = Mailing.objects.get(status="draft")
    assert set(drawn_up.messages.values_list("contact", flat=True)) == {each.pk for each in rest}


def test_choosing_nobody_says_so(client, rita, wave):
    assert "ten minste één" in post(client, f"{OVERVIEW}klaarzetten/")
    assert "ten minste één" in post(client, f"{OVERVIEW}klaarzetten/", {"organisatie": ["GM9999", "x\x00"]})


def test_stop_go_on_and_throw_away(client, rita, wave, queued):
    mailing = start(wave, make_contact(wave))
    url = f"{OVERVIEW}verzending/{mailing.pk}/"
    assert "gestopt" in post(client, f"{url}stoppen/")
    assert "Gestopt op" in read_page(client, url)
    assert "Dit kan niet meer" in post(client, f"{url}weggooien/")
    assert "gaat verder" in post(client, f"{url}hervatten/")
    mailing.refresh_from_db()
    assert mailing.status == "sending"
    draft = draw_up(wave, make_contact(wave, OTHER_MEMBER))
    assert "weggegooid" in post(client, f"{OVERVIEW}verzending/{draft.pk}/weggooien/")
    assert list(Mailing.objects.all()) == [mailing]


def test_a_mailing_of_another_wave_does_not_exist_here(client, rita, wave):
    make_wave(code="ander")
    mailing = draw_up(wave, make_contact(wave))
    message = mailing.messages.get()
    assert client.get(f"/beheer/uitnodigen/ander/verzending/{mailing.pk}/").status_code == 404
    assert client.get(f"/beheer/uitnodigen/ander/mail/{message.pk}/").status_code == 404
    assert client.post(f"/beheer/uitnodigen/ander/verzending/{mailing.pk}/starten/").status_code == 404


def test_the_coordinators_we_know_become_contacts(client, rita, wave):
    make_person("Gerda", organisation=MEMBER)
    make_person("Lies", organisation=MEMBER, role="reader")
    make_person("Rob", organisation="GM0363", role="reader")
    assert "dit aantal organisaties: 1." in read_page(client, f"{OVERVIEW}overnemen/")
    assert post(client, f"{OVERVIEW}overnemen/") == "Contactpersonen overgenomen: 1."
    contact = Contact.objects.get()
    assert (contact.organisation_id, contact.email, contact.name) == (
        MEMBER,
        "gerda@voorbeeld.example",
        "Gerda",
    )


def test_without_the_permission_nothing_opens(client, wave):
    sign_in(client, "watch_responses")
    assert client.get(OVERVIEW).url == "/beheer/"
    assert client.post(f"{OVERVIEW}klaarzetten/").url == "/beheer/"
    assert not Message.objects.exists()
