"""Beginning a contribution, saving what is written in it, and throwing it away again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from practices.contributing.lifecycle.locking import lock_contribution, lock_for_writing, refuse_strangers
from practices.contributing.lifecycle.refusals import SentBefore
from practices.contributing.merging import merge
from practices.contributing.parts import Value, Values
from practices.contributing.stages import Stage
from practices.contributing.values import read_values, set_values
from practices.models import Contribution
from surveys.accounts.models import Organisation, Person
from surveys.responses.models import Answer
from surveys.trail.recording import record


@dataclass(frozen=True)
class SaveOutcome:
    """`values` are all parts as they are stored now; of `conflicts` what was sent is not among them."""

    values: dict[str, Value]
    saved: frozenset[str]
    conflicts: frozenset[str]


@transaction.atomic
def start_contribution(organisation: Organisation, *, by: Person, at: datetime | None = None) -> Contribution:
    """An empty one, about the municipality itself; a region says later whether it is about some of its members."""
    refuse_strangers(organisation, by=by)
    at = at or timezone.now()
    contribution = Contribution.objects.create(
        organisation=organisation, author=by, started_at=at, saved_at=at, saved_by=by
    )
    if organisation.municipality is not None:
        contribution.municipalities.set([organisation.municipality])
    record(contribution, "contribution.start", by=by, at=at)
    return contribution


@transaction.atomic
def start_from_answer(
    answer: Answer, *, measure: str, by: Person, at: datetime | None = None
) -> Contribution:
    """With the words of an answer as what it is; the one that was begun from it before, if there is one.

    `measure` is a code, "" for none.
    """
    organisation = Organisation.objects.select_for_update().get(pk=answer.response.organisation_id)
    refuse_strangers(organisation, by=by)
    existing = Contribution.objects.filter(origin=answer).first()
    if existing is not None:
        return existing
    contribution = start_contribution(organisation, by=by, at=at)
    contribution.origin = answer
    contribution.save(update_fields=["origin"])
    set_values(contribution, {"intro": answer.text, "measures": (measure,) if measure else ()})
    return contribution


@transaction.atomic
def save_words(
    contribution: Contribution,
    *,
    typed: Values,
    begun: Mapping[str, str],
    by: Person,
    at: datetime | None = None,
) -> SaveOutcome:
    """Store what changed; where a colleague changed the same part meanwhile nothing is overwritten.

    `begun` as in `merging.merge`. Raises NotYours and PenAway. Saves leave no line in the trail: sending in does.
    """
    contribution = lock_for_writing(contribution, by=by)
    stored = read_values(contribution)
    merged = merge(stored=stored, typed=typed, begun=begun)
    if merged.changed:
        set_values(contribution, merged.changed)
        contribution.saved_at, contribution.saved_by = at or timezone.now(), by
        contribution.save(update_fields=["saved_at", "saved_by"])
    return SaveOutcome({**stored, **merged.changed}, frozenset(merged.changed), merged.conflicts)


@transaction.atomic
def discard_draft(contribution: Contribution, *, by: Person, at: datetime | None = None) -> None:
    """Delete what was never sent in. Raises NotYours, SentBefore and Discarded."""
    contribution, standing = lock_contribution(contribution)
    refuse_strangers(contribution.organisation, by=by)
    if standing.stage != Stage.DRAFT:
        raise SentBefore
    record(contribution, "contribution.discard", by=by, at=at)
    contribution.delete()
