"""Bare words, in the index and in what a visitor types alike, so that every database finds the same. Pure."""

import re
import unicodedata
from functools import lru_cache

MAXIMUM_LENGTH = 200
MAXIMUM_WORDS = 12

# Words that say nothing about what somebody looks for.
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        aan als alles bij dat de die door een en er hebben heeft het hoe in is maar me met mijn naar niet nog of om
        onze ook op over te tot uit van veel voor waarom wat we welke wie wij wordt zijn zonder zo
        """,
    )
)


def split_words(text: str) -> list[str]:
    """Lower case, without accents and punctuation: "Coöperatie (B12): 1.000 €" is cooperatie, b12, 1 and 000."""
    bare = text.lower()
    if not text.isascii():
        # Taking a character apart can bring a capital to light: fold after that.
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.findall(r"[^\W_]+", bare)


@lru_cache(maxsize=4096)
def space_words(text: str) -> str:
    """The bare words with a space before each. Remembered: every search reads the same texts again."""
    return "".join(f" {word}" for word in split_words(text))


def split_query(text: str) -> list[str]:
    """The words to search for, as many as a search can have."""
    return split_words(text[:MAXIMUM_LENGTH])[:MAXIMUM_WORDS]


def leave_out_small_words(words: list[str]) -> list[str]:
    """What was typed without its small words; all of it where there are no others."""
    return [word for word in words if word not in SMALL_WORDS] or words
