"""From an address to figures: the same for the page, the files and the page that others take in."""

from dataclasses import dataclass, replace

from django.http import Http404, QueryDict

from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.models import Wave
from surveys.results.access import access_public_wave, list_public_waves
from surveys.results.explorer.forms import ExplorerForm
from surveys.results.explorer.geography import load_geography
from surveys.results.explorer.links import write_choice
from surveys.results.explorer.trend import follow_question, list_moments
from surveys.results.figures import Figure, build_figures
from surveys.results.figures.drawing import DEFAULT_VIEW, ChartKind, View
from surveys.results.figures.trend import join_waves
from surveys.results.models import Release
from surveys.results.publication import (
    NotInRelease,
    ResultsNotPublished,
    find_public_release,
    list_latest_releases,
    list_released_sections,
    released_table,
)
from surveys.results.table import ResultTable


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader asked for of a release: the form says which of it could not be shown.

    `data` is what a file of it holds: the `table`, or on a line over the waves that of every wave.
    """

    release: Release
    form: ExplorerForm
    sections: list[SectionDefinition]
    table: ResultTable
    figures: list[Figure]
    data: ResultTable

    @property
    def wave(self) -> Wave:
        return self.release.wave

    @property
    def choice(self) -> str:
        """What the address says, as it was understood."""
        return write_choice(
            {
                "maatregel": self.form.measure,
                "vraag": tuple(self.form.questions),
                "uitsplitsing": self.form.dimensions,
                "eenheid": self.form.unit,
                "beeld": self.form.kind or "",
                "antwoord": self.form.option,
            }
        )


def show_release(release: Release, *, choice: QueryDict) -> Shown:
    """The figures of what the address asks; what it does not say, or says wrong, is the default."""
    sections = list_released_sections(release, with_numbers=True)
    form = ExplorerForm(choice, release=release, sections=sections)
    codes = form.keep_asked(question.code for section in sections for question in section.questions)
    try:
        table = released_table(release, unit=form.unit, dimensions=form.dimensions, questions=codes)
    except NotInRelease:
        form.refuse_crossing()
        table = released_table(release, unit=form.unit, dimensions=form.dimensions, questions=codes)
    view = View(kind=form.kind, option=form.option) if form.question else DEFAULT_VIEW
    if view.kind == ChartKind.MAP and len(form.dimensions) == 1:
        view = replace(view, geography=load_geography(release.wave, dimension=form.dimensions[0]))
    figures = build_figures(table, view=view)
    data = table
    if form.question and figures:
        figure, data = _finish(figures[0], table=table, release=release, form=form)
        figures = [figure]
    return Shown(release, form, sections, table, figures, data)


def list_releases() -> list[Release]:
    """The latest of every wave with results in public, in two queries."""
    return list_latest_releases(list_public_waves())


def show_public(wave: str, *, choice: QueryDict) -> Shown:
    """Of the latest release of a wave, by its code. Raises Http404 for a wave without results in public."""
    try:
        release = find_public_release(access_public_wave(wave))
    except ResultsNotPublished:
        raise Http404 from None
    return show_release(release, choice=choice)


def show_one_figure(wave: str, *, choice: QueryDict) -> Shown:
    """As `show_public`, of one question. Raises Http404 for another choice."""
    shown = show_public(wave, choice=choice)
    if shown.form.question is None or len(shown.figures) != 1:
        raise Http404
    return shown


def show_exactly(wave: str, *, choice: QueryDict) -> Shown:
    """As `show_one_figure`, for a file, which cannot say what it leaves out. Raises Http404 for what is not shown."""
    shown = show_one_figure(wave, choice=choice)
    if shown.form.errors:
        raise Http404
    return shown


def _finish(
    figure: Figure, *, table: ResultTable, release: Release, form: ExplorerForm
) -> tuple[Figure, ResultTable]:
    """The one figure that was asked for, over the waves if that was asked too, and the figures in it."""
    form.offer_answers(figure.options)
    if form.kind == ChartKind.LINE and not form.dimensions:
        moments = list_moments(release.wave, table, question=figure.question)
        if len(moments) > 1:
            followed = follow_question(figure, moments=moments, option=form.option)
            return followed, join_waves([each for _, each in moments])
    if form.kind and form.kind != figure.kind:
        form.refuse_chart()
    return figure, table
