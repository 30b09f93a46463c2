"""From an address to figures: the same for the page, the files and the page that others take in."""

from dataclasses import dataclass, replace

from django.http import HttpRequest

from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.models import Wave
from surveys.results.explorer.forms import ExplorerForm
from surveys.results.explorer.geography import load_geography
from surveys.results.explorer.links import write_choice
from surveys.results.explorer.trend import follow_question, list_waves_with
from surveys.results.figures import Figure, build_figures
from surveys.results.figures.drawing import ChartKind, View
from surveys.results.publication import list_shown_sections, public_table
from surveys.results.table import ResultTable


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader asked for: the form says which of it could not be shown."""

    wave: Wave
    form: ExplorerForm
    sections: list[SectionDefinition]
    table: ResultTable
    figures: list[Figure]

    @property
    def choice(self) -> str:
        """What the address says, as it was understood."""
        return write_choice(
            {
                "vraag": tuple(self.form.questions),
                "uitsplitsing": self.form.dimensions,
                "eenheid": self.form.unit,
                "beeld": self.form.kind or "",
                "antwoord": self.form.view_option,
            }
        )


def show(request: HttpRequest, wave: Wave) -> Shown:
    """The figures of what the address asks; what it does not say, or says wrong, is the default."""
    sections = list_shown_sections(wave)
    form = ExplorerForm(request.GET, sections=sections)
    codes = form.questions or [question.code for section in sections for question in section.questions]
    table = public_table(wave, unit=form.unit, dimensions=form.dimensions, questions=codes)
    view = View(kind=form.kind, option=form.view_option)
    if form.kind == ChartKind.MAP and len(form.dimensions) == 1:
        view = replace(view, geography=load_geography(wave, dimension=form.dimensions[0]))
    figures = build_figures(table, view=view)
    if form.question and figures:
        figures = [_finish(figures[0], wave=wave, form=form)]
    return Shown(wave, form, sections, table, figures)


def _finish(figure: Figure, *, wave: Wave, form: ExplorerForm) -> Figure:
    """The one figure that was asked for, over the waves if that was asked too."""
    form.offer_answers(figure.options)
    if form.kind == ChartKind.LINE and not form.dimensions:
        waves = list_waves_with(wave, question=figure.question)
        if len(waves) > 1:
            return follow_question(figure, waves=waves, unit=form.unit, option=form.view_option)
    if form.kind and form.kind != figure.kind:
        form.refuse_chart()
    return figure
