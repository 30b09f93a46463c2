from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.coding.personal_data import REPLACEMENTS, Span, find_passages, redact, suggest_spans


def show(text):
    return [(text[span.start : span.end], span.kind) for span in suggest_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Mail jan.de-vries+jeugd@gemeente.example.nl.",
            [("jan.de-vries+jeugd@gemeente.example.nl", "email")],
        ),
        ("Bel 06-12345678 of 020 123 45 67.", [("06-12345678", "phone"), ("020 123 45 67", "phone")]),
        ("Bel +31 6 12345678 of 0031201234567", [("+31 6 12345678", "phone"), ("0031201234567", "phone")]),
        ("Op 1234 AB en 1234ab.", [("1234 AB", "postcode"), ("1234ab", "postcode")]),
        ("In 2024 en in 2025 is er meer", []),
        ("BSN 123456782, ook 1234.56.782", [("123456782", "number"), ("1234.56.782", "number")]),
        ("Het kost 1.234.567 euro, of 12345678 in totaal", []),
        ("Volgens mevrouw Jansen", [("Jansen", "name")]),
        ("Mevr. A.B. van der Berg-Smit zei", [("A.B. van der Berg-Smit", "name")]),
        ("dhr. De Vries en meneer el Amrani", [("De Vries", "name"), ("el Amrani", "name")]),
        ("De heer Karel Peters belde", [("Karel Peters", "name")]),
        ("een meneer die belde", []),
    ],
)
def test_what_may_point_to_a_person_is_found(text, found):
    assert show(text) == found


def test_what_is_taken_out_leaves_a_word_in_its_place():
    text = "Mail mevrouw Jansen via jansen@voorbeeld.example."

    assert redact(text, spans=suggest_spans(text)) == "Mail mevrouw [naam] via [e-mailadres]."
    assert redact(text, spans=[]) == text


def test_words_are_found_everywhere_whatever_their_capitals():
    spans = list(find_passages("Linde en linde.", passages=["Linde"]))

    assert spans == [Span(0, 5, "other"), Span(9, 14, "other")]
    with pytest.raises(ValueError, match="Eik"):
        list(find_passages("Linde", passages=["Eik"]))


def test_only_whole_words_are_found():
    assert list(find_passages("Jan in januari: Jan.", passages=["jan"])) == [
        Span(0, 3, "other"),
        Span(16, 19, "other"),
    ]
    with pytest.raises(ValueError, match="de"):
        list(find_passages("Nederland", passages=["de"]))


def test_signs_in_words_are_just_signs():
    assert list(find_passages("a.b axb", passages=["a.b"])) == [Span(0, 3, "other")]


def test_spans_that_overlap_are_taken_out_together():
    text = "Wijkteam De Linde Noord"

    assert redact(text, spans=[Span(0, 17, "other"), Span(9, 23, "name")]) == "[weggelaten]"
    assert redact(text, spans=[Span(0, 23, "other"), Span(9, 11, "name")]) == "[weggelaten]"


@given(
    st.text(max_size=60).filter(lambda text: "[" not in text),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(sorted(REPLACEMENTS)))),
)
def test_nothing_that_was_taken_out_is_left_and_the_rest_stays(text, drawn):
    spans = [
        Span(start, min(start + length, len(text)), kind)
        for start, length, kind in drawn
        if start < len(text)
    ]
    kept = [
        letter
        for place, letter in enumerate(text)
        if not any(span.start <= place < span.end for span in spans)
    ]

    left = redact(text, spans=spans)

    for replacement in REPLACEMENTS.values():
        left = left.replace(replacement, "")
    assert left == "".join(kept)


@given(st.text())
def test_suggestions_lie_in_the_text_and_never_overlap(text):
    spans = suggest_spans(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
