"""What may be told to others: themes that more than one person stood for, of texts as they are now."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import F, Model, QuerySet

from surveys.coding.models import CodingRound, Settlement
from surveys.questionnaire.models import Wave

Row = TypeVar("Row", bound=Model)

# Both coders chose it, or a person did after comparing; what one coder chose alone waits for a second one.
ADJUDICATED = (Settlement.Kind.AGREED, Settlement.Kind.CHOSEN, Settlement.Kind.CARRIED)


def select_adjudicated(
    answers: QuerySet[Row], *, rounds: Iterable[CodingRound], path: str = ""
) -> QuerySet[Row]:
    """Those whose themes hold in one of the rounds; a text that changed since is not among them.

    `path` leads from a row to its answer. The settlement is joined: group by its themes at
    `{path}settlements__themes`. Rounds of one wave must be of different questions.
    """
    return answers.filter(
        **{
            f"{path}settlements__round__in": list(rounds),
            f"{path}settlements__kind__in": ADJUDICATED,
            f"{path}settlements__revision": F(f"{path}revision"),
        }
    )


def list_released_rounds(wave: Wave) -> list[CodingRound]:
    """The rounds whose themes count in the results of the wave, one per question, with codebook and themes."""
    rounds = CodingRound.objects.filter(
        wave=wave, version__codebook__survey=wave.version.survey_id, released_at__isnull=False
    )
    return list(rounds.select_related("version__codebook").prefetch_related("version__themes"))
