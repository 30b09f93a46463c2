"""Reminders as they leave: who gets them on which day, what they say, and never twice."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from wagtail.log_actions import registry

from surveys.accounts.models import Membership, Organisation
from surveys.outreach import reminder_tasks
from surveys.outreach.default_plan import DEFAULT_PLAN, PlannedStep
from surveys.outreach.lifecycle.messages import note_bounce
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.lifecycle.reminder_plan import (
    add_step,
    adopt_default_plan,
    change_step,
    remove_step,
    skip_organisation,
    stop_skipping,
)
from surveys.outreach.lifecycle.reminding import send_due_reminders, send_step_now
from surveys.outreach.lifecycle.replies import note_reply
from surveys.outreach.lifecycle.texts import edit_text
from surveys.outreach.models import Mailing, Message, Reply
from surveys.outreach.reminder_queries import find_next_run, forecast_reminders, load_candidates
from surveys.outreach.reminding import Reach, Stage, find_obstacle
from surveys.outreach.sending import send_some
from surveys.questionnaire.lifecycle import close_wave, move_deadline, plan_wave
from surveys.responses.lifecycle.positions import take_over_section
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Response
from surveys.teamwork.lifecycle.members import assign_sections
from tests.outreach.factories import ADDRESS, invite, make_contact, make_contacts, read_invitation
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    make_person,
    make_response,
    make_wave,
)
from tests.responses.regions import make_region_response

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CLOSES = date(2099, 12, 31)
DAY = date(2099, 12, 24)
START = PlannedStep("hard", 7, "not_started", "reminder_start")
FINISH = PlannedStep("hard", 7, "started", "reminder_finish")


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave(closes_on=CLOSES)


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM)


def remind(day=DAY):
    """What the daily task does, and then what the worker does; the mails of that day."""
    mail.outbox.clear()
    for mailing in send_due_reminders(at=at(day)):
        deliver(mailing, day=day)
    return list(mail.outbox)


def deliver(mailing, *, day=DAY):
    """The worker lives in the present, and the mails were sent on the day that the test pretends."""
    mailing.messages.update(due_at=NOW)
    assert send_some(mailing.pk) is None
    mailing.messages.update(sent_at=at(day), claimed_at=at(day))


def name_readers(mails):
    return sorted(each.to[0] for each in mails)


def find_candidate(wave, code):
    (candidate,) = load_candidates(wave, code=code)
    return candidate


def list_forecast(wave, day=DAY - timedelta(days=30)):
    return list(forecast_reminders(wave, now=at(day)))


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


def test_who_submitted_or_is_out_gets_nothing(wave):
    contacts = [
        make_contact(wave, code, email=f"{code}@x.example") for code in (MEMBER, OTHER_MEMBER, STRANGER)
    ]
    invite(wave, *contacts)
    add_step(wave, START)
    submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=None)
    make_response(wave, OTHER_MEMBER)
    Response.objects.filter(organisation=OTHER_MEMBER).update(status=Response.Status.EXCLUDED)
    assert name_readers(remind()) == ["gm0479@x.example"]
    assert [find_candidate(wave, code).stage for code in (MEMBER, OTHER_MEMBER, STRANGER)] == [
        Stage.SUBMITTED,
        Stage.EXCLUDED,
        Stage.NOT_STARTED,
    ]


@pytest.mark.parametrize("is_submitted", [False, True])
def test_who_is_covered_by_its_region_gets_nothing_but_for_the_sections_it_took_over(wave, is_submitted):
    invite(wave, make_contact(wave), make_contact(wave, OTHER_MEMBER, email="ander@gemeente.example"))
    add_step(wave, START)
    region = make_region_response(wave, answers=COMPLETE)
    take_over_section(region, municipality=OTHER_MEMBER, section="huisarts", by=None, at=NOW)
    if is_submitted:
        submit_response(region, by=None)
    covered = find_candidate(wave, MEMBER)
    done = "heeft al ingediend voor" if is_submitted else "vult in voor"
    assert find_obstacle(covered) == f"Jeugdregio Holland Rijnland {done} deze gemeente."
    (letter,) = remind()
    assert letter.to == ["ander@gemeente.example"]
    assert "Onderdeel huisarts" in letter.body
    assert "Onderdeel toegang" not in letter.body


def test_a_region_whose_municipalities_all_submitted_themselves_is_left_alone(wave):
    municipalities = wave.frame.filter(youth_region=REGION).values_list("municipality", flat=True)
    *others, last = municipalities
    for code in others:
        submit_response(make_response(wave, code, answers=COMPLETE), by=None)
    assert not find_candidate(wave, REGION).is_spared
    submit_response(make_response(wave, last, answers=COMPLETE), by=None)
    assert find_candidate(wave, REGION).is_spared
    assert [each.is_spared for each in load_candidates(wave) if each.code == REGION] == [True]


def test_a_team_reads_what_is_open_and_who_holds_it_a_colleague_only_the_own_part(wave):
    ans = make_person("Ans", organisation=MEMBER)
    piet = make_person("Piet", organisation=MEMBER, role=Membership.Role.CONTRIBUTOR)
    make_person("Klaar", organisation=MEMBER, role=Membership.Role.CONTRIBUTOR)
    make_person("Lies", organisation=MEMBER, role=Membership.Role.READER)
    make_person("Vreemd", organisation=OTHER_MEMBER)
    make_response(wave, MEMBER)
    make_response(wave, OTHER_MEMBER, answers={"poh": choose("nee")})
    organisation = Organisation.objects.get(pk=MEMBER)
    for person, section in ((piet, "huisarts"),):
        membership = organisation.memberships.get(person=person)
        assign_sections(membership, wave, sections={section}, is_limited=True, by=ans)
    add_step(wave, FINISH)

    letters = {each.to[0]: each.body for each in remind()}
    assert sorted(letters) == [
        "ans@voorbeeld.example",
        "piet@voorbeeld.example",
        "vreemd@voorbeeld.example",
    ]
    whole, part = letters["ans@voorbeeld.example"], letters["piet@voorbeeld.example"]
    assert "- Onderdeel toegang: 1 vraag (nog van niemand)" in whole
    assert "- Onderdeel huisarts: 1 vraag (Piet)" in whole
    assert "Onderdeel huisarts: 1 vraag (Piet)" in part
    assert "toegang:" not in part
    assert f"/invullen/proef/{MEMBER}/" in whole
    assert "uitnodiging" not in whole + part
    assert OTHER_MEMBER not in whole + part
    assert remind() == []


def test_a_colleague_whose_part_is_done_gets_nothing(wave):
    ans = make_person("Ans", organisation=MEMBER)
    piet = make_person("Piet", organisation=MEMBER, role=Membership.Role.CONTRIBUTOR)
    make_response(wave, MEMBER, answers={"poh": choose("nee")})
    organisation = Organisation.objects.get(pk=MEMBER)
    membership = organisation.memberships.get(person=piet)
    assign_sections(membership, wave, sections={"huisarts"}, is_limited=True, by=ans)
    add_step(wave, FINISH)
    assert name_readers(remind()) == ["ans@voorbeeld.example"]


def test_a_region_reads_which_municipalities_did_not_look(wave):
    make_person("Ria", organisation=REGION)
    make_region_response(wave, answers={"beperkt": choose("nee")})
    add_step(wave, FINISH)
    (letter,) = remind()
    assert "2 gemeenten keken nog niet naar de antwoorden: Hillegom, Leiden" in letter.body


def test_who_handed_over_is_left_alone_and_who_coordinates_now_is_reminded(wave):
    invite(wave, make_contact(wave))
    opa = make_person("Opa", organisation=MEMBER)
    candidate = find_candidate(wave, MEMBER)
    assert [each.address for each in candidate.addressees] == [ADDRESS]
    Message.objects.get().invitation.__class__.objects.update(accepted_at=NOW)
    candidate = find_candidate(wave, MEMBER)
    assert [each.address for each in candidate.addressees] == [opa.email]


def test_what_changes_between_preparing_and_sending_keeps_the_mail_back(wave):
    contacts = [
        make_contact(wave, code, email=f"{code}@x.example") for code in (MEMBER, OTHER_MEMBER, STRANGER)
    ]
    invite(wave, *contacts)
    mail.outbox.clear()
    step = add_step(wave, START)
    (mailing,) = send_due_reminders(at=at(DAY))
    make_response(wave, MEMBER)
    skip_organisation(wave, Organisation.objects.get(pk=OTHER_MEMBER), step=step)
    deliver(mailing)
    assert name_readers(mail.outbox) == ["gm0479@x.example"]
    outcomes = dict(mailing.messages.values_list("organisation", "outcome"))
    assert outcomes == {
        MEMBER: "Is intussen begonnen.",
        OTHER_MEMBER: "Een onderzoeker slaat deze herinnering over.",
        STRANGER: "",
    }


def test_bounces_refusals_and_skips_keep_a_reminder_back(wave):
    contacts = [
        make_contact(wave, code, email=f"{code}@x.example") for code in (MEMBER, OTHER_MEMBER, STRANGER)
    ]
    invitations = {each.organisation_id: each for each in invite(wave, *contacts).messages.all()}
    add_step(wave, START)
    note_bounce(invitations[MEMBER])
    note_reply(invitations[OTHER_MEMBER], kind=Reply.Kind.DECLINES)
    stranger = Organisation.objects.get(pk=STRANGER)
    skip_organisation(wave, stranger, reason="Belt zelf terug")
    assert find_candidate(wave, MEMBER).reach is Reach.BOUNCED
    assert remind() == []
    assert stop_skipping(wave, stranger) == 1
    assert name_readers(remind()) == ["gm0479@x.example"]


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
