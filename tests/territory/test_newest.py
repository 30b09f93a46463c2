"""The shipped files say of the newest year what the database says."""

from datetime import date

import pytest

from surveys.territory.models import MunicipalityYear
from surveys.territory.newest import read_newest_country
from surveys.territory.queries import load_profiles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def test_the_files_say_what_the_database_says() -> None:
    country = read_newest_country()
    newest = MunicipalityYear.objects.latest("year").year
    rows = MunicipalityYear.objects.filter(year=newest)

    assert country.year == newest
    assert dict(country.names) == {row.municipality_id: row.name for row in rows}
    populations = {row.municipality_id: row.population for row in rows}
    assert country.profiles == load_profiles(populations, on=date(newest, 1, 1))


def test_names_stand_in_order_and_who_merged_is_there() -> None:
    country = read_newest_country()
    assert list(country.names.values()) == sorted(country.names.values())
    assert country.profiles["GM1992"].predecessors == ("Brielle", "Hellevoetsluis", "Westvoorne")
