from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from surveys.results.disclosure import withhold_small_groups
from tests.results.tables import make_question, make_table

QUESTION = make_question("Ja", "Nee")
LARGE = {"ja": 4, "nee": 2}


def list_statuses(table):
    return {row.group_1: row.status for row in table.rows}


def test_a_breakdown_with_a_small_group_is_withheld_as_a_whole():
    table = make_table(QUESTION, {"Zeeland": {"ja": 2}, "Utrecht": LARGE})

    public = withhold_small_groups(table, minimum_base=3)

    assert list_statuses(public) == {"": "ok", "Zeeland": "suppressed", "Utrecht": "suppressed"}
    withheld = [row for row in public.rows if row.group_1]
    assert {(row.n, row.base, row.share, row.units) for row in withheld} == {(None, None, None, 0)}
    assert {row.note for row in withheld} == {
        "Deze uitsplitsing tonen we niet, omdat een groep minder dan 3 reacties telt."
    }
    assert [row for row in public.rows if not row.group_1] == [row for row in table.rows if not row.group_1]


def test_groups_of_exactly_the_minimum_are_shown():
    table = make_table(QUESTION, {"Zeeland": {"ja": 3}, "Utrecht": LARGE})

    assert withhold_small_groups(table, minimum_base=3) == table


def test_an_empty_group_tells_nothing_and_withholds_nothing():
    table = make_table(QUESTION, {"Zeeland": {}, "Utrecht": LARGE})

    assert withhold_small_groups(table, minimum_base=3) == table


def test_a_group_whose_only_answers_are_missing_kinds_is_small_too():
    table = make_table(QUESTION, {"Zeeland": {"dont_know": 1}, "Utrecht": LARGE})

    assert list_statuses(withhold_small_groups(table, minimum_base=3))["Utrecht"] == "suppressed"


def test_a_small_total_is_withheld():
    table = make_table(QUESTION, {"": {"ja": 2}})

    public = withhold_small_groups(table, minimum_base=3)

    assert {row.status for row in public.rows} == {"suppressed"}
    assert {row.note for row in public.rows} == {
        "Deze cijfers tonen we niet, omdat ze over minder dan 3 reacties gaan."
    }
    assert (table.municipalities, public.municipalities) == ({"poh": 7}, {})


def test_for_inhabitants_the_municipalities_count():
    table = make_table(
        QUESTION, {"Zeeland": {"ja": 2}, "Utrecht": LARGE}, unit="inhabitants", inhabitants=40_000
    )

    public = withhold_small_groups(table, minimum_base=3)

    assert list_statuses(public)["Zeeland"] == "suppressed"
    assert "minder dan 3 gemeenten" in next(row.note for row in public.rows if row.group_1)


def test_one_question_does_not_withhold_another():
    table = make_table(QUESTION, {"Zeeland": {"ja": 2}, "Utrecht": LARGE})
    other = make_table(make_question("Ja", "Nee", code="regio"), {"Zeeland": LARGE, "Utrecht": LARGE})

    public = withhold_small_groups(replace(table, rows=table.rows + other.rows), minimum_base=3)

    assert {row.status for row in public.rows if row.question == "regio"} == {"ok"}


@given(
    st.dictionaries(
        st.sampled_from(["Drenthe", "Utrecht", "Zeeland", "Limburg"]),
        st.fixed_dictionaries({code: st.integers(0, 5) for code in ("ja", "nee", "dont_know")}),
        min_size=1,
    ),
    st.integers(1, 6),
)
def test_no_shown_figure_rests_on_a_small_group(counts, minimum_base):
    table = make_table(QUESTION, counts)

    public = withhold_small_groups(table, minimum_base=minimum_base)

    sizes = [(group["ja"] + group["nee"], sum(group.values())) for group in counts.values()]
    has_small_group = any(0 < size < minimum_base for pair in sizes for size in pair)
    shown = [row.status != "suppressed" for row in public.rows if row.group_1]
    assert shown == [not has_small_group] * len(shown)
