"""What is found instead when a combination of filters finds nothing: with one filter less, or another option. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from practices.facets import Tags, count_options, match_facets

Selected = Mapping[str, Collection[str]]
MOST_OPTIONS = 3


@dataclass(frozen=True)
class Remaining:
    """`count` cases are found with `selected`, and with the words unless `without_words`.

    `facet` is what was left out ("" for the words), or where `value` was taken instead.
    """

    facet: str
    selected: Selected
    count: int
    value: str = ""
    without_words: bool = False


def leave_one_out(
    tags: Mapping[int, Tags], *, selected: Selected, found: Collection[int] | None
) -> list[Remaining]:
    """What remains without one of the filters or without the words, the largest first.

    What would still find nothing is left out. `found` are the keys that the words find, None without words.
    """
    within = _restrict(tags, found)
    options = [
        Remaining(facet, without, len(match_facets(within, selected=without)))
        for facet, values in selected.items()
        if values
        for without in [{**selected, facet: []}]
    ]
    if found is not None:
        options.append(
            Remaining("", selected, len(match_facets(tags, selected=selected)), without_words=True)
        )
    return _sort(options)


def take_others(
    tags: Mapping[int, Tags],
    *,
    selected: Selected,
    found: Collection[int] | None,
    wider: Mapping[tuple[str, str], tuple[str, str]],
) -> list[Remaining]:
    """The nearest options in the place of what was chosen, the largest first.

    `wider` gives of an option the one it lies in, as a region in a province: that is nearest. Else it is another option
    of the same filter.
    """
    within = _restrict(tags, found)
    options = [
        *_widen(within, selected, wider),
        *(
            Remaining(facet, {**selected, facet: [value]}, count, value)
            for facet, values in selected.items()
            if values and not any((facet, value) in wider for value in values)
            for value, count in count_options(within, selected=selected, facet=facet).most_common(
                MOST_OPTIONS
            )
        ),
    ]
    return _sort(options)


def _restrict(tags: Mapping[int, Tags], found: Collection[int] | None) -> Mapping[int, Tags]:
    return tags if found is None else {key: tags[key] for key in found}


def _sort(options: Iterable[Remaining]) -> list[Remaining]:
    return sorted((each for each in options if each.count), key=lambda each: -each.count)


def _widen(
    tags: Mapping[int, Tags], selected: Selected, wider: Mapping[tuple[str, str], tuple[str, str]]
) -> Iterable[Remaining]:
    for facet, values in selected.items():
        for facet_around, around in dict.fromkeys(
            wider[facet, value] for value in values if (facet, value) in wider
        ):
            instead = {**selected, facet: [], facet_around: [around]}
            yield Remaining(facet_around, instead, len(match_facets(tags, selected=instead)), around)
