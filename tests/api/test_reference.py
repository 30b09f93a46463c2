"""The lists that stand beside the figures: measures, municipalities and practices."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.models import PracticePage
from surveys.measures.loading import load_measures

pytestmark = pytest.mark.django_db


def test_measures_come_in_their_order(read):
    load_measures()

    with CaptureQueriesContext(connection) as queries:
        measures = read("measures/")["results"]

    assert len(measures) == 7
    assert measures[0]["slug"] == "reikwijdte"
    assert all(measure["name"] and measure["explanation"] for measure in measures)
    assert len(queries) == 2


def test_municipalities_are_those_of_the_year(read):
    with CaptureQueriesContext(connection) as queries:
        answer = read("territory/municipalities", year=2022)

    assert answer["count"] == 345
    assert answer["results"][0] == {
        "code": "GM0014",
        "name": "Groningen",
        "year": 2022,
        "population": 234950,
        "province": {"code": "PV20", "name": "Groningen"},
        "youth_region": {"code": "JZ01", "name": "Groningen"},
        "size_class": {"code": "vanaf-100000", "name": "100.000 inwoners of meer"},
    }
    assert len(queries) == 7


def test_without_a_year_they_are_those_of_now(read):
    assert read("territory/municipalities") == read("territory/municipalities", year=2026)
    assert read("territory/municipalities")["count"] == 342


def test_before_regions_were_known_there_is_none(read):
    assert {place["youth_region"] for place in read("territory/municipalities", year=2020)["results"]} == {
        None
    }


def test_a_year_without_facts_says_which_years_have_them(client):
    response = client.get("/api/v1/territory/municipalities?year=1950")

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["name"] == "year"
    assert "wel van 2017 tot en met 2026" in error["detail"]


@pytest.mark.usefixtures("demo_database")
class TestPractices:
    def test_every_public_case_is_there_and_says_where_it_comes_from(self, read):
        answer = read("practices/")

        assert answer["count"] == PracticePage.objects.live().count() > 10
        case = next(case for case in answer["results"] if case["slug"] == "afbouw-jeugdzorg-plus-amsterdam")
        assert case["url"] == "http://localhost:8000/praktijkvoorbeelden/afbouw-jeugdzorg-plus-amsterdam/"
        assert (case["measures"], case["municipalities"], case["provinces"]) == (
            ["reikwijdte"],
            ["GM0363"],
            [],
        )
        (link,) = case["measure_links"]
        assert (link["measure"], link["strength"], link["is_editorial"]) == ("reikwijdte", "partial", False)
        at_most = next(fact for fact in case["facts"] if fact["qualifier"] == "at_most")
        assert (at_most["value"], at_most["low"], at_most["kind"]) == ("maximaal 32 plekken", 32, "expected")
        assert len(case["outline"]) == 7
        assert case["status"] == "running"
        assert case["source"] == case["sources"][0]
        assert case["source"]["period"] == "2022"

    def test_a_case_that_is_no_longer_public_is_not_there(self, read):
        PracticePage.objects.filter(slug="afbouw-jeugdzorg-plus-amsterdam").update(live=False)

        assert "afbouw-jeugdzorg-plus-amsterdam" not in {
            case["slug"] for case in read("practices")["results"]
        }

    @pytest.mark.parametrize("size", [2, 10])
    def test_the_number_of_queries_does_not_follow_the_number_of_cases(self, read, size):
        read("practices", pageSize=1)

        with CaptureQueriesContext(connection) as queries:
            read("practices", pageSize=size)

        assert len(queries) == 12
