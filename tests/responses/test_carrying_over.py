"""What was answered before is shown, and is nowhere an answer until somebody confirms it."""

from dataclasses import replace
from datetime import date

import pytest

from surveys.accounts.models import Organisation
from surveys.downloads.queries import stream_responses
from surveys.downloads.responses_workbook import LEAD
from surveys.downloads.wide_columns import build_layout
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.queries import load_definition
from surveys.responses.carrying_over import (
    PreviousAnswer,
    list_previous_values,
    load_previous_answers,
    offer_previous_answers,
)
from surveys.responses.lifecycle.positions import dispute_answer
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.submission import exclude_response, submit_response
from surveys.responses.lifecycle.versions import ask_newer_version, move_response
from surveys.responses.models import Answer, AnswerRevision, ResolvedAnswer
from surveys.responses.on_behalf import SeenAnswer
from surveys.responses.queries import load_answers
from surveys.responses.readiness import assess_readiness
from surveys.results.counting import count_answers
from tests.responses.factories import (
    DONT_KNOW,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    count,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)
from tests.responses.test_versions import SAME_AGAIN, make_next

pytestmark = pytest.mark.django_db

ANSWERS = {
    "beperkt": choose("ja"),
    "hoe": replace(choose("wijk", "anders", anders="zelf"), caveat="Alleen in de stad."),
    "uitleg": write("Zo doen wij dat."),
    "poh": choose("ja"),
    "verzekeraar": choose("nee"),
    "sinds": DONT_KNOW,
    "fte": count(12),
    "kosten": count(1000),
}


@pytest.fixture
def before():
    return make_wave(code="toen", reference_date=date(2025, 1, 1))


@pytest.fixture
def wave(before):
    """The wave after it, which asks the same version."""
    wave = make_wave()
    wave.previous = before
    wave.save()
    return wave


def submit(wave, organisation, answers=ANSWERS, *, covers=()):
    response = make_response(wave, organisation, answers=answers, covers=covers)
    return submit_response(response, by=None, at=NOW)


def offer(wave, organisation=STRANGER, *, response=None, answered=()) -> dict[str, PreviousAnswer]:
    wave.refresh_from_db()
    return offer_previous_answers(
        wave,
        organisation=Organisation.objects.get(pk=organisation),
        version=response.version if response else wave.version,
        response=response,
        answered=answered,
    )


def test_what_was_submitted_last_time_is_offered_without_its_caveat(before, wave):
    submit(before, STRANGER)
    offers = offer(wave)
    assert {code: each.value for code, each in offers.items()} == {
        **ANSWERS,
        "hoe": choose("wijk", "anders", anders="zelf"),
    }
    assert offers["hoe"] == PreviousAnswer(
        value=choose("wijk", "anders", anders="zelf"),
        description="Wijk\nAnders: zelf",
        wave_title="Proefmeting",
        given_on=NOW.date(),
        is_trend_break=False,
        is_confirmable=True,
        is_from_region=False,
    )
    assert set(offer(wave, answered=["beperkt", "hoe"])) == set(ANSWERS) - {"beperkt", "hoe"}


def test_drafts_excluded_responses_and_hidden_answers_are_not_offered(before, wave):
    draft = make_response(before, STRANGER, answers=ANSWERS)
    assert offer(wave) == {}
    answer(draft, {"beperkt": choose("nee")})
    submitted = submit_response(draft, by=None, at=NOW)
    assert "hoe" not in offer(wave)
    assert "beperkt" in offer(wave)
    exclude_response(submitted, by=None, reason="Dubbel", at=NOW)
    assert offer(wave) == {}


def test_without_a_previous_wave_nothing_is_offered(before, django_assert_num_queries):
    submit(before, STRANGER)
    organisation, version = Organisation.objects.get(pk=STRANGER), before.version
    with django_assert_num_queries(0):
        assert load_previous_answers(before, organisation=organisation, version=version) == {}


def test_a_municipality_sees_what_its_region_said_of_it(before, wave):
    deviating = make_response(before, REGION, answers=ANSWERS, covers=[MEMBER, OTHER_MEMBER])
    deviation = AnswerChange("poh", choose("overig"), 0, municipality=MEMBER)
    save_answers(deviating, changes=[deviation], by=None, at=NOW)
    submit_response(deviating, by=None, at=NOW)
    offers = offer(wave, MEMBER)
    assert {each.is_from_region for each in offers.values()} == {True}
    assert offers["poh"].value == choose("overig")
    assert offer(wave, OTHER_MEMBER)["poh"].value == choose("ja")
    # The region itself sees what it said in general.
    assert offer(wave, REGION)["poh"].value == choose("ja")
    assert {each.is_from_region for each in offer(wave, REGION).values()} == {False}


def test_a_number_of_the_whole_region_is_not_confirmed_for_one_municipality(before, wave):
    submit(before, REGION, covers=[MEMBER])
    offers = offer(wave, MEMBER)
    assert {code for code, each in offers.items() if not each.is_confirmable} == {"fte", "kosten"}
    version, organisation = wave.version, Organisation.objects.get(pk=MEMBER)
    assert list_previous_values(wave, organisation=organisation, version=version) == {}
    organisation = Organisation.objects.get(pk=REGION)
    assert list_previous_values(wave, organisation=organisation, version=version)["fte"] == count(12)


def test_its_own_answer_goes_before_that_of_its_region_and_a_disputed_one_is_left_out(before, wave):
    region = submit(before, REGION, covers=[MEMBER, OTHER_MEMBER])
    submit(before, MEMBER, {"beperkt": choose("nee"), "poh": choose("nee")})
    assert (offer(wave, MEMBER)["beperkt"].value, offer(wave, MEMBER)["beperkt"].is_from_region) == (
        choose("nee"),
        False,
    )
    seen = SeenAnswer(load_answers(region)["poh"].revision, False)
    dispute_answer(
        region, municipality=OTHER_MEMBER, question="poh", seen=seen, reason="Klopt niet", by=None, at=NOW
    )
    assert "poh" not in offer(wave, OTHER_MEMBER)
    assert "beperkt" in offer(wave, OTHER_MEMBER)


def test_a_broken_trend_is_shown_and_cannot_be_confirmed(before, wave):
    submit(before, STRANGER)
    wave.version = publish_definition(make_next())
    wave.save()
    offers = offer(wave)
    assert {code for code, each in offers.items() if each.is_trend_break} == {"poh", "verzekeraar", "sinds"}
    # "hoe" no longer asks for words, "fte" is more than it may be: what they were is not an answer as it is.
    assert {code for code, each in offers.items() if not each.is_confirmable} == {
        *("poh", "verzekeraar", "sinds", "hoe", "fte")
    }
    assert offers["poh"].description == "Ja"
    assert "kosten" not in offers
    values = list_previous_values(
        wave, organisation=Organisation.objects.get(pk=STRANGER), version=wave.version
    )
    assert "poh" not in values
    assert values["fte"] == count(12)


def test_what_was_left_behind_when_moving_is_offered_first(before, wave):
    submit(before, STRANGER, {**ANSWERS, "fte": count(3), "poh": choose("overig")})
    response = make_response(wave, STRANGER, answers={**ANSWERS, "fte": count(12)})
    version = publish_definition(make_next())
    ask_newer_version(wave, version=version)
    moved = move_response(response, to=version, by=None, at=NOW)
    offers = offer(wave, response=moved, answered=set(load_answers(moved)))
    assert {code: each.value for code, each in offers.items()} == {
        "fte": count(12), "poh": choose("ja"), "verzekeraar": choose("nee"), "sinds": DONT_KNOW
    }  # fmt: skip
    assert {each.wave_title for each in offers.values()} == {"Proefmeting, eerdere versie"}
    assert not any(each.is_confirmable for each in offers.values())


def test_offering_takes_three_queries_however_much_was_said(before, wave, django_assert_num_queries):
    submit(before, STRANGER)
    ask_newer_version(wave, version=publish_definition(make_next()))
    ask_newer_version(wave, version=publish_definition(SAME_AGAIN))
    response = make_response(wave, STRANGER)
    organisation = Organisation.objects.get(pk=STRANGER)
    offer(wave, response=response)
    with django_assert_num_queries(3):
        offer_previous_answers(wave, organisation=organisation, version=response.version, response=response)


# --- An offer is no answer -----------------------------------------------------------------------


def test_an_offer_is_in_no_count_no_file_and_no_gap_check(before, wave):
    submit(before, STRANGER)
    client = sign_in("Gerda", STRANGER)
    page = read(client, f"/invullen/proef/{STRANGER}/huisarts/")
    assert "Vorige keer" in page
    response = make_response(wave, STRANGER, answers={"knelpunten": write("Geld.")})
    page = read(client, f"/invullen/proef/{STRANGER}/huisarts/")
    assert "Vorige keer" in page

    assert {gap.question.code for gap in assess_readiness(response).gaps if gap.question} >= {
        "beperkt",
        "poh",
    }
    assert set(load_answers(response)) == {"knelpunten"}
    assert not Answer.objects.filter(response=response).exclude(question__code="knelpunten").exists()
    assert not ResolvedAnswer.objects.filter(wave=wave).exists()
    layout = build_layout(load_definition(wave.version), lead=LEAD)
    (row,) = stream_responses(wave, layout=layout)
    filled = {column.name for column, cell in zip(layout.columns, row, strict=True) if cell is not None}
    assert filled == {"respondent", "municipalities", "status", "knelpunten"}
    for unit in ("response", "municipality"):
        assert not any(row.n for row in count_answers(wave, unit=unit).rows)


def test_a_confirmed_answer_counts_and_says_where_it_came_from(before, wave):
    submit(before, STRANGER)
    client = sign_in("Gerda", STRANGER)
    url = f"/invullen/proef/{STRANGER}/huisarts/"
    found = [
        line
        for line in client.get(url).content.decode().split('"')
        if line.startswith("previous") and "poh" in line
    ]
    answered = client.post(url, {"action": found[0]}, follow=True)
    assert answered.status_code == 200
    revision = AnswerRevision.objects.get(answer__response__wave=wave)
    assert (revision.answer.question.code, revision.origin) == ("poh", "previous")
    assert revision.value == choose("ja").as_dict()
