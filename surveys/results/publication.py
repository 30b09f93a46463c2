"""The only way to the public: the tables of a wave's latest published release, and what stands beside them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from surveys.coding.quoting import select_quotable
from surveys.questionnaire.caveats import collect_caveats
from surveys.questionnaire.day_parsing import write_day
from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.results.access import list_public_waves
from surveys.results.bottlenecks import CountedBottlenecks, asks_for_bottlenecks, list_bottlenecks
from surveys.results.dimensions import Unit, parse_dimensions
from surveys.results.figures import Figure, build_figures, write_source_line
from surveys.results.models import Release
from surveys.results.release.computing import has_breakdown, load_tables, load_totals
from surveys.results.release.response import ReleasedResponse, read_response
from surveys.results.release.tables import PackedTable, assemble_table, list_names
from surveys.results.table import ResultTable, Status
from surveys.results.uptake import Uptake, list_uptake


class ResultsNotPublished(Exception):
    """The results of this wave are not public (yet)."""


class NotInRelease(LookupError):
    """The release does not show this; the message is Dutch, for the reader."""


@dataclass(frozen=True, slots=True)
class MeasureResults:
    """What a measure's page shows of a wave; a question about bottlenecks is a list and no figure."""

    uptake: list[Uptake]
    figures: list[Figure]
    bottlenecks: list[CountedBottlenecks]
    source_line: str = ""
    correction: str = ""


def latest_public_wave() -> Wave | None:
    """The published wave with the newest reference date."""
    return list_public_waves().first()


def list_public_releases(wave: Wave) -> QuerySet[Release]:
    """Every release that was ever public, the latest first; without what is frozen behind it."""
    published = Release.objects.filter(wave=wave, status=Release.Status.PUBLISHED)
    return published.order_by("-number").defer("snapshot")


def find_public_release(wave: Wave) -> Release:
    """The latest, in one query. Raises ResultsNotPublished."""
    release = list_public_releases(wave).first()
    if release is None:
        raise ResultsNotPublished(wave.code)
    release.wave = wave
    return release


def list_latest_releases(waves: Iterable[Wave]) -> list[Release]:
    """Of each wave that has one, in the order of the waves; in one query."""
    by_key = {wave.pk: wave for wave in waves}
    published = Release.objects.filter(status=Release.Status.PUBLISHED)
    later = published.filter(wave=OuterRef("wave"), number__gt=OuterRef("number"))
    found = published.filter(~Exists(later), wave__in=by_key).defer("snapshot")
    latest = {release.wave_id: release for release in found}
    for key, release in latest.items():
        release.wave = by_key[key]
    return [latest[key] for key in by_key if key in latest]


def list_totals(waves: Iterable[Wave], *, unit: str, question: str) -> list[tuple[Wave, ResultTable]]:
    """The totals of a question in the latest release of each wave that shows it in this unit; in two queries."""
    releases = [
        each for each in list_latest_releases(waves) if question in each.questions and unit in each.units
    ]
    totals = load_totals(releases, unit=unit, question=question)
    return [
        (each.wave, _assemble([totals[each.pk]], release=each, unit=unit, questions=[question]))
        for each in releases
        if each.pk in totals
    ]


def describe_response(wave: Wave) -> ReleasedResponse:
    """Who took part, as it was when the latest release was made; in one query. Raises ResultsNotPublished."""
    return read_response(find_public_release(wave).facts["response"])


def list_released_sections(release: Release, *, with_numbers: bool = False) -> list[SectionDefinition]:
    """The parts of the questionnaire with the questions that have figures: closed ones, and open ones with themes.

    Those for a number too, when asked for.
    """
    shown, coded = set(release.questions), set(release.facts["coded"])
    return [
        replace(
            section,
            questions=tuple(
                question
                for question in section.questions
                if question.code in shown
                and (question.is_choice or question.code in coded or (with_numbers and question.is_number))
            ),
        )
        for section in load_definition(release.wave.version).sections
    ]


def public_table(
    wave: Wave, *, unit: str, dimensions: Iterable[str] = (), questions: Collection[str] | None = None
) -> ResultTable:
    """The table of the wave's latest release, in two queries. Raises ResultsNotPublished, and as `released_table`."""
    return released_table(find_public_release(wave), unit=unit, dimensions=dimensions, questions=questions)


def released_table(
    release: Release,
    *,
    unit: str,
    dimensions: Iterable[str] = (),
    questions: Collection[str] | None = None,
) -> ResultTable:
    """The figures of a release, in one query; None is all its questions.

    Two dimensions stand in the order of the release, however they are asked for. Raises ValueError for what is no
    unit or dimension, KeyError for a question that the wave does not ask, and NotInRelease.
    """
    unit, dimensions = Unit(unit).value, parse_dimensions(dimensions)
    if not has_breakdown(release, dimensions):
        dimensions = dimensions[::-1]
    chosen = _choose_questions(release, questions=questions)
    if unit not in release.units:
        raise NotInRelease("Deze eenheid staat niet in de gepubliceerde resultaten.")
    if not has_breakdown(release, dimensions):
        raise NotInRelease("Deze uitsplitsing staat niet in de gepubliceerde resultaten.")
    tables = load_tables(
        release,
        unit=unit,
        breakdowns=list_names(dimensions),
        questions=None if questions is None else chosen,
    )
    return _assemble(tables, release=release, unit=unit, dimensions=dimensions, questions=chosen)


def list_caveats(release: Release) -> list[str]:
    """What a reader must know of its figures and of the answers, each once; what a correction changed stands apart."""
    return list(dict.fromkeys([*release.facts["caveats"], *collect_caveats(release.wave)]))


def describe_correction(release: Release) -> str:
    """Say since when these figures take the place of others, and why; "" of a first release."""
    if release.corrects_id is None:
        return ""
    since = f" van {write_day(localdate(release.published_at))}" if release.published_at else ""
    note = " ".join(release.note.split())
    return f"Uitgave {release.code}{since} vervangt een eerdere uitgave. Wat er anders is en waarom: {note}"


def describe_measure_results(wave: Wave, measure: str) -> MeasureResults:
    """Of a measure's questions per response, without those that nobody answered. Raises ResultsNotPublished."""
    release = find_public_release(wave)
    codes = [
        question.code
        for section in list_released_sections(release)
        if section.measure == measure
        for question in section.questions
    ]
    if not codes or Unit.RESPONSE not in release.units:
        return MeasureResults([], [], [])
    table = released_table(release, unit=Unit.RESPONSE, questions=codes)
    answered = {row.question for row in table.rows if row.is_choice and row.status != Status.NO_DATA}
    return MeasureResults(
        uptake=list_uptake(table),
        figures=build_figures(table, questions=[code for code in answered if not asks_for_bottlenecks(code)]),
        bottlenecks=list_bottlenecks(table, quotes=keep_quotable(release, shown=answered)),
        source_line=write_source_line(table),
        correction=describe_correction(release),
    )


def keep_quotable(release: Release, *, shown: Collection[str]) -> dict[str, dict[str, list[str]]]:
    """Of the questions that are `shown`, what may be quoted by theme, in one query.

    Figures are frozen, words are not: what somebody takes back is quoted nowhere from that moment on.
    """
    frozen = {code: themes for code, themes in release.facts["quotes"].items() if code in shown}
    texts = {quote for themes in frozen.values() for quotes in themes.values() for quote in quotes}
    kept = select_quotable(release.wave, texts)
    return {
        code: {theme: [quote for quote in quotes if quote in kept] for theme, quotes in themes.items()}
        for code, themes in frozen.items()
    }


def _assemble(
    tables: list[PackedTable],
    *,
    release: Release,
    unit: str,
    questions: Sequence[str],
    dimensions: tuple[str, ...] = (),
) -> ResultTable:
    """With what stands beside the figures of this release."""
    table = assemble_table(
        tables, document=release.facts, unit=unit, dimensions=dimensions, questions=questions
    )
    released_on = localdate(release.published_at) if release.published_at else None
    correction = describe_correction(release)
    caveats = (*table.caveats, *([correction] if correction else []))
    return replace(table, release=release.code, released_on=released_on, caveats=caveats)


def _choose_questions(release: Release, *, questions: Collection[str] | None) -> Sequence[str]:
    released: list[str] = release.questions
    if questions is None:
        return released
    asked = load_definition(release.wave.version).questions
    for code in questions:
        if code not in asked:
            raise KeyError(code)
    if not set(questions) <= set(released):
        raise NotInRelease("Deze vraag staat niet in de gepubliceerde resultaten.")
    return [code for code in released if code in questions]
