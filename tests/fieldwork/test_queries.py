from datetime import date

import pytest

from surveys.fieldwork.queries import find_default_wave, list_status_history, read_answers, summarise_response
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.submission import exclude_response, reopen_response, submit_response
from tests.responses.factories import (
    COMPLETE,
    DEFINITION,
    DONT_KNOW,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
)

pytestmark = pytest.mark.django_db


def test_the_overview_of_a_wave_without_responses():
    overview = summarise_response(make_wave())

    assert (overview.started, overview.submitted) == (0, 0)
    assert overview.coverage.municipalities_total == 342
    assert overview.coverage.inhabitants == 0
    assert len(overview.youth_regions) == len(overview.silent_regions) == 42
    assert [row.code for row in overview.size_classes] == ["tot-50000", "50000-100000", "vanaf-100000"]


def test_the_overview_follows_the_responses():
    wave, person = make_wave(), make_person("Anna")
    region = make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER], by=person)
    own = make_response(wave, MEMBER, answers=COMPLETE)
    make_response(wave, STRANGER)
    submit_response(region, by=person)
    submit_response(own, by=None)

    overview = summarise_response(wave)

    assert (overview.started, overview.submitted, overview.in_progress) == (3, 2, 1)
    assert overview.coverage.municipalities == 2
    assert [overlap.municipality.code for overlap in overview.overlaps] == [MEMBER]
    listed = {row.organisation_code: row for row in overview.responses}
    assert listed[REGION].organisation == "Jeugdregio Holland Rijnland"
    assert listed[REGION].submitted_by == listed[REGION].started_by == "Anna"
    assert listed[REGION].municipality_codes == {MEMBER, OTHER_MEMBER}
    assert listed[MEMBER].submitted_by == ""
    assert listed[STRANGER].submitted_at is None


def test_another_wave_is_another_matter():
    wave = make_wave()
    make_response(make_wave(code="ander"), MEMBER)

    assert summarise_response(wave).started == 0


@pytest.mark.parametrize("organisations", [[MEMBER], [MEMBER, REGION, STRANGER]])
def test_the_overview_takes_three_queries(django_assert_num_queries, organisations):
    wave = make_wave()
    for code in organisations:
        make_response(wave, code, by=make_person(code))

    with django_assert_num_queries(3):
        overview = summarise_response(wave)

    assert overview.started == len(organisations)


def test_the_open_wave_is_shown_first_and_else_the_newest():
    assert find_default_wave() is None
    old = make_wave(code="oud", reference_date=date(2022, 1, 1))
    new = make_wave(code="nieuw", reference_date=date(2025, 1, 1))
    close_wave(new)
    assert find_default_wave() == old

    close_wave(old)

    assert find_default_wave() == new


def test_answers_are_read_in_words_with_the_reason_when_there_is_none():
    answers = {
        "beperkt": DONT_KNOW,
        "poh": choose("overig"),
        "verzekeraar": choose("ja"),
        "kosten": count("1234.5"),
    }
    response = make_response(make_wave(DEFINITION), MEMBER, answers=answers)

    read = {answer.question_code: answer for section in read_answers(response) for answer in section.answers}

    assert (read["beperkt"].answer, read["beperkt"].is_given) == ("Weet ik niet", False)
    assert (read["poh"].answer, read["poh"].is_given) == ("Overig", True)
    assert (read["kosten"].answer, read["kosten"].is_given) == ("€ 1.234,5", True)
    assert (read["knelpunten"].answer, read["knelpunten"].is_given) == ("Niet ingevuld", False)
    assert (read["sinds"].answer, read["sinds"].is_given) == ("Niet gesteld, door een eerder antwoord", False)


def test_a_hidden_answer_is_not_read():
    response = make_response(make_wave(), MEMBER, answers={"poh": choose("ja"), "sinds": count(2020)})
    make_response(response.wave, MEMBER, answers={"poh": choose("nee")})

    read = {answer.question_code: answer for section in read_answers(response) for answer in section.answers}

    assert "2020" not in read["sinds"].answer


def test_the_history_tells_who_changed_the_status_and_why(django_assert_num_queries):
    person = make_person("Anna")
    response = make_response(make_wave(), MEMBER, answers=COMPLETE, by=person)
    submit_response(response, by=person)
    reopen_response(response, by=person, reason="Vergissing")
    exclude_response(response, by=person, reason="Dubbel")

    with django_assert_num_queries(1):
        entries = [
            (entry.action, entry.user_display_name, entry.data.get("reason"))
            for entry in list_status_history(response)
        ]

    assert sorted(entries) == [
        ("response.exclude", "Anna", "Dubbel"),
        ("response.reopen", "Anna", "Vergissing"),
        ("response.start", "Anna", None),
        ("response.submit", "Anna", None),
    ]
