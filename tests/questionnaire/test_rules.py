from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption, FilledCell
from surveys.questionnaire.definition import (
    ColumnDefinition,
    Definition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
    RuleDefinition,
    SectionDefinition,
)
from surveys.questionnaire.rules import Finding, check_rules

ROWS = tuple(LineDefinition(code, code.capitalize()) for code in ("ambulant", "verblijf", "totaal"))
COLUMNS = (
    ColumnDefinition("meisjes", "Meisjes", "number"),
    ColumnDefinition("jongens", "Jongens", "number"),
    ColumnDefinition("samen", "Samen", "number", unit="jeugdigen"),
    ColumnDefinition(
        "wie", "Wie", "single", options=(OptionDefinition("a", "A"), OptionDefinition("b", "B"))
    ),
)


def ask(code: str, kind: str = "number", *rules: RuleDefinition, **parts) -> QuestionDefinition:
    return QuestionDefinition(code, kind, f"Hoeveel {code}?", "required", rules=rules, **parts)


def define(*questions: QuestionDefinition) -> Definition:
    return Definition("proef", "Proef", 1, (SectionDefinition("deel", "Deel", questions),))


def count(number) -> AnswerValue:
    return AnswerValue(AnswerState.GIVEN, number=Decimal(number))


def fill(**cells) -> AnswerValue:
    """`fill(ambulant_meisjes=3)`: the cell in the row ambulant and the column meisjes."""
    return AnswerValue(
        AnswerState.GIVEN,
        cells=tuple(
            FilledCell(*part.split("_"), number=Decimal(number))
            for part, number in cells.items()
            if number is not None
        ),
    )


def judge(*questions: QuestionDefinition, previous=None, **values) -> list[str]:
    return [each.message for each in check_rules(define(*questions), values=values, previous=previous)]


# --- Range ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "number", "messages"),
    [
        ("warn", 10, []),
        ("warn", 500, []),
        ("warn", 9, ["U vulde € 9 in. Wij verwachten € 10 of meer."]),
        ("inform", "500.5", ["U vulde € 500,5 in. Wij verwachten hoogstens € 500."]),
        ("block", 9, ["U vulde € 9 in. Dit moet € 10 of meer zijn."]),
    ],
)
def test_a_number_outside_its_range(severity, number, messages):
    rule = RuleDefinition("range", severity, minimum=Decimal(10), maximum=Decimal(500))
    question = ask("euro", "euro", rule, decimals=2)
    assert judge(question, euro=count(number)) == messages
    assert {each.severity for each in check_rules(define(question), values={"euro": count(1)})} == {severity}


def test_a_range_looks_at_the_named_cells_of_a_table():
    rule = RuleDefinition("range", "warn", maximum=Decimal(5), rows=("ambulant",), columns=("samen",))
    question = ask("zorg", "matrix", rule, rows=ROWS, columns=COLUMNS)
    assert judge(question, zorg=fill(ambulant_samen=6, verblijf_samen=60, ambulant_jongens=600)) == [
        "Ambulant, Samen: U vulde 6 jeugdigen in. Wij verwachten hoogstens 5 jeugdigen."
    ]


def test_a_message_of_the_author_replaces_our_own():
    rule = RuleDefinition("range", "inform", minimum=Decimal(10), message="Dat is weinig.")
    assert check_rules(define(ask("fte", "number", rule)), values={"fte": count(1)}) == [
        Finding("fte", "inform", "Dat is weinig.")
    ]


# --- Sums ----------------------------------------------------------------------------------------


def add_up(**rule) -> QuestionDefinition:
    return ask("zorg", "matrix", RuleDefinition("sum", "warn", **rule), rows=ROWS, columns=COLUMNS)


def test_a_column_adds_up_to_its_total_row():
    question = add_up(total_row="totaal")
    right = {"ambulant_meisjes": 3, "verblijf_meisjes": 4, "totaal_meisjes": 7}
    assert judge(question, zorg=fill(**right)) == []
    assert judge(question, zorg=fill(**right | {"totaal_meisjes": 8})) == [
        "In de kolom “Meisjes” is de som 7, maar bij “Totaal” staat 8."
    ]


def test_a_row_adds_up_to_its_total_column():
    question = add_up(total_column="samen", rows=("ambulant", "verblijf"))
    cells = {"ambulant_meisjes": 3, "ambulant_jongens": 4, "ambulant_samen": 8}
    assert judge(question, zorg=fill(**cells)) == [
        "In de rij “Ambulant” is de som 7 jeugdigen, maar bij “Samen” staat 8 jeugdigen."
    ]
    totals = {"totaal_meisjes": 3, "totaal_jongens": 4, "totaal_samen": 8}
    assert judge(question, zorg=fill(**totals)) == []


def test_a_table_adds_up_to_the_number_at_another_question():
    question = add_up(other="clienten", columns=("samen",), rows=("ambulant", "verblijf"))
    values = {"zorg": fill(ambulant_samen=3, verblijf_samen=4), "clienten": count(8)}
    assert judge(question, ask("clienten"), **values) == [
        "In deze tabel is de som 7, maar bij de vraag “Hoeveel clienten?” staat 8."
    ]
    assert judge(question, ask("clienten"), **values | {"clienten": count(7)}) == []
    assert judge(question, ask("clienten"), zorg=values["zorg"]) == []


@pytest.mark.parametrize("empty", ["ambulant_meisjes", "verblijf_meisjes", "totaal_meisjes"])
def test_an_empty_cell_is_no_zero_so_there_is_no_judgement(empty):
    cells = {"ambulant_meisjes": 3, "verblijf_meisjes": 4, "totaal_meisjes": 99}
    assert judge(add_up(total_row="totaal"), zorg=fill(**cells | {empty: None})) == []


@pytest.mark.parametrize(
    ("tolerance", "total", "is_right"),
    [
        ({"tolerance": Decimal(2)}, 1002, True),
        ({"tolerance": Decimal(2)}, 1003, False),
        ({"tolerance_percent": Decimal(1)}, 1010, True),
        ({"tolerance_percent": Decimal(1)}, 1011, False),
        ({"tolerance": Decimal(2), "tolerance_percent": Decimal(1)}, 990, False),
        ({"tolerance": Decimal(10), "tolerance_percent": Decimal(1)}, 990, True),
        ({}, 1001, False),
        ({}, 1000, True),
    ],
)
def test_a_sum_may_be_a_little_off(tolerance, total, is_right):
    cells = {"ambulant_meisjes": 600, "verblijf_meisjes": 400, "totaal_meisjes": total}
    assert (judge(add_up(total_row="totaal", **tolerance), zorg=fill(**cells)) == []) is is_right


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=2), st.integers(-5, 5), st.integers(0, 5))
def test_a_sum_is_questioned_exactly_when_it_is_further_off_than_tolerated(parts, off, tolerance):
    question = add_up(total_row="totaal", tolerance=Decimal(tolerance))
    total = sum(parts) + off
    cells = dict(zip(("ambulant_meisjes", "verblijf_meisjes"), parts, strict=True))
    assert bool(judge(question, zorg=fill(**cells, totaal_meisjes=total))) is (abs(off) > tolerance)


# --- Comparisons ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comparison", "number", "words"),
    [
        ("at_most", 100, ""),
        ("at_most", 101, "meer dan"),
        ("at_least", 100, ""),
        ("at_least", 99, "minder dan"),
        ("equal", 100, ""),
        ("equal", 99, "minder dan"),
        ("equal", 101, "meer dan"),
    ],
)
def test_a_number_is_compared_with_that_at_another_question(comparison, number, words):
    rule = RuleDefinition("compare", "block", other="inwoners", comparison=comparison)
    questions = ask("clienten", "number", rule), ask("inwoners", unit="jeugdigen")
    messages = judge(*questions, clienten=count(number), inwoners=count(100))
    expected = f"U vulde {number} in. Dat is {words} 100 jeugdigen bij de vraag “Hoeveel inwoners?”."
    assert messages == ([expected] if words else [])
    assert judge(*questions, clienten=count(number)) == []
    unknown = AnswerValue(AnswerState.DONT_KNOW)
    assert judge(*questions, clienten=count(number), inwoners=unknown) == []


# --- Change --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "before", "now", "is_asked"),
    [
        ("number", 100, 150, False),
        ("number", 100, 151, True),
        ("number", 100, 50, False),
        ("number", 100, 49, True),
        ("number", 0, 0, False),
        ("number", 0, 1, True),
        ("euro", 2000, 9000, True),
        ("percentage", 10, 30, False),
        ("percentage", 10, 31, True),
        ("year", 1999, 2026, False),
        ("year", 1000, 9999, False),
    ],
)
def test_every_number_far_from_that_of_last_wave_is_asked_about(kind, before, now, is_asked):
    question = ask("cijfer", kind)
    findings = check_rules(
        define(question), values={"cijfer": count(now)}, previous={"cijfer": count(before)}
    )
    assert [(each.question, each.severity) for each in findings] == ([("cijfer", "warn")] if is_asked else [])
    assert judge(question, cijfer=count(now)) == []


def test_the_question_names_both_numbers():
    assert judge(ask("kosten", "euro"), kosten=count(9000), previous={"kosten": count(1500)}) == [
        "U vulde € 9.000 in. Vorige keer was dat € 1.500."
    ]


def test_a_rule_of_its_own_replaces_the_usual_one():
    stricter = ask("fte", "number", RuleDefinition("change", "inform", percent=Decimal(10)))
    findings = check_rules(define(stricter), values={"fte": count(80)}, previous={"fte": count(100)})
    assert [each.severity for each in findings] == ["inform"]


def test_the_cells_of_a_table_are_compared_one_by_one():
    question = ask("zorg", "matrix", rows=ROWS, columns=COLUMNS)
    previous = {"zorg": fill(ambulant_meisjes=10, ambulant_jongens=10)}
    values = fill(ambulant_meisjes=10, ambulant_jongens=30, verblijf_meisjes=1000)
    assert judge(question, zorg=values, previous=previous) == [
        "Ambulant, Jongens: U vulde 30 in. Vorige keer was dat 10."
    ]


@pytest.mark.parametrize(
    "value",
    [
        AnswerValue(AnswerState.DONT_KNOW),
        AnswerValue(AnswerState.BLANK),
        AnswerValue(AnswerState.GIVEN, text="veel"),
        AnswerValue(AnswerState.GIVEN, options=(ChosenOption("ja"),)),
    ],
)
def test_what_is_no_number_is_never_judged(value):
    rules = (
        RuleDefinition("range", "block", minimum=Decimal(10)),
        RuleDefinition("compare", "block", other="ander", comparison="equal"),
    )
    questions = ask("cijfer", "number", *rules), ask("ander")
    assert judge(*questions, cijfer=value, ander=count(1), previous={"cijfer": count(5)}) == []
