"""The keys of the coding screen: a figure or a letter per theme. Pure."""

from string import ascii_lowercase

# For the buttons: memo, previous, skip ("sla over").
RESERVED = "mps"
THEME_KEYS = "1234567890" + "".join(letter for letter in ascii_lowercase if letter not in RESERVED)


def list_keys(count: int) -> list[str]:
    """A key for each of so many themes, in their order; empty when there are no more keys."""
    return [*THEME_KEYS[:count], *[""] * max(0, count - len(THEME_KEYS))]
