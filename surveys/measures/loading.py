import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.forms.models import model_to_dict

from surveys.measures.catalogue import CATALOGUE
from surveys.measures.models import Measure


@dataclass(frozen=True)
class LoadReport:
    """How many measures were new, differed, or are no longer in the catalogue."""

    added: int
    changed: int
    ended: int


@transaction.atomic
def load_measures(*, path: Path = CATALOGUE) -> LoadReport:
    """Make the measures equal to the catalogue file, in its order; a second run changes nothing.

    A measure that left the file is deleted, unless a question or a practice points to it: ProtectedError.
    """
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["measures"]
    wanted = [
        Measure(**row | {"explanation": row["explanation"].strip(), "position": position})
        for position, row in enumerate(rows, start=1)
    ]
    present = Measure.objects.in_bulk()
    added = [measure for measure in wanted if measure.slug not in present]
    changed = [
        measure
        for measure in wanted
        if measure.slug in present and model_to_dict(measure) != model_to_dict(present[measure.slug])
    ]
    ended = present.keys() - {measure.slug for measure in wanted}
    Measure.objects.filter(pk__in=ended).delete()
    for measure in changed:
        measure.save(force_update=True)
    Measure.objects.bulk_create(added)
    return LoadReport(len(added), len(changed), len(ended))
