"""A workbook in which something is wrong: each cell and row is named, and costs no other answer."""

from datetime import date, datetime

import pytest

from surveys.offline.layout import ANSWER, CAVEAT, MISSING
from tests.offline.definitions import EVERY_KIND
from tests.offline.sending_in import download, load, read_report, upload
from tests.offline.workbooks import fill_workbook, find_row, open_workbook, save_workbook
from tests.responses.factories import MEMBER, count, make_wave, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({("fte", ANSWER): "veel"}, "“veel” kunnen wij niet als getal lezen."),
        ({("fte", ANSWER): 1.25}, "Gebruik hoogstens 1 cijfer achter de komma."),
        ({("fte", ANSWER): datetime(2026, 2, 1)}, "kunnen wij niet als getal lezen"),  # noqa: DTZ001
        ({("fte", ANSWER): "=1+1"}, "Hier staat een formule."),
        ({("sinds", ANSWER): 1850}, "Vul een jaar in van 2000 tot en met 2030."),
        ({("beperkt", ANSWER): "Misschien"}, "“Misschien” staat niet in de lijst"),
        ({("beperkt", ANSWER): "Ja", ("beperkt", MISSING): "Weet ik niet"}, "Kies een van de twee."),
        ({("hoe", "option.wijk"): "soms"}, "Zet een x als dit klopt"),
        ({("hoe", "other.anders"): "Thuis"}, "maar koos dat antwoord niet"),
        ({("prioriteit", "option.geld"): 7}, "een plaats van 1 tot en met 2"),
        ({("start", ANSWER): "31-2-2024"}, "is geen dag op de kalender"),
        ({("start", ANSWER): date(1999, 1, 1)}, "Vul een dag in van 1 januari 2020"),
        ({("hulp", "row.verblijf"): (1, "gratis", None)}, "Verblijf, Kosten: “gratis” kunnen wij niet"),
        ({("typering", "dimension.vorm"): "Gift"}, "Vorm: Het antwoord “Gift” staat niet in de lijst"),
        ({("uitleg", ANSWER): "x" * 10_001}, "Uw tekst is 10.001 tekens lang."),
        ({("uitleg", CAVEAT): "x" * 501}, "Uw kanttekening is 501 tekens lang."),
    ],
)
def test_wrong_cell_is_named_and_costs_no_other_answer(entries, message):
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    content = fill_workbook(download(client), {("aandeel", ANSWER): 50, **entries})
    response = upload(client, content)
    assert response.status_code == 200
    report = read_report(response)
    (row,) = report["Niet opgenomen (1)"]
    (code, part), *_ = entries
    sheet, _ = find_row(open_workbook(content), code, part)
    assert row[0].startswith(f"{sheet.title}, ")
    assert row[0][len(sheet.title) + 2] in "HI"
    assert message in row[2]
    assert load()["aandeel"].value == count(50)
    assert code not in load()


def test_cell_reference_is_that_of_the_cell_itself():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    content = fill_workbook(
        download(client),
        {("hulp", "row.ambulant"): ("x", 1, None), ("hulp", "row.verblijf"): (1, "gratis", "Gift")},
    )
    workbook = open_workbook(content)
    (_, first), (_, second) = (
        find_row(workbook, "hulp", "row.ambulant"),
        find_row(workbook, "hulp", "row.verblijf"),
    )
    rows = read_report(upload(client, content))["Niet opgenomen (1)"]
    assert [row[0] for row in rows] == [
        f"Onderdeel 2, H{first}",
        f"Onderdeel 2, I{second}",
        f"Onderdeel 2, J{second}",
    ]


def test_percentage_that_excel_made_of_it_is_read_as_it_looks():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    workbook = open_workbook(download(client))
    sheet, row = find_row(workbook, "aandeel")
    sheet.cell(row, 8).value = 0.64
    sheet.cell(row, 8).number_format = "0%"
    upload(client, save_workbook(workbook))
    assert load()["aandeel"].value == count(64)


def test_rows_that_are_gone_or_doubled_are_reported():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    workbook = open_workbook(download(client))
    sheet, row = find_row(workbook, "hoe", "option.wijk")
    sheet.delete_rows(row)
    sheet, row = find_row(workbook, "fte")
    for column in range(1, 4):
        sheet.cell(200, column).value = sheet.cell(row, column).value
    sheet, row = find_row(workbook, "sinds")
    sheet.cell(row, 8).value = 2020
    response = upload(client, save_workbook(workbook))
    rows = {row[0]: row[2] for row in read_report(response)["Niet opgenomen (2)"]}
    assert any("ontbreken rijen" in message for message in rows.values())
    assert "Deze rij staat twee keer" in rows["Onderdeel 2, rij 200"]
    assert load()["sinds"].value == count(2020)


def test_moved_rows_are_found_back():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    workbook = open_workbook(fill_workbook(download(client), {("sinds", ANSWER): 2020}))
    sheet, row = find_row(workbook, "fte")
    sheet.insert_rows(row, amount=3)
    upload(client, save_workbook(workbook))
    assert load()["sinds"].value == count(2020)


def test_question_that_does_not_exist_is_reported():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    workbook = open_workbook(download(client))
    sheet, row = find_row(workbook, "fte")
    sheet.cell(row, 1).value = "verzonnen"
    report = read_report(upload(client, save_workbook(workbook)))
    rows = report["Niet opgenomen (2)"]
    assert any(
        row[1:] == ["Onbekend", "Deze vraag staat niet in uw vragenlijst. Deze rijen zijn niet opgenomen."]
        for row in rows
    )
