from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_values import BLANK, AnswerState, AnswerValue, FilledCell
from surveys.questionnaire.definition import RuleDefinition
from surveys.responses.progress import (
    GapKind,
    Status,
    estimate_minutes,
    find_findings,
    find_gaps,
    find_open_recommendations,
    measure_progress,
)
from tests.questionnaire.answers import make_question as make_any_question
from tests.responses.factories import (
    DEFINITION,
    DONT_KNOW,
    choose,
    count,
    make_definition,
    make_question,
    write,
)


def show(values):
    return [(each.answered, each.asked, each.status) for each in measure_progress(DEFINITION, values=values)]


def show_gaps(values, *, has_municipalities=True):
    gaps = find_gaps(DEFINITION, values=values, has_municipalities=has_municipalities)
    return [(gap.kind, gap.question.code if gap.question else None) for gap in gaps]


def test_nothing_filled_in():
    assert show({}) == [(0, 2, Status.TODO), (0, 2, Status.TODO)]


def test_an_answer_that_opens_questions_raises_what_is_asked():
    assert show({"beperkt": choose("ja")}) == [(1, 3, Status.BUSY), (0, 3, Status.TODO)]


@pytest.mark.parametrize(
    ("value", "answered"),
    [
        (BLANK, 0),
        (DONT_KNOW, 1),
        (choose("nee"), 1),
    ],
)
def test_a_kind_of_nothing_is_an_answer_and_blank_is_not(value, answered):
    assert measure_progress(DEFINITION, values={"beperkt": value})[0].answered == answered


def test_a_section_is_done_when_everything_asked_is_answered():
    assert show({"beperkt": choose("nee"), "knelpunten": write("Geen.")})[0] == (2, 2, Status.DONE)


def test_anders_without_text_is_not_an_answer():
    values = {"beperkt": choose("ja"), "hoe": choose("school", "anders")}
    assert measure_progress(DEFINITION, values=values)[0].answered == 1
    assert (GapKind.NEEDS_TEXT, "hoe") in show_gaps(values)
    values["hoe"] = choose("school", "anders", anders="De bibliotheek")
    assert measure_progress(DEFINITION, values=values)[0].answered == 2
    assert (GapKind.NEEDS_TEXT, "hoe") not in show_gaps(values)


def test_gaps_are_the_required_questions_that_are_asked_in_order():
    assert show_gaps({}) == [(GapKind.UNANSWERED, "beperkt"), (GapKind.UNANSWERED, "poh")]
    assert show_gaps({"poh": choose("overig")}) == [
        (GapKind.UNANSWERED, "beperkt"),
        (GapKind.UNANSWERED, "verzekeraar"),
    ]
    assert show_gaps({"beperkt": DONT_KNOW, "poh": choose("nee")}) == []


def test_a_required_question_that_was_emptied_is_a_gap_again():
    assert show_gaps({"beperkt": BLANK, "poh": choose("nee")}) == [(GapKind.UNANSWERED, "beperkt")]


def test_a_region_without_municipalities_is_a_gap():
    values = {"beperkt": choose("nee"), "poh": choose("nee")}
    assert show_gaps(values, has_municipalities=False) == [(GapKind.NO_MUNICIPALITIES, None)]


def test_a_gap_names_its_section():
    gaps = find_gaps(DEFINITION, values={}, has_municipalities=True)
    assert [gap.section.code for gap in gaps] == ["toegang", "huisarts"]


def test_recommendations_are_named_but_are_no_gaps():
    values = {"beperkt": choose("nee"), "poh": choose("ja"), "verzekeraar": choose("ja"), "kosten": BLANK}
    assert show_gaps(values) == []
    open_codes = [gap.question.code for gap in find_open_recommendations(DEFINITION, values=values)]
    assert open_codes == ["knelpunten", "sinds", "kosten"]


def test_a_value_on_an_abandoned_route_counts_nowhere():
    values = {"beperkt": choose("nee"), "hoe": choose("anders"), "fte": count(3)}
    assert show(values) == [(1, 2, Status.BUSY), (0, 2, Status.TODO)]
    assert (GapKind.NEEDS_TEXT, "hoe") not in show_gaps(values)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            code: st.sampled_from(
                [BLANK, DONT_KNOW, *(choose(option.code) for option in question.options)]
                if question.is_choice
                else [BLANK, write("iets")]
            )
            for code, question in DEFINITION.questions.items()
        },
    )
)
def test_done_everywhere_means_nothing_left_to_do(values):
    progress = measure_progress(DEFINITION, values=values)
    assert all(0 <= each.answered <= each.asked for each in progress)
    nothing_left = not find_gaps(
        DEFINITION, values=values, has_municipalities=True
    ) and not find_open_recommendations(DEFINITION, values=values)
    assert all(each.answered == each.asked for each in progress) == nothing_left


@pytest.mark.parametrize(("texts", "choices", "minutes"), [(1, 0, 5), (2, 2, 5), (2, 3, 10), (25, 20, 60)])
def test_the_estimate_is_rounded_up_to_five_minutes(texts, choices, minutes):
    questions = [make_question(f"t{number}") for number in range(texts)]
    questions += [make_question(f"j{number}", "year") for number in range(choices)]
    assert estimate_minutes(make_definition(("deel", tuple(questions)))) == minutes


RULES = make_definition(
    (
        "cijfers",
        (
            make_question("meedoen", "single", options=("ja", "nee"), required=True),
            make_question("inwoners", "number"),
            make_question(
                "clienten",
                "number",
                after={"meedoen": ("ja",)},
                rules=(RuleDefinition("compare", "block", other="inwoners", comparison="at_most"),),
            ),
            make_question("kosten", "euro", rules=(RuleDefinition("range", "warn", minimum=Decimal(100)),)),
        ),
    )
)
BROKEN = {"meedoen": choose("ja"), "inwoners": count(10), "clienten": count(11), "kosten": count(5)}


def test_a_rule_that_blocks_stands_in_the_way_and_a_warning_does_not():
    (gap,) = find_gaps(RULES, values=BROKEN, has_municipalities=True)
    assert (gap.kind, gap.question.code) == (GapKind.RULE, "clienten")
    assert gap.message == "U vulde 11 in. Dat is meer dan 10 bij de vraag “Vraag inwoners?”."
    assert not find_gaps(RULES, values=BROKEN | {"clienten": count(10)}, has_municipalities=True)


def test_a_rule_says_nothing_of_what_is_not_asked():
    hidden = BROKEN | {"meedoen": choose("nee")}
    assert not find_gaps(RULES, values=hidden, has_municipalities=True)
    assert {each.question for each in find_findings(RULES, values=hidden)} == {"kosten"}


def test_a_confirmed_answer_is_not_warned_about_again_but_blocks_all_the_same():
    assert [each.question for each in find_findings(RULES, values=BROKEN)] == ["clienten", "kosten"]
    findings = find_findings(RULES, values=BROKEN, confirmed={"clienten", "kosten"})
    assert [each.question for each in findings] == ["clienten"]


def test_a_number_far_from_that_of_last_wave_is_asked_about_and_blocks_nothing():
    values, previous = {"inwoners": count(10)}, {"inwoners": count(1000)}
    (finding,) = find_findings(RULES, values=values, previous=previous)
    assert (finding.question, finding.severity) == ("inwoners", "warn")
    gaps = find_gaps(RULES, values=values, has_municipalities=True, previous=previous)
    assert [gap.kind for gap in gaps] == [GapKind.UNANSWERED]


@pytest.mark.parametrize("kind", ["typology", "ranking"])
def test_half_a_typology_or_ranking_is_not_an_answer_yet(kind):
    question = make_any_question(kind)
    whole = {
        "typology": AnswerValue(
            AnswerState.GIVEN, cells=(FilledCell("schaal", option="ja"), FilledCell("vorm", option="beter"))
        ),
        "ranking": choose("beter", "sneller", "goedkoper"),
    }[kind]
    half = replace(whole, cells=whole.cells[:1], options=whole.options[:2])
    definition = make_definition(("deel", (question,)))
    gaps = [
        len(find_gaps(definition, values={question.code: value}, has_municipalities=True))
        for value in (BLANK, half, whole)
    ]
    assert gaps == [1, 1, 0]
