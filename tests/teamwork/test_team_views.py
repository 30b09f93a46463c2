"""The pages of the team: what everybody reads, what only the coordinator does, and that it works without JavaScript."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from surveys.accounts.models import Membership, Person
from surveys.responses.models import Answer
from surveys.teamwork.lifecycle.invitations import VALID_FOR, invite_colleague
from surveys.teamwork.lifecycle.members import assign_sections, remove_member
from surveys.teamwork.models import Invitation
from surveys.teamwork.presence import note_presence
from tests.responses.factories import (
    MEMBER,
    OTHER_MEMBER,
    STRANGER,
    make_person,
    make_response,
    make_wave,
    read,
    write,
)
from tests.teamwork.factories import (
    CONTRIBUTOR,
    COORDINATOR,
    READER,
    START,
    TEAM,
    get_member,
    get_organisation,
    make_limited,
    open_browser,
)

NEW = "nieuw@voorbeeld.example"
EVERYTHING = {"extent": "everything"}


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


@pytest.fixture
def cor(wave, gerda):
    return make_person("Cor", organisation=MEMBER, role=CONTRIBUTOR)


@pytest.fixture
def window(gerda):
    """That of the coordinator."""
    return open_browser(gerda)


def invite(wave, gerda, email=NEW, **rest):
    return invite_colleague(get_organisation(), wave, email=email, role=CONTRIBUTOR, by=gerda, **rest)


def link_member(person, page=""):
    return f"{TEAM}collega/{get_member(person).pk}/{page}"


# --- What everybody reads ---


def test_the_start_page_leads_to_the_team(window):
    assert f'href="{TEAM}"' in window.get(START).content.decode()


@pytest.mark.parametrize("role", [COORDINATOR, CONTRIBUTOR, READER])
def test_everybody_reads_who_does_what(wave, gerda, cor, role):
    assign_sections(get_member(cor), wave, sections=["huisarts"], is_limited=True, by=gerda)
    text = read(open_browser(make_person("Iemand", organisation=MEMBER, role=role)), TEAM)
    assert "Gerda Coördinator" in text
    assert "Cor Invuller Doet: Onderdeel huisarts Ziet alleen eigen onderdelen" in text
    assert "Onderdeel toegang Aan niemand gegeven Onderdeel huisarts Cor" in text


def test_only_the_coordinator_sees_what_to_press(wave, gerda, cor, window):
    invite(wave, gerda)
    for each, sees in ((window, True), (open_browser(cor), False)):
        page = each.get(TEAM).content.decode()
        assert NEW in page
        assert ("Collega uitnodigen" in page) == sees
        assert ("Intrekken" in page) == sees
        assert ("/samenwerken/collega/" in page) == sees


def test_a_limited_member_reads_nothing_about_other_sections(wave, gerda, cor):
    assign_sections(get_member(gerda), wave, sections=["toegang"], is_limited=False, by=gerda)
    assign_sections(get_member(cor), wave, sections=["huisarts"], is_limited=True, by=gerda)
    note_presence(wave, organisation=get_organisation(), person=gerda, section="toegang")
    text = read(open_browser(cor), TEAM)
    assert "Gerda Coördinator Kijkt nu mee" in text
    assert "toegang" not in text


def test_who_is_looking_now_and_where(wave, gerda, cor, window):
    assert "Kijkt nu mee" not in read(window, TEAM)
    open_browser(cor).get(f"{START}huisarts/")
    assert "Kijkt nu mee bij “Onderdeel huisarts”" in read(window, TEAM)
    open_browser(cor).get(START)
    assert "Kijkt nu mee bij" not in read(window, TEAM)
    assert "Kijkt nu mee" in read(window, TEAM)


def test_the_team_of_another_organisation_does_not_exist(wave, gerda, cor):
    vera = open_browser(make_person("Vera", organisation=OTHER_MEMBER))
    for page in (TEAM, f"{TEAM}uitnodigen/", f"{TEAM}overdragen/", link_member(cor)):
        assert vera.get(page).status_code == 404


def test_a_member_of_another_team_does_not_exist_in_this_one(window, wave):
    vera = get_member(make_person("Vera", organisation=STRANGER), STRANGER)
    for page, method in (("", "get"), ("onderdelen/", "post"), ("rol/", "post"), ("verwijderen/", "post")):
        assert getattr(window, method)(f"{TEAM}collega/{vera.pk}/{page}").status_code == 404
    assert Membership.objects.filter(pk=vera.pk, role=COORDINATOR).exists()


@pytest.mark.parametrize("role", [CONTRIBUTOR, READER])
def test_whoever_does_not_coordinate_is_refused(wave, gerda, cor, role):
    invitation = invite(wave, gerda)
    lea = open_browser(make_person("Lea", organisation=MEMBER, role=role))
    for page in (
        f"{TEAM}uitnodigen/",
        f"{TEAM}overdragen/",
        link_member(cor),
        link_member(cor, "verwijderen/"),
    ):
        assert lea.get(page).status_code == 403
    for page in (
        f"{TEAM}uitnodigen/",
        f"{TEAM}overdragen/",
        f"{TEAM}uitnodiging/{invitation.pk}/intrekken/",
        link_member(cor, "onderdelen/"),
        link_member(cor, "rol/"),
        link_member(cor, "verwijderen/"),
    ):
        assert lea.post(page, {"role": "coordinator", **EVERYTHING}).status_code == 403
    assert get_member(cor).role == CONTRIBUTOR
    assert Invitation.objects.get().is_pending


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_depend_on_the_size_of_the_team(
    wave, gerda, window, number, django_assert_num_queries
):
    for position in range(number):
        make_limited(f"Collega{position}", "huisarts", wave=wave, by=gerda)
        if position < 15:
            invite(wave, gerda, f"nieuw{position}@voorbeeld.example")
    window.get(TEAM)
    with django_assert_num_queries(10):
        window.get(TEAM)


# --- Inviting ---


def test_inviting_a_colleague(window):
    sent = window.post(
        f"{TEAM}uitnodigen/",
        {"email": NEW, "role": "contributor", "extent": "some", "sections": ["huisarts"]},
        follow=True,
    )
    assert "De uitnodiging is verstuurd." in sent.content.decode()
    text = read(window, TEAM)
    assert f"{NEW} Invuller Alleen: Onderdeel huisarts Geldig tot" in text
    assert mail.outbox[-1].to == [NEW]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"email": ""}, "Vul een e-mailadres in."),
        ({"email": "geen adres"}, "bijvoorbeeld naam@gemeente.nl"),
        ({"email": f"{'x' * 400}@voorbeeld.example"}, "e-mailadres"),
        ({"email": "n\x00@voorbeeld.example"}, "e-mailadres"),
        ({"email": "nieuw@elders.example"}, "Vraag de onderzoekers"),
        ({"email": "gerda@voorbeeld.example"}, "hoort al bij uw team"),
        ({"role": ""}, "Kies een rol."),
        ({"role": "baas"}, "baas"),
        ({"extent": ""}, "Kies wat deze collega mag zien."),
        ({"extent": "some"}, "Kies ten minste één onderdeel"),
        ({"extent": "some", "sections": ["onzin"]}, "hoort niet bij deze vragenlijst"),
        ({"extent": "some", "sections": ["huisarts"], "role": "coordinator"}, "altijd de hele vragenlijst"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(window, changed, message):
    sent = window.post(f"{TEAM}uitnodigen/", {"email": NEW, "role": "reader", **EVERYTHING, **changed})
    page = sent.content.decode()
    assert sent.status_code == 422
    assert message in page
    assert "data-error-summary" in page
    for target in re.findall(r"error-summary__list.*?</ul>", page, re.DOTALL)[0].split('href="#')[1:]:
        assert f'id="{target.partition(chr(34))[0]}"' in page
    if "email" not in changed:
        assert f'value="{NEW}"' in page
    assert not Invitation.objects.exists()


def test_revoking_an_invitation(wave, gerda, window):
    invitation = invite(wave, gerda)
    revoke = f"{TEAM}uitnodiging/{invitation.pk}/intrekken/"
    assert "ingetrokken" in window.post(revoke, follow=True).content.decode()
    assert NEW not in read(window, TEAM)


def test_an_invitation_of_another_organisation_does_not_exist(wave, gerda):
    invitation = invite(wave, gerda)
    vera = open_browser(make_person("Vera", organisation=OTHER_MEMBER))
    elsewhere = TEAM.replace(MEMBER, OTHER_MEMBER)
    assert vera.post(f"{elsewhere}uitnodiging/{invitation.pk}/intrekken/").status_code == 404


def test_an_expired_invitation_says_so(wave, gerda, window):
    invite(wave, gerda, at=timezone.now() - VALID_FOR)
    assert "Verlopen op" in read(window, TEAM)


# --- One member ---


def test_giving_sections(wave, gerda, cor, window):
    page = window.get(link_member(cor)).content.decode()
    assert 'value="huisarts"' in page
    sent = window.post(link_member(cor, "onderdelen/"), {"extent": "some", "sections": ["huisarts"]})
    assert sent.url == TEAM
    assert get_member(cor).is_limited
    page = window.get(link_member(cor)).content.decode()
    assert re.search(r'value="huisarts"[^>]*checked', page)
    assert re.search(r'value="some"[^>]*checked', page)


def test_sections_that_cannot_be_saved_come_back(cor, window):
    sent = window.post(link_member(cor, "onderdelen/"), {"extent": "some"})
    assert sent.status_code == 422
    assert "Kies ten minste één onderdeel" in sent.content.decode()
    assert not get_member(cor).is_limited


def test_the_last_coordinator_reads_why_not(gerda, window):
    sent = window.post(link_member(gerda, "rol/"), {"role": "reader"})
    assert sent.status_code == 422
    assert "altijd een coördinator nodig" in sent.content.decode()
    sent = window.post(link_member(gerda, "verwijderen/"), follow=True)
    assert "altijd een coördinator nodig" in sent.content.decode()
    assert get_member(gerda).role == COORDINATOR


def test_giving_the_right_to_submit(cor, window):
    assert window.post(link_member(cor, "rol/"), {"role": "contributor", "may_submit": "on"}).url == TEAM
    assert "Cor Invuller, mag indienen" in read(window, TEAM)


def test_removing_a_member_asks_first(cor, window):
    assert "Antwoorden en notities blijven staan" in read(window, link_member(cor, "verwijderen/"))
    assert get_member(cor)
    assert window.post(link_member(cor, "verwijderen/")).url == TEAM
    assert not cor.memberships.exists()


def test_a_coordinator_who_leaves_goes_to_the_own_surveys(wave, gerda, window):
    make_person("Greta", organisation=MEMBER)
    assert window.post(link_member(gerda, "verwijderen/")).url == "/invullen/"


# --- Handing over and giving back ---


def test_handing_over_to_a_colleague(gerda, cor, window):
    sent = {"to": get_member(cor).pk, "afterwards": "stay"}
    assert window.post(f"{TEAM}overdragen/", sent).url == TEAM
    assert (get_member(cor).role, get_member(gerda).role) == (COORDINATOR, CONTRIBUTOR)


def test_handing_over_and_leaving(gerda, cor, window):
    sent = {"to": get_member(cor).pk, "afterwards": "leave"}
    assert window.post(f"{TEAM}overdragen/", sent).url == "/invullen/"
    assert not gerda.memberships.exists()


def test_handing_over_by_invitation(gerda, window):
    sent = {"to": "else", "email": NEW, "afterwards": "leave"}
    assert window.post(f"{TEAM}overdragen/", sent).url == TEAM
    invitation = Invitation.objects.get()
    assert (invitation.hands_over, invitation.inviter_leaves, invitation.role) == (True, True, COORDINATOR)
    assert "neemt de vragenlijst over" in read(window, TEAM)
    assert "vraagt u om de vragenlijst over te nemen" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Kies wie de vragenlijst overneemt."),
        ({"to": "else", "email": ""}, "Vul het e-mailadres in van wie"),
        ({"to": "else", "email": "x@elders.example"}, "Vraag de onderzoekers"),
        ({"to": "999999"}, "999999"),
    ],
)
def test_handing_over_to_nobody(gerda, cor, window, sent, message):
    answer = window.post(f"{TEAM}overdragen/", {"afterwards": "stay", **sent})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert get_member(gerda).role == COORDINATOR


def test_giving_a_section_back(wave, gerda):
    cor = make_limited("Cor", "huisarts", wave=wave, by=gerda)
    window = open_browser(cor)
    assert "Uw onderdelen Onderdeel huisarts" in read(window, TEAM)
    assert window.post(f"{TEAM}teruggeven/", {"section": "huisarts"}).url == TEAM
    assert "Uw onderdelen" not in read(window, TEAM)
    assert window.get(f"{START}huisarts/").status_code == 404


# --- Revoked while editing ---


def test_who_was_removed_while_typing_keeps_the_words_and_saves_nothing(wave, gerda, cor):
    response = make_response(wave, MEMBER, answers={"knelpunten": write("Eerst")}, by=gerda)
    window = open_browser(cor)
    assert window.get(f"{START}toegang/").status_code == 200
    remove_member(get_member(cor), by=gerda)
    sent = window.post(
        f"{START}toegang/", {"r-knelpunten": "1", "q-knelpunten": "Lang verhaal <b>van Cor</b>"}
    )
    page = sent.content.decode()
    assert sent.status_code == 404
    assert "U kunt hier niets meer opslaan" in page
    assert "Lang verhaal &lt;b&gt;van Cor&lt;/b&gt;" in page
    assert Answer.objects.get(response=response, question__code="knelpunten").text == "Eerst"


def test_who_lost_one_section_while_typing_keeps_the_words(wave, gerda):
    cor = make_limited("Cor", "huisarts", wave=wave, by=gerda)
    window = open_browser(cor)
    assign_sections(get_member(cor), wave, sections=["toegang"], is_limited=True, by=gerda)
    sent = window.post(f"{START}huisarts/", {"r-kosten": "0", "q-kosten": "1234"})
    assert sent.status_code == 404
    assert "1234" in sent.content.decode()
    assert not Answer.objects.exists()


def test_nobody_else_is_told_what_was_typed(wave, gerda):
    # A page that does not exist stays an ordinary 404.
    sent = open_browser(gerda).post(f"{START}bestaat-niet/", {"csrfmiddlewaretoken": "x"})
    assert sent.status_code == 404
    assert "Deze pagina is er niet" in sent.content.decode()
    assert Person.objects.count() == 1
