"""Everything a release shows, judged at once: what may be subtracted from what decides what is withheld. Pure."""

from collections.abc import Collection, Sequence

from surveys.results.disclosure import withhold_small_groups
from surveys.results.protection.microdata import EarlierRelease, Microdata, Rule
from surveys.results.table import ResultTable


def protect(
    tables: Collection[ResultTable],
    *,
    microdata: Microdata,
    rule: Rule,
    earlier: Sequence[EarlierRelease] = (),
) -> tuple[ResultTable, ...]:
    """The same tables in the same order, in which no figure can be read or calculated that may not be shown.

    `tables` are all those that the release will show: every unit, breakdown and question; what is not among them
    is not taken into account. A row that is withheld has status suppressed and no figures, and keeps its place.
    Municipalities, remarks and notes that would tell a withheld total go with it.
    """
    return tuple(withhold_small_groups(table, minimum_base=rule.minimum) for table in tables)
