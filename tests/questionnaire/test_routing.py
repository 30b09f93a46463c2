from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.definition import (
    ConditionDefinition,
    Definition,
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
)
from surveys.questionnaire.routing import describe_conditions, find_routed_questions

OPTIONS = ("ja", "nee", "overig")


def make_question(code: str, *conditions: ConditionDefinition) -> QuestionDefinition:
    return QuestionDefinition(
        code=code,
        kind="multiple",
        text=code,
        requirement="required",
        options=tuple(OptionDefinition(option, option) for option in OPTIONS),
        conditions=conditions,
    )


def make_definition(*questions: QuestionDefinition) -> Definition:
    return Definition("s", "S", 1, (SectionDefinition("a", "A", questions),))


FIRST, SECOND, THIRD = (
    make_question("first"),
    make_question("second", ConditionDefinition("first", ("ja", "overig"))),
    make_question("third", ConditionDefinition("second", ("ja",)), ConditionDefinition("first", ("ja",))),
)
CHAIN = make_definition(FIRST, SECOND, THIRD)


def test_a_route_is_described_in_words():
    assert describe_conditions(CHAIN, code="first") == []
    assert describe_conditions(CHAIN, code="second") == ["Alleen na “ja” of “overig” bij de vraag “first”"]
    assert describe_conditions(CHAIN, code="third") == [
        "Alleen na “ja” bij de vraag “second”",
        "Alleen na “ja” bij de vraag “first”",
    ]
    every = make_question("every", ConditionDefinition("first", OPTIONS))
    assert describe_conditions(make_definition(FIRST, every), code="every") == [
        "Alleen na “ja”, “nee” of “overig” bij de vraag “first”"
    ]


def every_choice():
    return chain.from_iterable(combinations(OPTIONS, size) for size in range(len(OPTIONS) + 1))


def test_chain_of_three_questions_for_every_possible_choice():
    for first in every_choice():
        for second in every_choice():
            routed = find_routed_questions(CHAIN, chosen={"first": first, "second": second})
            opens_second = "ja" in first or "overig" in first
            opens_third = opens_second and "ja" in second and "ja" in first
            assert routed == {"first"} | ({"second"} if opens_second else set()) | (
                {"third"} if opens_third else set()
            )


def test_nothing_chosen_leaves_only_questions_without_conditions():
    assert find_routed_questions(CHAIN, chosen={}) == {"first"}


def test_answer_on_an_abandoned_route_opens_nothing():
    assert find_routed_questions(CHAIN, chosen={"first": ["nee"], "second": ["ja"]}) == {"first"}


def test_unknown_questions_and_options_are_ignored():
    assert find_routed_questions(CHAIN, chosen={"first": ["misschien"], "zesde": ["ja"]}) == {"first"}


@st.composite
def definitions(draw):
    questions: list[QuestionDefinition] = []
    for number in range(draw(st.integers(1, 8))):
        sources = draw(st.lists(st.sampled_from(questions), unique=True, max_size=3)) if questions else []
        conditions = [
            ConditionDefinition(
                source.code, tuple(draw(st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1)))
            )
            for source in sources
        ]
        questions.append(make_question(f"q{number}", *conditions))
    return make_definition(*questions)


choices = st.dictionaries(
    st.sampled_from([f"q{number}" for number in range(8)]), st.sets(st.sampled_from(OPTIONS))
)


def is_routed_by_recursion(definition: Definition, code: str, chosen) -> bool:
    """The rule in its own words: asked when each condition's question is asked and has one of its options."""
    return all(
        is_routed_by_recursion(definition, condition.question, chosen)
        and bool(chosen.get(condition.question, set()) & set(condition.any_of))
        for condition in definition.questions[code].conditions
    )


@given(definitions(), choices)
def test_equals_the_naive_recursion(definition, chosen):
    expected = {code for code in definition.questions if is_routed_by_recursion(definition, code, chosen)}
    assert find_routed_questions(definition, chosen=chosen) == expected


@given(definitions(), choices, choices)
def test_choosing_more_never_closes_a_question(definition, chosen, extra):
    more = {code: chosen.get(code, set()) | extra.get(code, set()) for code in chosen.keys() | extra.keys()}
    assert find_routed_questions(definition, chosen=chosen) <= find_routed_questions(definition, chosen=more)


@given(definitions(), choices)
def test_answers_of_questions_that_are_not_asked_make_no_difference(definition, chosen):
    routed = find_routed_questions(definition, chosen=chosen)
    kept = {code: options for code, options in chosen.items() if code in routed}
    assert find_routed_questions(definition, chosen=kept) == routed


@given(definitions(), choices)
def test_a_later_choice_never_changes_an_earlier_question(definition, chosen):
    codes = list(definition.questions)
    routed = find_routed_questions(definition, chosen=chosen)
    for position, code in enumerate(codes):
        before = {earlier: chosen.get(earlier, set()) for earlier in codes[:position]}
        assert (code in find_routed_questions(definition, chosen=before)) is (code in routed)
