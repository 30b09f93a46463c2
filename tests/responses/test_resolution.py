import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.resolution import HoldingAnswer, SubmittedAnswer, resolve_answers
from tests.responses.factories import DEFINITION, make_definition, make_question

SAYING = [AnswerState.GIVEN, AnswerState.DONT_KNOW, AnswerState.NOT_APPLICABLE, AnswerState.REFUSED]
ONE_QUESTION = make_definition(("deel", (make_question("vraag"),)))
FOLLOW_UP = make_definition(
    (
        "deel",
        (
            make_question("eerst", "single", options=("ja", "nee")),
            make_question("daarna", after={"eerst": ("ja",)}),
        ),
    )
)


def said(answer_id: int, *options: str, state: AnswerState = AnswerState.GIVEN, is_routed: bool = True):
    return SubmittedAnswer(answer_id, state, is_routed, frozenset(options))


@pytest.mark.parametrize("own", [*AnswerState, None])
@pytest.mark.parametrize("region", [*AnswerState, None])
def test_what_is_said_by_the_municipality_beats_the_region(own, region):
    answers = {
        "own": {"vraag": said(1, state=own)} if own else {},
        "region": {"vraag": said(2, state=region)} if region else {},
    }
    resolved = resolve_answers(ONE_QUESTION, **answers)
    if own in SAYING:
        assert resolved == {"vraag": HoldingAnswer(answers["own"]["vraag"], is_own=True)}
    elif region in SAYING:
        assert resolved == {"vraag": HoldingAnswer(answers["region"]["vraag"], is_own=False)}
    else:
        assert resolved == {}


def test_an_own_no_closes_the_follow_up_of_the_region():
    resolved = resolve_answers(
        FOLLOW_UP, own={"eerst": said(1, "nee")}, region={"eerst": said(2, "ja"), "daarna": said(3)}
    )
    assert {code: held.answer.id for code, held in resolved.items()} == {"eerst": 1}


def test_an_own_value_left_behind_on_an_abandoned_route_does_not_hold():
    resolved = resolve_answers(
        FOLLOW_UP, own={"eerst": said(1, "nee"), "daarna": said(2, is_routed=False)}, region={}
    )
    assert set(resolved) == {"eerst"}


def test_a_blank_own_answer_lets_the_whole_route_of_the_region_through():
    resolved = resolve_answers(
        FOLLOW_UP,
        own={"eerst": said(1, state=AnswerState.BLANK), "daarna": said(2, is_routed=False)},
        region={"eerst": said(3, "ja"), "daarna": said(4)},
    )
    assert {code: held.answer.id for code, held in resolved.items()} == {"eerst": 3, "daarna": 4}


def test_an_own_yes_takes_only_the_follow_up_from_the_region():
    resolved = resolve_answers(
        FOLLOW_UP, own={"eerst": said(1, "ja")}, region={"eerst": said(2, "ja"), "daarna": said(3)}
    )
    assert {code: (held.answer.id, held.is_own) for code, held in resolved.items()} == {
        "eerst": (1, True),
        "daarna": (3, False),
    }


def draw_answers(first_id: int):
    """Consistent answers to DEFINITION: the routed flags are those of the answers themselves."""

    def give_flags(states):
        chosen = {code: options for code, (_, options) in states.items()}
        routed = find_routed_questions(DEFINITION, chosen=chosen)
        return {
            code: SubmittedAnswer(first_id + number, state, code in routed, options)
            for number, (code, (state, options)) in enumerate(states.items())
        }

    def draw_state(question):
        options = [frozenset({option.code}) for option in question.options] or [frozenset()]
        given_values = st.tuples(st.just(AnswerState.GIVEN), st.sampled_from(options))
        nothing = st.tuples(st.sampled_from(list(AnswerState)[1:]), st.just(frozenset()))
        return given_values | nothing

    states = {code: draw_state(question) for code, question in DEFINITION.questions.items()}
    return st.fixed_dictionaries({}, optional=states).map(give_flags)


@given(own=draw_answers(100), region=draw_answers(200))
def test_every_answer_that_holds_is_said_routed_and_own_where_possible(own, region):
    resolved = resolve_answers(DEFINITION, own=own, region=region)
    chosen = {code: held.answer.options for code, held in resolved.items()}
    assert set(resolved) <= find_routed_questions(DEFINITION, chosen=chosen)
    for code, held in resolved.items():
        assert held.answer.says_something
        assert held.answer is (own if held.is_own else region)[code]
        assert held.is_own == (code in own and own[code].says_something)


@given(answers=draw_answers(100))
def test_one_response_alone_holds_exactly_what_it_says(answers):
    says = {code: answer for code, answer in answers.items() if answer.says_something}
    as_own = resolve_answers(DEFINITION, own=answers, region={})
    as_region = resolve_answers(DEFINITION, own={}, region=answers)
    assert {code: held.answer for code, held in as_own.items()} == says
    assert {code: held.answer for code, held in as_region.items()} == says
    assert all(held.is_own for held in as_own.values())
    assert not any(held.is_own for held in as_region.values())
