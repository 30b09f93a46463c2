"""What coders chose beside each other: only of texts that everybody who should has dealt with."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, QuerySet

from surveys.coding.alpha import Agreement, compute_overall_alpha, compute_theme_alpha
from surveys.coding.models import Coding, CodingRound, Settlement, Theme
from surveys.coding.queries import list_active_assignments
from surveys.coding.texts import is_asked_of, is_settled, select_compared_texts
from surveys.responses.models import Answer


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """`chosen` is how often coders chose the theme, in texts that at least two of them coded."""

    theme: Theme
    agreement: Agreement
    chosen: int


@dataclass(frozen=True, slots=True)
class RoundAgreement:
    overall: Agreement
    themes: list[ThemeAgreement]


def select_to_settle(coding_round: CodingRound) -> QuerySet[Answer]:
    """The texts that wait for a person; none while the round is blind."""
    return _select_compared(coding_round).exclude(is_settled(coding_round))


def select_settled_texts(coding_round: CodingRound) -> QuerySet[Answer]:
    """The texts that coders dealt with and that were settled; none while the round is blind."""
    return _select_compared(coding_round).filter(is_settled(coding_round))


def list_codings(coding_round: CodingRound, *, text: Answer) -> list[Coding]:
    """What each coder made of a text that may be compared (see `access_compared_text`)."""
    assignments = [
        each for each in list_active_assignments(coding_round) if is_asked_of(each, answer_id=text.pk)
    ]
    return list(
        Coding.objects.filter(assignment__in=assignments, answer=text.pk, revision=text.revision)
        .select_related("assignment__coder")
        .prefetch_related("themes")
    )


def find_settlement(coding_round: CodingRound, *, text: Answer) -> Settlement | None:
    settlements = Settlement.objects.select_related("settled_by").prefetch_related("themes")
    return settlements.filter(round=coding_round, answer=text.pk, revision=text.revision).first()


def measure_agreement(coding_round: CodingRound) -> RoundAgreement:
    """Alpha overall and per theme, over the texts that may be compared; undefined while the round is blind.

    A text that somebody skipped has no value of that coder. In a fixed number of queries.
    """
    assignments = {each.pk: each for each in list_active_assignments(coding_round)}
    compared = select_compared_texts(coding_round, assignments=assignments.values())
    codings = Coding.objects.filter(
        assignment__in=assignments,
        answer__in=compared.values("pk"),
        revision=F("answer__revision"),
        is_skipped=False,
    )
    by_text: dict[int, list[frozenset[str]]] = defaultdict(list)
    for coding in codings.prefetch_related("themes"):
        if is_asked_of(assignments[coding.assignment_id], answer_id=coding.answer_id):
            by_text[coding.answer_id].append(frozenset(theme.code for theme in coding.themes.all()))
    texts = [coders for coders in by_text.values() if len(coders) > 1]
    return RoundAgreement(
        overall=compute_overall_alpha(texts),
        themes=[
            ThemeAgreement(
                theme,
                compute_theme_alpha(texts, theme=theme.code),
                chosen=sum(theme.code in codes for coders in texts for codes in coders),
            )
            for theme in coding_round.version.themes.all()
        ],
    )


def _select_compared(coding_round: CodingRound) -> QuerySet[Answer]:
    return select_compared_texts(coding_round, assignments=list_active_assignments(coding_round))
