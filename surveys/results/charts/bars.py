"""Charts of shares in bars, as in the report of 2022. Pure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from surveys.results.charts.chart import (
    NO_ANSWERS,
    SUPPRESSED,
    Canvas,
    Chart,
    LegendKey,
    fill_area,
)
from surveys.results.charts.elements import list_patterns, make, percent
from surveys.results.largest_remainder import round_to_hundred
from surveys.results.notation import SPACE, describe_base, format_share

# Which fill the options get, in their own order, by how many there are. The first option (Ja) is dark, a
# plain refusal (Nee) light, what is neither (Anders, Overig) has lines: told apart in black and white.
FILLS = {
    1: ("dark",),
    2: ("dark", "light"),
    3: ("dark", "light", "mid"),
    4: ("dark", "accent", "light", "mid"),
    5: ("dark", "accent", "light", "mid", "grid"),
}
MAXIMUM_STACKED_OPTIONS = max(FILLS)
VALUE_LOOKS = {"dark": "value-on-dark", "light": "value", "accent": "value-on-accent"}

BAR_HEIGHT = 40
# Narrowest segment, in percentages, that holds "12 %" at 15 px on a screen of 320 px (a bar of about 288 px).
NARROWEST_LABELLED = 14.0
# From here on a lone segment leaves too little room for its label beside it.
WIDEST_LABELLED_BESIDE = 80.0
# Fractions that add up to 1 differ from it by less in the computer.
NEARLY = 1e-6


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


def draw_stacked_bars(bars: Sequence[BarData], *, chart_id: str, title: str, description: str) -> Chart:
    """One bar per group, its options next to each other: for a question with one answer per unit.

    An option without units has no segment but stays in the legend. What does not fit in a segment stands under the
    bar, or in the legend of a bar that is alone. Raises ValueError when the bars do not have the same options, or more
    than MAXIMUM_STACKED_OPTIONS: beyond that fills are not told apart and draw_share_bars is the chart to use.
    """
    labels = [option.label for option in bars[0].shares] if bars else []
    if any([option.label for option in bar.shares] != labels for bar in bars):
        raise ValueError("Every bar of a chart needs the same options in the same order.")
    if len(labels) > MAXIMUM_STACKED_OPTIONS:
        raise ValueError(f"A stacked bar shows at most {MAXIMUM_STACKED_OPTIONS} options, not {len(labels)}.")
    fills = FILLS[len(labels)] if labels else ()
    canvas = Canvas(chart_id, patterns=list_patterns(chart_id))
    is_alone = len(bars) == 1
    for bar in bars:
        _draw_stacked_bar(canvas, bar, fills=fills, is_alone=is_alone)
        canvas.skip(16)
    has_values = is_alone and not explain_absence(bars[0].base, bars[0].shares)
    shares = bars[0].shares if bars else ()
    values = write_full(shares) if has_values else [""] * len(shares)
    canvas.write_legend(
        LegendKey(fill, option.label, value)
        for option, fill, value in zip(shares, fills, values, strict=True)
    )
    return canvas.finish(title=title, description=description)


def draw_share_bars(
    shares: Sequence[OptionShare], *, base: int | None, chart_id: str, title: str, description: str
) -> Chart:
    """One bar per option: for a question with more answers per unit, or with too many options to stack."""
    canvas = Canvas(chart_id)
    for option in shares:
        canvas.write_lines(option.label)
        canvas.skip(2)
        message = explain_absence(base, [option])
        if message:
            canvas.write_absence(message)
        else:
            _draw_share_bar(canvas, option.share or 0.0)
        canvas.skip(12)
    return canvas.finish(title=title, description=description)


def write_full(shares: Sequence[OptionShare]) -> list[str]:
    """The shares of a bar that is full, as whole per cents that add up to 100.

    As they are where the bar is not full, and where equal shares would no longer read the same.
    """
    fractions = [option.share or 0.0 for option in shares]
    texts = [format_share(fraction) for fraction in fractions]
    if abs(sum(fractions) - 1) > NEARLY:
        return texts
    per_cents = round_to_hundred(fractions)
    if len(set(zip(fractions, per_cents, strict=True))) > len(set(fractions)):
        return texts
    return [
        f"{per_cent}{SPACE}%" if per_cent else text for per_cent, text in zip(per_cents, texts, strict=True)
    ]


def explain_absence(base: int | None, shares: Sequence[OptionShare]) -> str:
    """Why there is nothing to draw, or "" when there is."""
    if base == 0:
        return NO_ANSWERS
    return SUPPRESSED if base is None or any(option.share is None for option in shares) else ""


def _draw_stacked_bar(canvas: Canvas, bar: BarData, *, fills: Sequence[str], is_alone: bool) -> None:
    if bar.label:
        canvas.write_pair(bar.label, describe_base(bar.base))
        canvas.skip(2)
    message = explain_absence(bar.base, bar.shares)
    if message:
        canvas.write_absence(message)
        return
    total = sum(option.share or 0.0 for option in bar.shares)
    left_out = []
    end = share_so_far = 0.0
    for option, fill, text in zip(bar.shares, fills, write_full(bar.shares), strict=True):
        start, share_so_far = end, share_so_far + (option.share or 0.0)
        end = round(100 * share_so_far / total, 3) if total else 0.0
        width = end - start
        if width <= 0:
            continue
        canvas.put(
            fill_area(
                canvas.chart_id,
                fill,
                x=percent(start),
                y=canvas.y,
                width=percent(width),
                height=BAR_HEIGHT,
            )
        )
        if width >= NARROWEST_LABELLED:
            _write_value(
                canvas, text, x=start + width / 2, look=VALUE_LOOKS.get(fill, "value-on-mid"), anchor="middle"
            )
        else:
            left_out.append(f"{option.label} {text}")
    canvas.skip(BAR_HEIGHT + 2)
    if left_out and not is_alone:
        canvas.skip(2)
        canvas.write_lines(", ".join(left_out), look="subtle")


def _draw_share_bar(canvas: Canvas, share: float) -> None:
    width = 100 * share
    place: dict[str, Any] = {"x": 0, "y": canvas.y, "height": BAR_HEIGHT}
    canvas.put(make("rect", look="track", width="100%", **place))
    if width:
        canvas.put(make("rect", look="dark", width=percent(width), **place))
    if width <= WIDEST_LABELLED_BESIDE:
        _write_value(canvas, format_share(share), x=width, look="value", anchor="start", dx=10)
    else:
        _write_value(canvas, format_share(share), x=width / 2, look="value-on-dark", anchor="middle")
    canvas.skip(BAR_HEIGHT)


def _write_value(canvas: Canvas, text: str, *, x: float, look: str, anchor: str, dx: int = 0) -> None:
    canvas.put(
        make(
            "text",
            look=look,
            text=text,
            x=percent(x),
            y=canvas.y + BAR_HEIGHT // 2 + 5,
            dx=dx,
            text_anchor=anchor,
        )
    )
