"""What a coder does next, without a look at anybody else's codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F

from surveys.coding.models import Assignment, Coding, CodingRound, Settlement, Theme
from surveys.coding.queries import find_former_round, trace_themes
from surveys.coding.suggestions import LearnedWords, Suggestion, learn_words, suggest_themes
from surveys.coding.texts import has_coding, is_own, select_own_texts, select_round_texts
from surveys.responses.models import Answer

# So many of the latest examples teach the suggestions: enough to learn from, and as fast with ten thousand texts.
EXAMPLES = 300


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """`total` are the texts that this coder is asked to code, `done` are coded, `skipped` were put aside."""

    total: int
    done: int
    skipped: int


@dataclass(frozen=True, slots=True)
class FormerTheme:
    """What the coder chose with the version before, and what takes its place now."""

    theme: Theme
    successors: list[Theme]


def measure_progress(
    coding_round: CodingRound, *, assignments: Iterable[Assignment]
) -> dict[int, CoderProgress]:
    """By the key of the assignment, in one query, however many coders."""
    counts: dict[str, Count] = {}
    assignments = list(assignments)
    for each in assignments:
        counts[f"total_{each.pk}"] = Count("pk", filter=is_own(each))
        for name, is_skipped in (("done", False), ("skipped", True)):
            counts[f"{name}_{each.pk}"] = Count(
                "pk", filter=is_own(each) & has_coding(each, is_skipped=is_skipped)
            )
    counted = select_round_texts(coding_round).order_by().aggregate(**counts)
    return {
        each.pk: CoderProgress(*(counted[f"{name}_{each.pk}"] for name in ("total", "done", "skipped")))
        for each in assignments
    }


def find_next_text(assignment: Assignment, *, after: int = 0, is_skipping: bool = False) -> Answer | None:
    """The first text after this one that was not coded, or else from the beginning, and then what was skipped.

    Who skips and skips comes to an end: then what was skipped is only looked for after this text. In at most four
    queries, however many texts there are.
    """
    texts = select_own_texts(assignment)
    waiting = texts.filter(~has_coding(assignment))
    found = waiting.filter(pk__gt=after).first() or waiting.first()
    if found is None and assignment.round.is_blind:
        skipped = texts.filter(has_coding(assignment, is_skipped=True))
        found = skipped.filter(pk__gt=after).first() or (None if is_skipping else skipped.first())
    return found


def find_previous_text(assignment: Assignment, *, before: int) -> Answer | None:
    """The text before this one, coded or not."""
    return select_own_texts(assignment).filter(pk__lt=before).last()


def find_own_coding(assignment: Assignment, *, text: Answer) -> Coding | None:
    return Coding.objects.filter(assignment=assignment, answer=text.pk, revision=text.revision).first()


def list_former_themes(
    assignment: Assignment, *, text: Answer, themes: Mapping[str, Theme]
) -> list[FormerTheme]:
    """What this coder chose for the same text with the version before; `themes` are those of this version."""
    former = find_former_round(assignment.round)
    if former is None:
        return []
    chosen = Theme.objects.filter(
        pk__in=Coding.objects.filter(
            assignment__round=former,
            assignment__coder=assignment.coder_id,
            answer=text.pk,
            revision=text.revision,
        ).values("themes")
    )
    mapping = trace_themes(former.version, to=assignment.round.version)
    return [
        FormerTheme(
            theme, [each for each in themes.values() if each.pk in mapping.get(theme.pk, frozenset())]
        )
        for theme in chosen
    ]


def suggest_for(assignment: Assignment, *, text: Answer) -> list[Suggestion]:
    """Learned from what holds in this round and from the coder's own codes, never from another coder's."""
    return suggest_themes(text.text, learned=_learn(assignment, without=text))


def _learn(assignment: Assignment, *, without: Answer) -> LearnedWords:
    own = Coding.objects.filter(assignment=assignment, is_skipped=False)
    settled = Settlement.objects.filter(round=assignment.round)
    examples: dict[int, tuple[str, list[str]]] = {}
    for rows in (own.order_by("-saved_at", "-pk"), settled.order_by("-settled_at", "-pk")):
        current = rows.filter(revision=F("answer__revision")).exclude(answer=without.pk)
        for row in current.select_related("answer").prefetch_related("themes")[:EXAMPLES]:
            examples[row.answer_id] = row.answer.text, [theme.code for theme in row.themes.all()]
    return learn_words(examples.values())
