"""The figures that the inventory of 2022 printed, and the counts that can stand behind them. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PRINTED_2022 = Path(__file__).parent / "data" / "printed_2022.toml"


class CannotReproduce(ValueError):
    """No number of answers up to the number of responses rounds to the printed percentages."""


@dataclass(frozen=True)
class PrintedQuestion:
    """`percent` is per option code in the printed order; `asked_after` restricts who was asked."""

    code: str
    percent: Mapping[str, int]
    asked_after: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class PrintedSizeClass:
    code: str
    covered: int
    total: int
    percent: int


@dataclass(frozen=True)
class PrintedReport:
    """`response` holds the counts and whole percentages of the chapter on the response."""

    response: Mapping[str, int]
    size_classes: tuple[PrintedSizeClass, ...]
    questions: tuple[PrintedQuestion, ...]


@cache
def read_printed_report(path: Path = PRINTED_2022) -> PrintedReport:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return PrintedReport(
        response=document["response"],
        size_classes=tuple(PrintedSizeClass(**row) for row in document["size_classes"]),
        questions=tuple(
            PrintedQuestion(
                code=row["code"],
                percent=row["percent"],
                asked_after={row["asked_after"]["question"]: tuple(row["asked_after"]["any_of"])}
                if "asked_after" in row
                else {},
            )
            for row in document["questions"]
        ),
    )


def round_half_up(numerator: int, denominator: int) -> int:
    """Whole per cent of a share, halves up, as the report rounds."""
    return (200 * numerator + denominator) // (2 * denominator)


def find_counts(percentages: Mapping[str, int], *, asked: int) -> dict[str, int]:
    """Find how many gave each option, with the largest base up to `asked` that prints as `percentages`.

    Whoever is left over (`asked` minus the sum) did not know. Of several possibilities within a base the one is
    taken in which earlier options have the larger count. Raises CannotReproduce when no base fits.
    """
    for base in range(asked, 0, -1):
        counts: list[dict[str, int]] = [{}]
        for option, printed in percentages.items():
            fitting = [n for n in range(base, -1, -1) if round_half_up(n, base) == printed]
            counts = [{**found, option: n} for found in counts for n in fitting]
        for found in counts:
            if sum(found.values()) == base:
                return found
    raise CannotReproduce(f"No base up to {asked} prints as {dict(percentages)}.")
