"""Words one after the other, as in a sentence. Pure."""

from collections.abc import Sequence


def join_words(words: Sequence[str], *, conjunction: str = "en") -> str:
    """["a"] is "a", ["a", "b"] is "a en b", ["a", "b", "c"] is "a, b en c"; there is at least one word."""
    *head, last = words
    return f"{', '.join(head)} {conjunction} {last}" if head else last
