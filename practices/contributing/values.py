"""The words of a contribution as one mapping, out of its row and into it."""

from typing import TYPE_CHECKING

from django.db.models import Manager, Model

from practices.contributing.parts import CHOICES, PARTS, Value, Values

if TYPE_CHECKING:
    from practices.models import Contribution


def read_values(contribution: "Contribution") -> dict[str, Value]:
    """Every part; one query per list of choices."""
    return {name: _read(contribution, name) for name in PARTS}


def _read(contribution: "Contribution", name: str) -> Value:
    value = getattr(contribution, name)
    if name in CHOICES:
        related: Manager[Model] = value
        return tuple(sorted(str(key) for key in related.values_list("pk", flat=True)))
    return "" if value is None else str(value)


def set_values(contribution: "Contribution", values: Values) -> None:
    """On the row that is stored, for the verbs only: it saves the parts in `values` and nothing else."""
    plain = {name: value for name, value in values.items() if name not in CHOICES}
    for name, value in plain.items():
        setattr(contribution, name, (int(str(value)) if value else None) if name == "year" else value)
    if plain:
        contribution.save(update_fields=list(plain))
    for name in values.keys() - plain.keys():
        getattr(contribution, name).set(values[name])
