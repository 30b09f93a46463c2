"""Counts over time as stepped lines, before anything is drawn. Pure.

The drawing stretches with the page and its words keep their size: every position is a percentage, of the width from
the left and of the height from the top. How it looks is up to templates/components/line_chart.html.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Told apart by how the line is drawn first, by colour last.
STYLES = ("solid", "dashed", "dotted")
MOST_STEPS = 4


class LineData(NamedTuple):
    """One line: a count per moment, in the order of time."""

    label: str
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """`path` is an SVG path in a square of 100 by 100; `last` is the count at the end."""

    label: str
    style: str
    path: str
    last: int


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """A label on an axis; `place` is a percentage of its length."""

    label: str
    place: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """Everything a template needs; `id` prefixes every id in the drawing."""

    id: str
    title: str
    description: str
    lines: tuple[ChartLine, ...]
    heights: tuple[ScaleMark, ...]
    moments: tuple[ScaleMark, ...]


def draw_line_chart(
    lines: Sequence[LineData], *, moments: Sequence[str], chart_id: str, title: str
) -> LineChart:
    """The lines over the same `moments`, which have one label each; the count axis begins at zero.

    Raises ValueError for more lines than there are styles, for a line with another number of moments, and without
    any moment.
    """
    if len(lines) > len(STYLES):
        raise ValueError(f"At most {len(STYLES)} lines can be told apart, not {len(lines)}.")
    if not moments or any(len(line.counts) != len(moments) for line in lines):
        raise ValueError("Every line needs a count for every moment, and there must be one.")
    marks = choose_marks(max((count for line in lines for count in line.counts), default=0))
    top = marks[-1]
    shown = sorted({0, (len(moments) - 1) // 2, len(moments) - 1})
    return LineChart(
        id=chart_id,
        title=title,
        description="; ".join(
            f"{line.label}: van {line.counts[0]} op {moments[0]} naar {line.counts[-1]} op {moments[-1]}"
            for line in lines
        ),
        lines=tuple(
            ChartLine(line.label, style, _draw_steps(line.counts, top=top), line.counts[-1])
            for line, style in zip(lines, STYLES, strict=False)
        ),
        heights=tuple(ScaleMark(str(mark), round(100 - 100 * mark / top, 2)) for mark in marks),
        moments=tuple(ScaleMark(moments[index], _place(index, of=len(moments))) for index in shown),
    )


def choose_marks(highest: int) -> list[int]:
    """Round numbers from 0 up to one that is not below `highest`, at most MOST_STEPS steps apart."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if step * MOST_STEPS >= highest:
                steps = max(-(-highest // step), 1)
                return [step * number for number in range(steps + 1)]
        power *= 10


def _place(index: int, *, of: int) -> float:
    return round(100 * index / (of - 1), 2) if of > 1 else 0.0


def _draw_steps(counts: Sequence[int], *, top: int) -> str:
    """A step per moment: the count holds until the next moment. A single moment is a line over the whole width."""
    heights = [round(100 - 100 * count / top, 2) for count in counts]
    if len(heights) == 1:
        heights *= 2
    path = [f"M0 {heights[0]:g}"]
    for index, height in enumerate(heights[1:], start=1):
        path.append(f"H{_place(index, of=len(heights)):g}V{height:g}")
    return "".join(path)
