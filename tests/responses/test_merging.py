from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_values import BLANK, AnswerState, AnswerValue, FilledCell
from surveys.responses.merging import AnswerChange, Verdict, is_same, judge_change
from tests.responses.factories import choose, count, write

VALUES = st.sampled_from([BLANK, write("een"), write("twee"), count(3), choose("ja"), choose("ja", "nee")])


def judge(value, *, base, history):
    """`history` are the values of revision 1 and on."""
    return judge_change(
        AnswerChange("vraag", value, base),
        seen=([BLANK, *history] + [None] * 9)[base],
        current=history[-1] if history else None,
        current_revision=len(history),
    )


@given(VALUES, st.integers(0, 8), st.lists(VALUES, max_size=4))
def test_a_value_takes_the_place_of_another_only_when_its_author_had_seen_that(value, base, history):
    verdict = judge(value, base=base, history=history)
    current = history[-1] if history else BLANK
    if value == current:
        assert verdict is Verdict.UNCHANGED
    elif not history or base == len(history):
        assert verdict is Verdict.WRITE
    elif base < len(history) and value == [BLANK, *history][base]:
        assert verdict is Verdict.LEFT_ALONE
    else:
        assert verdict is Verdict.CONFLICT


def test_emptying_what_somebody_changed_meanwhile_is_a_conflict():
    assert judge(BLANK, base=1, history=[write("een"), write("twee")]) is Verdict.CONFLICT


def test_the_order_of_ticks_and_cells_says_nothing_but_that_of_a_ranking_does():
    one, other = choose("school", "wijk"), choose("wijk", "school")
    assert is_same(one, other)
    assert not is_same(one, other, is_ranking=True)
    cells = (FilledCell("a", "x", number=Decimal(1)), FilledCell("b", "x", number=Decimal(2)))
    first, second = (AnswerValue(AnswerState.GIVEN, cells=each) for each in (cells, cells[::-1]))
    assert is_same(first, second)
    assert is_same(count("2.5"), count("2.500"))


def test_a_caveat_and_the_words_behind_an_option_are_part_of_the_value():
    assert not is_same(choose("anders", anders="zo"), choose("anders", anders="zus"))
    assert not is_same(write("een"), AnswerValue(AnswerState.GIVEN, text="een", caveat="Schatting."))
