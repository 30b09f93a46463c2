"""Who gets a reminder and what it says: by what they did, who answers for them, and who holds which section."""

import pytest
from django.core import mail

from surveys.accounts.models import Membership, Organisation
from surveys.outreach.lifecycle.messages import note_bounce
from surveys.outreach.lifecycle.reminder_plan import add_step, skip_organisation, stop_skipping
from surveys.outreach.lifecycle.reminding import send_due_reminders
from surveys.outreach.lifecycle.replies import note_reply
from surveys.outreach.models import Message, Reply
from surveys.outreach.reminder_queries import load_candidates
from surveys.outreach.reminding import Reach, Stage, find_obstacle
from surveys.responses.lifecycle.positions import take_over_section
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Response
from surveys.teamwork.lifecycle.members import assign_sections
from tests.outreach.factories import ADDRESS, invite, make_contact
from tests.outreach.reminders import (
    CLOSES,
    DAY,
    FINISH,
    START,
    at,
    deliver,
    find_candidate,
    name_readers,
    remind,
)
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


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave(closes_on=CLOSES)


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
