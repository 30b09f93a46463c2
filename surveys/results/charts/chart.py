"""A chart under construction, and one that is done. Pure.

Everything stands under each other, from the top down. Heights are in pixels; across, everything is a percentage of the
width, so that a chart stretches with the page from 320 px while its words keep their size. Lines of text are therefore
never longer than what fits on the narrowest screen.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from surveys.results.charts.elements import NAMESPACE, Markup, fill_with, make, write

# Characters of 15 px that fit in the 288 px that a screen of 320 px leaves.
LINE_LENGTH = 38
LINE_HEIGHT = 20
SWATCH = 18
LEGEND_INDENT = 28

NO_ANSWERS = "Geen antwoorden"
SUPPRESSED = "Afgeschermd: dit cijfer tonen we niet"

# Fills that a look draws by itself; every other one is a pattern.
PLAIN = ("dark", "light")


@dataclass(frozen=True, slots=True)
class Chart:
    """`id` prefixes every id in the drawing. `description` says in true sentences what there is to see.

    `body` are the elements of the drawing, `height` pixels high.
    """

    id: str
    title: str
    description: str
    height: int
    body: tuple[Element, ...]

    @property
    def svg(self) -> Markup:
        """For in a page: as wide as there is room."""
        return write(
            make(
                "svg",
                make("title", text=self.title, id=f"{self.id}-title"),
                make("desc", text=self.description, id=f"{self.id}-description"),
                *self.body,
                xmlns=NAMESPACE,
                class_="chart",
                id=self.id,
                role="img",
                aria_labelledby=f"{self.id}-title",
                aria_describedby=f"{self.id}-description",
                width="100%",
                height=self.height,
                overflow="visible",
            )
        )


@dataclass(frozen=True, slots=True)
class LegendKey:
    """What a fill means; `value` stands behind the label where there is one figure to tell."""

    fill: str
    label: str
    value: str = ""


class Canvas:
    """Takes up elements from the top down; `y` is where the next one comes."""

    def __init__(self, chart_id: str, *, patterns: Iterable[Element] = ()) -> None:
        self.chart_id = chart_id
        self.y = 0
        self._elements = [make("defs", *patterns)]

    def put(self, *elements: Element) -> None:
        """Elements that say themselves where they stand; `y` stays where it is."""
        self._elements += elements

    def skip(self, pixels: int) -> None:
        self.y += pixels

    def write_lines(self, text: str, *, look: str = "label", indent: int = 0) -> None:
        """A text over as many lines as it needs on a narrow screen."""
        for line in textwrap.wrap(text, LINE_LENGTH - indent // 8):
            self.put(make("text", look=look, text=line, x=indent, y=self.y + 15))
            self.skip(LINE_HEIGHT)

    def write_pair(self, text: str, aside: str) -> None:
        """A label, and less loudly what stands behind it: on one line when both fit."""
        if len(text) + len(aside) + 2 > LINE_LENGTH or not text:
            self.write_lines(text)
            self.write_lines(aside, look="subtle")
            return
        line = make("text", make("tspan", look="subtle", text=aside, dx=10), look="label", x=0, y=self.y + 15)
        line.text = text
        self.put(line)
        self.skip(LINE_HEIGHT)

    def write_absence(self, message: str) -> None:
        """Says in the place of a figure why there is none."""
        lines = textwrap.wrap(message, LINE_LENGTH - 3)
        height = LINE_HEIGHT * len(lines) + 12
        self.put(make("rect", look="absence", x=0, y=self.y, width="100%", height=height))
        for number, line in enumerate(lines):
            self.put(make("text", look="subtle", text=line, x=10, y=self.y + 21 + LINE_HEIGHT * number))
        self.skip(height)

    def write_legend(self, keys: Iterable[LegendKey]) -> None:
        for key in keys:
            self.put(fill_area(self.chart_id, key.fill, x=0, y=self.y, width=SWATCH, height=SWATCH))
            top = self.y
            self.write_lines(f"{key.label}: {key.value}" if key.value else key.label, indent=LEGEND_INDENT)
            self.y = max(self.y, top + SWATCH) + 6

    def finish(self, *, title: str, description: str) -> Chart:
        return Chart(self.chart_id, title, description, self.y, tuple(self._elements))


def fill_area(chart_id: str, fill: str, **place: Any) -> Element:
    """A rectangle with one of the fills `dark`, `light` and the patterns of `list_patterns`."""
    if fill in PLAIN:
        return make("rect", look=fill, **place)
    return make("rect", look="patterned", fill=fill_with(chart_id, fill), **place)
