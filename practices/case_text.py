"""A case as titled parts in the order in which it is read, and several cases part by part side by side. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """How a part is read: a value beside its name, paragraphs, a list, or figures in a table."""

    VALUE = "value"
    PARAGRAPHS = "paragraphs"
    LIST = "list"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Line:
    """A value, a paragraph, a point of a list, or a figure with what it says.

    `figure` is only there in a part of figures. `remark` must be read with the text; `section` is the place in the
    source; `url` is where the text leads on this site or elsewhere.
    """

    text: str
    figure: str = ""
    remark: str = ""
    section: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Without lines where the source is silent."""

    title: str
    shape: Shape
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One part of every case that is compared, in their order."""

    title: str
    shape: Shape
    cells: tuple[tuple[Line, ...], ...]


def set_side_by_side(cases: Sequence[Sequence[Part]]) -> list[Row]:
    """Every case has the same parts in the same order; what none of them tells is left out."""
    rows = [
        Row(parts[0].title, parts[0].shape, tuple(part.lines for part in parts))
        for parts in zip(*cases, strict=True)
    ]
    return [row for row in rows if any(row.cells)]
