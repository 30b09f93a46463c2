"""What a municipality says of its region's answers, and what then counts for it."""

from datetime import date, timedelta

import pytest
from wagtail.models import ModelLogEntry

from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.positions import (
    AnswersChanged,
    confirm_answers,
    dispute_answer,
    end_dispute,
    give_back_section,
    take_over_section,
)
from surveys.responses.lifecycle.refusals import ActionRefused, WaveClosed
from surveys.responses.lifecycle.starting import save_coverage
from surveys.responses.lifecycle.submission import exclude_response, reopen_response, submit_response
from surveys.responses.models import Position
from surveys.responses.on_behalf import SeenAnswer
from surveys.responses.region_queries import find_region_response, list_standings, list_unconfirmed
from tests.responses.factories import (
    MEMBER,
    NOW,
    OTHER_MEMBER,
    STRANGER,
    answer,
    choose,
    make_person,
    make_response,
    make_wave,
)
from tests.responses.regions import (
    deviate,
    list_statements,
    make_region_response,
    see,
    show_provenance,
    show_standings,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def region(wave):
    return make_region_response(wave)


def confirm(region, *codes, municipality=MEMBER, seen=None, at=NOW):
    seen = see(region, *codes, municipality=municipality) if seen is None else seen
    return confirm_answers(region, municipality=municipality, seen=seen, by=None, at=at)


def dispute(region, question, *, municipality=MEMBER, seen=None, reason="Dat klopt niet.", at=NOW):
    seen = seen or see(region, question, municipality=municipality)[question]
    dispute_answer(
        region, municipality=municipality, question=question, seen=seen, reason=reason, by=None, at=at
    )


def agree(region, question, *, seen=None, at=NOW):
    seen = seen or see(region, question)[question]
    end_dispute(region, municipality=MEMBER, question=question, seen=seen, by=None, at=at)


def take_over(region, section="toegang", *, municipality=MEMBER, at=NOW):
    take_over_section(region, municipality=municipality, section=section, by=None, at=at)


def give_back(region, section="toegang", *, at=NOW):
    give_back_section(region, municipality=MEMBER, section=section, by=None, at=at)


def submit(response):
    return submit_response(response, by=None, at=NOW)


def test_at_first_everything_the_region_says_waits(region):
    assert show_standings(region) == {
        "beperkt": "unseen",
        "hoe": "unseen",
        "uitleg": "unseen",
        "knelpunten": None,
        "poh": "unseen",
        "fte": None,
        "kosten": None,
    }


def test_confirming_is_of_what_was_seen_and_of_this_municipality_only(region):
    assert confirm(region, "beperkt", "hoe") == 2
    assert confirm(region, "beperkt") == 0
    assert show_standings(region)["beperkt"] == "confirmed"
    assert show_standings(region)["poh"] == "unseen"
    assert show_standings(region, OTHER_MEMBER)["beperkt"] == "unseen"


def test_after_a_change_a_confirmation_is_stale_and_a_dispute_stays(region):
    confirm(region, "beperkt", "hoe")
    dispute(region, "poh")
    answer(region, {"hoe": choose("school"), "poh": choose("overig")})
    standings = show_standings(region)
    assert (standings["beperkt"], standings["hoe"], standings["poh"]) == ("confirmed", "changed", "disputed")
    assert list_statements(region)["poh"].is_changed
    assert confirm(region, "hoe", "poh") == 1
    assert show_standings(region)["hoe"] == "confirmed"
    assert show_standings(region)["poh"] == "disputed"


def test_a_deviation_is_another_answer_than_the_general_one_it_replaces(region):
    """Both have revision 1: agreeing with one is not agreeing with the other."""
    confirm(region, "poh", "beperkt")
    deviate(region, MEMBER, {"poh": choose("overig")})
    statement = list_statements(region)["poh"]
    assert statement.current == SeenAnswer(1, is_deviation=True)
    assert statement.standing == "changed"
    assert show_standings(region, OTHER_MEMBER)["poh"] == "unseen"
    assert not list_statements(region, OTHER_MEMBER)["poh"].is_deviation
    with pytest.raises(AnswersChanged):
        confirm(region, seen={"poh": SeenAnswer(1)})
    confirm(region, "poh")
    deviate(region, MEMBER, {"poh": BLANK})
    assert show_standings(region)["poh"] == "changed"


def test_a_deviation_leads_to_other_questions(region):
    deviate(region, MEMBER, {"beperkt": choose("nee")})
    assert "hoe" not in show_standings(region)
    assert show_standings(region, OTHER_MEMBER)["hoe"] == "unseen"


@pytest.mark.parametrize("take", [confirm, dispute, agree], ids=["confirm", "dispute", "end"])
def test_what_changed_meanwhile_must_be_looked_at_again(region, take):
    seen = see(region, "poh")["poh"]
    if take is agree:
        dispute(region, "poh")
    before = list(Position.objects.values())
    answer(region, {"poh": choose("overig")})
    with pytest.raises(AnswersChanged, match="intussen"):
        confirm(region, seen={"poh": seen}) if take is confirm else take(region, "poh", seen=seen)
    assert list(Position.objects.values()) == before


@pytest.mark.parametrize("question", ["bestaat_niet", "verzekeraar", "knelpunten"])
def test_an_answer_that_the_region_does_not_give_cannot_be_disputed(region, question):
    with pytest.raises(AnswersChanged):
        dispute(region, question, seen=SeenAnswer(0))


def test_one_changed_answer_stops_the_whole_confirmation(region):
    seen = see(region)
    answer(region, {"poh": choose("overig")})
    with pytest.raises(AnswersChanged):
        confirm(region, seen=seen)
    assert not Position.objects.exists()


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_a_dispute_has_a_reason_of_at_most_500_characters(region, reason):
    with pytest.raises(ActionRefused, match="500"):
        dispute(region, "poh", reason=reason)
    dispute(region, "poh", reason="x" * 500)


def test_a_dispute_counts_at_once_until_it_ends(wave, region):
    submit(region)
    assert set(show_provenance(wave).values()) == {"inherited"}
    dispute(region, "beperkt")
    assert show_provenance(wave) == {
        "beperkt": "disputed",
        "hoe": "disputed",
        "uitleg": "disputed",
        "poh": "inherited",
    }
    assert set(show_provenance(wave, OTHER_MEMBER).values()) == {"inherited"}
    agree(region, "beperkt")
    assert set(show_provenance(wave).values()) == {"inherited"}
    assert show_standings(region)["beperkt"] == "confirmed"


def test_agreeing_with_what_is_not_disputed_changes_nothing(region):
    agree(region, "poh")
    assert show_standings(region)["poh"] == "unseen"
    assert not ModelLogEntry.objects.filter(action="response.end_dispute").exists()


def test_a_dispute_survives_reopening_and_submitting_again(wave, region):
    submit(region)
    dispute(region, "poh")
    reopen_response(region, by=None, reason="Op verzoek", at=NOW)
    assert show_provenance(wave) == {}
    answer(region, {"poh": choose("overig"), "verzekeraar": choose("ja")})
    submit(region)
    assert show_provenance(wave)["poh"] == "disputed"
    assert show_provenance(wave)["verzekeraar"] == "disputed"
    assert show_provenance(wave, OTHER_MEMBER)["poh"] == "inherited"


def test_a_section_taken_over_is_the_municipality_s_own(wave, region):
    submit(region)
    take_over(region)
    take_over(region)
    assert show_provenance(wave) == {"poh": "inherited"}
    assert show_standings(region)["beperkt"] == "own"
    submit(make_response(wave, MEMBER, answers={"beperkt": choose("nee"), "poh": choose("nee")}))
    assert show_provenance(wave) == {"beperkt": "own", "poh": "own"}
    give_back(region)
    give_back(region)
    assert show_provenance(wave) == {"beperkt": "own", "poh": "own"}


def test_giving_back_lets_the_region_speak_again(wave, region):
    submit(region)
    take_over(region)
    give_back(region)
    assert show_provenance(wave)["beperkt"] == "inherited"


def test_withdrawing_the_regional_answer_leaves_own_answers_intact(wave, region):
    submit(region)
    submit(make_response(wave, MEMBER, answers={"beperkt": choose("nee"), "poh": choose("nee")}))
    exclude_response(region, by=None, reason="Op verzoek", at=NOW)
    assert show_provenance(wave) == {"beperkt": "own", "poh": "own"}
    assert show_provenance(wave, OTHER_MEMBER) == {}


def test_an_own_answer_cannot_be_disputed(wave, region):
    make_response(wave, MEMBER, answers={"poh": choose("ja")})
    with pytest.raises(ActionRefused, match="zelf"):
        dispute(region, "poh")
    assert confirm(region, "poh") == 0
    assert show_standings(region)["poh"] == "own"


def test_a_municipality_no_longer_ticked_has_no_say_and_keeps_what_it_said(wave, region):
    dispute(region, "poh")
    take_over(region, "huisarts")
    save_coverage(region, municipality_codes=[OTHER_MEMBER], by=None, at=NOW)
    submit(region)
    assert show_provenance(wave) == {}
    for step in (confirm, take_over, give_back):
        with pytest.raises(ActionRefused, match="niet meer namens"):
            step(region)
    assert find_region_response(wave, municipality_code=MEMBER) is None
    reopen_response(region, by=None, reason="Op verzoek", at=NOW)
    save_coverage(region, municipality_codes=[MEMBER, OTHER_MEMBER], by=None, at=NOW)
    submit(region)
    assert show_provenance(wave) == {"beperkt": "inherited", "hoe": "inherited", "uitleg": "inherited"}
    give_back(region, "huisarts")
    assert show_provenance(wave)["poh"] == "disputed"


def test_a_municipality_elsewhere_has_no_say(region):
    with pytest.raises(ActionRefused):
        dispute(region, "poh", municipality=STRANGER, seen=SeenAnswer(1))


def test_nobody_speaks_through_an_excluded_response(wave, region):
    seen = see(region)
    exclude_response(region, by=None, reason="Dubbel", at=NOW)
    assert find_region_response(wave, municipality_code=MEMBER) is None
    with pytest.raises(ActionRefused):
        confirm(region, seen=seen)


def test_an_unknown_section_cannot_be_taken_over(region):
    with pytest.raises(ActionRefused, match="onderdeel"):
        take_over(region, "bestaat-niet")


@pytest.mark.parametrize("step", ["confirm", "dispute", "end", "take over", "give back"])
def test_after_the_wave_nobody_takes_a_position(wave, region, step):
    seen = see(region)
    dispute(region, "poh")
    close_wave(wave)
    steps = {
        "confirm": lambda: confirm(region, seen=seen),
        "dispute": lambda: dispute(region, "beperkt", seen=seen["beperkt"]),
        "end": lambda: agree(region, "poh", seen=seen["poh"]),
        "take over": lambda: take_over(region),
        "give back": lambda: give_back(region),
    }
    with pytest.raises(WaveClosed):
        steps[step]()


def test_every_step_leaves_an_audit_line_without_the_words(region):
    person = make_person("Vera", organisation=MEMBER)
    seen = see(region)
    confirm_answers(region, municipality=MEMBER, seen={"hoe": seen["hoe"]}, by=person, at=NOW)
    dispute_answer(
        region, municipality=MEMBER, question="poh", seen=seen["poh"], reason="Geheim", by=person, at=NOW
    )
    end_dispute(region, municipality=MEMBER, question="poh", seen=seen["poh"], by=person, at=NOW)
    take_over_section(region, municipality=MEMBER, section="toegang", by=person, at=NOW)
    give_back_section(region, municipality=MEMBER, section="toegang", by=person, at=NOW)
    entries = ModelLogEntry.objects.filter(user=person).order_by("pk")
    assert [(entry.action, entry.data) for entry in entries] == [
        ("response.agree", {"municipality": MEMBER, "questions": ["hoe"]}),
        ("response.dispute", {"municipality": MEMBER, "questions": ["poh"]}),
        ("response.end_dispute", {"municipality": MEMBER, "questions": ["poh"]}),
        ("response.take_over", {"municipality": MEMBER, "section": "toegang"}),
        ("response.give_back", {"municipality": MEMBER, "section": "toegang"}),
    ]


def test_who_still_has_to_look_comes_first(region):
    confirm(region)
    dispute(region, "poh", municipality=OTHER_MEMBER)
    take_over(region, "toegang", municipality=OTHER_MEMBER)
    show = [
        (each.code, each.waiting, each.confirmed, len(each.disputes), each.own)
        for each in list_standings(region)
    ]
    assert show == [(OTHER_MEMBER, 0, 0, 1, 4), (MEMBER, 0, 4, 0, 0)]
    answer(region, {"hoe": choose("school")})
    assert [(each.code, each.waiting) for each in list_unconfirmed(region)] == [(MEMBER, 1)]
    assert [section.code for section in list_standings(region)[1].taken_over] == ["toegang"]


@pytest.mark.parametrize("municipalities", [1, 3])
def test_the_standings_ask_a_fixed_number_of_queries(wave, django_assert_num_queries, municipalities):
    covers = [MEMBER, OTHER_MEMBER, "GM0537"][:municipalities]
    region = make_region_response(wave, covers=covers)
    for code in covers:
        dispute(region, "poh", municipality=code)
        make_response(wave, code, answers={"beperkt": choose("nee")})
    list_standings(region)
    with django_assert_num_queries(8):
        list_standings(region)


def test_positions_belong_to_the_municipality_on_the_reference_date(wave):
    """Nothing of this wave is known in another: the region of another date is another response."""
    earlier = make_wave(code="eerder", reference_date=date(2022, 1, 1))
    dispute(make_region_response(earlier), "poh", at=NOW + timedelta(hours=1))
    assert show_standings(make_region_response(wave))["poh"] == "unseen"
