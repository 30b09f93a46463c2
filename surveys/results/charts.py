"""The geometry of the charts of shares: what stands where, before anything is drawn.

Pure, so that a page, a PDF and a test can use the same drawing. All positions and widths are percentages of
the width of a bar: the bar stretches with the page and its figures keep their size. How it looks is up to
templates/components/stacked_bar.html, which also describes these objects for page authors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from surveys.results.notation import format_count, format_share

# Which pattern the options get, in their own order, by how many there are. The first option (Ja) is dark, a
# plain refusal (Nee) light, what is neither (Anders, Overig) has lines: told apart in black and white.
PATTERNS = {
    1: ("dark",),
    2: ("dark", "light"),
    3: ("dark", "light", "mid"),
    4: ("dark", "accent", "light", "mid"),
    5: ("dark", "accent", "light", "mid", "grid"),
}
MAXIMUM_STACKED_OPTIONS = max(PATTERNS)

# Narrowest segment, in percentages, that holds "12 %" at 16 px on a screen of 320 px (a bar of about 290 px).
NARROWEST_LABELLED = 14.0
# From here on a lone segment leaves too little room for its label beside it.
WIDEST_LABELLED_BESIDE = 80.0

NO_ANSWERS = "Geen antwoorden"
SUPPRESSED = "Afgeschermd: te weinig antwoorden om te tonen"


class OptionShare(NamedTuple):
    """How many units chose an option and which fraction (0-1) of the base that is; None when suppressed."""

    label: str
    n: int | None
    share: float | None


class BarData(NamedTuple):
    """One bar to draw: a group (or the total, label ""), its base and its options in questionnaire order."""

    label: str
    base: int | None
    shares: Sequence[OptionShare]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. `label_place` is inside, beside or none; `text_x` is where the label is anchored."""

    label: str
    pattern: str
    x: float
    width: float
    share_text: str
    label_place: str
    text_x: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its segments, or a `message` that says why there are none."""

    label: str
    base_text: str
    description: str
    message: str
    note: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class LegendKey:
    """What a pattern means, with its share when the chart has a single bar."""

    pattern: str
    label: str
    share_text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything a template needs to draw a chart; `id` prefixes every id in the drawing."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    legend: tuple[LegendKey, ...]

    @property
    def is_labelled(self) -> bool:
        """Whether the bars carry names of their own, which then stand in a column beside them."""
        return any(bar.label for bar in self.bars)


def draw_stacked_bars(bars: Sequence[BarData], *, chart_id: str, title: str) -> Chart:
    """One bar per group, its options next to each other: for a question with one answer per unit.

    An option without units has no segment but stays in the legend. Raises ValueError when the bars do not
    have the same options, or more than MAXIMUM_STACKED_OPTIONS: beyond that patterns are not told apart and
    draw_share_bars is the chart to use.
    """
    labels = [option.label for option in bars[0].shares] if bars else []
    if any([option.label for option in bar.shares] != labels for bar in bars):
        raise ValueError("Every bar of a chart needs the same options in the same order.")
    if len(labels) > MAXIMUM_STACKED_OPTIONS:
        raise ValueError(f"A stacked bar shows at most {MAXIMUM_STACKED_OPTIONS} options, not {len(labels)}.")
    patterns = PATTERNS[len(labels)] if labels else ()
    drawn = tuple(_draw_stacked_bar(bar, patterns=patterns, is_alone=len(bars) == 1) for bar in bars)
    return Chart(chart_id, title, drawn, _draw_legend(bars, patterns=patterns))


def draw_share_bars(shares: Sequence[OptionShare], *, base: int | None, chart_id: str, title: str) -> Chart:
    """One bar per option: for a question with more answers per unit, or with too many options to stack."""
    bars = tuple(_draw_share_bar(option, base=base) for option in shares)
    return Chart(chart_id, title, bars, ())


def _describe_base(base: int | None) -> str:
    return "n afgeschermd" if base is None else f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{format_count(base)}"


def _explain_absence(base: int | None, shares: Sequence[OptionShare]) -> str:
    if base == 0:
        return NO_ANSWERS
    return SUPPRESSED if base is None or any(option.share is None for option in shares) else ""


def _draw_stacked_bar(bar: BarData, *, patterns: Sequence[str], is_alone: bool) -> Bar:
    message = _explain_absence(bar.base, bar.shares)
    if message:
        return Bar(bar.label, _describe_base(bar.base), "", message, "", ())
    known = [(option.label, option.share or 0.0) for option in bar.shares]
    segments = _draw_segments(known, patterns=patterns)
    left_out = [segment for segment in segments if segment.label_place == "none"]
    return Bar(
        label=bar.label,
        base_text=_describe_base(bar.base),
        description=", ".join(f"{label} {format_share(share)}" for label, share in known),
        message="",
        note="" if is_alone else ", ".join(f"{segment.label} {segment.share_text}" for segment in left_out),
        segments=segments,
    )


def _draw_segments(known: Sequence[tuple[str, float]], *, patterns: Sequence[str]) -> tuple[Segment, ...]:
    total = sum(share for _, share in known)
    segments = []
    end = share_so_far = 0.0
    for (label, share), pattern in zip(known, patterns, strict=True):
        start, share_so_far = end, share_so_far + share
        end = round(100 * share_so_far / total, 3) if total else 0.0
        width = round(end - start, 3)
        if width > 0:
            place = "inside" if width >= NARROWEST_LABELLED else "none"
            middle = round(start + width / 2, 3)
            segments.append(Segment(label, pattern, start, width, format_share(share), place, middle))
    return tuple(segments)


def _draw_share_bar(option: OptionShare, *, base: int | None) -> Bar:
    message = _explain_absence(base, [option])
    base_text = _describe_base(base)
    if message or option.share is None:
        return Bar(option.label, base_text, "", message, "", ())
    width = round(100 * option.share, 3)
    is_beside = width <= WIDEST_LABELLED_BESIDE
    segment = Segment(
        label=option.label,
        pattern="dark",
        x=0.0,
        width=width,
        share_text=format_share(option.share),
        label_place="beside" if is_beside else "inside",
        text_x=width if is_beside else round(width / 2, 3),
    )
    return Bar(option.label, base_text, f"{option.label} {segment.share_text}", "", "", (segment,))


def _draw_legend(bars: Sequence[BarData], *, patterns: Sequence[str]) -> tuple[LegendKey, ...]:
    if not bars:
        return ()
    has_shares = len(bars) == 1 and not _explain_absence(bars[0].base, bars[0].shares)
    return tuple(
        LegendKey(pattern, option.label, format_share(option.share or 0.0) if has_shares else "")
        for option, pattern in zip(bars[0].shares, patterns, strict=True)
    )
