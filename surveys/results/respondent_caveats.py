"""What respondents want read with their answer: it travels with the figure of its question."""

from collections.abc import Collection

from django.db.models import Count, Q

from surveys.accounts.models import Organisation
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer, Response


def list_respondent_caveats(wave: Wave, *, questions: Collection[int]) -> dict[str, tuple[str, ...]]:
    """Per question code the Dutch sentences, in one query; only of answers that count.

    `questions` are primary keys, of several versions of the questionnaire when their answers count together.
    A respondent is named only when every municipality it speaks for agreed to being named.
    """
    answers = (
        Answer.objects.filter(
            response__wave=wave,
            response__status=Response.Status.SUBMITTED,
            is_routed=True,
            question__in=questions,
        )
        .exclude(caveat="")
        .annotate(
            unnamed=Count(
                "response__coverage", filter=Q(response__coverage__may_be_named=False), distinct=True
            ),
        )
        .order_by("question__position", "response__organisation__name")
        .values_list(
            "question__code",
            "caveat",
            "unnamed",
            "response__organisation__kind",
            "response__organisation__name",
        )
    )
    found: dict[str, list[str]] = {}
    for question, caveat, unnamed, kind, name in answers:
        who = _name_respondent(kind, name="" if unnamed else name)
        found.setdefault(question, []).append(f"Kanttekening van {who}: {caveat}")
    return {question: tuple(dict.fromkeys(sentences)) for question, sentences in found.items()}


def _name_respondent(kind: str, *, name: str) -> str:
    noun = "jeugdregio" if kind == Organisation.Kind.YOUTH_REGION else "gemeente"
    return f"{noun} {name}" if name else f"een {noun}"
