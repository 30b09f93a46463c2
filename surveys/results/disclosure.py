"""Which figures may be shown in public. Pure.

The rule is blunt on purpose: when one group of a breakdown is too small, the whole breakdown of that question
is withheld. Hiding only the small group would let everyone find it by subtracting the others from the total.
"""

from collections.abc import Iterable
from dataclasses import replace

from surveys.results.table import ResultRow, ResultTable, Status


def withhold_small_groups(table: ResultTable, *, minimum_base: int) -> ResultTable:
    """Empty n, base and share in every group of a breakdown that has a small group.

    A group is small when fewer than `minimum_base` responses or municipalities, but more than none, are
    behind it; for inhabitants too the municipalities count.
    """
    withheld = {(row.question, row.dimensions) for row in table.rows if 0 < row.units < minimum_base}
    return replace(
        table,
        rows=tuple(_protect_rows(table.rows, withheld=withheld, minimum_base=minimum_base)),
        municipalities={
            question: number
            for question, number in table.municipalities.items()
            if (question, ()) not in withheld
        },
        remarks={
            question: remarks for question, remarks in table.remarks.items() if (question, ()) not in withheld
        },
    )


def _protect_rows(
    rows: Iterable[ResultRow], *, withheld: set[tuple[str, tuple[str, ...]]], minimum_base: int
) -> Iterable[ResultRow]:
    for row in rows:
        if (row.question, row.dimensions) not in withheld:
            yield row
        else:
            yield replace(
                row,
                n=None,
                base=None,
                share=None,
                status=Status.SUPPRESSED,
                note=_explain_withholding(row, minimum_base=minimum_base),
                units=0,
            )


def _explain_withholding(row: ResultRow, *, minimum_base: int) -> str:
    counted = "reacties" if row.unit == "response" else "gemeenten"
    if row.dimensions:
        return f"Deze uitsplitsing tonen we niet, omdat een groep minder dan {minimum_base} {counted} telt."
    return f"Deze cijfers tonen we niet, omdat ze over minder dan {minimum_base} {counted} gaan."
