"""Reminders as they leave: on which day, by whom they are stopped, and never twice."""

from datetime import date, timedelta

import pytest
from wagtail.log_actions import registry

from surveys.outreach import reminder_tasks
from surveys.outreach.default_plan import DEFAULT_PLAN, PlannedStep
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.lifecycle.reminder_plan import add_step, adopt_default_plan, change_step, remove_step
from surveys.outreach.lifecycle.reminding import send_step_now
from surveys.outreach.lifecycle.texts import edit_text
from surveys.outreach.models import Mailing, Message
from surveys.outreach.reminder_queries import find_next_run, load_candidates
from surveys.questionnaire.lifecycle import close_wave, move_deadline, plan_wave
from tests.outreach.factories import ADDRESS, invite, make_contact, make_contacts, read_invitation
from tests.outreach.reminders import CLOSES, DAY, FINISH, START, at, list_forecast, name_readers, remind
from tests.responses.factories import NOW, OTHER_MEMBER, make_person, make_response, make_wave
from tests.responses.regions import make_region_response

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave(closes_on=CLOSES)


def test_who_was_invited_and_did_not_start_is_reminded_once(wave):
    invite(wave, make_contact(wave))
    make_contact(wave, OTHER_MEMBER, email="nooit@uitgenodigd.example")
    add_step(wave, START)

    assert remind(DAY - timedelta(days=1)) == []
    (letter,) = remind()
    assert letter.to == [ADDRESS]
    assert letter.subject == "Herinnering: de vragenlijst van Gemeente Leiden"
    assert "U bent nog niet begonnen" in letter.body
    assert "- Onderdeel toegang: 1 vraag" in letter.body
    assert read_invitation()
    assert remind() == []
    assert remind(DAY + timedelta(days=1)) == []


def test_after_days_of_being_down_the_reminder_still_goes_once(wave):
    invite(wave, make_contact(wave))
    add_step(wave, START)
    add_step(wave, PlannedStep("hard", 6, "not_started", "reminder_last"))
    (letter,) = remind(DAY + timedelta(days=2))
    assert letter.subject.startswith("Laatste herinnering")
    assert remind(DAY + timedelta(days=3)) == []


def test_what_was_missed_for_too_long_does_not_go(wave):
    invite(wave, make_contact(wave))
    add_step(wave, START)
    assert remind(DAY + timedelta(days=4)) == []


def test_a_deadline_that_moves_takes_the_plan_along_and_nobody_is_reminded_twice(wave):
    first, second = make_contacts(wave, 2)
    invite(wave, first)
    add_step(wave, START)
    assert name_readers(remind()) == [first.email]

    move_deadline(wave, closes_on=CLOSES + timedelta(days=30), preferably_before=None)
    wave.refresh_from_db()
    invite(wave, second)
    assert remind() == []
    assert [plan.day for plan in list_forecast(wave)] == [DAY + timedelta(days=30)]
    assert name_readers(remind(DAY + timedelta(days=30))) == [second.email]


def test_a_reminder_before_the_soft_deadline_waits_until_there_is_one(wave):
    invite(wave, make_contact(wave))
    step = add_step(wave, PlannedStep("soft", 3, "not_started", "reminder_start"))
    assert step.day is None
    assert list_forecast(wave) == []
    move_deadline(wave, closes_on=CLOSES, preferably_before=date(2099, 12, 10))
    wave.refresh_from_db()
    assert [plan.day for plan in list_forecast(wave)] == [date(2099, 12, 7)]
    assert len(remind(date(2099, 12, 7))) == 1


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)])
def test_days_when_the_clock_changes_are_days(day):
    wave = make_wave(closes_on=day + timedelta(days=7))
    invite(wave, make_contact(wave))
    add_step(wave, START)
    assert remind(day - timedelta(days=1)) == []
    assert len(remind(day)) == 1
    assert find_next_run(at(day, 8)) == day
    assert find_next_run(at(day, 9)) == day + timedelta(days=1)


def test_one_address_gets_one_reminder_a_day_also_of_two_waves(wave):
    other = make_wave(code="ander", closes_on=CLOSES)
    for each in (wave, other):
        invite(each, make_contact(each))
        add_step(each, START)
    assert len(remind()) == 1
    assert len(remind()) == 0
    assert len(remind(DAY + timedelta(days=1))) == 1
    assert Mailing.objects.exclude(occasion="").count() == 2


def test_planned_and_closed_waves_remind_nobody(wave):
    invite(wave, make_contact(wave))
    step = add_step(wave, START)
    close_wave(wave)
    wave.refresh_from_db()
    assert remind() == []
    assert list_forecast(wave) == []
    with pytest.raises(OutreachRefused, match="gesloten"):
        send_step_now(step)
    planned = plan_wave(
        code="straks",
        title="Straks",
        version=wave.version,
        reference_date=wave.reference_date,
        opens_on=date(2099, 1, 1),
        closes_on=CLOSES,
    )
    adopt_default_plan(planned)
    make_contact(planned)
    assert remind() == []


def test_a_step_that_is_off_does_not_go(wave):
    invite(wave, make_contact(wave))
    step = add_step(wave, START)
    change_step(step, PlannedStep("hard", 7, "not_started", "reminder_start", is_active=False))
    assert remind() == []


def test_a_text_that_cannot_be_sent_keeps_no_other_reminder(wave, caplog):
    invite(wave, make_contact(wave))
    make_person("Ans", organisation=OTHER_MEMBER)
    make_response(wave, OTHER_MEMBER)
    add_step(wave, START)
    add_step(wave, FINISH)
    text = edit_text(wave, purpose="reminder_start", subject="Begin", body="Ga naar {link}.")
    text.body = "Ga naar {nergens}."
    text.save()
    assert name_readers(remind()) == ["ans@voorbeeld.example"]
    assert "was not sent" in caplog.text
    edit_text(wave, purpose="reminder_start", subject="Begin", body="Ga naar {link}.")
    assert name_readers(remind(DAY + timedelta(days=1))) == [ADDRESS]


def test_sending_now_is_sending_once(wave):
    invite(wave, make_contact(wave))
    Message.objects.update(claimed_at=NOW, sent_at=NOW)
    step = add_step(wave, START)
    rita = make_person("Rita")
    mailing = send_step_now(step, by=rita, at=at(DAY - timedelta(days=20)))
    assert (mailing.started_by, mailing.occasion) == (rita, step.occasion)
    with pytest.raises(OutreachRefused, match="Niemand krijgt"):
        send_step_now(step, by=rita, at=at(DAY - timedelta(days=20)))
    Message.objects.filter(mailing=mailing).update(status=Message.Status.SENT, sent_at=NOW)
    assert remind() == []


def test_the_daily_task_works_in_office_hours_only(wave, monkeypatch):
    invite(wave, make_contact(wave))
    add_step(wave, START)
    counts = []
    for hour in (3, 8, 18, 23, 9):
        monkeypatch.setattr(reminder_tasks.timezone, "now", lambda hour=hour: at(DAY, hour))
        reminder_tasks.send_reminders_of_today()
        counts.append(Mailing.objects.exclude(occasion="").count())
    assert counts == [0, 0, 0, 0, 1]


def test_the_plan_leaves_its_lines_in_the_log(wave):
    rita = make_person("Rita")
    assert len(adopt_default_plan(wave, by=rita)) == len(DEFAULT_PLAN)
    with pytest.raises(OutreachRefused, match="al een herinneringsplan"):
        adopt_default_plan(wave, by=rita)
    with pytest.raises(OutreachRefused, match="op die dag"):
        add_step(wave, DEFAULT_PLAN[0], by=rita)
    step = add_step(wave, PlannedStep("hard", 1, "almost", "reminder_last"), by=rita)
    with pytest.raises(OutreachRefused, match="op die dag"):
        change_step(step, DEFAULT_PLAN[0], by=rita)
    change_step(step, PlannedStep("hard", 2, "almost", "reminder_last"), by=rita)
    remove_step(step, by=rita)
    with pytest.raises(OutreachRefused, match="niet meer in het plan"):
        remove_step(step, by=rita)
    lines = registry.get_logs_for_instance(wave).order_by("pk")
    assert [line.action for line in lines if line.user_id == rita.pk] == [
        "outreach.adopt_plan",
        "outreach.add_step",
        "outreach.change_step",
        "outreach.remove_step",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_judging_a_wave_takes_a_fixed_number_of_queries(wave, django_assert_num_queries, number):
    contacts = make_contacts(wave, number)
    invite(wave, *contacts)
    for contact in contacts:
        make_response(wave, contact.organisation_id)
    make_region_response(wave)
    load_candidates(wave)
    with django_assert_num_queries(13):
        assert len(load_candidates(wave)) > 300
