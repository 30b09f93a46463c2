from hypothesis import given
from hypothesis import strategies as st

from practices.spelling import SHORTEST, WordUse, correct_words, suggest_words

VOCABULARY = ("doorbraakmethode", "normaliseren", "uithuisplaatsing", "jeugdbescherming", "poh", "school")


def test_a_mistake_becomes_the_word_that_is_most_like_it():
    typed = ["doorbraakmetode", "normalizeren", "uithuisplaasting", "jeugbescherming"]
    assert correct_words(typed, vocabulary=VOCABULARY) == list(VOCABULARY[:4])


def test_what_is_known_short_or_like_nothing_stays():
    for word in ("school", "scho", "schoo", "pho", "xyzzyplugh", "normalis"):
        assert correct_words([word], vocabulary=VOCABULARY) == [word]


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=12), max_size=5))
def test_every_word_keeps_its_place_and_becomes_itself_or_a_known_one(words):
    corrected = correct_words(words, vocabulary=VOCABULARY)
    assert len(corrected) == len(words)
    assert all(new == old or new in VOCABULARY for old, new in zip(words, corrected, strict=True))
    assert all(new == old for old, new in zip(words, corrected, strict=True) if len(old) < SHORTEST)


USE = WordUse(
    cases=[frozenset({"wachttijd", "school"})] * 4 + [frozenset({"wachtlijst"}), frozenset({"wachttijden"})],
    others=frozenset({"toegang"}),
)


def test_a_spelling_that_finds_much_more_is_suggested():
    assert suggest_words(["wachttijt"], use=USE) == ["wachttijd"]
    assert suggest_words(["school", "wachttijt"], use=USE) == ["school", "wachttijd"]


def test_nothing_is_suggested_for_what_finds_enough_is_short_or_is_a_known_name():
    for words in (["wachttijd"], ["schol", "notaris"], ["toegan"], ["toegang"], ["pho"]):
        assert suggest_words(words, use=USE) == []
    # Another form of the word is found anyway.
    assert suggest_words(["wachttijden"], use=USE) == []
