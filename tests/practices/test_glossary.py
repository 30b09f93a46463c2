"""Which words of a text are terms: the longest, whole, once on a page, in the spelling that counts."""

from hypothesis import given
from hypothesis import strategies as st

from practices.glossary import Explainer, Term


def make_term(name, *forms, code=""):
    return Term(code or name.lower(), name, (name, *forms), f"Wat {name} is.")


POH, POH_JEUGD = make_term("POH"), make_term("POH-jeugd", "ondersteuner jeugd")
JIM, TEAM = make_term("JIM"), make_term("wijkteam", "wijkteams")
GGZ, BASIC = make_term("ggz"), make_term("basis-ggz", "generalistische basis-ggz")
TERMS = (POH, POH_JEUGD, JIM, TEAM, GGZ, BASIC)


def list_marked(*texts, terms=TERMS):
    """The marked words of the texts of one page, with the code of their term."""
    explainer = Explainer(terms)
    pieces = [piece for text in texts for piece in explainer.mark(text)]
    return [(piece.text, piece.code) for piece in pieces if piece.code]


def test_a_text_stays_the_same_text():
    pieces = Explainer(TERMS).mark("De POH-jeugd werkt met het wijkteam.")
    assert [(piece.text, piece.code) for piece in pieces] == [
        ("De ", ""),
        ("POH-jeugd", "poh-jeugd"),
        (" werkt met het ", ""),
        ("wijkteam", "wijkteam"),
        (".", ""),
    ]


def test_the_longest_term_is_taken():
    assert list_marked("Eerst de generalistische basis-ggz.") == [("generalistische basis-ggz", "basis-ggz")]
    teams = [make_term("team"), make_term("team jeugd", code="team-jeugd")]
    assert list_marked("Het team jeugd.", terms=teams) == [("team jeugd", "team-jeugd")]
    assert list_marked("Een POH-jeugd is iets anders dan een POH.") == [
        ("POH-jeugd", "poh-jeugd"),
        ("POH", "poh"),
    ]


def test_a_part_of_a_word_is_no_term():
    assert list_marked("Het wijkteamoverleg, de wijkteam-leider en de jeugd-ggz.") == []


def test_punctuation_and_line_ends_end_a_word():
    assert list_marked("„Wijkteams”, (ggz)\nJIM") == [
        ("Wijkteams", "wijkteam"),
        ("ggz", "ggz"),
        ("JIM", "jim"),
    ]


def test_a_term_is_marked_once_on_a_page_whatever_its_form():
    assert list_marked("Een wijkteam en twee wijkteams.", "Weer een wijkteam.") == [("wijkteam", "wijkteam")]


def test_a_name_with_capitals_inside_is_only_found_so():
    assert list_marked("Jim en jim en poh.") == []
    assert list_marked("Jim vraagt een JIM.") == [("JIM", "jim")]


def test_a_term_at_the_start_of_a_sentence_is_the_same_term():
    assert list_marked("Wijkteams helpen. GGZ ook.") == [("Wijkteams", "wijkteam"), ("GGZ", "ggz")]


def test_signs_in_a_form_are_signs():
    assert list_marked("Kost p*q.", terms=[make_term("p*q", code="p-q")]) == [("p*q", "p-q")]
    assert list_marked("Kost pppq.", terms=[make_term("p*q", code="p-q")]) == []


def test_without_terms_nothing_is_marked():
    explainer = Explainer([])
    assert [piece.text for piece in explainer.mark("De POH.")] == ["De POH."]
    assert explainer.mark("") == []
    assert explainer.found == []


def test_what_was_found_stands_in_the_order_of_the_text():
    explainer = Explainer(TERMS)
    explainer.mark("Een wijkteam")
    explainer.mark("en een JIM")
    assert explainer.found == [TEAM, JIM]


def test_an_empty_line_begins_a_paragraph():
    paragraphs = Explainer(TERMS).mark_paragraphs("Een JIM.\r\nNog een.\r\n \r\nEen POH.\n\n\n")
    assert ["".join(piece.text for piece in pieces) for pieces in paragraphs] == [
        "Een JIM.\nNog een.",
        "Een POH.",
    ]


@given(st.lists(st.text(alphabet="POH-jeugd wikteams.<&\n", max_size=60), max_size=4))
def test_no_letter_is_lost_or_added(texts):
    explainer = Explainer(TERMS)
    for text in texts:
        assert "".join(piece.text for piece in explainer.mark(text)) == text
