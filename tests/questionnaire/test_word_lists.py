import pytest

from surveys.questionnaire.word_lists import join_words


@pytest.mark.parametrize(
    ("words", "joined"), [(["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_words_are_joined_as_in_a_sentence(words, joined):
    assert join_words(words) == joined


def test_the_last_two_words_can_be_alternatives():
    assert join_words(["docx", "odt", "pdf"], conjunction="of") == "docx, odt of pdf"
