"""How far the response of a wave is: plain rows in, counts and shares out. Pure."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

NO_REGION = "Geen jeugdregio bekend"


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A municipality of the frame; the groups are (sort key, code, name)."""

    code: str
    name: str
    population: int
    size_class: tuple[int, str, str]
    province: tuple[str, str, str]
    youth_region: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One response as the list shows it; `municipality_codes` are those it answers for.

    `missing` counts what a draft still lacks before it can be submitted; None when nobody counted.
    """

    id: int
    organisation_code: str
    organisation: str
    is_region: bool
    status: str
    status_label: str
    started_at: datetime
    started_by: str
    saved_at: datetime | None
    submitted_at: datetime | None
    submitted_by: str
    municipality_codes: frozenset[str]
    missing: int | None = None

    @property
    def is_submitted(self) -> bool:
        return self.status == "submitted"

    @property
    def is_complete(self) -> bool:
        """Whether it only has to be submitted."""
        return self.status == "draft" and self.missing == 0

    @property
    def kind_label(self) -> str:
        return "jeugdregio" if self.is_region else "gemeente"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The municipalities of a group that submitted responses speak for, and the inhabitants they have."""

    code: str
    label: str
    municipalities: int
    municipalities_total: int
    inhabitants: int
    inhabitants_total: int

    @property
    def municipality_share(self) -> float | None:
        """Fraction of the group's municipalities; None for a group without any."""
        return self.municipalities / self.municipalities_total if self.municipalities_total else None

    @property
    def inhabitant_share(self) -> float | None:
        return self.inhabitants / self.inhabitants_total if self.inhabitants_total else None

    @property
    def municipality_percentage(self) -> float | None:
        return None if self.municipality_share is None else 100 * self.municipality_share

    @property
    def inhabitant_percentage(self) -> float | None:
        return None if self.inhabitant_share is None else 100 * self.inhabitant_share


@dataclass(frozen=True, slots=True)
class Overlap:
    """A municipality that answered itself and that a region answered for too; its own answers count."""

    municipality: FrameRow
    own: ResponseRow
    region: ResponseRow


@dataclass(frozen=True, slots=True)
class ResponseOverview:
    """The state of the response. Only submitted responses cover municipalities.

    `started` is everybody who ever began: those in progress, those complete but not submitted, and those submitted,
    excluded or withdrawn.
    """

    started: int
    in_progress: int
    complete: int
    submitted: int
    excluded: int
    withdrawn: int
    submitted_municipalities: int
    submitted_regions: int
    coverage: Coverage
    size_classes: tuple[Coverage, ...]
    provinces: tuple[Coverage, ...]
    youth_regions: tuple[Coverage, ...]
    respondent_types: tuple[Coverage, ...]
    responses: tuple[ResponseRow, ...]
    overlaps: tuple[Overlap, ...]
    silent_regions: tuple[Coverage, ...]
    silent_municipalities: tuple[FrameRow, ...]

    @property
    def dropped(self) -> int:
        """The responses that were begun and do not count any more, now or ever."""
        return self.excluded + self.withdrawn


def build_overview(frame: Collection[FrameRow], *, responses: Collection[ResponseRow]) -> ResponseOverview:
    """Count the response of one wave: `frame` and `responses` are all its municipalities and responses."""
    submitted = [response for response in responses if response.is_submitted]
    complete = sum(response.is_complete for response in responses)
    own = {
        code: response
        for response in submitted
        if not response.is_region
        for code in response.municipality_codes
    }
    regional = {
        code: response for response in submitted if response.is_region for code in response.municipality_codes
    }
    covered = own.keys() | regional.keys()
    youth_regions = _count_groups(frame, covered=covered, group_of=_youth_region_of)
    begun = [response for response in responses if response.status != "excluded"]
    return ResponseOverview(
        started=len(responses),
        in_progress=sum(response.status == "draft" for response in responses) - complete,
        complete=complete,
        submitted=len(submitted),
        excluded=sum(response.status == "excluded" for response in responses),
        withdrawn=sum(response.status == "withdrawn" for response in responses),
        submitted_municipalities=sum(not response.is_region for response in submitted),
        submitted_regions=sum(response.is_region for response in submitted),
        coverage=_count_coverage(frame, covered=covered, code="", label="Nederland"),
        size_classes=_count_groups(frame, covered=covered, group_of=lambda row: row.size_class),
        provinces=_count_groups(frame, covered=covered, group_of=lambda row: row.province),
        youth_regions=youth_regions,
        respondent_types=(
            _count_coverage(frame, covered=own.keys(), code="own", label="Eigen antwoord van de gemeente"),
            _count_coverage(
                frame, covered=regional.keys() - own.keys(), code="inherited", label="Via de jeugdregio"
            ),
        ),
        responses=tuple(responses),
        overlaps=tuple(
            Overlap(municipality=row, own=own[row.code], region=regional[row.code])
            for row in frame
            if row.code in own and row.code in regional
        ),
        silent_regions=_find_silent_regions(youth_regions, begun=begun),
        silent_municipalities=_find_silent_municipalities(frame, begun=begun),
    )


def _youth_region_of(row: FrameRow) -> tuple[str, str, str]:
    # A municipality without a known region sorts after every name.
    return row.youth_region or ("\uffff", "", NO_REGION)


def _count_coverage(rows: Iterable[FrameRow], *, covered: Collection[str], code: str, label: str) -> Coverage:
    rows = list(rows)
    covered_rows = [row for row in rows if row.code in covered]
    return Coverage(
        code=code,
        label=label,
        municipalities=len(covered_rows),
        municipalities_total=len(rows),
        inhabitants=sum(row.population for row in covered_rows),
        inhabitants_total=sum(row.population for row in rows),
    )


def _count_groups(
    frame: Iterable[FrameRow],
    *,
    covered: Collection[str],
    group_of: Callable[[FrameRow], tuple[int | str, str, str]],
) -> tuple[Coverage, ...]:
    groups: dict[tuple[int | str, str, str], list[FrameRow]] = {}
    for row in frame:
        groups.setdefault(group_of(row), []).append(row)
    return tuple(
        _count_coverage(groups[group], covered=covered, code=group[1], label=group[2])
        for group in sorted(groups)
    )


def _find_silent_regions(
    youth_regions: Iterable[Coverage], *, begun: Iterable[ResponseRow]
) -> tuple[Coverage, ...]:
    """Regions that did not begin and have municipalities that nobody answered for yet."""
    begun_codes = {response.organisation_code for response in begun}
    return tuple(
        region
        for region in youth_regions
        if region.code
        and region.code not in begun_codes
        and region.municipalities < region.municipalities_total
    )


def _find_silent_municipalities(
    frame: Iterable[FrameRow], *, begun: Collection[ResponseRow]
) -> tuple[FrameRow, ...]:
    """Municipalities that did not begin themselves and that no region has ticked."""
    spoken_for = {response.organisation_code for response in begun}.union(
        *(response.municipality_codes for response in begun)
    )
    return tuple(row for row in frame if row.code not in spoken_for)
