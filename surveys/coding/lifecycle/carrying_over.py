"""Taking codes along to a new version of the codebook, where no person has to look again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from surveys.coding.models import Assignment, Coding, CodingRound, Settlement
from surveys.coding.queries import trace_themes
from surveys.coding.texts import is_asked_of
from surveys.coding.theme_mapping import carry_themes


def carry_over_settlements(former: CodingRound, *, to: CodingRound, at: datetime) -> int:
    """What was settled of texts that did not change since; returns how many. In a fixed number of queries.

    What one coder chose alone goes along with that coder (`carry_over_codings`): it must not hold as if more did.
    """
    mapping = trace_themes(former.version, to=to.version)
    settled = (
        Settlement.objects.filter(round=former, revision=F("answer__revision"))
        .exclude(kind=Settlement.Kind.SINGLE)
        .prefetch_related("themes")
    )
    carried = []
    for settlement in settled:
        themes = carry_themes([theme.pk for theme in settlement.themes.all()], mapping=mapping)
        if themes is not None:
            carried.append(
                (
                    Settlement(
                        round=to,
                        answer_id=settlement.answer_id,
                        revision=settlement.revision,
                        kind=Settlement.Kind.CARRIED,
                        note=settlement.note,
                        settled_at=at,
                    ),
                    themes,
                )
            )
    create_with_themes(Settlement, carried)
    return len(carried)


def carry_over_codings(former: CodingRound, *, to: Assignment, at: datetime) -> int:
    """What this coder chose for texts that did not change and are not settled; returns how many."""
    mapping = trace_themes(former.version, to=to.round.version)
    settled = set(Settlement.objects.filter(round=to.round).values_list("answer", "revision"))
    chosen = Coding.objects.filter(
        assignment__round=former,
        assignment__coder=to.coder_id,
        is_skipped=False,
        revision=F("answer__revision"),
    ).prefetch_related("themes")
    carried = []
    for coding in chosen:
        themes = carry_themes([theme.pk for theme in coding.themes.all()], mapping=mapping)
        is_open = (coding.answer_id, coding.revision) not in settled
        if themes is not None and is_open and is_asked_of(to, answer_id=coding.answer_id):
            carried.append(
                (
                    Coding(
                        assignment=to,
                        answer_id=coding.answer_id,
                        revision=coding.revision,
                        memo=coding.memo,
                        is_carried_over=True,
                        saved_at=at,
                    ),
                    themes,
                )
            )
    create_with_themes(Coding, carried)
    return len(carried)


def create_with_themes(model: type[Coding | Settlement], rows: Iterable[tuple[Any, Iterable[int]]]) -> None:
    """Many rows with their themes in two queries per batch."""
    rows = list(rows)
    model.objects.bulk_create([row for row, _ in rows], batch_size=500)
    through: Any = model.themes.through
    name = f"{model._meta.model_name}_id"
    through.objects.bulk_create(
        [through(**{name: row.pk, "theme_id": theme}) for row, themes in rows for theme in themes],
        batch_size=500,
    )
