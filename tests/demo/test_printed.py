import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.demo.printed import CannotReproduce, find_counts, read_printed_report, round_half_up


def test_printed_percentages_can_all_stand_on_the_complete_responses() -> None:
    report = read_printed_report()
    found: dict[str, dict[str, int]] = {}
    for question in report.questions:
        asked = report.response["complete"]
        for source, options in question.asked_after.items():
            asked = sum(found[source][option] for option in options)
        counts = found[question.code] = find_counts(question.percent, asked=asked)
        base = sum(counts.values())
        assert {option: round_half_up(n, base) for option, n in counts.items()} == question.percent
        assert base <= asked


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"), [(1, 8, 13), (1, 200, 1), (1, 201, 0), (49, 49, 100), (0, 5, 0)]
)
def test_halves_round_up(numerator: int, denominator: int, percent: int) -> None:
    assert round_half_up(numerator, denominator) == percent


def test_the_largest_base_is_found_when_not_everyone_knows() -> None:
    # 64 % of 51 does not exist (32 is 62.7, 33 is 64.7), so one of the 51 did not know.
    assert find_counts({"ja": 64, "nee": 36}, asked=51) == {"ja": 32, "nee": 18}


def test_percentages_that_no_base_gives_are_refused() -> None:
    with pytest.raises(CannotReproduce):
        find_counts({"ja": 50, "nee": 30}, asked=51)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=4).filter(any))
def test_what_really_happened_is_always_reproducible(counts: list[int]) -> None:
    base = sum(counts)
    percent = {str(position): round_half_up(n, base) for position, n in enumerate(counts)}
    found = find_counts(percent, asked=base)
    assert {option: round_half_up(n, sum(found.values())) for option, n in found.items()} == percent
