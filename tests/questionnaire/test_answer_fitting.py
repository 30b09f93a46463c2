"""An answer to an older version fits a question exactly, without words nobody asks for any more, or not at all."""

from dataclasses import replace
from decimal import Decimal

import pytest

from surveys.questionnaire.answer_fitting import fit_answer
from surveys.questionnaire.answer_values import (
    BLANK,
    AnswerState,
    AnswerValue,
    AttachedFile,
    ChosenOption,
)
from surveys.questionnaire.definition import OptionDefinition, QuestionDefinition

OPTIONS = (OptionDefinition("ja", "Ja"), OptionDefinition("anders", "Anders", asks_text=True))
CHOICE = QuestionDefinition("mee", "multiple", "Mee?", "required", options=OPTIONS, missing=("dont_know",))
NUMBER = QuestionDefinition("fte", "number", "Fte?", "recommended", maximum=Decimal(10), decimals=1)
TEXT = QuestionDefinition("uitleg", "text", "Leg uit.", "recommended")
PLACES = tuple(OptionDefinition(code, code.capitalize()) for code in ("geld", "tijd", "mensen"))
RANKING = QuestionDefinition("top", "ranking", "Wat eerst?", "recommended", options=PLACES)
FILE = QuestionDefinition("bewijs", "file", "Een stuk?", "recommended")

CHOSEN = AnswerValue(AnswerState.GIVEN, (ChosenOption("anders", "zelf"), ChosenOption("ja")))
HALF = AnswerValue(AnswerState.GIVEN, number=Decimal("2.5"))
ATTACHED = AnswerValue(AnswerState.GIVEN, file=AttachedFile(1, "plan.pdf", 9, "0" * 64))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (CHOICE, CHOSEN),
        (CHOICE, BLANK),
        (CHOICE, AnswerValue(AnswerState.DONT_KNOW, caveat="Wordt onderzocht.")),
        (NUMBER, replace(HALF, caveat="Een schatting.")),
        (TEXT, AnswerValue(AnswerState.GIVEN, text="Zo:\n1.234,5")),
        (RANKING, AnswerValue(AnswerState.GIVEN, (ChosenOption("tijd"), ChosenOption("geld")))),
        (FILE, ATTACHED),
    ],
)
def test_what_is_still_an_answer_stays_as_it_was(question, value):
    assert fit_answer(question, value) == value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (replace(CHOICE, options=OPTIONS[:1]), CHOSEN),
        (replace(CHOICE, kind="single"), CHOSEN),
        (replace(CHOICE, missing=()), AnswerValue(AnswerState.DONT_KNOW)),
        (replace(NUMBER, maximum=Decimal(2)), HALF),
        (replace(NUMBER, decimals=0), HALF),
        (CHOICE, HALF),
        (TEXT, HALF),
        (NUMBER, AnswerValue(AnswerState.GIVEN, text="3")),
        (TEXT, CHOSEN),
        (TEXT, ATTACHED),
    ],
)
def test_what_is_no_answer_any_more_does_not_fit(question, value):
    assert fit_answer(question, value) is None


def test_words_behind_an_option_that_no_longer_asks_for_them_are_left_out():
    question = replace(CHOICE, options=(OPTIONS[0], OptionDefinition("anders", "Anders")))
    fitted = fit_answer(question, replace(CHOSEN, caveat="Let op."))
    assert fitted == AnswerValue(
        AnswerState.GIVEN, (ChosenOption("anders"), ChosenOption("ja")), caveat="Let op."
    )
