"""What may be told to others: themes that more than one person stood for, of texts as they are now."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from surveys.coding.models import CodingRound, Settlement
from surveys.questionnaire.models import Wave

# Both coders chose it, or a person did after comparing; what one coder chose alone waits for a second one.
ADJUDICATED = (Settlement.Kind.AGREED, Settlement.Kind.CHOSEN, Settlement.Kind.CARRIED)


def is_adjudicated(rounds: Collection[CodingRound] | QuerySet[CodingRound], *, path: str = "") -> Q:
    """Whether themes hold in one of the rounds for the text as it is now; `path` leads from a row to its answer.

    It joins the settlement: group what it filters by `{path}settlements__themes`. Rounds of one wave must be of
    different questions, or a text would be there twice.
    """
    return Q(
        **{
            f"{path}settlements__round__in": rounds,
            f"{path}settlements__kind__in": ADJUDICATED,
            f"{path}settlements__revision": F(f"{path}revision"),
        }
    )


def list_released_rounds(wave: Wave, *, questions: Collection[str]) -> list[CodingRound]:
    """The rounds whose themes count in the results of the wave, one per question, with codebook and themes.

    In two queries; none when there are no `questions` (codes).
    """
    rounds = _select_released(wave).filter(version__codebook__question__in=questions)
    return list(rounds.select_related("version__codebook").prefetch_related("version__themes"))


def list_released_questions(wave: Wave) -> set[str]:
    """The codes of the questions whose themes count in the results of the wave."""
    return set(_select_released(wave).values_list("version__codebook__question", flat=True))


def find_released_round(wave: Wave, *, question: str) -> CodingRound | None:
    """The round whose themes of this question count in the results of the wave; it need not be the latest."""
    rounds = _select_released(wave).filter(version__codebook__question=question)
    return rounds.select_related("version").first()


def _select_released(wave: Wave) -> QuerySet[CodingRound]:
    return CodingRound.objects.filter(
        wave=wave, version__codebook__survey=wave.version.survey_id, released_at__isnull=False
    )
