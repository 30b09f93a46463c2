import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Organisation
from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.queries import load_codes, load_definition
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse, ResponseLocked, WaveClosed
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.starting import save_coverage, start_response
from surveys.responses.lifecycle.submission import exclude_response, reopen_response, submit_response
from surveys.responses.models import AnswerRevision, ResolvedAnswer, Response
from surveys.responses.queries import load_answers
from tests.responses.factories import (
    COMPLETE,
    DONT_KNOW,
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
    write,
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
    response.refresh_from_db()
    assert response.saved_at == LATER


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


# --- Saving ---


def test_every_kind_of_value_comes_back_as_it_was_saved():
    values = {
        "beperkt": choose("ja"),
        "hoe": choose("school", "anders", anders="'s-Hertogenbosch & <b>"),
        "knelpunten": write("Regel een\nRegel twee 🙂"),
        "poh": choose("ja"),
        "sinds": DONT_KNOW,
        "fte": count("2.5"),
        "kosten": count("1234567.89"),
    }
    response = make_response(make_wave(), MEMBER, answers=values)
    assert show_values(response) == values


def test_each_save_is_a_new_revision_and_every_value_is_kept():
    person = make_person("Gerda")
    response = make_response(make_wave(), MEMBER)
    values = [write("eerst"), write("daarna"), BLANK]
    for value in values:
        answer(response, {"knelpunten": value}, by=person)
    stored = load_answers(response)["knelpunten"]
    assert (stored.value, stored.revision, stored.saved_by) == (BLANK, 3, "Gerda")
    history = AnswerRevision.objects.filter(answer=stored.id)
    assert [(row.number, row.value) for row in history] == [
        (number, value.as_dict()) for number, value in enumerate(values, start=1)
    ]


def test_a_replaced_choice_leaves_nothing_behind():
    response = make_response(make_wave(), MEMBER, answers={"beperkt": choose("ja")})
    answer(response, {"beperkt": choose("nee"), "hoe": choose("wijk", "school")})
    answer(response, {"hoe": choose("school")})
    assert show_values(response) == {"beperkt": choose("nee"), "hoe": choose("school")}


def test_the_same_value_again_writes_nothing():
    response = make_response(
        make_wave(), MEMBER, answers={"hoe": choose("school", "wijk"), "fte": count("2.5")}
    )
    before = show_log(response)
    changes = [
        AnswerChange("hoe", choose("wijk", "school"), 1),
        AnswerChange("fte", count("2.500"), 0),
        AnswerChange("knelpunten", BLANK, 0),
    ]
    outcome = save_answers(response, changes=changes, by=None, at=LATER)
    assert (outcome.saved, outcome.conflicts) == ([], [])
    assert {code: each.revision for code, each in load_answers(response).items()} == {"hoe": 1, "fte": 1}
    assert show_log(response) == before
    response.refresh_from_db()
    assert response.saved_at == NOW


def test_a_change_made_on_an_older_answer_is_a_conflict_and_overwrites_nothing():
    response = make_response(make_wave(), MEMBER)
    answer(response, {"knelpunten": write("van Gerda")}, by=make_person("Gerda"))
    changes = [AnswerChange("knelpunten", write("van Cor"), 0), AnswerChange("kosten", count(10), 0)]
    outcome = save_answers(response, changes=changes, by=None, at=LATER)
    assert outcome.saved == ["kosten"]
    (conflict,) = outcome.conflicts
    assert conflict.change == changes[0]
    assert (conflict.current.value, conflict.current.saved_by) == (write("van Gerda"), "Gerda")
    assert (conflict.current.saved_at, conflict.current.revision) == (NOW, 1)
    assert show_values(response)["knelpunten"] == write("van Gerda")


def test_saving_again_after_a_conflict_overwrites_and_keeps_both_in_the_history():
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("van Gerda")})
    mine = write("van Cor")
    (conflict,) = save_answers(
        response, changes=[AnswerChange("knelpunten", mine, 0)], by=None, at=NOW
    ).conflicts
    again = AnswerChange("knelpunten", mine, conflict.current.revision)
    assert save_answers(response, changes=[again], by=None, at=NOW).saved == ["knelpunten"]
    assert show_values(response)["knelpunten"] == mine
    texts = AnswerRevision.objects.order_by("number").values_list("value__text", flat=True)
    assert list(texts) == ["van Gerda", "van Cor"]


@pytest.mark.parametrize(("seen", "base"), [(write("eerst"), 1), (BLANK, 0)])
def test_a_field_left_alone_while_a_colleague_changed_it_is_no_conflict(seen, base):
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    answer(response, {"knelpunten": write("van een collega")})
    change = AnswerChange("knelpunten", seen, base)
    outcome = save_answers(response, changes=[change], by=None, at=NOW)
    assert (outcome.saved, outcome.conflicts) == ([], [])
    assert show_values(response)["knelpunten"] == write("van een collega")


def test_emptying_what_a_colleague_changed_is_a_conflict():
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    answer(response, {"knelpunten": write("van een collega")})
    outcome = save_answers(response, changes=[AnswerChange("knelpunten", BLANK, 1)], by=None, at=NOW)
    assert [conflict.current.value for conflict in outcome.conflicts] == [write("van een collega")]


def test_a_revision_that_never_was_overwrites_nothing():
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    outcome = save_answers(response, changes=[AnswerChange("knelpunten", write("x"), 7)], by=None, at=NOW)
    assert len(outcome.conflicts) == 1


def test_which_questions_are_asked_follows_every_save_and_values_are_kept():
    response = make_response(
        make_wave(), MEMBER, answers={"beperkt": choose("ja"), "hoe": choose("wijk"), "uitleg": write("Zo.")}
    )

    def show_routed():
        return {code for code, each in load_answers(response).items() if each.is_routed}

    assert show_routed() == {"beperkt", "hoe", "uitleg"}
    answer(response, {"beperkt": choose("nee")})
    assert show_routed() == {"beperkt"}
    assert show_values(response)["uitleg"] == write("Zo.")
    answer(response, {"beperkt": choose("ja")})
    assert show_routed() == {"beperkt", "hoe", "uitleg"}


def test_the_audit_says_who_saved_which_questions_but_not_what():
    person = make_person("Gerda")
    response = make_response(
        make_wave(), MEMBER, answers={"beperkt": choose("ja"), "kosten": count(1234)}, by=person
    )
    assert show_log(response) == [
        ("response.start", {}),
        ("response.save", {"sections": ["toegang", "huisarts"], "questions": ["beperkt", "kosten"]}),
    ]
    assert set(ModelLogEntry.objects.for_instance(response).values_list("user", flat=True)) == {person.pk}


@pytest.mark.parametrize("number", [1, 9])
def test_saving_takes_the_same_queries_for_one_and_for_many_questions(number, django_assert_num_queries):
    wave = make_wave()
    response = make_response(wave, MEMBER)
    load_definition(wave.version), load_codes(wave.version)  # remembered from now on
    values = {
        "beperkt": [choose("ja"), choose("nee")],
        "hoe": [choose("school"), choose("school", "wijk")],
        "uitleg": [write("a"), write("b")],
        "knelpunten": [write("a"), write("b")],
        "poh": [choose("ja"), choose("nee")],
        "verzekeraar": [choose("ja"), choose("nee")],
        "sinds": [count(2020), count(2021)],
        "fte": [count(1), count(2)],
        "kosten": [count(1), count(2)],
    }
    first = [AnswerChange(code, both[0], 0) for code, both in list(values.items())[:number]]
    with django_assert_num_queries(11):
        save_answers(response, changes=first, by=None, at=NOW)
    second = [AnswerChange(code, both[1], 1) for code, both in list(values.items())[:number]]
    with django_assert_num_queries(12):
        save_answers(response, changes=second, by=None, at=NOW)


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
    assert not ResolvedAnswer.objects.exists()
    assert show_values(response) == COMPLETE
    assert show_log(response)[-1] == (
        "response.reopen",
        {"reason": "Op verzoek", "receipt_code": submitted.receipt_code},
    )
    answer(response, {"poh": choose("overig"), "verzekeraar": choose("ja")})
    again = submit_response(response, by=None, at=LATER)
    assert again.receipt_code not in ("", submitted.receipt_code)
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
