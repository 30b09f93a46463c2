"""The only way from counts to the public: published waves, after disclosure control."""

from collections.abc import Collection, Iterable

from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import list_public_waves, load_definition
from surveys.results.counting import count_answers
from surveys.results.dimensions import Unit
from surveys.results.disclosure import withhold_small_groups
from surveys.results.figures import Figure, build_figures
from surveys.results.table import ResultTable, Status


class ResultsNotPublished(Exception):
    """The results of this wave are not public (yet)."""


def latest_public_wave() -> Wave | None:
    """The published wave with the newest reference date."""
    return max(list_public_waves(), key=lambda wave: wave.reference_date, default=None)


def public_table(
    wave: Wave, *, unit: str, dimensions: Iterable[str] = (), questions: Collection[str] | None = None
) -> ResultTable:
    """`count_answers` without the breakdowns in which a group is too small. Raises ResultsNotPublished."""
    if wave.results_published_at is None:
        raise ResultsNotPublished(wave.code)
    table = count_answers(wave, unit=unit, dimensions=dimensions, questions=questions)
    return withhold_small_groups(table, minimum_base=wave.minimum_public_base)


def list_measure_figures(wave: Wave, measure: str) -> list[Figure]:
    """The figures of a measure's closed questions per response, without those that nobody answered."""
    sections = load_definition(wave.version).sections
    codes = [
        question.code
        for section in sections
        if section.measure == measure
        for question in section.closed_questions
    ]
    table = public_table(wave, unit=Unit.RESPONSE, questions=codes)
    answered = {row.question for row in table.rows if row.is_choice and row.status != Status.NO_DATA}
    return build_figures(table, questions=answered)
