"""What a button of the outline asks for: one place up or down, or to a certain place. Pure."""

from functools import partial

from surveys.drafts.editing import (
    Edit,
    EditRefused,
    move_question,
    move_section,
    shift_question,
    shift_section,
)

STEPS = {"up": -1, "down": 1}
LAST = 10_000


def read_move(value: str, *, section: str = "", position: str = "") -> Edit:
    """The edit behind "question.fte.up", "section.werk.down" or, to a `section` and `position`, "question.fte.to".

    Without a usable position it goes to the end. Raises EditRefused for anything else.
    """
    place = int(position) if position.isascii() and position.isdigit() and len(position) <= 4 else LAST
    match value.split("."):
        case ["question", code, ("up" | "down") as way]:
            return partial(shift_question, code=code, steps=STEPS[way])
        case ["section", code, ("up" | "down") as way]:
            return partial(shift_section, code=code, steps=STEPS[way])
        case ["question", code, "to"]:
            return partial(move_question, code=code, section=section, position=place)
        case ["section", code, "to"]:
            return partial(move_section, code=code, position=place)
    raise EditRefused("Deze verplaatsing kennen wij niet.")
