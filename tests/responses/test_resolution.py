import pytest

from surveys.questionnaire.answer_values import AnswerState
from surveys.responses.resolution import (
    NOTHING,
    Resolution,
    ResolutionState,
    SubmittedAnswer,
    resolve_municipality,
)
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


def resolve(definition, *, own=None, region=None, **rest):
    return resolve_municipality(definition, own=own or {}, region=region or {}, **rest)


def show(resolved):
    """(state, id of the answer) of what is not nothing."""
    return {code: (each.state.value, each.answer.id) for code, each in resolved.items() if each != NOTHING}


def said(answer_id: int, *options: str, state: AnswerState = AnswerState.GIVEN, is_routed: bool = True):
    return SubmittedAnswer(answer_id, state, is_routed, frozenset(options))


@pytest.mark.parametrize("own", [*AnswerState, None])
@pytest.mark.parametrize("region", [*AnswerState, None])
@pytest.mark.parametrize("deviation", [*AnswerState, None])
def test_what_the_municipality_says_beats_the_region_and_a_deviation_the_general_answer(
    own, region, deviation
):
    answers = {
        "own": {"vraag": said(1, state=own)} if own else {},
        "region": {"vraag": said(2, state=region)} if region else {},
        "deviations": {"vraag": said(3, state=deviation)} if deviation else {},
    }
    resolved = resolve(ONE_QUESTION, **answers)["vraag"]
    if own in SAYING:
        assert resolved == Resolution(ResolutionState.OWN, answers["own"]["vraag"])
    elif deviation in SAYING:
        assert resolved == Resolution(ResolutionState.OVERRIDDEN, answers["deviations"]["vraag"])
    elif region in SAYING:
        assert resolved == Resolution(ResolutionState.INHERITED, answers["region"]["vraag"])
    else:
        assert resolved == NOTHING


def test_an_own_no_closes_the_follow_up_of_the_region():
    resolved = resolve(
        FOLLOW_UP, own={"eerst": said(1, "nee")}, region={"eerst": said(2, "ja"), "daarna": said(3)}
    )
    assert show(resolved) == {"eerst": ("own", 1)}


def test_an_own_value_left_behind_on_an_abandoned_route_does_not_hold():
    resolved = resolve(FOLLOW_UP, own={"eerst": said(1, "nee"), "daarna": said(2, is_routed=False)})
    assert show(resolved) == {"eerst": ("own", 1)}


def test_a_blank_own_answer_lets_the_whole_route_of_the_region_through():
    resolved = resolve(
        FOLLOW_UP,
        own={"eerst": said(1, state=AnswerState.BLANK), "daarna": said(2, is_routed=False)},
        region={"eerst": said(3, "ja"), "daarna": said(4)},
    )
    assert show(resolved) == {"eerst": ("inherited", 3), "daarna": ("inherited", 4)}


def test_an_own_yes_takes_only_the_follow_up_from_the_region():
    resolved = resolve(
        FOLLOW_UP, own={"eerst": said(1, "ja")}, region={"eerst": said(2, "ja"), "daarna": said(3)}
    )
    assert show(resolved) == {"eerst": ("own", 1), "daarna": ("inherited", 3)}


def test_a_deviating_no_closes_the_general_follow_up():
    region = {"eerst": said(1, "ja"), "daarna": said(2)}
    assert show(resolve(FOLLOW_UP, region=region, deviations={"eerst": said(3, "nee")})) == {
        "eerst": ("overridden", 3)
    }


def test_a_general_follow_up_does_not_come_along_for_who_says_yes_against_a_deviating_no():
    """The region said nothing of this municipality after its "nee"."""
    region = {"eerst": said(1, "ja"), "daarna": said(2)}
    resolved = resolve(
        FOLLOW_UP, own={"eerst": said(4, "ja")}, region=region, deviations={"eerst": said(3, "nee")}
    )
    assert show(resolved) == {"eerst": ("own", 4)}


def test_a_deviating_yes_opens_the_follow_up_for_a_deviation_only():
    region = {"eerst": said(1, "nee"), "daarna": said(2, is_routed=False)}
    deviations = {"eerst": said(3, "ja")}
    assert show(resolve(FOLLOW_UP, region=region, deviations=deviations)) == {"eerst": ("overridden", 3)}
    deviations["daarna"] = said(4, is_routed=False)
    assert show(resolve(FOLLOW_UP, region=region, deviations=deviations)) == {
        "eerst": ("overridden", 3),
        "daarna": ("overridden", 4),
    }


def test_what_is_reached_through_a_disputed_answer_is_disputed_too():
    region = {"eerst": said(1, "ja"), "daarna": said(2), "los": said(3)}
    definition = make_definition(
        (
            "deel",
            (
                *FOLLOW_UP.questions.values(),
                make_question("verder", after={"eerst": ("ja",)}),
                make_question("los"),
            ),
        )
    )
    resolved = resolve(definition, own={"verder": said(9)}, region=region, disputed={"eerst"})
    assert show(resolved) == {
        "eerst": ("disputed", 1),
        "daarna": ("disputed", 2),
        "verder": ("own", 9),
        "los": ("inherited", 3),
    }
    assert not resolved["daarna"].counts


def test_a_disputed_deviation_does_not_bring_the_general_answer_back():
    resolved = resolve(
        ONE_QUESTION, region={"vraag": said(1)}, deviations={"vraag": said(2)}, disputed={"vraag"}
    )
    assert show(resolved) == {"vraag": ("disputed", 2)}


def test_an_own_answer_settles_a_dispute():
    resolved = resolve(
        FOLLOW_UP,
        own={"eerst": said(1, "ja")},
        region={"eerst": said(2, "ja"), "daarna": said(3)},
        disputed={"eerst"},
    )
    assert show(resolved) == {"eerst": ("own", 1), "daarna": ("inherited", 3)}


def test_a_dispute_about_what_nobody_says_is_nothing():
    assert resolve(ONE_QUESTION, disputed={"vraag"})["vraag"] == NOTHING


def test_in_a_section_taken_over_the_region_is_not_heard():
    """Not its deviations either; what it says elsewhere of the same municipality stands."""
    region = {"beperkt": said(1, "ja"), "hoe": said(2, "wijk"), "poh": said(3, "ja"), "fte": said(4)}
    resolved = resolve(
        DEFINITION, region=region, deviations={"hoe": said(5, "school")}, taken_over={"toegang"}
    )
    assert show(resolved) == {"poh": ("inherited", 3)}
    own = {"beperkt": said(6, "ja")}
    resolved = resolve(DEFINITION, own=own, region=region, taken_over={"toegang"})
    assert show(resolved) == {"beperkt": ("own", 6), "poh": ("inherited", 3), "fte": ("inherited", 4)}


def test_an_answer_to_a_question_that_this_version_does_not_ask_is_left_out():
    answers = {"vraag": said(1), "vervallen": said(2)}
    assert show(resolve(ONE_QUESTION, own=answers, region=answers, deviations=answers)) == {
        "vraag": ("own", 1)
    }
