"""Figures in Dutch notation, as pages, charts and sentences print them. Pure."""

from decimal import ROUND_HALF_UP, Decimal

SPACE = "\N{NO-BREAK SPACE}"


def format_share(share: float) -> str:
    """A fraction as whole percentages in Dutch notation; a share that is there never reads as 0 %."""
    percentage = (Decimal(str(share)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"< 1{SPACE}%" if percentage == 0 and share > 0 else f"{percentage}{SPACE}%"


def format_count(count: int) -> str:
    """A whole number with dots between the thousands."""
    return f"{count:,}".replace(",", ".")


def describe_base(base: int | None) -> str:
    """How many stand behind a figure, short enough for a chart."""
    return "n afgeschermd" if base is None else f"n{SPACE}={SPACE}{format_count(base)}"
