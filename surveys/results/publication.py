"""The only way from counts to the public: published waves, after disclosure control."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from surveys.coding.adjudicated import list_released_questions
from surveys.coding.quoting import list_quotes
from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import list_public_waves, load_definition
from surveys.results.bottlenecks import CountedBottlenecks, asks_for_bottlenecks, list_bottlenecks
from surveys.results.counting import count_answers
from surveys.results.dimensions import Unit
from surveys.results.disclosure import withhold_small_groups
from surveys.results.figures import Figure, build_figures
from surveys.results.table import ResultTable, Status

QUOTES_PER_THEME = 2


class ResultsNotPublished(Exception):
    """The results of this wave are not public (yet)."""


@dataclass(frozen=True, slots=True)
class MeasureResults:
    """What a measure's page shows of a wave; a question about bottlenecks is a list and no figure."""

    figures: list[Figure]
    bottlenecks: list[CountedBottlenecks]


def latest_public_wave() -> Wave | None:
    """The published wave with the newest reference date."""
    return max(list_public_waves(), key=lambda wave: wave.reference_date, default=None)


def list_shown_sections(wave: Wave) -> list[SectionDefinition]:
    """The parts of the questionnaire with the questions that have figures: closed ones, and open ones with themes.

    In one query.
    """
    coded = list_released_questions(wave)
    return [
        replace(
            section,
            questions=tuple(
                question for question in section.questions if question.is_choice or question.code in coded
            ),
        )
        for section in load_definition(wave.version).sections
    ]


def public_table(
    wave: Wave, *, unit: str, dimensions: Iterable[str] = (), questions: Collection[str] | None = None
) -> ResultTable:
    """`count_answers` without the breakdowns in which a group is too small. Raises ResultsNotPublished."""
    if wave.results_published_at is None:
        raise ResultsNotPublished(wave.code)
    table = count_answers(wave, unit=unit, dimensions=dimensions, questions=questions)
    return withhold_small_groups(table, minimum_base=wave.minimum_public_base)


def describe_measure_results(wave: Wave, measure: str) -> MeasureResults:
    """Of a measure's questions per response, without those that nobody answered. Raises ResultsNotPublished."""
    codes = [
        question.code
        for section in list_shown_sections(wave)
        if section.measure == measure
        for question in section.questions
    ]
    table = public_table(wave, unit=Unit.RESPONSE, questions=codes)
    answered = {row.question for row in table.rows if row.is_choice and row.status != Status.NO_DATA}
    return MeasureResults(
        figures=build_figures(table, questions=[code for code in answered if not asks_for_bottlenecks(code)]),
        bottlenecks=list_bottlenecks(table, quotes=_load_quotes(wave, table)),
    )


def _load_quotes(wave: Wave, table: ResultTable) -> dict[str, dict[str, list[str]]]:
    """None of a question whose figures are withheld."""
    shown = {row.question for row in table.rows if row.is_theme and row.status == Status.OK}
    return list_quotes(wave, questions=shown, limit=QUOTES_PER_THEME)
