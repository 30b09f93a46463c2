"""Which cases the address asks to compare. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

PARAMETER = "voorbeeld"
FEWEST, MOST = 2, 3

SLUG = re.compile(r"[-\w]+")

UNKNOWN = "Een voorbeeld uit het adres staat niet (meer) op deze site. Dat is weggelaten."
REPEATED = "Een voorbeeld stond meer dan één keer in het adres. U ziet het één keer."
TOO_MANY = f"U koos er meer dan {MOST}. U ziet de eerste {MOST}."


@dataclass(frozen=True, slots=True)
class Choice:
    """The slugs to show, in their order, and what a visitor must know of the rest."""

    slugs: tuple[str, ...]
    notices: tuple[str, ...]


def list_asked(values: Sequence[str]) -> list[str]:
    """Each slug once; what cannot be one is left out: a database refuses some of it."""
    return [value for value in dict.fromkeys(values) if SLUG.fullmatch(value)]


def choose(values: Sequence[str], *, live: Collection[str]) -> Choice:
    """`values` as they stand in the address, which may hold anything; `live` are the slugs that are on the site."""
    given = [value for value in values if value]
    known = [slug for slug in list_asked(given) if slug in live]
    notices = {
        UNKNOWN: any(value not in live for value in given),
        REPEATED: len(set(given)) < len(given),
        TOO_MANY: len(known) > MOST,
    }
    return Choice(tuple(known[:MOST]), tuple(notice for notice, is_needed in notices.items() if is_needed))
