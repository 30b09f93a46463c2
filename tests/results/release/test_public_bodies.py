"""Of every figure that is withheld, the raw number stands nowhere that the public can ask for.

The wave has amounts and sums of inhabitants that occur nowhere else, so that a number that is found is the figure.
"""

import re
from collections import defaultdict
from dataclasses import replace
from io import BytesIO
from itertools import product
from urllib.parse import urlencode
from zipfile import ZipFile, is_zipfile

import pytest
from pypdf import PdfReader

from practices.loading import load_practices
from practices.report.lifecycle import make_report
from surveys.measures.loading import load_measures
from surveys.measures.models import Measure
from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.submission import submit_response
from surveys.results.counting import count_answers
from surveys.results.publication import find_public_release, released_table
from surveys.results.release import tables
from surveys.results.table import Status
from tests.responses.factories import DEFINITION, NOW, choose, count, make_response, make_wave
from tests.results.release.factories import publish_wave

pytestmark = pytest.mark.django_db

CODE = "2026"
QUESTIONS, UNITS = ("beperkt", "kosten"), ("municipality", "inhabitants")
CROSSED = ("question:beperkt", "province")
# Who says what, and the amount: three in Zuid-Holland, three in Utrecht, five in Noord-Holland.
SAID = {
    "GM0546": ("ja", "1734211.37"),
    "GM0534": ("ja", "2951873.19"),
    "GM0537": ("nee", "3618427.61"),
    "GM0344": ("ja", "4127933.83"),
    "GM0307": ("nee", "5283641.29"),
    "GM0345": ("ja", "6391257.43"),
    "GM0479": ("nee", "7458361.71"),
    "GM0361": ("ja", "8527419.17"),
    "GM0363": ("ja", "9641533.23"),
    "GM0392": ("nee", "1182947.53"),
    "GM0394": ("ja", "2263819.87"),
}
# A shorter number can be anything.
DIGITS = 6
FILES = ("grafiek.svg", "insluiten/", "cijfers.csv", "cijfers.xlsx", "cijfers.ods", "cijfers.json")


@pytest.fixture(params=[len(SAID), 8], ids=["eleven", "eight"])
def wave(request):
    """Of fewer than ten municipalities no sum of inhabitants is shown, not even that of the whole country."""
    load_measures()
    sections = [
        replace(section, measure=measure)
        for section, measure in zip(DEFINITION.sections, ("reikwijdte", "poh-jeugd"), strict=True)
    ]
    wave = make_wave(replace(DEFINITION, sections=tuple(sections)), code=CODE)
    for code, (access, amount) in list(SAID.items())[: request.param]:
        answers = {"beperkt": choose(access), "poh": choose("nee"), "kosten": count(amount)}
        submit_response(make_response(wave, code, answers=answers), by=None, at=NOW)
    close_wave(wave)
    return Wave.objects.select_related("version").get(pk=wave.pk)


def list_addresses():
    """Everything in public in which a figure of the wave could stand."""
    page, data = f"/resultaten/{CODE}/", f"/api/v1/waves/{CODE}"
    yield from ("/resultaten/", page, f"{page}uitgaven/", f"{page}codeboek/", f"{page}codeboek.xml")
    yield f"{page}rapport.pdf"
    # Pages that editors write, with figures of the newest public wave between their words, and what searching shows.
    yield from ("/", "/maatregelen/", "/praktijkvoorbeelden/?q=kosten")
    yield from (f"/maatregelen/{slug}/" for slug in Measure.objects.values_list("slug", flat=True))
    yield from (
        f"{page}vergelijken/",
        f"{page}vergelijken/?gemeente=GM0546",
        f"{page}vergelijken/?gemeente=GM0479",
    )
    yield from ("/api/v1/waves", data, f"{data}/questions", f"{data}/response", "/api/v1/catalog.jsonld")
    for unit, dimensions in product(UNITS, (("province",), CROSSED)):
        asked = urlencode({"by": ",".join(dimensions), "unit": unit})
        yield from (
            f"{data}/{each}?{asked}" for each in ("results", "results.csv", "results.csv-metadata.json")
        )
        choice = urlencode({"uitsplitsing": dimensions, "eenheid": unit}, doseq=True)
        yield f"{page}?{choice}"
        # An amount belongs to a municipality, not to its inhabitants.
        for question in QUESTIONS if unit == "municipality" else QUESTIONS[:1]:
            yield from (f"{page}{each}?vraag={question}&{choice}" for each in ("", *FILES))
            yield f"{page}?vraag={question}&{choice}&beeld=map"


def read_everything(client):
    """The figures in every body, digits only, by the address without what is asked."""
    found = defaultdict(set)
    for address in list_addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        body = b"".join(response) if response.streaming else response.content
        found[address.partition("?")[0]].update(find_figures(body))
    return found


def find_figures(body):
    parts = [body]
    if body.startswith(b"%PDF"):
        parts = [page.extract_text().encode() for page in PdfReader(BytesIO(body)).pages]
    elif is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    for part in parts:
        text = part.decode("utf-8", errors="replace")
        for figure in re.findall(r"\d[\d.,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*", text):
            yield re.sub(r"\D", "", figure)
            yield re.sub(r"\D", "", re.sub(r"[.,]\d*$", "", figure.rstrip(".,")))


def write_figures(number):
    """As it may be written: with its decimals, without, and rounded."""
    exact = f"{number:.2f}".rstrip("0").rstrip(".")
    return {re.sub(r"\D", "", exact), str(int(number)), str(round(number))}


def list_withheld(wave):
    """Each figure that the release withholds, as it was counted: the ways to write it."""
    release = find_public_release(wave)
    withheld, shown = set(), set()
    for unit in UNITS:
        raw = count_answers(wave, unit=unit, dimensions=CROSSED, questions=QUESTIONS)
        public = released_table(release, unit=unit, dimensions=CROSSED, questions=QUESTIONS)
        for counted, row in zip(raw.rows, public.rows, strict=True):
            figures = withheld if row.status == Status.SUPPRESSED else shown
            numbers = (each for each in (counted.n, counted.base, counted.value) if each is not None)
            figures |= {frozenset(write_figures(number)) for number in numbers}
    # Who has how many inhabitants everybody knows.
    known = {str(each) for each in wave.frame.values_list("population", flat=True)}.union(*shown)
    return {ways for ways in withheld if min(map(len, ways)) >= DIGITS and not ways & known}


def publish(wave):
    load_practices()
    publish_wave(wave, questions=QUESTIONS, units=UNITS, breakdowns=[CROSSED, ("size_class",)])
    make_report(wave)


def test_a_withheld_number_stands_in_no_public_body(client, wave, monkeypatch):
    publish(wave)
    secrets = list_withheld(wave)
    assert len(secrets) > 20

    everything = read_everything(client)

    assert [
        (place, ways) for place, figures in everything.items() for ways in secrets if ways & figures
    ] == []

    # Without protection every one of them would be found: the search looks where the figures are.
    monkeypatch.setattr(tables, "protect", lambda counted, **_options: tuple(counted))
    publish(wave)
    everything = read_everything(client)
    for place in ("results", "results.csv"):
        assert [ways for ways in secrets if not ways & everything[f"/api/v1/waves/{CODE}/{place}"]] == []
    for file in ("", *FILES):
        assert any(ways & everything[f"/resultaten/{CODE}/{file}"] for ways in secrets), file
