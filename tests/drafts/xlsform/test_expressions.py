from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.drafts.xlsform.expressions import (
    Comparison,
    ExpressionRefused,
    join_again,
    keep_apart,
    read_day_bounds,
    read_number_bounds,
    read_relevant,
    write_day_bounds,
    write_number_bounds,
    write_relevant,
)
from surveys.questionnaire.definition import ConditionDefinition
from tests.questionnaire.definition_strategies import codes


@pytest.mark.parametrize(
    ("expression", "comparisons"),
    [
        ("selected(${q}, 'a')", [Comparison("q", ("a",))]),
        ('selected( ${ q } , "a" )', [Comparison("q", ("a",))]),
        ("selected(${q}, 'a') or selected(${q}, 'b')", [Comparison("q", ("a", "b"))]),
        ("selected(${q},'a') or selected(${q},'a')", [Comparison("q", ("a",))]),
        ("${q} = 'a'", [Comparison("q", ("a",), is_equality=True)]),
        ("${q}=1", [Comparison("q", ("1",), is_equality=True)]),
        ("${q} = 'a' and selected(${r}, 'b')", [Comparison("q", ("a",), True), Comparison("r", ("b",))]),
        (
            "(${q} = 'a' or ${q} = 'b') and (selected(${r}, 'c'))",
            [Comparison("q", ("a", "b"), True), Comparison("r", ("c",))],
        ),
        ("((selected(${q-1_x}, 'a-b')))", [Comparison("q-1_x", ("a-b",))]),
    ],
)
def test_a_condition_on_answers_is_understood(expression, comparisons):
    assert read_relevant(expression) == tuple(comparisons)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("${q} != 'a'", "'!=' kennen wij niet; noem de antwoorden waarbij de vraag wél komt"),
        ("${age} >= 18", "“>=” kennen wij hier niet"),
        ("not(selected(${q}, 'a'))", "“not” kennen wij hier niet"),
        ("count-selected(${q}) > 1", "“count-selected” kennen wij hier niet"),
        (
            "selected(${q}, 'a') or selected(${r}, 'b')",
            "'or' kan bij ons alleen tussen antwoorden op dezelfde vraag, niet tussen verschillende vragen",
        ),
        (
            "selected(${q}, 'a') or (selected(${q}, 'b') and selected(${r}, 'c'))",
            "'or' kan bij ons alleen tussen antwoorden op dezelfde vraag, niet tussen verschillende vragen",
        ),
        ("selected(../q, 'a')", "“.” kennen wij hier niet"),
        ("selected(${q}, 'a'", "de uitdrukking houdt te vroeg op"),
        ("selected(${q}, 'a') selected(${q}, 'b')", "“selected” kennen wij hier niet"),
        ("${q} = 'a' && ${r} = 'b'", "“&& ${r} = 'b'” kennen wij hier niet"),
        ("(" * 50, "er staan te veel haakjes in elkaar"),
        ("x" * 10_001, "de uitdrukking is te lang"),
        ("", "de uitdrukking houdt te vroeg op"),
    ],
)
def test_any_other_condition_is_refused_with_a_reason(expression, reason):
    with pytest.raises(ExpressionRefused) as refusal:
        read_relevant(expression)
    assert str(refusal.value) == reason


def test_conditions_are_written_as_people_write_them():
    conditions = (ConditionDefinition("q", ("a", "b")), ConditionDefinition("r", ("c",)))
    assert write_relevant(()) == ""
    assert write_relevant(conditions[:1]) == "selected(${q}, 'a') or selected(${q}, 'b')"
    assert write_relevant(conditions) == (
        "(selected(${q}, 'a') or selected(${q}, 'b')) and selected(${r}, 'c')"
    )


@given(st.dictionaries(st.sampled_from("qrstu"), codes("antwoord_", minimum=1), min_size=1))
def test_conditions_come_back_as_they_were(options):
    conditions = tuple(ConditionDefinition(question, tuple(found)) for question, found in options.items())
    assert read_relevant(write_relevant(conditions)) == tuple(
        Comparison(condition.question, condition.any_of) for condition in conditions
    )


@pytest.mark.parametrize(
    ("expression", "bounds"),
    [
        (". >= 0 and . <= 120", ("0", "120")),
        (".>=0 and .<=120", ("0", "120")),
        (". >= '0' and . <= '120'", ("0", "120")),
        ("(. >= -2.5)", ("-2.5", None)),
        (". > 0", ("0.1", None)),
        (". < 10", (None, "9.9")),
        (". >= 1 and . >= 5", ("5", None)),
        ("(. > 1 and (. <= 7)) and . < 7", ("1.1", "6.9")),
    ],
)
def test_a_minimum_and_a_maximum_are_understood(expression, bounds):
    expected = tuple(None if bound is None else Decimal(bound) for bound in bounds)
    assert read_number_bounds(expression, decimals=1) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "regex(., '^[0-9]{4}$')", ". > ${other}", ". = 5", ". != 0", ". >= 0 or . = -9", "string-length(.) < 5",
        ". mod 2 = 0", ". >= 'veel'", ". >=", "0 <= .",
    ],
)  # fmt: skip
def test_any_other_constraint_on_a_number_is_refused(expression):
    with pytest.raises(ExpressionRefused):
        read_number_bounds(expression, decimals=0)


def test_days_are_understood_and_only_fixed_ones():
    assert read_day_bounds(". >= date('2026-01-31') and . < date('2026-03-01')") == (
        date(2026, 1, 31),
        date(2026, 2, 28),
    )
    for expression in (
        ". <= today()",
        ". >= date('2026-02-30')",
        ". > date('9999-12-31')",
        ". >= '2026-01-01'",
    ):
        with pytest.raises(ExpressionRefused):
            read_day_bounds(expression)


bounds = st.none() | st.decimals(min_value=-(10**12), max_value=10**12, places=3)


@given(bounds, bounds)
def test_numbers_come_back_as_they_were(minimum, maximum):
    written = write_number_bounds(minimum, maximum)
    read = read_number_bounds(written, decimals=3) if written else (None, None)
    assert read == (minimum, maximum)


@given(st.none() | st.dates(), st.none() | st.dates())
def test_days_come_back_as_they_were(earliest, latest):
    written = write_day_bounds(earliest, latest)
    assert (read_day_bounds(written) if written else (None, None)) == (earliest, latest)


@given(st.text("${}\N{WORD JOINER}a"))
@example("Kosten ${bedrag}")
@example("$\N{WORD JOINER}{bedrag}")
def test_a_text_is_never_taken_for_a_reference_and_comes_back(text):
    assert "${" not in keep_apart(text)
    assert join_again(keep_apart(text)) == text
