"""Several windows and people at the very same moment, each with a connection of their own."""

from functools import partial

import pytest

from surveys.coding.lifecycle.refusals import CodingRefused, SavedElsewhere
from surveys.coding.lifecycle.rounds import begin_settling
from surveys.coding.lifecycle.settling import settle_text
from surveys.coding.models import Coding, Settlement
from tests.coding.factories import assign, code, make_round, write_texts
from tests.harness.together import run_together
from tests.responses.factories import make_wave

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_windows_of_one_coder_the_second_is_told():
    wave = make_wave()
    [text] = write_texts(wave, "geld")
    anna = assign(make_round(wave), "Anna")

    jobs = [partial(code, anna, text, theme) for theme in ("geld", "wachten")]
    results = run_together(*jobs, refusals=CodingRefused)

    assert {type(result) for result in results} == {Coding, SavedElsewhere}
    [coding] = Coding.objects.all()
    winner = next(
        theme for theme, result in zip(("geld", "wachten"), results, strict=True) if result == coding
    )
    assert [theme.code for theme in coding.themes.all()] == [winner]
    assert coding.saves == 1


def test_what_holds_is_what_was_coded_also_when_settling_begins_that_moment():
    wave = make_wave()
    texts = write_texts(wave, "een", "twee", "drie", "vier")
    coding_round = make_round(wave)
    anna = assign(coding_round, "Anna")
    for text in texts:
        code(anna, text, "geld")

    run_together(
        *(lambda text=text: code(anna, text, "wachten", seen=1) for text in texts),
        lambda: begin_settling(coding_round, by=None),
        refusals=CodingRefused,
    )

    coded = {each.answer_id: [theme.code for theme in each.themes.all()] for each in Coding.objects.all()}
    held = {each.answer_id: [theme.code for theme in each.themes.all()] for each in Settlement.objects.all()}
    assert coded == held


def test_of_two_settlers_the_second_is_told():
    wave = make_wave()
    [text] = write_texts(wave, "geld")
    coding_round = make_round(wave)
    code(assign(coding_round, "Anna"), text, "geld")
    code(assign(coding_round, "Bert"), text, "wachten")
    begin_settling(coding_round, by=None)

    def settle(theme):
        return settle_text(coding_round, answer_id=text.pk, revision=1, seen=None, themes=[theme], by=None)

    jobs = [partial(settle, theme) for theme in ("geld", "wachten")]
    results = run_together(*jobs, refusals=CodingRefused)

    assert {type(result) for result in results} == {Settlement, SavedElsewhere}
    assert Settlement.objects.get() in results
