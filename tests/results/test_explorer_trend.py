"""A line over the waves, from the address to its files: every wave names its release, and none breaks the page."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.submission import submit_response
from tests.responses.factories import DEFINITION, NOW, choose, make_response, make_wave
from tests.results.release.factories import publish_wave
from tests.results.worlds import SOUTH_HOLLAND

pytestmark = pytest.mark.django_db

LINE = "vraag=beperkt&beeld=lijn"


def publish_year(year, answers, **plan):
    definition = replace(DEFINITION, survey="openbaar")
    wave = make_wave(definition, code=str(year), reference_date=date(year, 1, 1))
    for code, answer in zip(SOUTH_HOLLAND, answers, strict=True):
        values = {"beperkt": choose(answer), "poh": choose("nee")}
        submit_response(make_response(wave, code, answers=values), by=None, at=NOW)
    close_wave(wave)
    publish_wave(wave, breakdowns=(), **plan)


@pytest.fixture
def two_waves():
    publish_year(2024, ["nee", "nee", "ja"])
    publish_year(2026, ["ja", "ja", "nee"])


def test_a_line_names_the_release_of_every_wave(client, two_waves):
    page = client.get(f"/resultaten/2026/?{LINE}")

    assert "Uitgave 2024-1 van " in page.text
    assert "Uitgave 2026-1 van " in page.text


def test_a_file_of_a_line_holds_every_wave_that_is_drawn(client, two_waves):
    response = client.get(f"/resultaten/2026/cijfers.csv?{LINE}")

    rows = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert [(row["wave"], row["n"]) for row in rows if row["option"] == "ja"] == [
        ("2024", "1"),
        ("2026", "2"),
    ]
    explained = client.get(f"/resultaten/2026/cijfers.json?{LINE}").json()["explanation"]
    facts = {line["Onderwerp"]: line["Toelichting"] for line in explained}
    assert facts["Uitgave"] == "2024-1, 2026-1"


@pytest.mark.parametrize("plan", [{"questions": ["poh"]}, {"units": ["municipality"]}])
def test_a_wave_that_does_not_show_the_question_is_no_part_of_the_line(client, plan):
    publish_year(2024, ["nee", "nee", "ja"], **plan)
    publish_year(2026, ["ja", "ja", "nee"])

    page = client.get(f"/resultaten/2026/?{LINE}&eenheid=response")

    assert page.status_code == 200
    assert "Deze grafiek past niet bij uw andere keuzes." in page.text


@pytest.mark.parametrize("years", [(2024, 2026), (2022, 2023, 2024, 2026)])
def test_a_line_asks_the_same_queries_however_many_waves_there_are(client, years):
    for year in years:
        publish_year(year, ["ja", "ja", "nee"], questions=["beperkt"])
    client.get(f"/resultaten/2026/?{LINE}")

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/resultaten/2026/?{LINE}")

    assert [year for year in years if f"Uitgave {year}-1 van " in page.text] == list(years)
    assert len(queries) == 7
