"""Whether a release is still what follows from its snapshot: every figure is counted again and compared."""

from collections.abc import Iterator, Mapping

from surveys.results.models import Release
from surveys.results.release.computing import compute_contents, load_contents
from surveys.results.release.snapshot import Snapshot, UnreadableSnapshot
from surveys.results.release.tables import PackedTable


def list_differences(release: Release) -> list[str]:
    """In Dutch, one sentence per difference; empty when everything holds."""
    return list(_find_differences(release))


def _find_differences(release: Release) -> Iterator[str]:
    stored = load_contents(release)
    if stored.compute_sha256() != release.tables_sha256:
        yield "Het controlegetal van de tabellen klopt niet."
    try:
        if Snapshot(release.snapshot).compute_sha256() != release.snapshot_sha256:
            yield "Het controlegetal van de bevroren gegevens klopt niet."
            return
        computed = compute_contents(release)
    except UnreadableSnapshot:
        yield "De bevroren gegevens zijn niet te lezen."
        return
    if computed.facts != stored.facts:
        names = sorted(name for name in computed.facts if computed.facts[name] != stored.facts.get(name))
        yield f"De gegevens bij de cijfers kloppen niet: {', '.join(names) or 'er staat iets te veel'}."
    yield from _compare_tables(
        {table.key: table for table in computed.tables}, {table.key: table for table in stored.tables}
    )


def _compare_tables(
    computed: Mapping[tuple[str, str, str], PackedTable], stored: Mapping[tuple[str, str, str], PackedTable]
) -> Iterator[str]:
    for key in sorted(computed.keys() | stored.keys()):
        unit, breakdown, question = key
        place = f"{question} / {breakdown or 'totaal'} / {unit}"
        if key not in stored:
            yield f"{place}: deze tabel ontbreekt."
        elif key not in computed:
            yield f"{place}: deze tabel hoort er niet bij."
        elif computed[key].content != stored[key].content:
            yield f"{place}: de cijfers zijn anders dan wat uit de bevroren gegevens volgt."
