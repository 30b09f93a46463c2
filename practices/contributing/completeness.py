"""How much of a case is there: what it cannot do without, and what makes it better for a reader. Pure."""

from dataclasses import dataclass

from practices.contributing.parts import Values, is_filled

# Of each group at least one.
NEEDED = (
    ("title",),
    ("summary",),
    ("intro",),
    ("measures", "themes"),
    ("municipalities",),
    ("year",),
    ("source", "contact"),
)
WELCOME = (
    "reason",
    "status",
    "audience",
    "outline",
    "conditions",
    "effect",
    "figures",
    "costs",
    "lessons",
    "setbacks",
    "parties",
    "contact",
)


@dataclass(frozen=True)
class Completeness:
    """`missing` are the groups of which nothing is there yet, `welcome` the parts that would make it better."""

    missing: tuple[tuple[str, ...], ...]
    welcome: tuple[str, ...]
    done: int
    total: int

    @property
    def is_enough(self) -> bool:
        return not self.missing


def measure_completeness(values: Values, *, has_own_place: bool) -> Completeness:
    """`has_own_place`: without municipalities it is about the organisation itself, a youth region."""
    filled = {name for name, value in values.items() if is_filled(name, value)}
    if has_own_place:
        filled.add("municipalities")
    if "audiences" in filled:
        filled.add("audience")
    missing = tuple(group for group in NEEDED if filled.isdisjoint(group))
    welcome = tuple(name for name in WELCOME if name not in filled)
    total = len(NEEDED) + len(WELCOME)
    return Completeness(missing, welcome, total - len(missing) - len(welcome), total)
