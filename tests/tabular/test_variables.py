"""Names and labels that SPSS accepts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.tabular.variables import cut_label, name_variables, wrap_note

COLUMNS = st.lists(st.text(min_size=1, max_size=90), unique=True, max_size=12)


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("poh", "poh"),
        ("hulp.verblijf.kosten", "hulp.verblijf.kosten"),
        ("poh__toelichting@GM0546", "poh__toelichting@GM0546"),
        ("met-streepje", "met_streepje"),
        ("2022", "v_2022"),
        ("and", "and_"),
    ],
)
def test_a_name_stays_as_much_like_the_column_as_can_be(column, name):
    assert name_variables([column]) == [name]


def test_a_long_name_is_cut_and_stays_different():
    long = "ondersteuner_huisarts_met_zorgverzekeraar_samen_en_nog_veel_meer"
    first, second = name_variables([f"{long}.eerste", f"{long}.tweede"])
    assert first != second
    assert first.startswith("ondersteuner_huisarts_met_zorgverzekeraar_samen_en_nog_")


def test_a_name_depends_on_its_column_only_unless_two_become_the_same():
    assert name_variables(["a_b", "a-b"])[0] == "a_b"
    assert name_variables(["a_b", "a-b"])[1] == name_variables(["x", "a-b", "a_b"])[1] != "a_b"


@given(COLUMNS)
def test_names_are_valid_and_unique_whatever_the_columns_are(columns):
    names = name_variables(columns)
    assert len({name.casefold() for name in names}) == len(columns)
    for name in names:
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9._@$#]{0,63}", name)
        assert not name.endswith(".")


@given(st.text(), st.integers(4, 80))
def test_a_label_fits_and_is_whole_when_it_can_be(text, longest):
    label = cut_label(text, longest=longest)
    assert len(label.encode("utf-8", "replace")) <= longest
    line = " ".join(text.split())
    assert label == line or (len(line.encode()) > longest and line.startswith(label.removesuffix("…")))


def test_a_note_keeps_its_words_on_lines_of_eighty_bytes():
    text = "Één zin met é en ü. " * 20
    lines = wrap_note(text)
    assert " ".join(lines).split() == text.split()
    assert max(len(line.encode()) for line in lines) <= 80
    assert wrap_note("x" * 200) == ["", "x" * 77 + "…"]
