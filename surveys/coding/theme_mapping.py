"""What becomes of codes when a codebook gets a new version. Pure.

A mapping has, per theme of the former version, the themes that take its place: one when it goes on or was merged,
more when it was split, none when it went.
"""

from collections.abc import Collection, Iterable, Mapping

ThemeMapping = Mapping[int, frozenset[int]]


def chain_mappings(steps: Iterable[ThemeMapping]) -> dict[int, frozenset[int]]:
    """From the first version to the last, by the steps between them; a theme that went stays away."""
    chained: dict[int, frozenset[int]] | None = None
    for step in steps:
        if chained is None:
            chained = dict(step)
        else:
            chained = {
                former: frozenset(last for theme in themes for last in step.get(theme, ()))
                for former, themes in chained.items()
            }
    return chained or {}


def carry_themes(themes: Collection[int], *, mapping: ThemeMapping) -> frozenset[int] | None:
    """The codes of a text in the new version; None when a person has to look: a theme was split, or went."""
    successors = [mapping.get(theme, frozenset()) for theme in themes]
    if not all(len(each) == 1 for each in successors):
        return None
    return frozenset[int]().union(*successors)
