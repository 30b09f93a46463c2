"""Which chart shows a question best, and what is in it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from surveys.results.charts.bars import (
    BarData,
    OptionShare,
    draw_share_bars,
    draw_stacked_bars,
    write_full,
)
from surveys.results.charts.chart import NO_ANSWERS, Chart
from surveys.results.charts.dots import DotData, draw_dots
from surveys.results.charts.maps import describe_place, draw_share_map
from surveys.results.figures.counted import Counted, list_options
from surveys.results.figures.tabulation import TOTAL
from surveys.results.notation import format_share
from surveys.results.table import ResultRow, Status
from surveys.territory.tile_map import TilePlace
from surveys.territory.tile_positions import TilePosition

WITHHELD = "Afgeschermd"
MARKED_PLACES = 60


class ChartKind(StrEnum):
    BARS = "staven"
    DOTS = "stippen"
    MAP = "kaart"
    LINE = "lijn"


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or a youth region, with the name of the group that it is in."""

    code: str
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Geography:
    """The places of a map for one dimension, and their squares by code."""

    places: tuple[Place, ...]
    positions: Mapping[str, TilePosition]

    @property
    def shows_members(self) -> bool:
        """Whether the squares are the members of the groups; else each is a group."""
        return any(place.name != place.group for place in self.places)


@dataclass(frozen=True, slots=True)
class View:
    """How to draw: the kind of chart (None is what suits the question) and, of one answer only, the code of it.

    A map needs the `geography` of the breakdown.
    """

    kind: ChartKind | None = None
    option: str = ""
    geography: Geography | None = None


DEFAULT_VIEW = View()


def choose_kind(counted: Counted, view: View) -> ChartKind:
    """What is asked, when the breakdown allows it: two dimensions are drawn as dots, a total as bars."""
    if not counted.shown_groups:
        return ChartKind.BARS
    if len(counted.dimension_names) > 1:
        return ChartKind.DOTS
    if view.kind == ChartKind.MAP and view.geography:
        return ChartKind.MAP
    return ChartKind.DOTS if view.kind == ChartKind.DOTS else ChartKind.BARS


def draw_figure(counted: Counted, *, view: View, description: str) -> Chart:
    """`description` is what the chart says to who cannot see it."""
    chart_id = f"grafiek-{counted.question}"
    kind = choose_kind(counted, view)
    if kind == ChartKind.BARS:
        return _draw_bars(counted, chart_id=chart_id, description=description)
    option = counted.choose_option(view.option)
    heading = f"Aandeel „{option.option_text}”"
    named: dict[str, Any] = {"heading": heading, "chart_id": chart_id, "title": counted.title}
    described = f"{heading}. {description}"
    rows = list_rows_of(counted, option)
    if kind == ChartKind.MAP and view.geography:
        places = _list_places(rows, geography=view.geography)
        return draw_share_map(places, positions=view.geography.positions, description=described, **named)
    dots = [_make_dot(option, label=TOTAL), *(_make_dot(row) for row in rows)]
    return draw_dots(dots, description=described, **named)


def list_rows_of(counted: Counted, option: ResultRow) -> list[ResultRow]:
    """The rows of one option, one per finest group."""
    return [row for rows in counted.shown_groups for row in rows if row.option == option.option]


def _draw_bars(counted: Counted, *, chart_id: str, description: str) -> Chart:
    if not counted.can_stack:
        return draw_share_bars(
            _list_shares(counted.options),
            base=counted.options[0].base,
            chart_id=chart_id,
            title=counted.title,
            description=description,
        )
    groups = [
        BarData(rows[0].group_1, list_options(rows)[0].base, _list_shares(list_options(rows)))
        for rows in counted.shown_groups
    ]
    total = BarData(TOTAL if groups else "", counted.options[0].base, _list_shares(counted.options))
    return draw_stacked_bars(
        [total, *groups], chart_id=chart_id, title=counted.title, description=description
    )


def rounds_otherwise(counted: Counted) -> bool:
    """Whether a full bar says another percentage than the table, because it adds up to 100."""
    if not counted.can_stack:
        return False
    bars = [counted.options, *(list_options(rows) for rows in counted.shown_groups)]
    return any(
        write_full(shares) != [format_share(option.share or 0.0) for option in shares]
        for shares in map(_list_shares, bars)
        if all(option.share is not None for option in shares)
    )


def _list_shares(rows: Sequence[ResultRow]) -> list[OptionShare]:
    return [OptionShare(row.option_text, row.n, row.share) for row in rows]


def _make_dot(row: ResultRow, *, label: str = "") -> DotData:
    is_crossing = len(row.dimensions) > 1
    message = ""
    if row.share is None:
        message = WITHHELD if row.status == Status.SUPPRESSED else NO_ANSWERS
    return DotData(
        label=label or (row.group_2 if is_crossing else row.group_1),
        base=row.base,
        share=row.share,
        lower=row.lower,
        upper=row.upper,
        message=message,
        heading=row.group_1 if is_crossing else "",
    )


def _list_places(rows: Sequence[ResultRow], *, geography: Geography) -> list[TilePlace]:
    by_group = {row.group_1: row for row in rows}
    is_marked = len(geography.places) <= MARKED_PLACES
    places = []
    for place in geography.places:
        row = by_group.get(place.group)
        places.append(
            describe_place(
                place.code,
                place.name if place.group == place.name else f"{place.name} ({place.group})",
                share=row.share if row else None,
                is_withheld=row is not None and row.status == Status.SUPPRESSED,
                is_marked=is_marked,
            )
        )
    return places
