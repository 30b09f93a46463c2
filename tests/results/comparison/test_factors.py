from surveys.results.comparison.factors import tabulate_factors
from surveys.territory.profiles import Factor, Profile
from surveys.territory.similarity import Neighbour

ORIGIN = (
    "Bee is na 1 januari 2021 ontstaan of groter geworden. "
    "De percentages zijn het gemiddelde van X en Y, gewogen naar inwoners."
)
NAMES = {"GM1": "Aa", "GM2": "Bee"}


def make_profile(code: str, *facts: float | None, predecessors: tuple[str, ...] = ()) -> Profile:
    return Profile(code, dict(zip(Factor, facts, strict=True)), predecessors)


def test_the_own_facts_stand_above_those_of_the_neighbours():
    own = make_profile("GM1", 25_579, 14.04, 10.5, 12.4)
    neighbour = Neighbour(make_profile("GM2", 1_000_000, 9.96, None, 8, predecessors=("X", "Y")), 1.2345, ())

    table = tabulate_factors(own, neighbours=[neighbour], names=NAMES)

    space = "\N{NO-BREAK SPACE}"
    assert table.rows == (
        ("Aa", "", "25.579", f"14,0{space}%", f"10,5{space}%", f"12,4{space}%"),
        ("Bee", "1,23", "1.000.000", f"10,0{space}%", "onbekend", f"8,0{space}%"),
    )
    assert table.notes == (
        ORIGIN,
        "Van Bee weten we niet: 15 tot en met 24 jaar. Dat telt niet mee in de afstand.",
    )


def test_ordinary_municipalities_need_no_notes():
    assert tabulate_factors(make_profile("GM1", 1, 2, 3, 4), neighbours=[], names=NAMES).notes == ()
