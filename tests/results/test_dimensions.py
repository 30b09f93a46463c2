import pytest

from surveys.questionnaire.definition import OptionDefinition, QuestionDefinition
from surveys.results.dimensions import (
    AnswerDimension,
    name_dimension,
    parse_answer_dimension,
    parse_dimensions,
)

QUESTIONS = {
    "hoe": QuestionDefinition(
        code="hoe",
        kind="multiple",
        text="Hoe werkt het?",
        requirement="required",
        options=(OptionDefinition("wijk", "In de wijk"),),
    )
}


@pytest.mark.parametrize(
    ("code", "name", "bare_name"),
    [
        ("province", "provincie", "provincie"),
        ("question:hoe", "antwoord op „Hoe werkt het?”", "antwoord op „hoe”"),
        (
            "question:hoe:wijk",
            "keuze voor „In de wijk” bij „Hoe werkt het?”",
            "keuze voor „wijk” bij „hoe”",
        ),
    ],
)
def test_a_dimension_has_a_name(code, name, bare_name):
    assert name_dimension(code, questions=QUESTIONS) == name
    assert name_dimension(code) == bare_name


def test_dimensions_are_the_four_or_closed_questions():
    assert parse_dimensions(["province", "question:hoe:wijk"]) == ("province", "question:hoe:wijk")
    assert parse_answer_dimension("question:hoe:wijk") == AnswerDimension("hoe", "wijk")
    assert parse_answer_dimension("question:hoe") == AnswerDimension("hoe")
    assert parse_answer_dimension("province") is None


@pytest.mark.parametrize(
    "codes",
    [
        ["colour"],
        ["question"],
        ["question:"],
        ["question:hoe:"],
        ["question:hoe:wijk:meer"],
        ["question:hoe", "question:hoe"],
        ["province", "size_class", "question:hoe"],
    ],
)
def test_what_is_no_dimension_is_refused(codes):
    with pytest.raises(ValueError, match=r"(?i)dimension|no question"):
        parse_dimensions(codes)
