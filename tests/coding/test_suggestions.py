import pytest

from surveys.coding.suggestions import SpeakingWord, Suggestion, learn_words, split_words, suggest_themes

EXAMPLES = [
    ("De wachtlijst is lang", ["wachten"]),
    ("Een lange wachtlijst", ["wachten"]),
    ("De wachtlijst groeit door geld", ["wachten", "geld"]),
    ("Het budget is te laag", ["geld"]),
    ("Geld is op, budget ook", ["geld"]),
]


def suggest(text, examples=EXAMPLES):
    return suggest_themes(text, learned=learn_words(examples))


def test_a_theme_is_suggested_by_words_of_texts_that_have_it():
    assert suggest("Weer een wachtlijst erbij") == [
        Suggestion("wachten", (SpeakingWord("wachtlijst", 3, 3),))
    ]


def test_a_word_that_was_hardly_seen_says_nothing():
    assert suggest("Het budget") == []


def test_a_theme_that_was_hardly_chosen_is_not_suggested():
    assert suggest("wachtlijst", EXAMPLES[:2] + EXAMPLES[3:]) == []


def test_without_examples_or_without_difference_there_is_no_suggestion():
    assert suggest("wachtlijst", []) == []
    assert suggest("wachtlijst", [("wachtlijst", ["wachten"])] * 5) == []


def test_the_counts_that_explain_a_suggestion_are_those_of_the_texts():
    mixed = [*EXAMPLES, ("wachtlijst met beleid", ["beleid"])]

    [suggestion] = suggest("wachtlijst", mixed)

    assert suggestion.words == (SpeakingWord("wachtlijst", 3, 4),)


def test_a_word_that_stands_everywhere_does_not_decide():
    examples = [(f"de gemeente {word}", [word]) for word in ("geld", "wachten") for _ in range(4)]

    assert suggest("de gemeente", examples) == []
    assert [each.theme for each in suggest("de gemeente geld", examples)] == ["geld"]


def test_at_most_three_likeliest_first():
    words = ["aaa", "bbb", "ccc", "ddd"]
    examples = [(word, [word]) for word in words for _ in range(5)]
    examples += [("aaa extra", ["aaa"])] * 5

    assert len(suggest(" ".join(words), examples)) <= 3
    assert suggest("aaa extra", examples)[0].theme == "aaa"


@pytest.mark.parametrize(
    ("text", "words"),
    [("Te WEINIG geld!", {"weinig", "geld"}), ("coördinatie en 1234 x_y", {"coördinatie"}), ("", set())],
)
def test_words_are_letters_in_lower_case(text, words):
    assert split_words(text) == words
