"""The waves over which one question can be followed."""

from itertools import pairwise

from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_changes, load_definition
from surveys.results.access import list_public_waves
from surveys.results.figures import Figure
from surveys.results.figures.trend import add_trend
from surveys.results.publication import list_totals
from surveys.results.table import ResultTable

Moments = list[tuple[Wave, ResultTable]]


def list_moments(wave: Wave, table: ResultTable, *, question: str) -> Moments:
    """The waves of the same survey that show the closed question, each with its totals, in the order of time.

    `table` are those of `wave` itself, which need not be public yet. What another wave asks but did not release, or
    not in this unit, is left out. An open question is followed nowhere: its themes are those of one codebook.
    """
    if not _is_choice(wave, question):
        return [(wave, table)]
    others = [
        other
        for other in list_public_waves()
        if other != wave and other.version.survey_id == wave.version.survey_id and _is_choice(other, question)
    ]
    moments = [(wave, table), *list_totals(others, unit=table.unit, question=question)]
    return sorted(moments, key=lambda moment: moment[1].reference_date)


def follow_question(figure: Figure, *, moments: Moments, option: str) -> Figure:
    """The figure over the waves, with a break wherever the question changed its meaning."""
    waves = [wave for wave, _ in moments]
    breaks = [
        place
        for place, (old, new) in enumerate(pairwise(waves), start=1)
        if (change := load_changes(old.version, new.version).get(figure.question)) and change.is_trend_break
    ]
    return add_trend(
        figure,
        tables=[table for _, table in moments],
        breaks=breaks,
        option=option,
    )


def _is_choice(wave: Wave, code: str) -> bool:
    question = load_definition(wave.version).questions.get(code)
    return question is not None and question.is_choice
