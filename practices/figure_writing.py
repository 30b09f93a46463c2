"""A typed figure in words, the way a source would print it. Pure."""

from decimal import Decimal

SPACE = "\N{NO-BREAK SPACE}"
MILLION = 1_000_000


def write_figure(
    *,
    low: Decimal | None,
    high: Decimal | None = None,
    qualifier: str = "",
    unit: str = "",
    wording: str = "",
) -> str:
    """ "ruim 3 miljoen euro", "30 tot 50 %"; `qualifier` in Dutch. Without a number it is the wording."""
    if low is None:
        return wording
    millions = all(number is None or is_in_millions(number) for number in (low, high))
    numbers = [
        write_number(number / MILLION if millions else number) for number in (low, high) if number is not None
    ]
    words = [qualifier, " tot ".join(numbers), "miljoen" if millions else "", unit]
    # A sign of percentage stays on the line of its number.
    return " ".join(filter(None, words)).replace(" %", f"{SPACE}%")


def is_in_millions(number: Decimal) -> bool:
    """Whether it reads as "1,25 miljoen": at most two decimals."""
    return abs(number) >= MILLION and number % (MILLION // 100) == 0


def write_number(number: Decimal) -> str:
    """All its decimals, none added: 1234.50 is 1.234,5."""
    sign = "−" if number < 0 else ""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{sign}{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")
