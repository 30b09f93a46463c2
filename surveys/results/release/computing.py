"""Between the rows of a release in the database and what follows from its snapshot."""

from collections.abc import Iterable

from surveys.results.dimensions import Dimension
from surveys.results.models import Release, ReleasedTable
from surveys.results.protection.microdata import EarlierRelease, Rule
from surveys.results.release.counting import FrozenWave
from surveys.results.release.microdata import list_replies
from surveys.results.release.snapshot import Snapshot
from surveys.results.release.tables import (
    Contents,
    PackedTable,
    Selection,
    assemble_table,
    make_contents,
    name_breakdown,
)

# What somebody who prepares a release is offered first: groups that are large enough to show something.
DEFAULT_BREAKDOWNS = (
    (Dimension.SIZE_CLASS.value,),
    (Dimension.RESPONDENT_TYPE.value,),
    (Dimension.PROVINCE.value,),
)


def select(release: Release) -> Selection:
    return Selection(
        questions=release.questions,
        breakdowns=[tuple(each) for each in release.breakdowns],
        units=release.units,
        rule=Rule(minimum=release.minimum_base),
    )


def compute_contents(release: Release) -> Contents:
    """Everything that the release makes public, from its snapshot. Raises UnreadableSnapshot."""
    former = Release.objects.filter(
        wave=release.wave_id, number__lt=release.number, status=Release.Status.PUBLISHED
    )
    return make_contents(
        FrozenWave(Snapshot(release.snapshot)),
        selection=select(release),
        earlier=[_read_earlier(each) for each in former.order_by("number")],
    )


def load_contents(release: Release) -> Contents:
    """What is stored."""
    return Contents(tables=load_tables(release), facts=release.facts)


def load_tables(
    release: Release,
    *,
    unit: str | None = None,
    breakdowns: Iterable[str] | None = None,
    questions: Iterable[str] | None = None,
) -> list[PackedTable]:
    """In one query; None is all of them."""
    tables = ReleasedTable.objects.filter(release=release).order_by("pk")
    if unit is not None:
        tables = tables.filter(unit=unit)
    if breakdowns is not None:
        tables = tables.filter(breakdown__in=breakdowns)
    if questions is not None:
        tables = tables.filter(question__in=questions)
    rows = tables.values_list("unit", "breakdown", "question", "content")
    return [PackedTable(*row) for row in rows.iterator()]


def load_totals(releases: Iterable[Release], *, unit: str, question: str) -> dict[int, PackedTable]:
    """Of several releases the totals of one question, by the key of the release that shows them; in one query."""
    tables = ReleasedTable.objects.filter(release__in=releases, unit=unit, breakdown="", question=question)
    rows = tables.values_list("release", "unit", "breakdown", "question", "content")
    return {release: PackedTable(*row) for release, *row in rows}


def _read_earlier(release: Release) -> EarlierRelease:
    selection, stored = select(release), load_tables(release)
    return EarlierRelease(
        tables=[
            assemble_table(
                [each for each in stored if each.unit == unit],
                document=release.facts,
                unit=unit,
                dimensions=dimensions,
                questions=selection.questions,
            )
            for unit in selection.units
            for dimensions in selection.widest
        ],
        replies=list_replies(
            FrozenWave(Snapshot(release.snapshot)),
            questions=selection.questions,
            dimensions=selection.dimensions,
        ),
    )


def has_breakdown(release: Release, dimensions: tuple[str, ...]) -> bool:
    """Whether the release shows it; one dimension of two that it shows is shown too."""
    shown = {name_breakdown(each) for each in release.breakdowns}
    return (
        not dimensions
        or name_breakdown(dimensions) in shown
        or (len(dimensions) == 1 and any(dimensions[0] in each for each in release.breakdowns))
    )
