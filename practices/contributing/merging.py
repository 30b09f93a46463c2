"""Two colleagues in one form: what each changed is kept, and where both changed the same a person chooses. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from practices.contributing.parts import Value, Values

LENGTH = 16


@dataclass(frozen=True)
class Merge:
    """`changed` are the parts to store with what they become; of `conflicts` nothing is stored."""

    changed: Values
    conflicts: frozenset[str]


def take_print(value: Value) -> str:
    """A fingerprint by which a form says what a part held when its author began."""
    content = json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)
    return sha256(content.encode()).hexdigest()[:LENGTH]


def merge(*, stored: Values, typed: Values, begun: Mapping[str, str]) -> Merge:
    """`begun` are fingerprints by part; a part whose beginning nobody tells is only stored when nothing was there."""
    changed, conflicts = {}, set()
    for name, value in typed.items():
        now, began = stored[name], begun.get(name)
        if value == now or take_print(value) == began:
            continue
        if take_print(now) == began or (began is None and not now):
            changed[name] = value
        else:
            conflicts.add(name)
    return Merge(changed, frozenset(conflicts))
