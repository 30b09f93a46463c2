"""What the coordinator decides about colleagues, and giving a section back."""

import pytest
from django.core import mail
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Membership
from surveys.teamwork.lifecycle.handing_over import hand_over
from surveys.teamwork.lifecycle.locking import TeamActionRefused
from surveys.teamwork.lifecycle.members import (
    assign_sections,
    change_role,
    give_section_back,
    remove_member,
)
from surveys.teamwork.models import SectionAssignment
from tests.responses.factories import MEMBER, STRANGER, make_person, make_wave
from tests.teamwork.factories import (
    CONTRIBUTOR,
    COORDINATOR,
    READER,
    get_member,
    get_organisation,
    make_limited,
)


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


@pytest.fixture
def cor(wave):
    return make_person("Cor", organisation=MEMBER, role=CONTRIBUTOR)


def list_sections(person):
    return sorted(get_member(person).assignments.values_list("section", flat=True))


# --- Sections ---


def test_sections_are_what_was_chosen_last(wave, gerda, cor):
    for chosen in (["huisarts"], ["huisarts", "toegang"], ["toegang"], []):
        assign_sections(get_member(cor), wave, sections=chosen, is_limited=False, by=gerda)
        assert list_sections(cor) == chosen


def test_who_keeps_a_section_keeps_when_they_got_it(wave, gerda, cor):
    assign_sections(get_member(cor), wave, sections=["huisarts"], is_limited=False, by=gerda)
    first = SectionAssignment.objects.get()
    assign_sections(get_member(cor), wave, sections=["huisarts", "toegang"], is_limited=False, by=gerda)
    assert SectionAssignment.objects.get(section="huisarts").pk == first.pk


def test_only_what_is_new_is_mailed(wave, gerda, cor):
    assign_sections(get_member(cor), wave, sections=["huisarts"], is_limited=False, by=gerda)
    assert mail.outbox[-1].to == [cor.email]
    assert "Onderdeel huisarts" in mail.outbox[-1].body
    assign_sections(get_member(cor), wave, sections=["huisarts", "toegang"], is_limited=True, by=gerda)
    for text in (mail.outbox[-1].body, mail.outbox[-1].alternatives[0][0]):
        assert "Onderdeel toegang" in text
        assert "Onderdeel huisarts" not in text
    assign_sections(get_member(cor), wave, sections=["toegang"], is_limited=True, by=gerda)
    assert len(mail.outbox) == 2


def test_nobody_gets_a_mail_about_what_they_do_themselves(wave, gerda):
    assign_sections(get_member(gerda), wave, sections=["huisarts"], is_limited=False, by=gerda)
    assert not mail.outbox


def test_who_cannot_sign_in_gets_no_mail(wave, gerda, cor):
    cor.is_active = False
    cor.save()
    assign_sections(get_member(cor), wave, sections=["huisarts"], is_limited=False, by=gerda)
    assert not mail.outbox


@pytest.mark.parametrize("sections", [[], ["bestaat-niet"]])
def test_nobody_is_limited_to_nothing(wave, gerda, cor, sections):
    with pytest.raises(TeamActionRefused, match="ten minste één onderdeel"):
        assign_sections(get_member(cor), wave, sections=sections, is_limited=True, by=gerda)
    assert not get_member(cor).is_limited


def test_a_coordinator_is_not_limited(wave, gerda):
    with pytest.raises(TeamActionRefused, match="hele vragenlijst"):
        assign_sections(get_member(gerda), wave, sections=["huisarts"], is_limited=True, by=gerda)


def test_who_sees_a_part_loses_the_right_to_submit(wave, gerda, cor):
    change_role(get_member(cor), role=CONTRIBUTOR, may_submit=True, by=gerda)
    assign_sections(get_member(cor), wave, sections=["huisarts"], is_limited=True, by=gerda)
    assert not get_member(cor).may_submit


def test_the_same_section_in_another_wave_stays(wave, gerda, cor):
    later = make_wave(code="later")
    assign_sections(get_member(cor), later, sections=["huisarts"], is_limited=False, by=gerda)
    assign_sections(get_member(cor), wave, sections=[], is_limited=False, by=gerda)
    assert SectionAssignment.objects.get().wave == later


# --- Giving back ---


def test_giving_a_section_back_tells_the_coordinators(wave, gerda):
    cor = make_limited("Cor", "huisarts", "toegang", wave=wave, by=gerda)
    mail.outbox.clear()
    give_section_back(get_member(cor), wave, section="huisarts")
    assert list_sections(cor) == ["toegang"]
    (message,) = mail.outbox
    assert message.to == [gerda.email]
    assert "Cor doet dit onderdeel niet: Onderdeel huisarts" in message.body


@pytest.mark.parametrize("section", ["toegang", "onzin", ""])
def test_giving_back_what_one_does_not_have_changes_nothing(wave, gerda, section):
    cor = make_limited("Cor", "huisarts", wave=wave, by=gerda)
    mail.outbox.clear()
    give_section_back(get_member(cor), wave, section=section)
    assert list_sections(cor) == ["huisarts"]
    assert not mail.outbox


# --- Roles ---


def test_a_role_and_the_right_to_submit(gerda, cor):
    change_role(get_member(cor), role=CONTRIBUTOR, may_submit=True, by=gerda)
    assert get_member(cor).may_submit
    change_role(get_member(cor), role=COORDINATOR, may_submit=True, by=gerda)
    member = get_member(cor)
    assert (member.role, member.may_submit) == (COORDINATOR, False)


def test_who_becomes_coordinator_sees_everything(wave, gerda):
    cor = make_limited("Cor", "huisarts", wave=wave, by=gerda)
    change_role(get_member(cor), role=COORDINATOR, may_submit=False, by=gerda)
    assert not get_member(cor).is_limited


@pytest.mark.parametrize("role", [READER, CONTRIBUTOR])
def test_who_cannot_get_the_right_to_submit(wave, gerda, role):
    cor = make_limited("Cor", "huisarts", wave=wave, by=gerda)
    with pytest.raises(TeamActionRefused, match="hele vragenlijst ziet"):
        change_role(get_member(cor), role=role, may_submit=True, by=gerda)
    assert get_member(cor).role == CONTRIBUTOR


def test_the_last_coordinator_stays(gerda, cor):
    for act in (
        lambda: change_role(get_member(gerda), role=CONTRIBUTOR, may_submit=False, by=gerda),
        lambda: remove_member(get_member(gerda), by=gerda),
    ):
        with pytest.raises(TeamActionRefused, match="altijd een coördinator nodig"):
            act()
    assert get_member(gerda).role == COORDINATOR


def test_with_a_second_coordinator_the_first_can_go(gerda, cor):
    change_role(get_member(cor), role=COORDINATOR, may_submit=False, by=gerda)
    remove_member(get_member(gerda), by=gerda)
    assert not gerda.memberships.exists()


def test_removing_somebody_who_left_says_so(gerda, cor):
    member = get_member(cor)
    remove_member(member, by=gerda)
    with pytest.raises(TeamActionRefused, match="hoort niet meer bij uw team"):
        remove_member(get_member(gerda).__class__(pk=member.pk, organisation=member.organisation), by=gerda)


# --- Handing over ---


@pytest.mark.parametrize("leaves", [True, False])
def test_a_colleague_takes_over_at_once(wave, gerda, leaves):
    cor = make_limited("Cor", "huisarts", wave=wave, by=gerda)
    hand_over(get_organisation(), wave, to=get_member(cor), leaves=leaves, by=gerda)
    member = get_member(cor)
    assert (member.role, member.is_limited) == (COORDINATOR, False)
    assert list(gerda.memberships.values_list("role", flat=True)) == ([] if leaves else [CONTRIBUTOR])
    assert mail.outbox[-1].to == [cor.email]
    assert "Gerda heeft de vragenlijst aan u overgedragen" in mail.outbox[-1].body


def test_handing_over_is_to_another_in_the_team(wave, gerda):
    vera = make_person("Vera", organisation=STRANGER)
    for to in (get_member(gerda), get_member(vera, STRANGER)):
        with pytest.raises(TeamActionRefused, match="uit uw team"):
            hand_over(get_organisation(), wave, to=to, leaves=True, by=gerda)
    assert get_member(gerda).role == COORDINATOR


# --- Who may ---


@pytest.mark.parametrize("role", [READER, CONTRIBUTOR])
def test_only_a_coordinator_decides(wave, gerda, role):
    lea = make_person("Lea", organisation=MEMBER, role=role)
    target = get_member(gerda)
    acts = [
        lambda: assign_sections(target, wave, sections=["huisarts"], is_limited=False, by=lea),
        lambda: change_role(target, role=READER, may_submit=False, by=lea),
        lambda: remove_member(target, by=lea),
        lambda: hand_over(get_organisation(), wave, to=target, leaves=False, by=lea),
    ]
    for act in acts:
        with pytest.raises(TeamActionRefused, match="Alleen een coördinator"):
            act()
    assert not ModelLogEntry.objects.filter(action__startswith="team.").exists()


def test_every_verb_leaves_one_audit_line_without_a_name(wave, gerda, cor):
    assign_sections(get_member(cor), wave, sections=["huisarts"], is_limited=False, by=gerda)
    give_section_back(get_member(cor), wave, section="huisarts")
    change_role(get_member(cor), role=READER, may_submit=False, by=gerda)
    hand_over(get_organisation(), wave, to=get_member(cor), leaves=False, by=gerda)
    remove_member(get_member(gerda), by=cor)
    lines = ModelLogEntry.objects.filter(action__startswith="team.")
    assert sorted(lines.values_list("action", flat=True)) == [
        "team.assign",
        "team.change_role",
        "team.give_back",
        "team.hand_over",
        "team.remove",
    ]
    assert all(str(name) not in str(list(lines.values("data", "label"))) for name in (gerda, cor))
    assert Membership.objects.filter(organisation=MEMBER).count() == 1
