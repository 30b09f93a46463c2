"""The profiles of a wave's municipalities: what merged since 2021 is made of its predecessors."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.territory.models import BoundaryChange
from surveys.territory.profiles import SHARES, Factor, Profile, read_observed_shares
from surveys.territory.queries import list_municipalities, load_profiles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def load(on: date) -> dict[str, Profile]:
    return load_profiles({each.code: each.population for each in list_municipalities(on)}, on=on)


@pytest.mark.parametrize(
    ("on", "number"), [(date(2021, 1, 1), 352), (date(2022, 1, 1), 345), (date(2026, 1, 1), 342)]
)
def test_every_municipality_has_every_fact(on, number):
    profiles = load(on)

    assert len(profiles) == number
    assert all(fact is not None for profile in profiles.values() for fact in profile.facts.values())


def test_only_who_merged_has_predecessors():
    merged = {
        code: profile.predecessors for code, profile in load(date(2026, 1, 1)).items() if profile.predecessors
    }

    assert merged["GM1992"] == ("Brielle", "Hellevoetsluis", "Westvoorne")
    assert merged["GM0363"] == ("Amsterdam", "Weesp")
    assert set(merged) == {"GM0363", "GM0439", "GM1980", "GM1982", "GM1991", "GM1992"}
    assert load(date(2021, 1, 1))["GM0363"].predecessors == ()


def test_a_mean_lies_between_those_it_is_of():
    observed = read_observed_shares()
    made = load(date(2026, 1, 1))["GM1980"]

    for factor in SHARES:
        parts = [observed[code].shares[factor] for code in ("GM0398", "GM0416")]
        assert min(parts) < made.facts[factor] < max(parts)


def test_who_got_part_of_a_split_municipality_has_no_shares():
    BoundaryChange.objects.filter(old="GM0370").update(kind=BoundaryChange.Kind.SPLIT)

    facts = load(date(2026, 1, 1))["GM0439"].facts

    assert [factor for factor, fact in facts.items() if fact is None] == list(SHARES)
    assert facts[Factor.INHABITANTS] > 90_000


def test_one_query_for_the_whole_country():
    with CaptureQueriesContext(connection) as queries:
        load_profiles({"GM0014": 240_000, "GM1980": 90_000}, on=date(2026, 1, 1))

    assert len(queries) == 1
