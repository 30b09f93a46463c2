"""Groups compared on one figure: a dot per group, and how sure it is. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from surveys.results.charts.chart import Canvas, Chart
from surveys.results.charts.elements import make, percent
from surveys.results.notation import SPACE, describe_base, format_share

TRACK_HEIGHT = 28
DOT_RADIUS = 7
RULES = (0, 25, 50, 75, 100)


SHARE_SCALE = (f"0{SPACE}%", f"50{SPACE}%", f"100{SPACE}%")


class DotData(NamedTuple):
    """A group with its share (0-1) and, where it is known, the interval of it; or a `message` why there is none.

    For what is no share they are places on the scale, and `figure` says what it is. Groups that follow each other
    under the same `heading` stand together.
    """

    label: str
    base: int | None
    share: float | None
    lower: float | None = None
    upper: float | None = None
    message: str = ""
    heading: str = ""
    figure: str = ""

    @property
    def text(self) -> str:
        """The figure in words: "64 % (51 % tot 75 %)"."""
        if self.share is None:
            return self.message
        if self.figure:
            return self.figure
        figure = format_share(self.share)
        if self.lower is None or self.upper is None:
            return figure
        return f"{figure} ({format_share(self.lower)} tot {format_share(self.upper)})"


def draw_dots(
    dots: Sequence[DotData],
    *,
    heading: str,
    chart_id: str,
    title: str,
    description: str,
    scale: tuple[str, str, str] = SHARE_SCALE,
) -> Chart:
    """One line per group, on one scale; `heading` stands above it: what the dots are.

    `scale` names its begin, its middle and its end.
    """
    canvas = Canvas(chart_id)
    canvas.write_lines(heading, look="heading")
    canvas.skip(4)
    _write_scale(canvas, scale)
    for number, dot in enumerate(dots):
        if dot.heading and (number == 0 or dots[number - 1].heading != dot.heading):
            canvas.skip(8 if number else 0)
            canvas.write_lines(dot.heading, look="heading")
            canvas.skip(4)
        if dot.share is None:
            canvas.write_lines(dot.label)
            canvas.write_lines(dot.message, look="subtle")
        else:
            canvas.write_pair(dot.label, f"{dot.text}, {describe_base(dot.base)}")
            _draw_track(canvas, dot)
        canvas.skip(8)
    return canvas.finish(title=title, description=description)


def _write_scale(canvas: Canvas, scale: tuple[str, str, str]) -> None:
    for place, anchor, text in zip((0, 50, 100), ("start", "middle", "end"), scale, strict=True):
        canvas.put(
            make("text", look="subtle", text=text, x=percent(place), y=canvas.y + 15, text_anchor=anchor)
        )
    canvas.skip(28)


def _draw_track(canvas: Canvas, dot: DotData) -> None:
    middle = canvas.y + TRACK_HEIGHT // 2
    canvas.put(make("line", look="rule", x1=0, x2="100%", y1=middle, y2=middle))
    canvas.put(
        *(
            make("line", look="rule", x1=percent(place), x2=percent(place), y1=middle - 8, y2=middle + 8)
            for place in RULES
        )
    )
    if dot.lower is not None and dot.upper is not None:
        ends = percent(100 * dot.lower), percent(100 * dot.upper)
        canvas.put(
            make("line", look="interval", x1=ends[0], x2=ends[1], y1=middle, y2=middle),
            *(
                make("line", look="interval-end", x1=end, x2=end, y1=middle - 9, y2=middle + 9)
                for end in ends
            ),
        )
    canvas.put(make("circle", look="marker", cx=percent(100 * (dot.share or 0.0)), cy=middle, r=DOT_RADIUS))
    canvas.skip(TRACK_HEIGHT)
