"""Which numbers stand out; what is flagged is shown to somebody, so false alarms cost as much as misses."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.fieldwork.flags import (
    SMALLEST_CLASS,
    FlagKind,
    Place,
    ReportedNumber,
    find_outliers,
    flag_first_deliveries,
    flag_numbers,
)
from surveys.questionnaire.definition import ColumnDefinition

NOW = datetime(2026, 3, 2, tzinfo=UTC)
EURO = ColumnDefinition("kosten", "Kosten", "euro")
SHARE = ColumnDefinition("deel", "Deel", "percentage")
WEEKS = ColumnDefinition("wachttijd", "Wachttijd", "number", unit="weken")

amounts = st.integers(1, 10**9)
classes = st.lists(amounts, min_size=SMALLEST_CLASS, max_size=40)


def report(number, *, response=1, limits=EURO, inhabitants=0, history=(), size_class="klein"):
    return ReportedNumber(
        response_id=response,
        place=Place("kosten"),
        title="Wat kostte het?",
        limits=limits,
        number=Decimal(number),
        size_class=size_class,
        inhabitants=inhabitants,
        given_at=NOW,
        history=tuple(Decimal(each) for each in history),
    )


def report_class(numbers, **rest):
    return [report(number, response=place, **rest) for place, number in enumerate(numbers)]


def list_flagged(numbers):
    return [flag.response_id for flag in flag_numbers(numbers)]


# --- The rule itself ---


def test_the_score_is_the_published_one():
    """0.6745 × (x − median) / MAD: median 14.5, MAD 1; 19.6 scores 3.44 and 19.8 scores 3.57."""
    usual = [12.5, 13.5, 13.5, 14.5, 14.5, 14.5, 15.5, 15.5, 16.5]
    assert not any(find_outliers([*usual, 14.5, 19.6], least_distance=0))
    assert find_outliers([*usual, 14.5, 19.8], least_distance=0) == [False] * 10 + [True]


@given(number=amounts, size=st.integers(1, 60))
def test_nothing_stands_out_where_all_are_equal(number, size):
    assert not any(find_outliers([float(number)] * size, least_distance=0))
    assert list_flagged(report_class([number] * size)) == []
    assert list_flagged(report_class([number] * size, inhabitants=12_345)) == []


@given(values=st.lists(st.integers(0, 1000), min_size=SMALLEST_CLASS, max_size=50))
def test_what_lies_a_thousand_times_the_width_away_stands_out(values):
    assert find_outliers([*values, 1_000_000], least_distance=1)[-1]
    assert find_outliers([*values, -1_000_000], least_distance=1)[-1]


@given(
    numbers=st.lists(st.integers(100, 1000), min_size=SMALLEST_CLASS, max_size=40),
    factor=st.sampled_from([Decimal(10) ** 9, Decimal(10) ** -9]),
)
def test_an_amount_far_beyond_its_class_is_flagged(numbers, factor):
    assert len(numbers) in list_flagged(report_class([*numbers, 300 * factor]))


@given(numbers=classes, power=st.integers(0, 6))
def test_another_unit_flags_the_same(numbers, power):
    """Euros or thousands of euros; a power of ten, so that decimals stay exact. Not those on the very edge."""
    before = find_outliers([float(each) for each in numbers], least_distance=1)
    after = find_outliers([float(each) * 2**power for each in numbers], least_distance=2**power)
    assert before == after


@given(numbers=classes, order=st.randoms(use_true_random=False))
def test_the_order_does_not_matter(numbers, order):
    members = report_class(numbers, inhabitants=1000)
    shuffled = list(members)
    order.shuffle(shuffled)
    assert sorted(list_flagged(members)) == sorted(list_flagged(shuffled))


@given(numbers=st.lists(amounts, max_size=SMALLEST_CLASS - 1))
def test_a_small_class_says_nothing(numbers):
    assert list_flagged(report_class(numbers)) == []


@given(numbers=classes, zeros=st.integers(0, 20))
def test_zeros_are_neither_flagged_nor_usual(numbers, zeros):
    members = report_class(numbers)
    silent = [report(0, response=1000 + place) for place in range(zeros)]
    assert flag_numbers([*members, *silent]) == flag_numbers(members)


# --- The size class ---


def test_what_is_close_is_not_flagged_however_alike_the_others_are():
    assert list_flagged(report_class([1000] * 20 + [1500])) == []
    assert list_flagged(report_class([1000] * 20 + [2500])) == [20]


def test_a_budget_is_compared_per_inhabitant():
    """Everybody spends 50 euros per head, but for one who spends the most in total and one who spends 5."""
    people = [20_000, 25_000, 30_000, 35_000, 40_000, 45_000, 49_000, 22_000, 48_000]
    numbers = [
        report(50 * inhabitants, response=place, inhabitants=inhabitants)
        for place, inhabitants in enumerate(people)
    ]
    odd = report(5 * 49_500, response=99, inhabitants=49_500)

    (flag,) = flag_numbers([*numbers, odd])

    assert (flag.response_id, flag.kind) == (99, FlagKind.SIZE_CLASS)
    assert "Ingevuld is € 247.500." in flag.reason
    assert (
        "Gebruikelijk is rond € 2.500.000: het midden van 10 antwoorden in klein, per inwoner vergeleken."
        in flag.reason
    )
    assert flag.reason.endswith("Dit antwoord is 10 keer zo laag.")


def test_a_price_is_not_compared_per_inhabitant():
    """Where the plain numbers are more alike, those are what is usual."""
    numbers = [
        report(1800 + 10 * place, response=place, inhabitants=20_000 * (1 + place % 3)) for place in range(12)
    ]

    (flag,) = flag_numbers([*numbers, report(18_000, response=99, inhabitants=20_000)])

    assert flag.response_id == 99
    assert "inwoner" not in flag.reason


@pytest.mark.parametrize("limits", [SHARE, WEEKS])
def test_a_percentage_and_a_time_never_grow_with_inhabitants(limits):
    """These are proportional to inhabitants, by accident: plainly compared the last stands out."""
    people = [10, 11, 12, 13, 10, 11, 12, 13, 60]
    numbers = [
        report(each, response=place, limits=limits, inhabitants=each * 1000)
        for place, each in enumerate(people)
    ]
    assert list_flagged(numbers) == [8]
    assert list_flagged([replace(each, limits=EURO) for each in numbers]) == []


def test_a_percentage_is_compared_in_points():
    (flag,) = flag_numbers(report_class([50, 52, 48, 51, 49, 50, 53, 47, 95], limits=SHARE))
    assert flag.reason.endswith("Dit antwoord is 45 procentpunt hoger.")
    assert list_flagged(report_class([50] * 10 + [69], limits=SHARE)) == []


def test_classes_and_cells_are_compared_by_themselves():
    small = report_class([100] * 10)
    large = report_class([100_000] * 10, size_class="groot")
    other = [replace(each, place=Place("kosten", "rij", "kolom")) for each in report_class([9] * 10)]
    assert flag_numbers([*small, *large, *other]) == []


# --- The own history ---


@pytest.mark.parametrize(
    ("number", "history", "is_flagged"),
    [
        (301, [100], True),
        (299, [100], False),
        (100, [301], True),
        (100, [299], False),
        (100, [], False),
        (100, [0], False),
        (0, [100], False),
        (900, [100, 301, 310], False),
        (901, [100, 300, 310], True),
    ],
)
def test_three_times_as_much_or_as_little_as_before_is_far(number, history, is_flagged):
    flags = flag_numbers([report(number, history=history)])
    assert [flag.kind for flag in flags] == ([FlagKind.HISTORY] if is_flagged else [])


def test_the_history_is_told():
    (flag,) = flag_numbers([report(1_200_000, history=[1200])])
    assert flag.reason == (
        "Ingevuld is € 1.200.000. Eerder was dit € 1.200. Dit antwoord is 1.000 keer zo hoog."
    )
    (flag,) = flag_numbers([report(100, history=[300, 400, 500])])
    assert flag.reason == (
        "Ingevuld is € 100. Eerder was dit € 400 (het midden van 3 metingen). Dit antwoord is 4 keer zo laag."
    )


@given(former=amounts, number=amounts, power=st.integers(1, 6))
def test_the_unit_of_an_amount_makes_no_difference_to_its_history(former, number, power):
    """But for what lies on the very edge, where rounding decides."""
    if max(former, number) * 1000 // min(former, number) != 3000:
        plain = flag_numbers([report(number, history=[former])])
        other = flag_numbers([report(number * 10**power, history=[former * 10**power])])
        assert len(plain) == len(other)


# --- First deliveries ---


def test_who_never_submitted_before_is_flagged():
    submitted = {1: ("GM0001", NOW), 2: ("GM0002", NOW)}
    (flag,) = flag_first_deliveries(submitted, earlier={"GM0001"})
    assert (flag.response_id, flag.kind, flag.place) == (2, FlagKind.FIRST_DELIVERY, Place())


def test_in_a_first_wave_nobody_stands_out():
    assert flag_first_deliveries({1: ("GM0001", NOW)}, earlier=None) == []


def test_a_flag_is_another_one_once_the_answer_changes():
    (flag,) = flag_numbers([report(301, history=[100])])
    (again,) = flag_numbers([replace(report(301, history=[100]), given_at=NOW.replace(hour=9))])
    assert flag.key != again.key
