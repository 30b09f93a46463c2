"""Who reads a figure of a correction reads there what changed and why, wherever the figure stands."""

import pytest
from bs4 import BeautifulSoup

from surveys.results.publication import (
    describe_correction,
    describe_measure_results,
    find_public_release,
)
from tests.results.release.factories import publish_wave
from tests.results.worlds import publish_small_wave

pytestmark = pytest.mark.django_db

SMALL = {"breakdowns": (["respondent_type"],), "units": ("response", "municipality")}
NOTE = "Eén gemeente gaf\n een verkeerd antwoord door."
SAID = (
    "vervangt een eerdere uitgave. Wat er anders is en waarom: Eén gemeente gaf een verkeerd antwoord door."
)
ADDRESSES = (
    "/resultaten/",
    "/resultaten/2026/",
    "/resultaten/2026/insluiten/?vraag=beperkt",
    "/resultaten/2026/grafiek.svg?vraag=beperkt",
    "/resultaten/2026/cijfers.json?vraag=beperkt",
    "/resultaten/2026/vergelijken/?gemeente=GM0546",
    "/api/v1/waves/2026/results",
    "/api/v1/waves/2026/results.csv-metadata.json",
    "/api/v1/catalog.jsonld",
)


def read_body(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    body = (b"".join(response) if response.streaming else response.content).decode()
    text = body if body.startswith("{") else BeautifulSoup(body, "html.parser").get_text(" ")
    return " ".join(text.split())


def test_a_first_release_corrects_nothing(client):
    wave = publish_small_wave(**SMALL)

    assert describe_correction(find_public_release(wave)) == ""
    for address in ADDRESSES:
        assert "vervangt een eerdere uitgave" not in read_body(client, address)


def test_a_correction_says_so_wherever_its_figures_stand(client):
    wave = publish_small_wave(**SMALL)
    publish_wave(wave, **SMALL, note=NOTE)

    assert describe_correction(find_public_release(wave)).startswith("Uitgave 2026-2 van ")
    for address in ADDRESSES:
        assert SAID in read_body(client, address), address


def test_a_measure_names_the_release_of_its_figures_and_what_it_corrects():
    wave = publish_small_wave(**SMALL)
    publish_wave(wave, **SMALL, note=NOTE)

    results = describe_measure_results(wave, "poh-jeugd")

    assert "Uitgave 2026-2 van " in results.source_line
    assert results.correction.endswith(SAID)
