"""Whether a municipality may be named beside its answers: a decision of its own, apart from delivering."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.responses.lifecycle.locking import lock_response, log_action
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import Response


@transaction.atomic
def decide_naming(
    response: Response,
    *,
    named: Collection[str],
    asked: Collection[str],
    by: Person | None,
    at: datetime | None = None,
) -> None:
    """Of the municipalities `asked` (codes), those in `named` may be named in public and the others may not.

    Possible at any time, also after submitting: consent can be taken back. Raises ActionRefused for a
    municipality that the response does not speak for.
    """
    at = at or timezone.now()
    response = lock_response(response)
    rows = {row.municipality_id: row for row in response.coverage.filter(municipality__in=asked)}
    if not set(named) <= set(asked) or rows.keys() != set(asked):
        raise ActionRefused("U kunt dit alleen kiezen voor gemeenten waarvoor u antwoordt.")
    for code, row in rows.items():
        row.may_be_named, row.naming_decided_at, row.naming_decided_by = code in named, at, by
    response.coverage.bulk_update(rows.values(), ["may_be_named", "naming_decided_at", "naming_decided_by"])
    log_action(response, "response.decide_naming", by=by, at=at, named=sorted(named), asked=sorted(rows))
