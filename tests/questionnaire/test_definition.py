from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import KINDS, MISSING_STATES, REQUIREMENTS
from surveys.questionnaire.models import Question


def test_the_models_know_the_same_kinds_and_requirements():
    assert tuple(Question.Kind) == KINDS
    assert tuple(Question.Requirement) == REQUIREMENTS


def test_every_kind_of_nothing_has_its_field_and_its_state():
    assert set(MISSING_STATES) == set(AnswerState) - {AnswerState.GIVEN, AnswerState.BLANK}
    for state in MISSING_STATES:
        assert Question._meta.get_field(f"allows_{state}")
