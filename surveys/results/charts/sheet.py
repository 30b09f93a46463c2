"""A chart as a picture of its own, with what must be said beside it or for where that is said already. Pure."""

import textwrap

from surveys.results.charts.chart import Chart
from surveys.results.charts.elements import LIGHT, NAMESPACE, Markup, make, write

CHART_WIDTH = 720
MARGIN = 24
WIDTH = CHART_WIDTH + 2 * MARGIN
FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Libertinus Serif', sans-serif"
TITLE_LENGTH, NOTE_LENGTH = 64, 92
# Room for half of the line around an area.
BLEED = 2


def draw_sheet(chart: Chart, *, notes: tuple[str, ...]) -> Markup:
    """A complete SVG file, black on white; `notes` are the sentences under the chart."""
    elements = []
    y = MARGIN
    for line in textwrap.wrap(chart.title, TITLE_LENGTH):
        y += 26
        elements.append(make("text", look="heading", text=line, x=MARGIN, y=y - 6))
    y += 14
    elements.append(
        make("svg", *chart.body, x=MARGIN, y=y, width=CHART_WIDTH, height=chart.height, overflow="visible")
    )
    y += chart.height + 10
    for note in notes:
        for line in textwrap.wrap(note, NOTE_LENGTH):
            y += 20
            elements.append(make("text", look="subtle", text=line, x=MARGIN, y=y))
    height = y + MARGIN
    return write(
        make(
            "svg",
            make("title", text=chart.title, id="title"),
            make("desc", text=chart.description, id="description"),
            make("rect", width=WIDTH, height=height, fill=LIGHT),
            *elements,
            xmlns=NAMESPACE,
            role="img",
            aria_labelledby="title",
            aria_describedby="description",
            lang="nl",
            width=WIDTH,
            height=height,
            viewBox=f"0 0 {WIDTH} {height}",
            font_family=FONTS,
        )
    )


def draw_bare(chart: Chart) -> Markup:
    """The chart alone as a complete SVG file, for among words that say the rest, as on paper."""
    width, height = CHART_WIDTH + 2 * BLEED, chart.height + 2 * BLEED
    body = make(
        "svg", *chart.body, x=BLEED, y=BLEED, width=CHART_WIDTH, height=chart.height, overflow="visible"
    )
    return write(
        make(
            "svg",
            body,
            xmlns=NAMESPACE,
            width=width,
            height=height,
            viewBox=f"0 0 {width} {height}",
            font_family=FONTS,
        )
    )
