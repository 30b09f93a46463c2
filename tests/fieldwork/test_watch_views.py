"""The screen of the response as a whole, and its files."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry

from surveys.fieldwork.tables import TABLES
from surveys.fieldwork.watch_views import ResponseOverviewView
from surveys.questionnaire import caveats
from surveys.responses.lifecycle.submission import exclude_response, submit_response
from surveys.responses.models import Response
from tests.fieldwork.test_views import HOME, sign_in
from tests.outreach.factories import invite, make_contact
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    make_response,
    make_wave,
)

pytestmark = pytest.mark.django_db

SCREEN = "/beheer/respons/proef/"


@pytest.fixture
def wave():
    """One municipality submitted, one region is complete, one municipality was left out."""
    wave = make_wave()
    submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=None)
    make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER])
    exclude_response(make_response(wave, STRANGER), by=None, reason="Dubbel")
    return wave


@pytest.fixture
def researcher(client):
    return sign_in(client, "watch_responses")


def read(client, url=SCREEN):
    return BeautifulSoup(client.get(url).content.decode(), "html.parser")


def list_figures(page):
    return {
        tile.dt.get_text(strip=True): tile.find(class_="beheer-tile__figure").get_text(strip=True)
        for tile in page.find_all(class_="beheer-tile")
    }


def read_csv(client, table):
    content = client.get(f"{SCREEN}tabel/{table}.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_the_figures_tell_every_way_to_be_apart(client, wave, researcher):
    figures = list_figures(read(client))

    assert {
        name: figures[name] for name in ("Begonnen", "Bezig", "Compleet", "Ingediend", "Telt niet mee")
    } == {
        "Begonnen": "3",
        "Bezig": "0",
        "Compleet": "1",
        "Ingediend": "1",
        "Telt niet mee": "1",
    }


def test_both_maps_show_where_an_answer_is(client, wave, researcher):
    page = read(client)

    labels = {tile["aria-label"] for tile in page.select(".tile-map__tile")}
    assert {
        "Leiden: zelf ingediend",
        "Hillegom: alles ingevuld, nog niet ingediend",
        "Zaanstad: telt niet mee: buiten beschouwing of ingetrokken",
        "Amsterdam: nog niet begonnen",
        "Holland Rijnland: 1 van 13 gemeenten",
    } <= labels
    assert len(page.select(".tile-map__tile")) == 342 + 42
    assert page.find("a", attrs={"aria-label": "Leiden: zelf ingediend"})["href"] == reverse(
        "fieldwork:municipality", args=["proef", MEMBER]
    )


def test_the_line_has_a_table(client, wave, researcher):
    page = read(client)

    assert page.find(class_="line-chart__drawing")
    rows = page.find("div", attrs={"aria-label": "Verloop"}).select("tbody tr")
    assert [cell.get_text(strip=True) for cell in rows[-1].find_all("td")] == ["1", "1"]


def test_before_the_first_day_there_is_no_line(client, researcher):
    tomorrow = timezone.localdate().replace(year=timezone.localdate().year + 1)
    make_wave(opens_on=tomorrow)

    assert "De meting is nog niet begonnen." in read(client).get_text()


def test_the_response_is_compared_with_the_country(client, wave, researcher):
    table = read(client).find("div", attrs={"aria-label": "Representativiteit naar grootteklasse"})

    large = table.select("tbody tr")[-1].get_text(" ", strip=True)
    assert large.startswith("100.000 inwoners of meer 100 % 9 % +90,6 100 %")


def test_who_did_not_begin_is_listed_with_the_last_contact(client, wave, researcher):
    invite(wave, make_contact(wave, "GM0363", email="post@amsterdam.example"))
    silent = read_csv(client, "nog-niet-begonnen")

    (amsterdam,) = [row for row in silent if row["code"] == "GM0363"]
    assert amsterdam["laatste contact"] == "Uitnodiging: verstuurd"
    panel = read(client, f"{SCREEN}?nog-niet-begonnen=1").find(
        "div", attrs={"aria-label": "Nog niet begonnen"}
    )
    assert "Laatste contact" in panel.get_text()


def list_names(page, label):
    table = page.find("div", attrs={"aria-label": label})
    return [row.th.get_text(strip=True) for row in table.select("tbody tr")] if table else []


def test_lists_are_narrowed_down_by_a_part_of_the_name(client, wave, researcher):
    submit_response(Response.objects.get(organisation=REGION), by=None)
    form = read(client).find("form", role="search")
    leiden = read(client, f"{SCREEN}?organisatie=+leiD")
    region = read(client, f"{SCREEN}?organisatie=holland rijn")
    nobody = read(client, f"{SCREEN}?organisatie=nergens")

    assert (form["action"], form.find("input")["name"]) == (f"{SCREEN}#reacties-section", "organisatie")
    assert leiden.find("input", id="organisatie")["value"] == "leiD"
    assert list_names(leiden, "Reacties") == ["Gemeente Leiden"]
    assert list_names(leiden, "Nog niet begonnen") == ["Leiderdorp", "Leidschendam-Voorburg"]
    assert list_names(region, "Dubbele antwoorden") == list_names(leiden, "Dubbele antwoorden") == ["Leiden"]
    assert list_names(nobody, "Reacties") == list_names(nobody, "Dubbele antwoorden") == []
    assert "Geen organisatie met deze naam is begonnen." in nobody.get_text()
    assert list_figures(leiden) == list_figures(nobody) == list_figures(read(client))


def test_narrowing_takes_no_query_more(client, wave, researcher):
    counts = set()
    for address in (SCREEN, f"{SCREEN}?organisatie=gemeente", f"{SCREEN}?organisatie=nergens"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.add(len(queries))
    assert len(counts) == 1


def test_lists_are_paged_each_by_itself(client, wave, researcher, monkeypatch):
    monkeypatch.setattr(ResponseOverviewView, "rows_per_page", 2)

    first = read(client)
    second = read(client, f"{SCREEN}?reacties=2")

    assert list_names(first, "Reacties") == ["Jeugdregio Holland Rijnland", "Gemeente Leiden"]
    assert list_names(second, "Reacties") == ["Gemeente Zaanstad"]
    assert list_names(first, "Nog niet begonnen") == list_names(second, "Nog niet begonnen")
    link = first.find("nav", attrs={"aria-label": "Bladeren door de reacties"}).find("a")
    assert link["href"] == "?reacties=2#reacties-section"
    for odd in ("0", "9999", "x", "%00"):
        assert client.get(f"{SCREEN}?reacties={odd}&nog-niet-begonnen={odd}").status_code == 200


def test_every_table_is_a_file_and_its_links_stand_on_the_screen(client, wave, researcher):
    links = {link["href"] for link in read(client).select(".beheer-downloads a")}

    assert links == {
        f"{SCREEN}tabel/{table}.{file_format}" for table in TABLES for file_format in ("csv", "xlsx", "ods")
    }
    for table in TABLES:
        response = client.get(f"{SCREEN}tabel/{table}.csv")
        name = f"maatregelenmonitor_proef_respons_{table}.csv"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_a_file_can_be_a_spreadsheet(client, wave, researcher, file_format):
    response = client.get(f"{SCREEN}tabel/reacties.{file_format}")

    assert response.content.startswith(b"PK")
    assert "spreadsheet" in response["Content-Type"]


def test_a_file_says_what_it_is_about(client, wave, researcher, monkeypatch):
    monkeypatch.setattr(caveats, "caveat_sources", [lambda wave: ["De antwoorden zijn verzonnen."]])

    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{SCREEN}tabel/reacties.xlsx").content))

    facts = list(book["Toelichting"].iter_rows(values_only=True))
    assert ("Meting", "Proefmeting (proef)") in facts
    assert ("Peildatum", "1 januari 2026") in facts
    assert ("Let op", "De antwoorden zijn verzonnen.") in facts
    assert ("Bron", "Inwoners en indelingen: CBS") in facts
    assert [row[1] for row in book["Reacties"].iter_rows(min_row=2, values_only=True)] == [
        "Jeugdregio Holland Rijnland",
        "Gemeente Leiden",
        "Gemeente Zaanstad",
    ]


def test_a_name_that_is_a_formula_stays_a_text(client, wave, researcher):
    wave.frame.filter(municipality=STRANGER).update(name='=HYPERLINK("http://kwaad.example")')

    (row,) = [row for row in read_csv(client, "gemeenten") if row["code"] == STRANGER]

    assert row["gemeente"] == '\'=HYPERLINK("http://kwaad.example")'


def test_taking_a_file_leaves_a_line_in_the_log(client, wave, researcher):
    client.get(f"{SCREEN}tabel/reacties.csv")

    line = registry.get_logs_for_instance(wave).get(action="fieldwork.download")
    assert (line.user, line.data) == (researcher, {"table": "reacties", "format": "csv"})


@pytest.mark.parametrize("name", ["tabel/weg.csv", "tabel/reacties.pdf", "tabel/reacties.json"])
def test_what_is_no_file_is_a_404_and_not_in_the_log(client, wave, researcher, name):
    assert client.get(SCREEN + name).status_code == 404
    assert not registry.get_logs_for_instance(wave).filter(action="fieldwork.download").exists()


def test_a_file_of_an_unknown_wave_is_a_404(client, wave, researcher):
    assert client.get("/beheer/respons/weg/tabel/reacties.csv").status_code == 404


def test_a_file_is_only_for_who_may_watch(client, wave):
    sign_in(client, "exclude_response")

    response = client.get(f"{SCREEN}tabel/reacties.csv")

    assert (response.status_code, response.url) == (302, HOME)


def test_a_wave_of_an_earlier_year_lists_who_has_no_square(client, researcher):
    make_wave(reference_date=date(2021, 6, 1))

    text = read(client).get_text()

    assert "Zonder vakje op de kaart:" in text
    assert "Beemster (nog niet begonnen)" in text
