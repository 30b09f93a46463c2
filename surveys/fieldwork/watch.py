"""Everything that the screen and its files show of the response of a wave. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from surveys.fieldwork.overview import Coverage, FrameRow, Overlap, ResponseOverview, ResponseRow
from surveys.fieldwork.representativeness import Comparison, compare_with_country
from surveys.fieldwork.standings import Standing
from surveys.fieldwork.timeline import DayCount
from surveys.territory.tile_positions import TilePosition


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last mail to an organisation in this wave, or what it said since; `text` is that in words."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class SilentOrganisation:
    """An organisation that did not begin; of `municipalities` that it could answer for, `covered` have an answer."""

    code: str
    name: str
    is_region: bool
    municipalities: int
    covered: int
    inhabitants: int
    last_contact: LastContact | None

    @property
    def kind_label(self) -> str:
        return "jeugdregio" if self.is_region else "gemeente"


@dataclass(frozen=True, slots=True)
class Watch:
    """`standings` and `positions` are by code of the municipality, `contacts` by code of the organisation.

    `days` are empty before the first day of the wave.
    """

    overview: ResponseOverview
    frame: tuple[FrameRow, ...]
    standings: Mapping[str, Standing]
    positions: Mapping[str, TilePosition]
    days: tuple[DayCount, ...]
    contacts: Mapping[str, LastContact]

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Those who answered beside the country, by size class and by province."""
        return (
            compare_with_country(self.overview.size_classes, group_name="grootteklasse"),
            compare_with_country(self.overview.provinces, group_name="provincie"),
        )

    @property
    def silent(self) -> list[SilentOrganisation]:
        """Who did not begin: the regions first, because they can answer for more."""
        regions = [self._describe_region(region) for region in self.overview.silent_regions]
        return regions + [self._describe_municipality(row) for row in self.overview.silent_municipalities]

    def _describe_region(self, region: Coverage) -> SilentOrganisation:
        return SilentOrganisation(
            code=region.code,
            name=region.label,
            is_region=True,
            municipalities=region.municipalities_total,
            covered=region.municipalities,
            inhabitants=region.inhabitants_total,
            last_contact=self.contacts.get(region.code),
        )

    def _describe_municipality(self, row: FrameRow) -> SilentOrganisation:
        return SilentOrganisation(
            code=row.code,
            name=row.name,
            is_region=False,
            municipalities=1,
            covered=0,
            inhabitants=row.population,
            last_contact=self.contacts.get(row.code),
        )


@dataclass(frozen=True, slots=True)
class WatchLists:
    """The lists of organisations on the screen."""

    responses: list[ResponseRow]
    overlaps: list[Overlap]
    silent: list[SilentOrganisation]


def narrow_lists(watch: Watch, *, organisation: str) -> WatchLists:
    """Only the rows about an organisation whose name has this in it, capital or small; "" leaves everything in."""
    part = organisation.casefold()
    return WatchLists(
        responses=[row for row in watch.overview.responses if part in row.organisation.casefold()],
        overlaps=[
            row
            for row in watch.overview.overlaps
            if part in f"{row.own.organisation}\n{row.region.organisation}".casefold()
        ],
        silent=[row for row in watch.silent if part in row.name.casefold()],
    )
