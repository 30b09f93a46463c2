"""The parts of a case as a contributor writes them, in the order of the form. Pure."""

from collections.abc import Mapping

# Words, or the codes of what was ticked.
Value = str | tuple[str, ...]
Values = Mapping[str, Value]

CHOICES = ("measures", "themes", "municipalities", "audiences")
# One text with a point per line.
LISTS = ("outline", "conditions", "costs", "lessons", "setbacks", "parties")
# Of a figure in words, and of what it says.
LONGEST_FIGURE, LONGEST_MEANING = 60, 300
# What these say when nobody chose anything.
UNCHOSEN = {"status": "unknown", "effect": "unknown", "evidence": "none"}

SECTIONS = (
    ("Waar gaat het over?", ("title", "summary", "intro", "reason", "measures", "themes")),
    ("Waar en wanneer?", ("municipalities", "performer", "year", "status", "status_when")),
    ("Hoe werkt het?", ("audiences", "audience", "outline", "conditions", "parties")),
    (
        "Wat levert het op?",
        ("effect", "effect_note", "evidence", "figures", "costs", "lessons", "setbacks"),
    ),
    (
        "Waar kan een collega terecht?",
        ("source", "link_title", "link_url", "contact", "contact_email", "contact_url"),
    ),
)
PARTS = tuple(name for _, names in SECTIONS for name in names)


def is_filled(name: str, value: Value) -> bool:
    return bool(value) and value != UNCHOSEN.get(name)


def read_lines(text: str) -> list[str]:
    """The points of a list: every line with words in it, without the spaces around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def write_lines(points: list[str]) -> str:
    """A point that an editor wrote on several lines becomes one line."""
    return "\n".join(" ".join(point.split()) for point in points)


def split_figure(line: str) -> tuple[str, str]:
    """A line of the figures as figure and meaning; without a colon the figure is empty."""
    figure, colon, meaning = line.partition(":")
    return (figure.strip(), meaning.strip()) if colon else ("", line.strip())


def find_bad_figures(text: str) -> list[str]:
    """The lines of the figures that do not say a short figure and what it means."""
    return [line for line in read_lines(text) if not _is_figure(*split_figure(line))]


def _is_figure(figure: str, meaning: str) -> bool:
    return 0 < len(figure) <= LONGEST_FIGURE and 0 < len(meaning) <= LONGEST_MEANING
