"""Why a municipality is like another one, in words and figures for readers. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from surveys.questionnaire.number_parsing import format_number
from surveys.questionnaire.word_lists import join_words
from surveys.results.notation import SPACE, format_count
from surveys.territory.profiles import PROFILE_YEAR, Factor, Profile
from surveys.territory.similarity import Neighbour

FACTOR_NAMES = {
    Factor.INHABITANTS: "Inwoners",
    Factor.AGED_0_14: "0 tot en met 14 jaar",
    Factor.AGED_15_24: "15 tot en met 24 jaar",
    Factor.WITH_YOUTH_CARE: "Jongeren met jeugdzorg",
}
UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True)
class FactorTable:
    """The own municipality first, then its neighbours; every row is a name, a distance and the facts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def tabulate_factors(
    own: Profile, *, neighbours: Iterable[Neighbour], names: Mapping[str, str]
) -> FactorTable:
    """`names` are those of municipalities by CBS code."""
    neighbours = list(neighbours)
    profiles = [own, *(each.profile for each in neighbours)]
    return FactorTable(
        columns=("Gemeente", "Afstand", *FACTOR_NAMES.values()),
        rows=(
            (names[own.code], "", *_list_facts(own)),
            *(
                (names[each.profile.code], show_distance(each.distance), *_list_facts(each.profile))
                for each in neighbours
            ),
        ),
        notes=tuple(
            note
            for profile in profiles
            for note in (*_explain_origin(profile, names), *_explain_missing(profile, names))
        ),
    )


def _list_facts(profile: Profile) -> Iterable[str]:
    for factor in FACTOR_NAMES:
        fact = profile.facts[factor]
        if fact is None:
            yield UNKNOWN
        elif factor is Factor.INHABITANTS:
            yield format_count(round(fact))
        else:
            yield f"{_show_decimal(fact, places=1)}{SPACE}%"


def show_distance(distance: float) -> str:
    """With two decimals: 0,34."""
    return _show_decimal(distance, places=2)


def _show_decimal(number: float, *, places: int) -> str:
    whole, _, decimals = f"{number:.{places}f}".partition(".")
    return f"{format_number(Decimal(whole))},{decimals}"


def _explain_origin(profile: Profile, names: Mapping[str, str]) -> Iterable[str]:
    if profile.predecessors:
        yield (
            f"{names[profile.code]} is na 1 januari {PROFILE_YEAR} ontstaan of groter geworden. "
            f"De percentages zijn het gemiddelde van {join_words(profile.predecessors)}, gewogen naar inwoners."
        )


def _explain_missing(profile: Profile, names: Mapping[str, str]) -> Iterable[str]:
    missing = [FACTOR_NAMES[factor].lower() for factor in FACTOR_NAMES if profile.facts[factor] is None]
    if missing:
        yield f"Van {names[profile.code]} weten we niet: {join_words(missing)}. Dat telt niet mee in de afstand."
