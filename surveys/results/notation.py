"""Figures in Dutch notation, as pages, charts and sentences print them. Pure."""

from decimal import ROUND_HALF_UP, Decimal

SPACE = "\N{NO-BREAK SPACE}"

# Units that are written in a way of their own.
YEAR, EURO, PERCENTAGE = "jaar", "euro", "procent"


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


def format_value(value: float, unit: str) -> str:
    """A number with its unit in Dutch notation, with at most one decimal: "12,5 fte"; a year is just that.

    A number that is not zero never reads as 0: one that is smaller than a tenth has its first decimal that counts.
    """
    exact = Decimal(str(value)) + 0  # no negative zero
    last = min(-1, exact.adjusted()) if exact else 0
    rounded = exact.quantize(Decimal(1).scaleb(last), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:,f}".partition(".")
    fraction = f",{decimals.rstrip('0')}" if decimals.strip("0") else ""
    if unit == YEAR:
        return f"{whole.replace(',', '')}{fraction}"
    number = whole.replace(",", ".") + fraction
    if unit == EURO:
        return f"€{SPACE}{number}"
    return f"{number}{SPACE}{'%' if unit == PERCENTAGE else unit}".rstrip()
