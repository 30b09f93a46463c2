"""Reads a chart back, as a browser would: what is written in it and what is drawn with a look."""

from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
SPACE = "\N{NO-BREAK SPACE}"


def parse(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def read_lines(chart):
    """The lines of text from the top down, with ordinary spaces."""
    root = parse(chart.svg)
    texts = sorted(root.iter(f"{SVG}text"), key=lambda text: float(text.get("y")))
    return ["  ".join(part for part in text.itertext() if part).replace(SPACE, " ") for text in texts]


def list_elements(chart, look):
    return [element for element in parse(chart.svg).iter() if element.get("class") == f"chart__{look}"]


def list_segments(chart):
    """What is drawn of bars, as (x, width) in percentages, in the order of drawing; the legend is none of it."""
    areas = [
        element
        for element in parse(chart.svg).iter(f"{SVG}rect")
        if element.get("class") in ("chart__dark", "chart__light", "chart__patterned")
        and element.get("width").endswith("%")
    ]
    return [
        (float(area.get("x").removesuffix("%")), float(area.get("width").removesuffix("%"))) for area in areas
    ]
