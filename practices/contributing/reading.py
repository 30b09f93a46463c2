"""A contribution as a reader sees it: names for codes, and only what is there."""

from typing import Any, cast

from practices.contributing.parts import CHOICES, PARTS, UNCHOSEN, Value, is_filled
from practices.contributing.values import read_values
from practices.models import Contribution


def describe_parts(contribution: Contribution) -> list[dict[str, str]]:
    """For components/summary_list.html, in the order of the form."""
    values = read_values(contribution)
    return [
        {"term": name_part(name), "description": describe_value(name, values[name])}
        for name in PARTS
        if is_filled(name, values[name])
    ]


def name_part(name: str) -> str:
    return str(_field(name).verbose_name)


def describe_value(name: str, value: Value) -> str:
    """In words, also of what a colleague chose meanwhile; empty when nothing is there."""
    if name in CHOICES:
        rows = _field(name).related_model._default_manager.filter(pk__in=value)
        return ", ".join(str(row) for row in rows)
    if name in UNCHOSEN:
        return str(dict(_field(name).choices).get(value, "")).capitalize()
    return str(value)


def _field(name: str) -> Any:
    return cast(Any, Contribution._meta.get_field(name))
