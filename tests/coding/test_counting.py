"""A text answered for ten municipalities is ten municipalities, and one response."""

import pytest

from surveys.coding.counting import count_themes
from surveys.coding.lifecycle.rounds import begin_settling
from surveys.questionnaire import caveats
from surveys.questionnaire.models import FrameMunicipality
from surveys.responses.lifecycle.positions import dispute_answer
from surveys.responses.lifecycle.submission import exclude_response, reopen_response, submit_response
from surveys.responses.models import Answer
from surveys.results.counting import count_answers
from surveys.results.table import ANSWERED
from tests.coding.factories import QUESTION, assign, code, make_round, write_texts
from tests.responses.factories import COMPLETE, MEMBER, OTHER_MEMBER, STRANGER, make_wave, write
from tests.responses.regions import deviate, make_region_response, see

pytestmark = pytest.mark.django_db

UNITS = ("response", "municipality", "inhabitants")


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def region(wave):
    """A region that writes about money for two municipalities, and about waiting for one of them instead."""
    response = make_region_response(wave, answers=COMPLETE | {QUESTION: write("Geld")})
    deviate(response, OTHER_MEMBER, {QUESTION: write("Wachten")})
    return submit_response(response, by=None)


def code_by_words(wave):
    """A round in which two coders coded every text by its own words."""
    coding_round = make_round(wave)
    coders = [assign(coding_round, name) for name in ("Anna", "Bert")]
    for text in Answer.objects.filter(response__wave=wave, question__code=QUESTION):
        for coder in coders:
            code(coder, text, *text.text.lower().split())
    return begin_settling(coding_round, by=None)


def read_counts(coding_round, unit):
    counted = count_themes(coding_round, unit=unit)
    return {theme: each.weight for theme, each in counted.themes.items()} | {"base": counted.base.weight}


def population(wave, *codes):
    return sum(
        FrameMunicipality.objects.filter(wave=wave, municipality__in=codes).values_list(
            "population", flat=True
        )
    )


def test_a_shared_text_is_one_response_and_counts_for_each_municipality_it_holds_for(wave):
    submit_response(make_region_response(wave, answers=COMPLETE | {QUESTION: write("Geld")}), by=None)
    write_texts(wave, "Geld wachten")
    coding_round = code_by_words(wave)

    assert read_counts(coding_round, "response") == {"geld": 2, "wachten": 1, "personeel": 0, "base": 2}
    assert read_counts(coding_round, "municipality") == {"geld": 3, "wachten": 1, "personeel": 0, "base": 3}
    everybody = population(wave, MEMBER, OTHER_MEMBER, STRANGER)
    assert read_counts(coding_round, "inhabitants") == {
        "geld": everybody,
        "wachten": population(wave, STRANGER),
        "personeel": 0,
        "base": everybody,
    }


def test_a_deviation_is_a_text_of_its_own_for_its_municipality(wave, region):
    coding_round = code_by_words(wave)

    assert read_counts(coding_round, "response") == {"geld": 1, "wachten": 0, "personeel": 0, "base": 1}
    assert read_counts(coding_round, "municipality") == {"geld": 1, "wachten": 1, "personeel": 0, "base": 2}


def test_what_is_disputed_does_not_count_for_the_municipality(wave, region):
    coding_round = code_by_words(wave)

    dispute_answer(
        region,
        municipality=MEMBER,
        question=QUESTION,
        seen=see(region, QUESTION, municipality=MEMBER)[QUESTION],
        reason="Niet bij ons",
        by=None,
    )

    assert read_counts(coding_round, "response")["geld"] == 1
    assert read_counts(coding_round, "municipality") == {"geld": 0, "wachten": 1, "personeel": 0, "base": 1}


@pytest.mark.parametrize("unit", UNITS)
def test_the_base_is_that_of_the_results(wave, region, unit, monkeypatch):
    monkeypatch.setattr(caveats, "caveat_sources", [])
    write_texts(wave, "Geld", "Wachten")
    coding_round = code_by_words(wave)

    rows = count_answers(wave, unit=unit, questions=[QUESTION]).rows
    [row] = [row for row in rows if row.option == ANSWERED]

    counted = count_themes(coding_round, unit=unit)
    assert (counted.base.units, counted.base.weight) == (row.units, row.n)
    assert counted.answered == counted.base


def test_a_text_that_changed_or_was_not_settled_is_answered_but_not_in_the_base(wave):
    texts = write_texts(wave, "Geld", "Wachten", "Personeel")
    coding_round = make_round(wave)
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert")
    for text in texts[:2]:
        code(anna, text, text.text.lower())
        code(bert, text, text.text.lower())
    code(anna, texts[2], "personeel")
    begin_settling(coding_round, by=None)
    Answer.objects.filter(pk=texts[0].pk).update(revision=2)

    counted = count_themes(coding_round, unit="municipality")

    assert (counted.answered.units, counted.base.units) == (3, 1)
    assert {code: each.units for code, each in counted.themes.items()} == {
        "geld": 0,
        "wachten": 1,
        "personeel": 0,
    }


@pytest.mark.parametrize("step", [exclude_response, reopen_response])
def test_a_response_that_does_not_count_is_left_out(wave, step):
    texts = write_texts(wave, "Geld", "Geld")
    coding_round = code_by_words(wave)

    step(texts[0].response, by=None, reason="Dubbel")

    for unit in ("response", "municipality"):
        assert read_counts(coding_round, unit) == {"geld": 1, "wachten": 0, "personeel": 0, "base": 1}


def test_an_unknown_unit_is_refused(wave):
    with pytest.raises(ValueError, match="provincie"):
        count_themes(make_round(wave), unit="provincie")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("size", [1, 3])
def test_counting_takes_a_fixed_number_of_queries(wave, unit, size, django_assert_num_queries):
    write_texts(wave, *["Geld"] * size)
    coding_round = code_by_words(wave)
    count_themes(coding_round, unit=unit)

    with django_assert_num_queries(4):
        count_themes(coding_round, unit=unit)
