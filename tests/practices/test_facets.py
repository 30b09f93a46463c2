from hypothesis import given
from hypothesis import strategies as st

from practices.facets import count_options, match_facets

TAGS = {
    1: {"maatregel": frozenset({"a"}), "regio": frozenset({"x", "y"})},
    2: {"maatregel": frozenset({"a", "b"}), "regio": frozenset({"y"})},
    3: {"maatregel": frozenset({"b"}), "regio": frozenset()},
}


def test_values_in_one_facet_widen_and_facets_narrow() -> None:
    assert match_facets(TAGS, selected={"maatregel": ["a", "b"]}) == {1, 2, 3}
    assert match_facets(TAGS, selected={"maatregel": ["a"], "regio": ["y"]}) == {1, 2}
    assert match_facets(TAGS, selected={"maatregel": [], "regio": ["x"]}) == {1}


def test_a_count_says_what_ticking_one_more_would_show() -> None:
    selected = {"maatregel": ["a"], "regio": ["x"]}
    assert count_options(TAGS, selected=selected, facet="maatregel") == {"a": 1}
    assert count_options(TAGS, selected=selected, facet="regio") == {"x": 1, "y": 2}


FACETS = st.sets(st.sampled_from("abc")).map(frozenset)
ITEMS = st.dictionaries(st.integers(0, 20), st.fixed_dictionaries({"f": FACETS, "g": FACETS}), max_size=8)


@given(ITEMS, st.lists(st.sampled_from("abc"), max_size=2), st.lists(st.sampled_from("abc"), max_size=2))
def test_a_count_equals_the_length_of_the_list_it_announces(tags, f, g) -> None:
    counts = count_options(tags, selected={"f": f, "g": g}, facet="f")
    for value in "abc":
        assert counts[value] == len(match_facets(tags, selected={"f": [value], "g": g}))
