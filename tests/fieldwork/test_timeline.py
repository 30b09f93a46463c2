from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from surveys.fieldwork.timeline import DayCount, SubmissionMoment, count_per_day, find_spans, keep_changes

FIRST = date(2026, 3, 1)


def at(day, hour=12):
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def submit(response, day, *codes, hour=12):
    return SubmissionMoment(response, at(day, hour), frozenset(codes))


def count(submissions, *, endings=None, counting=(), days=5):
    """(responses, municipalities) at the end of each day."""
    spans = find_spans(submissions, endings=endings or {}, counting=counting)
    counts = count_per_day(spans, first=FIRST, last=FIRST + timedelta(days=days - 1))
    return [(each.responses, each.municipalities) for each in counts]


def test_a_submission_counts_from_its_day_on():
    assert count([submit(1, 2, "A", "B")], counting=[1]) == [(0, 0), (1, 2), (1, 2), (1, 2), (1, 2)]


def test_a_municipality_with_two_answers_counts_once():
    submissions = [submit(1, 2, "A", "B"), submit(2, 3, "A")]

    assert count(submissions, counting=[1, 2]) == [(0, 0), (1, 2), (2, 2), (2, 2), (2, 2)]


def test_a_reopened_response_counts_no_longer_and_again_when_it_is_submitted_again():
    submissions = [submit(1, 1, "A"), submit(1, 4, "A", "B")]

    assert count(submissions, endings={1: [at(3)]}, counting=[1]) == [
        (1, 1),
        (1, 1),
        (0, 0),
        (1, 2),
        (1, 2),
    ]


def test_a_withdrawn_response_counts_no_longer():
    assert count([submit(1, 1, "A")], endings={1: [at(3), at(4)]}) == [(1, 1), (1, 1), (0, 0), (0, 0), (0, 0)]


def test_what_was_submitted_and_reopened_on_one_day_did_not_count_at_its_end():
    assert count([submit(1, 2, "A", hour=9)], endings={1: [at(2, 15)]}) == [(0, 0)] * 5


def test_submitting_again_on_the_day_of_the_reopening_leaves_no_gap():
    submissions = [submit(1, 1, "A"), submit(1, 3, "A", hour=16)]

    assert count(submissions, endings={1: [at(3, 10)]}, counting=[1]) == [(1, 1)] * 5


def test_the_next_submission_ends_the_former_when_nobody_wrote_down_the_reopening():
    assert count([submit(1, 1, "A"), submit(1, 3, "B")], counting=[1]) == [(1, 1)] * 5


def test_what_does_not_count_now_without_a_known_end_is_left_out():
    assert count([submit(1, 1, "A")]) == [(0, 0)] * 5


def test_only_days_on_which_something_changed_are_kept_with_both_ends():
    counts = [
        DayCount(FIRST + timedelta(days=day), *numbers)
        for day, numbers in enumerate([(0, 0), (0, 0), (1, 2), (1, 2), (1, 3), (1, 3), (1, 3)])
    ]

    assert [each.day.day for each in keep_changes(counts)] == [1, 3, 5, 7]
    assert keep_changes(counts[:1]) == counts[:1]
    assert keep_changes([]) == []


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(0, 23), st.sets(st.sampled_from("ABCD"))),
        max_size=8,
    ),
    st.dictionaries(st.integers(1, 3), st.lists(st.builds(at, st.integers(1, 9), st.integers(0, 23)))),
    st.sets(st.integers(1, 3)),
)
def test_at_the_end_exactly_those_count_that_count_now(submitted, endings, counting):
    submissions = [submit(response, day, *codes, hour=hour) for response, day, hour, codes in submitted]

    spans = find_spans(submissions, endings=endings, counting=counting)
    (last,) = count_per_day(spans, first=date(2027, 1, 1), last=date(2027, 1, 1))

    final = {}
    for submission in sorted(submissions, key=lambda each: each.at):
        final[submission.response] = submission.municipality_codes
    holding = {response: codes for response, codes in final.items() if response in counting}
    assert last.responses == len(holding)
    assert last.municipalities == len(frozenset().union(*holding.values()))
    for day in count_per_day(spans, first=FIRST, last=date(2026, 3, 12)):
        assert day.responses <= len({submission.response for submission in submissions})
