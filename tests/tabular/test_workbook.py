from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.tabular.workbook import (
    SHEET_NAME_FORBIDDEN,
    SHEET_NAME_LENGTH,
    Column,
    Sheet,
    Workbook,
    choose_sheet_names,
    clean_text,
    convert_number,
)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_every_spreadsheet_accepts_the_chosen_names(wishes):
    names = choose_sheet_names(wishes, taken=("Toelichting",))

    folded = [name.casefold() for name in names]
    assert len(names) == len(wishes)
    assert len({*folded, "toelichting"}) == len(wishes) + 1
    for name in names:
        assert 0 < len(name) <= SHEET_NAME_LENGTH
        assert not SHEET_NAME_FORBIDDEN.search(name)
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_names_that_are_equal_in_their_first_31_characters_stay_apart():
    long = "ondersteuner_huisarts_met_zorgverzekeraar"

    assert choose_sheet_names([long + "_a", long + "_b", "Kort"], taken=["kort"]) == [
        "ondersteuner_huisarts_met_zorgv",
        "ondersteuner_huisarts_met_zor~2",
        "Kort~2",
    ]


@given(st.text(st.characters(codec=None)))
def test_clean_text_keeps_everything_a_file_can_hold(text):
    cleaned = clean_text(text)

    assert clean_text(cleaned) == cleaned
    assert "\r" not in cleaned
    cleaned.encode("utf-8")  # fails on half of a surrogate pair
    kept = [character for character in text if character.isprintable()]
    assert [character for character in cleaned if character.isprintable()] == kept


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (None, None),
        (Decimal("0.000"), 0),
        (Decimal("12.000"), 12),
        (Decimal("12.50"), 12.5),
        (Decimal(-3), -3),
    ],
)
def test_a_whole_number_is_written_without_decimals(number, expected):
    converted = convert_number(number)

    assert converted == expected
    assert type(converted) is type(expected)


def test_rows_are_passed_on_one_at_a_time_while_the_progress_is_told():
    seen, rows = [], iter([("a",), ("b",), ("c",)])
    sheet = Sheet("blad", (Column("x"),), rows, row_count=3)
    empty = Sheet("leeg", (Column("x"),), [], row_count=0)
    followed = iter(Workbook("titel", empty, sheet, (), empty).follow(seen.append).data.rows)

    assert next(followed) == ("a",)
    assert next(rows) == ("b",)
    assert list(followed) == [("c",)]
    assert seen == pytest.approx([1 / 3, 2 / 3])


def test_more_rows_than_expected_is_still_no_more_than_everything():
    seen = []
    sheet = Sheet("blad", (Column("x"),), [("a",), ("b",)], row_count=1)
    empty = Sheet("leeg", (Column("x"),), [], row_count=0)

    list(Workbook("titel", empty, sheet, (), empty).follow(seen.append).data.rows)

    assert seen == [1, 1]
