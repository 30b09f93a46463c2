"""Bare words, in the index and in what a visitor types alike, so that every database finds the same. Pure."""

import re
import unicodedata

MAXIMUM_LENGTH = 200
MAXIMUM_WORDS = 12


def split_words(text: str) -> list[str]:
    """Lower case, without accents and punctuation: "Coöperatie (B12): 1.000 €" is cooperatie, b12, 1 and 000."""
    # Taking a character apart can bring a capital to light: fold after that.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.findall(r"[^\W_]+", bare)


def split_query(text: str) -> list[str]:
    """The words to search for, as many as a search can have."""
    return split_words(text[:MAXIMUM_LENGTH])[:MAXIMUM_WORDS]
