import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.results.release.packing import DECIMALS, UnevenRows, pack_rows, unpack_rows
from surveys.results.table import ResultRow, Status

OPTIONS = ("ja", "nee", "#gemiddelde")
counts = st.none() | st.integers(0, 10**9)
fractions = st.none() | st.floats(0, 1).map(lambda share: round(share, DECIMALS))


@st.composite
def groups_of_rows(draw):
    """Rows of one question as a table has them: every group has the same options; any figure may be missing."""
    names = draw(st.lists(st.sampled_from(["", "Utrecht", "Zeeland", "Drenthe"]), min_size=1, unique=True))
    return [draw(rows(option=option, group=name)) for name in names for option in OPTIONS]


@st.composite
def rows(draw, *, option, group):
    n, base = draw(counts), draw(counts)
    is_ratio = n is not None and base and draw(st.booleans())
    return ResultRow(
        wave="2026",
        version=2,
        measure="poh-jeugd",
        question="poh",
        question_text="Is er een POH?",
        option=option,
        option_text=option.capitalize(),
        unit="municipality",
        dimension_1="province" if group else "",
        group_1=group,
        dimension_2="",
        group_2="",
        n=n,
        base=base,
        share=n / base if is_ratio else draw(fractions),
        lower=draw(fractions),
        upper=draw(fractions),
        status=str(draw(st.sampled_from(Status))),
        note=draw(st.sampled_from(["", "Let op.", "Weinig antwoorden."])),
        value=draw(fractions),
        value_unit=draw(st.sampled_from(["", "euro"])),
        population=draw(counts),
    )


def go_there_and_back(rows):
    """Through the text that the database keeps."""
    kept = json.loads(json.dumps(pack_rows(rows)))
    return unpack_rows(kept, wave="2026", version=2, unit="municipality")


@given(groups_of_rows())
def test_what_is_packed_comes_back(rows):
    assert go_there_and_back(rows) == rows


@given(groups_of_rows())
def test_how_many_are_behind_a_figure_is_not_kept(rows):
    counted = [row._replace(units=17) for row in rows]

    assert pack_rows(counted) == pack_rows(rows)
    assert {row.units for row in go_there_and_back(counted)} == {0}


@given(groups_of_rows(), st.data())
def test_groups_with_other_options_are_refused(rows, data):
    other = rows[-1]._replace(group_1="Limburg", option=data.draw(st.sampled_from(["misschien", ""])))

    with pytest.raises(UnevenRows):
        pack_rows([*rows, other])


def test_nothing_is_packed_as_nothing():
    assert go_there_and_back([]) == []


def test_what_is_the_same_everywhere_is_kept_once():
    names = ("wave", "measure", "question", "question_text", "option_text", "unit", "dimension_1", "group_1")
    row = ResultRow(
        **dict.fromkeys([*names, "dimension_2", "group_2", "status", "note"], ""),
        version=1,
        option="ja",
        n=1,
        base=4,
        share=0.25,
        lower=None,
        upper=None,
    )

    packed = pack_rows([row._replace(group_1=str(number)) for number in range(1000)])

    assert packed["columns"]["n"] == 1
    assert packed["columns"]["share"] is True  # counted again from n and base
