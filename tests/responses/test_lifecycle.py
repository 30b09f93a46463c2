import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Organisation
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse, ResponseLocked, WaveClosed
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.starting import save_coverage, start_response
from surveys.responses.lifecycle.submission import exclude_response, reopen_response, submit_response
from surveys.responses.models import ResolvedAnswer, Response
from surveys.responses.queries import load_answers
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def show_log(response):
    entries = ModelLogEntry.objects.for_instance(response).order_by("pk")
    return [(entry.action, entry.data) for entry in entries]


def show_values(response):
    return {code: answer.value for code, answer in load_answers(response).items()}


def show_coverage(response):
    return set(response.coverage.values_list("municipality", flat=True))


# --- Starting ---


def test_a_municipality_answers_for_itself():
    person = make_person("Gerda")
    response = make_response(make_wave(), MEMBER, by=person)
    assert show_coverage(response) == {MEMBER}
    assert (response.started_by, response.started_at, response.status) == (person, NOW, "draft")


def test_a_region_starts_with_no_municipality_at_all():
    assert show_coverage(make_response(make_wave(), REGION)) == set()


def test_starting_twice_is_starting_once():
    wave = make_wave()
    response = make_response(wave, MEMBER, by=make_person("Gerda"))
    again = make_response(wave, MEMBER, by=make_person("Cor"), at=LATER)
    assert again == response
    assert again.started_by == response.started_by
    assert [action for action, _ in show_log(response)] == ["response.start"]


def test_a_municipality_that_no_longer_exists_on_the_reference_date_is_not_asked():
    wave = make_wave(reference_date=date(2026, 1, 1))
    gone = Organisation.objects.get(pk="GM0530")  # Hellevoetsluis, since 2023 part of Voorne aan Zee
    with pytest.raises(ActionRefused, match="hoort niet bij de meting"):
        start_response(wave, organisation=gone, by=None, at=NOW)


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 4, 1)])
def test_nobody_starts_outside_the_dates(day):
    wave = make_wave(opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 31))
    at = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    with pytest.raises(WaveClosed):
        make_response(wave, MEMBER, at=at)
    assert not Response.objects.exists()


def test_the_last_day_ends_at_midnight_in_the_netherlands():
    wave = make_wave(opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 31))
    last_minute = datetime(2026, 3, 31, 23, 59, tzinfo=ZoneInfo("Europe/Amsterdam"))
    response = make_response(wave, MEMBER, at=last_minute)
    with pytest.raises(WaveClosed):
        answer(response, COMPLETE, at=last_minute + timedelta(minutes=1))


# --- Coverage ---


def test_a_region_ticks_its_members():
    response = make_response(make_wave(), REGION, covers=[MEMBER, OTHER_MEMBER])
    assert show_coverage(response) == {MEMBER, OTHER_MEMBER}
    save_coverage(response, municipality_codes=[MEMBER], by=None, at=LATER)
    assert show_coverage(response) == {MEMBER}


def test_a_region_cannot_answer_for_another_regions_municipality():
    response = make_response(make_wave(), REGION, covers=[MEMBER])
    with pytest.raises(ActionRefused, match="bij uw regio"):
        save_coverage(response, municipality_codes=[MEMBER, STRANGER], by=None, at=NOW)
    assert show_coverage(response) == {MEMBER}


def test_a_municipality_cannot_answer_for_others():
    response = make_response(make_wave(), MEMBER)
    with pytest.raises(ActionRefused):
        save_coverage(response, municipality_codes=[], by=None, at=NOW)
    assert show_coverage(response) == {MEMBER}


def test_two_people_who_tick_at_the_same_time_both_keep_their_ticks():
    response = make_response(make_wave(), REGION, covers=["GM0484"])
    for codes in (["GM0484", MEMBER], [OTHER_MEMBER]):  # the second adds one and removes Alphen
        save_coverage(response, municipality_codes=codes, seen_codes=["GM0484"], by=None, at=NOW)
    assert show_coverage(response) == {MEMBER, OTHER_MEMBER}


# --- Submitting ---


def test_submitting_gives_a_receipt_and_locks_the_answers():
    person = make_person("Gerda")
    response = make_response(make_wave(), MEMBER, answers=COMPLETE)
    submitted = submit_response(response, by=person, at=LATER)
    assert (submitted.status, submitted.submitted_at, submitted.submitted_by) == ("submitted", LATER, person)
    pattern = r"MM-2026-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"
    assert re.fullmatch(pattern, submitted.receipt_code)
    with pytest.raises(ResponseLocked):
        save_answers(response, changes=[AnswerChange("kosten", count(1), 0)], by=None, at=LATER)
    with pytest.raises(ResponseLocked):
        submit_response(response, by=None, at=LATER)
    assert show_values(response) == COMPLETE


def test_a_region_that_submitted_cannot_change_its_municipalities():
    response = make_response(make_wave(), REGION, answers=COMPLETE, covers=[MEMBER])
    submit_response(response, by=None, at=NOW)
    with pytest.raises(ResponseLocked):
        save_coverage(response, municipality_codes=[MEMBER, OTHER_MEMBER], by=None, at=NOW)


def test_no_two_receipts_are_the_same():
    wave = make_wave()
    codes = {
        submit_response(make_response(wave, code, answers=COMPLETE), by=None, at=NOW).receipt_code
        for code in (MEMBER, OTHER_MEMBER, STRANGER)
    }
    assert len(codes) == 3


def test_an_incomplete_response_is_refused_with_every_gap_and_stays_open():
    response = make_response(make_wave(), REGION, answers={"beperkt": choose("nee")})
    with pytest.raises(IncompleteResponse) as refusal:
        submit_response(response, by=None, at=NOW)
    assert [gap.question and gap.question.code for gap in refusal.value.gaps] == [None, "poh"]
    response.refresh_from_db()
    assert (response.status, response.receipt_code) == ("draft", "")
    assert not ResolvedAnswer.objects.exists()


def test_nothing_is_saved_or_submitted_after_the_wave_closed():
    wave = make_wave()
    response = make_response(wave, MEMBER, answers=COMPLETE)
    close_wave(wave)
    with pytest.raises(WaveClosed):
        answer(response, {"kosten": count(1)})
    with pytest.raises(WaveClosed):
        submit_response(response, by=None, at=NOW)


def test_a_municipality_counts_in_its_own_groups():
    response = make_response(make_wave(), MEMBER, answers=COMPLETE)
    submitted = submit_response(response, by=None, at=NOW)
    groups = (submitted.size_class_id, submitted.province_id, submitted.youth_region_id)
    assert groups == ("vanaf-100000", "PV28", REGION)


def test_a_region_counts_in_the_groups_that_all_its_ticked_municipalities_share():
    wave = make_wave()
    response = make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER])
    submitted = submit_response(response, by=None, at=NOW)
    groups = (submitted.size_class_id, submitted.province_id, submitted.youth_region_id)
    assert groups == (None, "PV28", REGION)


def test_only_submitting_makes_answers_hold_for_the_ticked_municipalities():
    response = make_response(make_wave(), REGION, answers=COMPLETE, covers=[MEMBER])
    assert not ResolvedAnswer.objects.exists()
    submit_response(response, by=None, at=NOW)
    rows = ResolvedAnswer.objects.values_list("municipality", "question__code", "state", "provenance")
    assert set(rows) == {
        (MEMBER, "beperkt", "given", "inherited"),
        (MEMBER, "poh", "given", "inherited"),
    }


# --- Reopening and excluding ---


def test_reopening_gives_the_response_back_and_takes_it_out_of_the_count():
    response = make_response(make_wave(), MEMBER, answers=COMPLETE)
    submitted = submit_response(response, by=None, at=NOW)
    reopened = reopen_response(response, by=None, reason="Op verzoek", at=LATER)
    assert (reopened.status, reopened.submitted_at, reopened.receipt_code) == ("draft", None, "")
    assert reopened.reopening_reason == "Op verzoek"
    assert not ResolvedAnswer.objects.exists()
    assert show_values(response) == COMPLETE
    assert show_log(response)[-1] == (
        "response.reopen",
        {"reason": "Op verzoek", "receipt_code": submitted.receipt_code},
    )
    answer(response, {"poh": choose("overig"), "verzekeraar": choose("ja")})
    again = submit_response(response, by=None, at=LATER)
    assert again.receipt_code not in ("", submitted.receipt_code)
    assert again.reopening_reason == ""
    assert ResolvedAnswer.objects.count() == 3


def test_excluding_keeps_the_answers_and_takes_them_out_of_the_count():
    response = make_response(make_wave(), MEMBER, answers=COMPLETE)
    submit_response(response, by=None, at=NOW)
    excluded = exclude_response(response, by=None, reason="Dubbel", at=LATER)
    assert (excluded.status, excluded.exclusion_reason) == ("excluded", "Dubbel")
    assert not ResolvedAnswer.objects.exists()
    assert show_values(response) == COMPLETE
    with pytest.raises(ResponseLocked):
        answer(response, {"kosten": count(1)})
    with pytest.raises(ActionRefused, match="al buiten beschouwing"):
        exclude_response(response, by=None, reason="Nog eens", at=LATER)
    assert reopen_response(response, by=None, reason="Toch niet", at=LATER).exclusion_reason == ""


def test_a_draft_can_be_excluded_but_not_reopened():
    response = make_response(make_wave(), MEMBER)
    with pytest.raises(ActionRefused, match="nog niet ingediend"):
        reopen_response(response, by=None, reason="", at=NOW)
    assert exclude_response(response, by=None, reason="Proef", at=NOW).status == "excluded"


def test_a_response_is_not_reopened_when_nobody_could_finish_it():
    wave = make_wave()
    response = make_response(wave, MEMBER, answers=COMPLETE)
    submit_response(response, by=None, at=NOW)
    close_wave(wave)
    with pytest.raises(WaveClosed):
        reopen_response(response, by=None, reason="Te laat", at=NOW)
    assert ResolvedAnswer.objects.exists()
