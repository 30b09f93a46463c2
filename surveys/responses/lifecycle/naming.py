"""Whether a municipality may be named beside its answers: a decision of its own, apart from delivering."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Organisation, Person
from surveys.questionnaire.models import Wave
from surveys.responses.follow_up import list_naming_choices
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import ResponseMunicipality
from surveys.trail.recording import record


@transaction.atomic
def decide_naming(
    wave: Wave,
    *,
    organisation: Organisation,
    named: Collection[str],
    asked: Collection[str],
    by: Person,
    at: datetime | None = None,
) -> None:
    """Of the municipalities `asked` (codes), those in `named` may be named in public and the others may not.

    The decision holds for everything the municipality delivers in the wave, by itself or through its region, and
    can be taken back at any time. What a municipality decided itself its region does not change. Raises
    ActionRefused for a municipality that the organisation cannot decide for.
    """
    at = at or timezone.now()
    choices = {each.code: each for each in list_naming_choices(wave, organisation=organisation)}
    if not set(named) <= set(asked) <= {code for code, choice in choices.items() if choice.may_change}:
        raise ActionRefused("U kunt dit alleen kiezen voor gemeenten waarvoor u antwoordt.")
    changed = {code for code in asked if choices[code].may_be_named is not (code in named)}
    rows = ResponseMunicipality.objects.filter(response__wave=wave, municipality__in=asked)
    for may_be_named in (True, False):
        rows.filter(municipality__in=[code for code in asked if (code in named) is may_be_named]).update(
            may_be_named=may_be_named, naming_decided_at=at, naming_decided_by=by
        )
    record(
        organisation,
        "response.decide_naming",
        by=by,
        at=at,
        wave=wave.code,
        named=sorted(changed & set(named)),
        unnamed=sorted(changed - set(named)),
    )
