"""The waves over which one question can be followed."""

from itertools import pairwise

from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_changes, load_definition
from surveys.results.access import list_public_waves
from surveys.results.figures import Figure
from surveys.results.figures.trend import add_trend
from surveys.results.publication import public_table


def list_waves_with(wave: Wave, *, question: str) -> list[Wave]:
    """The public waves of the same survey that ask the closed question, in the order of time; `wave` is one of them.

    An open question is followed nowhere: its themes are those of one codebook.
    """
    if not load_definition(wave.version).questions[question].is_choice:
        return [wave]
    return sorted(
        (
            each
            for each in list_public_waves()
            if each.version.survey_id == wave.version.survey_id
            and question in load_definition(each.version).questions
        ),
        key=lambda each: each.reference_date,
    )


def follow_question(figure: Figure, *, waves: list[Wave], unit: str, option: str) -> Figure:
    """The figure over the `waves`, in one table per wave."""
    breaks = [
        place
        for place, (old, new) in enumerate(pairwise(waves), start=1)
        if (change := load_changes(old.version, new.version).get(figure.question)) and change.is_trend_break
    ]
    return add_trend(
        figure,
        tables=[public_table(each, unit=unit, questions=[figure.question]) for each in waves],
        breaks=breaks,
        option=option,
    )
