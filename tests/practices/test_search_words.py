from hypothesis import given
from hypothesis import strategies as st

from practices.search_words import MAXIMUM_LENGTH, MAXIMUM_WORDS, split_query, split_words


def test_words_are_bare():
    assert split_words("Coöperatie (B12): 1.000 €, ’s-Hertogenbosch_") == [
        "cooperatie",
        "b12",
        "1",
        "000",
        "s",
        "hertogenbosch",
    ]
    assert split_words("GEÏNDICEERDE Fryslân ĳs") == ["geindiceerde", "fryslan", "ijs"]
    assert split_words("𝕬") == ["a"]
    assert split_words(" \t\x00 \"'*^:- ") == []


@given(st.text(max_size=600))
def test_no_operator_or_quote_survives(text):
    words = split_words(text)
    assert all(word.isalnum() for word in words)
    assert split_words(" ".join(words)) == words


@given(st.text(max_size=600))
def test_a_query_is_never_longer_than_a_search_can_be(text):
    assert len(split_query(text)) <= MAXIMUM_WORDS
    assert split_query(text) == split_query(text[:MAXIMUM_LENGTH])
