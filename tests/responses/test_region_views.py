"""The page on which a municipality reads what its region says in its name."""

import pytest

from surveys.accounts.models import Membership
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.positions import confirm_answers, dispute_answer, take_over_section
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Position, Response, SectionTakeover
from surveys.teamwork.models import SectionAssignment
from tests.responses.factories import (
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    make_response,
    make_wave,
    sign_in,
)
from tests.responses.regions import deviate, make_region_response, see, show_standings

pytestmark = pytest.mark.django_db

URL = f"/invullen/proef/{MEMBER}/namens/"
START = f"/invullen/proef/{MEMBER}/"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def region(wave):
    return make_region_response(wave)


@pytest.fixture
def leiden(wave):
    return sign_in("Lies", MEMBER)


def send(client, region, action, *codes, section="toegang", url=URL, **fields):
    seen = [f"{code} {mark}" for code, mark in see(region, *codes).items()] if codes else []
    return client.post(url, {"action": action, "section": section, "seen": seen, **fields})


def test_the_page_shows_what_the_region_says_and_where_the_municipality_stands(region, leiden):
    confirm_answers(region, municipality=MEMBER, seen=see(region, "hoe", "uitleg"), by=None, at=NOW)
    dispute_answer(
        region,
        municipality=MEMBER,
        question="poh",
        seen=see(region, "poh")["poh"],
        reason="Wij hebben er drie.",
        by=None,
        at=NOW,
    )
    answer(region, {"uitleg": choose()})
    answer(region, {"hoe": choose("school", "wijk")})
    page = leiden.get(URL).content.decode()
    for text in ("Jeugdregio Holland Rijnland", "School", "Nog te bekijken", "Gewijzigd sinds u keek"):
        assert text in page
    assert "Wij hebben er drie." in page
    assert "Toch akkoord" in page
    assert "De regio is nog bezig" in page
    submit_response(region, by=None, at=NOW)
    assert "De regio heeft de antwoorden ingediend" in leiden.get(URL).content.decode()


def test_a_deviation_is_shown_as_such(region, leiden):
    deviate(region, MEMBER, {"poh": choose("overig")})
    page = leiden.get(URL).content.decode()
    assert "Overig" in page
    assert "geeft de regio een ander antwoord" in page


def test_it_needs_no_response_of_its_own_and_makes_none(region, leiden):
    assert leiden.get(URL).status_code == 200
    assert send(leiden, region, "confirm", "beperkt").status_code == 302
    assert not Response.objects.filter(organisation=MEMBER).exists()
    assert URL in leiden.get(START).content.decode()


def test_agreeing_with_a_section(region, leiden):
    response = send(leiden, region, "confirm", "beperkt", "hoe", "uitleg")
    assert response["Location"] == f"{URL}#toegang"
    standings = show_standings(region)
    assert [standings[code] for code in ("beperkt", "hoe", "uitleg", "poh")] == [
        "confirmed",
        "confirmed",
        "confirmed",
        "unseen",
    ]
    assert Position.objects.get(question__code="hoe").taken_by.first_name == "Lies"


def test_disputing_and_agreeing_after_all(region, leiden):
    fields = {"poh-reason": "  Wij hebben er drie.  "}
    assert send(leiden, region, "dispute", "poh", section="huisarts", **fields).status_code == 302
    assert Position.objects.get().reason == "Wij hebben er drie."
    assert send(leiden, region, "end", "poh", section="huisarts").status_code == 302
    assert show_standings(region)["poh"] == "confirmed"


@pytest.mark.parametrize(
    ("reason", "message"),
    [("  ", "Schrijf op wat er niet klopt."), ("x" * 501, "501 tekens lang")],
)
def test_a_reason_that_is_no_reason_stays_on_the_page(region, leiden, reason, message):
    response = send(leiden, region, "dispute", "poh", section="huisarts", **{"poh-reason": reason})
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert reason.strip() in page
    assert 'href="#id_poh-reason"' in page
    assert not Position.objects.exists()


@pytest.mark.parametrize("action", ["confirm", "dispute"])
def test_what_changed_meanwhile_is_shown_again_with_the_words_typed(region, leiden, action):
    seen = [f"poh {see(region, 'poh')['poh']}"]
    answer(region, {"poh": choose("overig")})
    response = leiden.post(
        URL, {"action": action, "section": "huisarts", "seen": seen, "poh-reason": "Drie & meer"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "heeft intussen een antwoord gewijzigd" in page
    assert "Overig" in page
    assert ("Drie &amp; meer" in page) is (action == "dispute")
    assert not Position.objects.exists()


def test_taking_over_and_giving_back(region, leiden):
    send(leiden, region, "take_over")
    assert SectionTakeover.objects.get().section == "toegang"
    assert "Uw gemeente vult dit onderdeel zelf in." in leiden.get(URL).content.decode()
    send(leiden, region, "give_back")
    assert not SectionTakeover.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "wissen", "section": "toegang"},
        {"section": "toegang"},
        {"action": "take_over", "section": "bestaat-niet"},
        {"action": "take_over"},
        {"action": "confirm", "section": "toegang"},
        {"action": "confirm", "section": "toegang", "seen": "bestaat_niet algemeen-1"},
        {"action": "dispute", "section": "toegang", "poh-reason": "Zo."},
        {
            "action": "dispute",
            "section": "toegang",
            "seen": ["poh algemeen-1", "hoe algemeen-1"],
            "poh-reason": "Zo.",
            "hoe-reason": "Zo.",
        },
        {"action": "confirm", "section": "toegang", "seen": "\x00"},
    ],
)
def test_a_form_that_this_page_does_not_have_does_nothing(region, leiden, fields):
    assert leiden.post(URL, fields).status_code == 404
    assert not Position.objects.exists()
    assert not SectionTakeover.objects.exists()


@pytest.mark.parametrize("mark", ["algemeen-0", "algemeen-²", "algemeen-99999999999", "afwijking-1", "x", ""])
def test_a_mark_of_no_answer_is_a_stale_one(region, leiden, mark):
    fields = {"action": "confirm", "section": "huisarts", "seen": f"poh {mark}"}
    assert leiden.post(URL, fields).status_code == 409


def test_nobody_speaks_for_this_municipality(wave, region):
    """A region itself, a municipality elsewhere, and a member that is not ticked."""
    for code in (STRANGER, "GM0537", REGION):
        assert sign_in(f"P{code}", code).get(f"/invullen/proef/{code}/namens/").status_code == 404


def test_somebody_of_another_municipality_sees_nothing(region):
    other = sign_in("Hil", OTHER_MEMBER)
    assert other.get(URL).status_code == 404
    assert send(other, region, "confirm", "poh").status_code == 404


def test_a_reader_reads(region):
    reader = sign_in("Rik", MEMBER, role=Membership.Role.READER)
    page = reader.get(URL).content.decode()
    assert "U kunt lezen, niet reageren." in page
    assert 'value="confirm"' not in page
    assert send(reader, region, "confirm", "poh").status_code == 403


def test_after_the_wave_the_page_can_be_read_only(wave, region, leiden):
    seen = [f"poh {see(region, 'poh')['poh']}"]
    close_wave(wave)
    page = leiden.get(URL).content.decode()
    assert "De meting is gesloten." in page
    assert 'value="confirm"' not in page
    response = leiden.post(
        URL, {"action": "dispute", "section": "huisarts", "seen": seen, "poh-reason": "Nee"}
    )
    assert response.status_code == 409
    assert "is gesloten" in response.content.decode()


def test_a_limited_member_sees_and_judges_only_their_sections(wave, region, leiden):
    membership = Membership.objects.get(organisation=MEMBER)
    membership.role, membership.is_limited = Membership.Role.CONTRIBUTOR, True
    membership.save()
    SectionAssignment.objects.create(wave=wave, membership=membership, section="huisarts", assigned_at=NOW)
    page = leiden.get(URL).content.decode()
    assert "Vraag poh?" in page
    assert "Vraag beperkt?" not in page
    assert send(leiden, region, "confirm", "beperkt").status_code == 404
    assert send(leiden, region, "take_over").status_code == 404
    assert send(leiden, region, "confirm", "poh", section="huisarts").status_code == 302


def test_a_form_from_before_signing_in_again_saves_nothing_and_keeps_the_words(region):
    client = sign_in("Lies", MEMBER)
    client.handler.enforce_csrf_checks = True
    response = send(client, region, "dispute", "poh", section="huisarts", **{"poh-reason": "Drie."})
    assert response.status_code == 403
    assert "Drie." in response.content.decode()
    assert not Position.objects.exists()


def test_the_start_page_says_who_answers_what(wave, region, leiden):
    take_over_section(region, municipality=MEMBER, section="huisarts", by=None, at=NOW)
    page = leiden.get(START).content.decode()
    assert "Jeugdregio Holland Rijnland antwoordt" in page
    assert "3 antwoorden wachten op u" in page
    assert URL in page
    assert URL not in sign_in("Zaan", STRANGER).get(f"/invullen/proef/{STRANGER}/").content.decode()


def test_only_what_was_taken_over_is_required_of_a_municipality_that_is_spoken_for(wave, region, leiden):
    take_over_section(region, municipality=MEMBER, section="huisarts", by=None, at=NOW)
    response = make_response(wave, MEMBER, answers={"knelpunten": choose()})
    check = leiden.get(f"{START}controleren/").content.decode()
    assert "Er ontbreekt nog één antwoord" in check
    answer(response, {"poh": choose("nee")})
    assert leiden.post(f"{START}controleren/").status_code == 302
    response.refresh_from_db()
    assert response.status == Response.Status.SUBMITTED


@pytest.mark.parametrize("positions", [0, 4])
def test_the_page_asks_a_fixed_number_of_queries(region, leiden, django_assert_num_queries, positions):
    codes = ["beperkt", "hoe", "uitleg", "poh"][:positions]
    if codes:
        confirm_answers(region, municipality=MEMBER, seen=see(region, *codes), by=None, at=NOW)
    leiden.get(URL)
    with django_assert_num_queries(14):
        leiden.get(URL)
