"""Which phrases may stand for what was typed."""

from hypothesis import given
from hypothesis import strategies as st

from practices.synonyms import widen

TEAM = [("wijkteam",), ("buurtteam",), ("sociaal", "team")]
SUPPORT = [("poh",), ("ondersteuner", "jeugd"), ("ondersteuner",)]
WORDS = st.sampled_from(["wijkteam", "sociaal", "team", "poh", "ondersteuner", "jeugd", "kosten"])


def test_a_word_may_be_any_of_its_group_and_what_was_typed_comes_first():
    assert widen(["kosten", "buurtteam"], [TEAM]) == [
        [("kosten",)],
        [("buurtteam",), ("wijkteam",), ("sociaal", "team")],
    ]


def test_the_longest_phrase_is_taken():
    assert widen(["ondersteuner", "jeugd"], [SUPPORT]) == [
        [("ondersteuner", "jeugd"), ("poh",), ("ondersteuner",)]
    ]
    assert widen(["ondersteuner", "kosten"], [SUPPORT])[0][0] == ("ondersteuner",)


def test_a_word_in_two_groups_may_be_any_of_both():
    ((_, *others),) = widen(["team"], [[("team",), ("ploeg",)], [("team",), ("groep",)]])
    assert others == [("ploeg",), ("groep",)]


@given(st.lists(WORDS, max_size=8))
def test_nothing_that_was_typed_is_lost(words):
    parts = widen(words, [TEAM, SUPPORT])
    assert [word for part in parts for word in part[0]] == words
    assert all(len(set(part)) == len(part) for part in parts)
