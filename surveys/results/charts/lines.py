"""The same question over the waves: a line per answer, interrupted where the question changed. Pure."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from surveys.results.charts.chart import LEGEND_INDENT, Canvas, Chart
from surveys.results.charts.elements import make, percent
from surveys.results.notation import format_share

# Told apart by how the line is drawn and by the shape on it; colour says nothing.
DASHES = ("", "9 5", "2 4", "12 4 2 4", "5 5")
SHAPES = (
    "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z",
    "M-6 -6h12v12h-12Z",
    "M0 -8L8 0L0 8L-8 0Z",
    "M0 -7L7 6H-7Z",
    "M-7 -2h5v-5h4v5h5v4h-5v5h-4v-5h-5Z",
)
MAXIMUM_LINES = len(DASHES)

PLOT_HEIGHT = 240
# Where the first and the last moment stand, in percentages of the width.
FIRST, LAST = 6.0, 94.0
RULES = (0, 25, 50, 75, 100)
BREAK = "vraag veranderd"


class LineData(NamedTuple):
    """The share (0-1) of one answer at every moment, None where there is none to show."""

    label: str
    shares: Sequence[float | None]


def draw_lines(
    lines: Sequence[LineData],
    *,
    moments: Sequence[str],
    breaks: Collection[int] = (),
    chart_id: str,
    title: str,
    description: str,
) -> Chart:
    """`moments` are the names of the waves in the order of time.

    `breaks` are the places of the moments before which the question came to mean something else: no line crosses
    those. Raises ValueError for more lines than there are styles, and for a line with another number of moments.
    """
    if len(lines) > MAXIMUM_LINES:
        raise ValueError(f"At most {MAXIMUM_LINES} lines can be told apart, not {len(lines)}.")
    if any(len(line.shares) != len(moments) for line in lines):
        raise ValueError("Every line needs a share or None for every moment.")
    canvas = Canvas(chart_id)
    canvas.skip(LABELS_ABOVE if breaks else 20)
    places = _place_moments(len(moments))
    for rule in RULES:
        height = _find_height(canvas, rule / 100)
        canvas.put(
            make("line", look="rule", x1=0, x2="100%", y1=height, y2=height),
            make("text", look="subtle", text=f"{rule}\N{NO-BREAK SPACE}%", x=0, y=height - 4),
        )
    for place in sorted(breaks):
        _draw_break(canvas, (places[place - 1] + places[place]) / 2)
    for number, line in enumerate(lines):
        _draw_line(canvas, line, number=number, places=places, breaks=breaks)
    canvas.skip(PLOT_HEIGHT + 24)
    canvas.put(
        *(
            make("text", look="subtle", text=moment, x=percent(place), y=canvas.y, text_anchor="middle")
            for moment, place in zip(moments, places, strict=True)
        )
    )
    canvas.skip(20)
    for number, line in enumerate(lines):
        _write_key(canvas, line, number=number, breaks=breaks)
    return canvas.finish(title=title, description=description)


# Room for the words above a line that marks a break.
LABELS_ABOVE = 40


def _place_moments(count: int) -> list[float]:
    if count == 1:
        return [(FIRST + LAST) / 2]
    return [FIRST + (LAST - FIRST) * number / (count - 1) for number in range(count)]


def _find_height(canvas: Canvas, share: float) -> float:
    return canvas.y + PLOT_HEIGHT * (1 - share)


def _draw_break(canvas: Canvas, place: float) -> None:
    canvas.put(
        make(
            "line",
            look="break",
            x1=percent(place),
            x2=percent(place),
            y1=canvas.y - 12,
            y2=canvas.y + PLOT_HEIGHT,
        ),
        make("text", look="subtle", text=BREAK, x=percent(place), y=canvas.y - 20, text_anchor="middle"),
    )


def _draw_line(
    canvas: Canvas, line: LineData, *, number: int, places: Sequence[float], breaks: Collection[int]
) -> None:
    points = [
        None if share is None else (place, _find_height(canvas, share))
        for place, share in zip(places, line.shares, strict=True)
    ]
    for end, (before, after) in enumerate(pairwise(points), start=1):
        if before and after and end not in breaks:
            canvas.put(
                make(
                    "line",
                    look="line",
                    stroke_dasharray=DASHES[number] or "none",
                    x1=percent(before[0]),
                    y1=before[1],
                    x2=percent(after[0]),
                    y2=after[1],
                )
            )
    canvas.put(*(_draw_marker(number, x=percent(point[0]), y=point[1]) for point in points if point))


def _draw_marker(number: int, *, x: str | float, y: float) -> Element:
    return make("svg", make("path", look="marker", d=SHAPES[number]), x=x, y=y, overflow="visible")


def _write_key(canvas: Canvas, line: LineData, *, number: int, breaks: Collection[int]) -> None:
    middle = canvas.y + 9
    canvas.put(
        make(
            "line",
            look="line",
            stroke_dasharray=DASHES[number] or "none",
            x1=0,
            x2=LEGEND_INDENT - 6,
            y1=middle,
            y2=middle,
        ),
        _draw_marker(number, x=(LEGEND_INDENT - 6) / 2, y=middle),
    )
    shares = _write_shares(line.shares, breaks=breaks)
    canvas.write_lines(": ".join(filter(None, (line.label, shares))), indent=LEGEND_INDENT + 4)
    canvas.skip(6)


def _write_shares(shares: Sequence[float | None], *, breaks: Collection[int]) -> str:
    """Those that are known, with an arrow from one to the next: like the line, it does not go across a break."""
    words, since = "", 0
    for place, share in enumerate(shares):
        if share is None:
            continue
        if words:
            words += " | " if any(since < each <= place for each in breaks) else " → "
        words += format_share(share)
        since = place
    return words
