"""The rows of one question in one breakdown, small enough to keep thousands of them. Pure.

Every group has the same options. So a column is kept once when it is the same everywhere, per option when all groups
agree, and else per group; there a group whose rows are all alike takes one place. A text is kept once and named by
its place. A share that is n / base is not kept but counted again; of other fractions nine decimals are kept, so that
recomputing on another machine finds the same.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from surveys.results.table import ResultRow

DECIMALS = 9
# What the release itself says, or what nobody may see: how many units are behind a figure.
NOT_KEPT = ("wave", "version", "unit", "units")
COLUMNS = {name: kind for name, kind in ResultRow.__annotations__.items() if name not in NOT_KEPT}
IS_RATIO = True

Packed = dict[str, Any]


class UnevenRows(ValueError):
    """Not every group has the same options."""


def pack_rows(rows: Iterable[ResultRow]) -> Packed:
    """`rows` are those of one question in one breakdown, group by group. Raises UnevenRows."""
    groups = [list(group) for _, group in groupby(rows, key=lambda row: (row.group_1, row.group_2))]
    options = [row.option for row in groups[0]] if groups else []
    if any([row.option for row in group] != options for group in groups):
        raise UnevenRows
    texts: dict[str, int] = {}
    columns = {
        name: _fold([[_write(row, name, texts=texts) for row in group] for group in groups])
        for name in COLUMNS
    }
    return {"groups": len(groups), "options": len(options), "texts": list(texts), "columns": columns}


def unpack_rows(packed: Packed, *, wave: str, version: int, unit: str) -> list[ResultRow]:
    """`pack_rows` back, with what the release says; `units` is 0 in every row."""
    group_count, option_count, texts = packed["groups"], packed["options"], packed["texts"]
    columns = {
        name: _unfold(folded, groups=group_count, options=option_count)
        for name, folded in packed["columns"].items()
    }
    for name, kind in COLUMNS.items():
        if kind is str:
            columns[name] = [texts[place] for place in columns[name]]
    columns["share"] = [
        n / base if share is IS_RATIO else share
        for n, base, share in zip(columns["n"], columns["base"], columns["share"], strict=True)
    ]
    names = list(columns)
    return [
        ResultRow(wave=wave, version=version, unit=unit, **dict(zip(names, values, strict=True)))
        for values in zip(*columns.values(), strict=True)
    ]


def _write(row: ResultRow, name: str, *, texts: dict[str, int]) -> Any:
    value = getattr(row, name)
    if isinstance(value, str):
        return texts.setdefault(str(value), len(texts))
    if name == "share" and value is not None and row.base and row.n is not None and value == row.n / row.base:
        return IS_RATIO
    return round(value, DECIMALS) if isinstance(value, float) else value


def _fold(groups: Sequence[Sequence[Any]]) -> Any:
    # Marks differ in type as well as value: a share that is counted again (true) is not the number 1.
    marks = [[(type(value), value) for value in group] for group in groups]
    if len({mark for group in marks for mark in group}) == 1:
        return groups[0][0]
    if len({tuple(group) for group in marks}) == 1:
        return {"per_option": list(groups[0])}
    return {
        "per_group": [
            values[0] if len(set(group)) == 1 else list(values)
            for group, values in zip(marks, groups, strict=True)
        ]
    }


def _unfold(folded: Any, *, groups: int, options: int) -> list[Any]:
    if not isinstance(folded, dict):
        return [folded] * (groups * options)
    if "per_option" in folded:
        return list(folded["per_option"]) * groups
    return [
        value
        for group in folded["per_group"]
        for value in (group if isinstance(group, list) else [group] * options)
    ]
