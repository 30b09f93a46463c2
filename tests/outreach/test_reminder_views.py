"""The screens for reminding: the plan, what goes on which day to whom, and the mail itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from surveys.outreach.lifecycle.reminder_plan import add_step, adopt_default_plan
from surveys.outreach.models import Mailing, ReminderSkip, ReminderStep
from surveys.outreach.tasks import send_batch
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.submission import submit_response
from tests.fieldwork.test_views import sign_in
from tests.outreach.factories import ADDRESS, invite, make_contact, make_contacts
from tests.outreach.reminders import FINISH, START
from tests.outreach.test_views import post, read_page
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    STRANGER,
    make_person,
    make_response,
    make_wave,
)

pytestmark = pytest.mark.django_db
PLAN = "/beheer/uitnodigen/proef/herinneren/"
FORECAST = f"{PLAN}vooruitblik/"
ROW = {"days_before": "7", "deadline": "hard", "audience": "not_started", "purpose": "reminder_start"}


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings, monkeypatch):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(send_batch, "delay", lambda mailing_id: None)


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch):
    """Today's run is over, whatever the time is where the tests run; the clock goes on."""
    now = timezone.now
    shift = timezone.localtime().replace(hour=14) - timezone.localtime()
    monkeypatch.setattr(timezone, "now", lambda: now() + shift)


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def rita(client, wave):
    return sign_in(client, "invite_organisations")


def test_a_wave_without_a_plan_reminds_nobody_until_somebody_takes_one_over(client, rita, wave):
    invite(wave, make_contact(wave))
    assert "Er is nog geen plan" in read_page(client, PLAN)
    assert "geen herinneringen" in read_page(client, FORECAST)
    assert "standaardplan geldt nu" in post(client, f"{PLAN}standaard/")
    assert "al een herinneringsplan" in post(client, f"{PLAN}standaard/")
    page = read_page(client, PLAN)
    assert "24 december 2099" in page
    assert "geen dag" in page  # this wave has no soft deadline


def test_add_change_and_remove_a_reminder(client, rita, wave):
    assert "staat in het plan" in post(client, f"{PLAN}toevoegen/", {**ROW, "is_active": "on"})
    step = ReminderStep.objects.get()
    assert (step.days_before, step.is_active, step.edited_by) == (7, True, rita)
    assert "op die dag" in client.post(f"{PLAN}toevoegen/", ROW).content.decode()
    assert 'value="7"' in read_page(client, f"{PLAN}{step.pk}/")
    assert "gewijzigd" in post(client, f"{PLAN}{step.pk}/", {**ROW, "days_before": "3"})
    step.refresh_from_db()
    assert (step.days_before, step.is_active) == (3, False)
    read_page(client, f"{PLAN}{step.pk}/weghalen/")
    assert "niet meer in het plan" in post(client, f"{PLAN}{step.pk}/weghalen/")
    assert not ReminderStep.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"days_before": "-1"}, "Vul een aantal dagen in"),
        ({"days_before": "91"}, "Vul een aantal dagen in"),
        ({"days_before": "x"}, "Vul een aantal dagen in"),
        ({"deadline": "x"}, "Kies één van deze mogelijkheden"),
        ({"audience": ""}, "Kies één van deze mogelijkheden"),
    ],
)
def test_a_row_that_makes_no_sense_is_asked_again(client, rita, wave, wrong, hint):
    answer = client.post(f"{PLAN}toevoegen/", {**ROW, **wrong})
    assert answer.status_code == 422
    assert hint in answer.content.decode()
    assert not ReminderStep.objects.exists()


def test_the_forecast_says_who_gets_what_and_who_does_not_and_why(client, rita, wave):
    invite(wave, make_contact(wave))
    make_contact(wave, OTHER_MEMBER, email="ander@gemeente.example")
    submit_response(make_response(wave, STRANGER, answers=COMPLETE), by=None)
    step = add_step(wave, START)

    page = read_page(client, FORECAST, zoek="Leiden", wie="krijgt")
    assert ADDRESS in page
    assert f"{PLAN}{step.pk}/voorbeeld/{MEMBER}/" in page
    assert "nog geen uitnodiging gekregen" in read_page(client, FORECAST, zoek=OTHER_MEMBER)
    assert "Heeft de vragenlijst ingediend" in read_page(client, FORECAST, zoek=STRANGER, wie="krijgt-niet")
    assert "geen organisatie die hierbij past" in read_page(client, FORECAST, zoek=STRANGER, wie="krijgt")
    assert "krijgt een mail (1)" in page
    for strange in ({"dag": "2099-02-31"}, {"dag": "x", "p": "x", "wie": "x"}, {"zoek": "x" * 500}):
        read_page(client, FORECAST, **strange)


def test_the_forecast_is_paged_and_goes_by_day(client, rita, wave):
    adopt_default_plan(wave)
    make_person("Ans", organisation=MEMBER)
    make_response(wave, MEMBER)
    first, second = read_page(client, FORECAST), read_page(client, FORECAST, p="2")
    assert first.count("Overslaan<") == second.count("Overslaan<") == 50
    assert "24 december 2099" in first
    assert "24 december 2099" in read_page(client, FORECAST, dag="2099-12-24", zoek="Leiden")


@pytest.mark.parametrize("number", [1, 3])
def test_the_screens_take_a_fixed_number_of_queries(client, rita, wave, django_assert_num_queries, number):
    invite(wave, *make_contacts(wave, number))
    for code in (MEMBER, OTHER_MEMBER, STRANGER)[:number]:
        make_response(wave, code)
        make_person(f"Ans{code}", organisation=code)
    add_step(wave, START)
    add_step(wave, FINISH)
    for url, queries in ((PLAN, 24), (FORECAST, 24)):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


def test_the_preview_is_the_very_mail(client, rita, wave):
    make_person("Ans", organisation=MEMBER)
    make_response(wave, MEMBER)
    step = add_step(wave, FINISH)
    page = read_page(client, f"{PLAN}{step.pk}/voorbeeld/{MEMBER}/")
    assert "ans@voorbeeld.example" in page
    assert "Onderdeel toegang: 1 vraag" in page
    assert f"http://localhost:8000/invullen/proef/{MEMBER}/" in page
    submit_response(make_response(wave, OTHER_MEMBER, answers=COMPLETE), by=None)
    other = read_page(client, f"{PLAN}{step.pk}/voorbeeld/{OTHER_MEMBER}/")
    assert "Deze organisatie krijgt geen herinnering. Heeft de vragenlijst ingediend." in other
    assert client.get(f"{PLAN}{step.pk}/voorbeeld/GM9999/").status_code == 404


def test_skip_one_organisation_and_take_it_along_again(client, rita, wave):
    invite(wave, make_contact(wave))
    step = add_step(wave, START)
    skip = f"{PLAN}overslaan/{MEMBER}/"
    assert "Alle herinneringen van deze meting" in read_page(client, skip)
    assert client.post(skip, {"step": "999"}).status_code == 422
    assert "wordt overgeslagen" in post(client, skip, {"step": str(step.pk), "reason": "Belt terug"})
    assert "slaat deze herinnering over" in read_page(client, FORECAST, zoek=MEMBER)
    assert "wordt overgeslagen" in post(client, skip, {"step": ""})
    assert "slaat deze organisatie over" in read_page(client, FORECAST, zoek=MEMBER)
    assert "weer herinneringen" in post(client, f"{PLAN}meenemen/{MEMBER}/")
    assert not ReminderSkip.objects.exists()
    assert ADDRESS in read_page(client, FORECAST, zoek=MEMBER)


def test_send_a_reminder_now(client, rita, wave):
    make_person("Ans", organisation=MEMBER)
    make_response(wave, MEMBER)
    step = add_step(wave, FINISH)
    url = f"{PLAN}{step.pk}/versturen/"
    assert "Aantal organisaties dat deze nu krijgt: 1. Aantal mails: 1." in read_page(client, url)
    assert post(client, url) == "De herinnering wordt verstuurd. Aantal mails: 1."
    mailing = Mailing.objects.get()
    assert (mailing.status, mailing.started_by) == ("sending", rita)
    assert "Niemand krijgt deze herinnering nu" in client.post(url).content.decode()


def test_a_closed_wave_sends_nothing(client, rita, wave):
    step = add_step(wave, START)
    close_wave(wave)
    assert "gesloten" in client.post(f"{PLAN}{step.pk}/versturen/").content.decode()
    assert "geen herinneringen" in read_page(client, FORECAST)


def test_a_reminder_of_another_wave_does_not_exist_here(client, rita, wave):
    step = add_step(make_wave(code="ander"), START)
    for page in ("", "weghalen/", "versturen/", f"voorbeeld/{MEMBER}/"):
        assert client.get(f"{PLAN}{step.pk}/{page}").status_code == 404


def test_what_was_missed_today_stands_with_the_next_run(client, rita):
    today = localdate()
    wave = make_wave(code="kort", closes_on=today + timedelta(days=7))
    invite(wave, make_contact(wave))
    add_step(wave, START)
    page = read_page(client, "/beheer/uitnodigen/kort/herinneren/vooruitblik/", wie="krijgt")
    assert ADDRESS in page


def test_without_the_permission_nothing_opens(client, wave):
    step = add_step(wave, START)
    sign_in(client, "watch_responses")
    for page in ("", "vooruitblik/", f"{step.pk}/versturen/", f"overslaan/{MEMBER}/"):
        assert client.get(f"{PLAN}{page}").url == "/beheer/"
    assert client.post(f"{PLAN}{step.pk}/versturen/").url == "/beheer/"
    assert not Mailing.objects.exists()
