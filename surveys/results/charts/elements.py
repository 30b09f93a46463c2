"""SVG as a tree of elements, and how each of them looks. Pure.

Every element with a look carries its colours itself, so that a drawing that was downloaded is complete. It also carries
a class, by which the stylesheet of the site (static/css/components/chart.css) replaces them in dark mode and forced
colours: a stylesheet wins from an attribute. Attributes that begin with "stroke" or "fill" are the look, nothing else.
"""

from xml.etree.ElementTree import Element, tostring

NAMESPACE = "http://www.w3.org/2000/svg"
CLASS_PREFIX = "chart__"

OUTLINE, DARK, LIGHT, MID, MID_LINE, ACCENT, ACCENT_LINE = (
    "#16396b",
    "#16396b",
    "#ffffff",
    "#c7d5e8",
    "#7f9cc4",
    "#f3d2ae",
    "#a94f14",
)
LABEL, SUBTLE, BORDER, ON_DARK = "#1d2733", "#525d6a", "#d5d7da", "#ffffff"

# A plate in the ground colour keeps figures readable on a pattern.
PLATE = {"paint-order": "stroke", "stroke-linejoin": "round", "stroke-width": "6"}

LOOKS: dict[str, dict[str, str]] = {
    "label": {"fill": LABEL, "font-size": "15"},
    "heading": {"fill": LABEL, "font-size": "16", "font-weight": "700"},
    "subtle": {"fill": SUBTLE, "font-size": "14"},
    "value": {"fill": LABEL, "font-size": "15", "font-weight": "700"},
    "value-on-dark": {"fill": ON_DARK, "font-size": "15", "font-weight": "700"},
    "value-on-mid": {"fill": LABEL, "font-size": "15", "font-weight": "700", "stroke": MID, **PLATE},
    "value-on-accent": {"fill": LABEL, "font-size": "15", "font-weight": "700", "stroke": ACCENT, **PLATE},
    "mark": {
        "fill": LABEL,
        "font-size": "9",
        "font-weight": "700",
        "stroke": MID,
        **PLATE,
        "stroke-width": "2.5",
    },
    "mark-on-light": {
        "fill": LABEL,
        "font-size": "9",
        "font-weight": "700",
        "stroke": LIGHT,
        **PLATE,
        "stroke-width": "2.5",
    },
    "mark-on-dark": {
        "fill": ON_DARK,
        "font-size": "9",
        "font-weight": "700",
        "stroke": DARK,
        **PLATE,
        "stroke-width": "2.5",
    },
    # What an area can be filled with; "url" is for the patterns of `list_patterns`.
    "dark": {"fill": DARK, "stroke": OUTLINE, "stroke-width": "1.5"},
    "light": {"fill": LIGHT, "stroke": OUTLINE, "stroke-width": "1.5"},
    "patterned": {"stroke": OUTLINE, "stroke-width": "1.5"},
    "tile-dark": {"fill": DARK, "stroke": OUTLINE, "stroke-width": "1"},
    "tile-light": {"fill": LIGHT, "stroke": OUTLINE, "stroke-width": "1"},
    "tile": {"stroke": OUTLINE, "stroke-width": "1"},
    "tile-none": {"stroke": OUTLINE, "stroke-width": "1", "stroke-dasharray": "2 2"},
    "track": {"fill": "none", "stroke": BORDER, "stroke-width": "1"},
    "absence": {"fill": "none", "stroke": SUBTLE, "stroke-width": "1", "stroke-dasharray": "4 3"},
    "rule": {"stroke": BORDER, "stroke-width": "1"},
    "break": {"stroke": ACCENT_LINE, "stroke-width": "2", "stroke-dasharray": "2 4"},
    "interval": {"stroke": MID_LINE, "stroke-width": "8"},
    "interval-end": {"stroke": OUTLINE, "stroke-width": "1.5"},
    "line": {"fill": "none", "stroke": OUTLINE, "stroke-width": "2.5"},
    "marker": {"fill": DARK, "stroke": LIGHT, "stroke-width": "1.5"},
    # What patterns are made of.
    "ground-mid": {"fill": MID},
    "ground-accent": {"fill": ACCENT},
    "stripe": {"stroke": MID_LINE, "stroke-width": "2"},
    "stripe-thin": {"stroke": MID_LINE, "stroke-width": "1"},
    "stripe-bold": {"stroke": OUTLINE, "stroke-width": "2"},
    "dot": {"fill": ACCENT_LINE},
    "dot-mid": {"fill": MID_LINE},
    "dot-outline": {"fill": OUTLINE},
}


class Markup(str):
    """XML in which every text is escaped: a template shows it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def make(tag: str, *children: Element, look: str = "", text: str = "", **attributes: str | float) -> Element:
    """An element. Underscores in the names of attributes become hyphens; numbers get at most three decimals.

    Raises KeyError for a look that is not in LOOKS.
    """
    element = Element(tag)
    if look:
        element.set("class", CLASS_PREFIX + look)
        element.attrib.update(LOOKS[look])
    for name, value in attributes.items():
        element.set(name.rstrip("_").replace("_", "-"), value if isinstance(value, str) else f"{value:.7g}")
    element.text = text or None
    element.extend(children)
    return element


def write(element: Element) -> Markup:
    return Markup(tostring(element, encoding="unicode"))


def percent(number: float) -> str:
    """A length as a part of the width of the drawing."""
    return f"{round(number, 3):g}%"


def list_patterns(chart_id: str) -> list[Element]:
    """What areas are filled with that are told apart in black and white; see `fill_with`.

    `mid` has lines, `accent` dots and `grid` squares. A map has `step-2` (light) to `step-4`, `none` for no data and
    `withheld`.
    """
    return [
        _make_pattern(
            chart_id,
            "mid",
            8,
            make("rect", look="ground-mid", width=8, height=8),
            make("path", look="stripe", d="M4 0v8"),
            turned=45,
        ),
        _make_pattern(
            chart_id,
            "accent",
            8,
            make("rect", look="ground-accent", width=8, height=8),
            make("circle", look="dot", cx=4, cy=4, r=1.75),
        ),
        _make_pattern(
            chart_id,
            "grid",
            8,
            make("rect", look="ground-mid", width=8, height=8),
            make("path", look="stripe-thin", d="M0 4h8M4 0v8"),
        ),
    ]


def list_map_patterns(chart_id: str) -> list[Element]:
    """See `list_patterns`."""
    return [
        _make_pattern(
            chart_id,
            "step-2",
            5,
            make("rect", look="ground-mid", width=5, height=5),
            make("circle", look="dot-mid", cx=2.5, cy=2.5, r=0.8),
        ),
        _make_pattern(
            chart_id,
            "step-3",
            5,
            make("rect", look="ground-mid", width=5, height=5),
            make("path", look="stripe", d="M2.5 0v5"),
            turned=45,
        ),
        _make_pattern(
            chart_id,
            "step-4",
            4,
            make("rect", look="ground-mid", width=4, height=4),
            make("path", look="stripe-bold", d="M0 2h4M2 0v4"),
        ),
        _make_pattern(chart_id, "none", 4, make("path", look="stripe-thin", d="M2 0v4"), turned=-45),
        _make_pattern(chart_id, "withheld", 4, make("circle", look="dot-outline", cx=2, cy=2, r=0.7)),
    ]


def fill_with(chart_id: str, pattern: str) -> str:
    """The attribute `fill` of an area in a chart that has the pattern."""
    return f"url(#{chart_id}-{pattern})"


def _make_pattern(chart_id: str, name: str, size: int, *children: Element, turned: int = 0) -> Element:
    turn = {"patternTransform": f"rotate({turned})"} if turned else {}
    return make(
        "pattern",
        *children,
        id=f"{chart_id}-{name}",
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
        **turn,
    )
