"""The workbook that somebody takes along: what is in it, where, and what cannot go wrong in it."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.accounts.models import Membership
from surveys.offline.spreadsheets import read_spreadsheet
from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption, FilledCell
from surveys.responses.models import Response
from surveys.teamwork.models import SectionAssignment
from tests.offline.definitions import EVERY_KIND
from tests.offline.workbooks import find_row, open_workbook, read_entries
from tests.responses.factories import (
    DONT_KNOW,
    MEMBER,
    REGION,
    STRANGER,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
    sign_in,
    write,
)

pytestmark = pytest.mark.django_db


def locate(organisation=MEMBER):
    return reverse("offline:workbook", kwargs={"wave": "proef", "organisation": organisation})


def download(client, organisation=MEMBER):
    response = client.get(locate(organisation))
    assert response.status_code == 200
    return response.content


def test_workbook_holds_the_questions_the_answers_and_where_it_comes_from():
    wave = make_wave(EVERY_KIND)
    given = AnswerState.GIVEN
    make_response(
        wave,
        MEMBER,
        answers={
            "beperkt": choose("anders", anders="Via de wijk"),
            "hoe": choose("school", "anders", anders="Thuis"),
            "uitleg": write('=HYPERLINK("http://kwaad.example")'),
            "fte": DONT_KNOW,
            "kosten": AnswerValue(given, number=count("1234.5").number, caveat="Zonder verblijf"),
            "sinds": count(2021),
            "start": AnswerValue(given, day=date(2024, 2, 29)),
            "prioriteit": AnswerValue(given, (ChosenOption("tijd"), ChosenOption("rust"))),
            "hulp": AnswerValue(
                given,
                cells=(
                    FilledCell("verblijf", "clienten", number=count(12).number),
                    FilledCell("verblijf", "hoe", option="subsidie"),
                ),
            ),
            "typering": AnswerValue(given, cells=(FilledCell("schaal", option="regionaal"),)),
        },
    )
    workbook = open_workbook(download(sign_in("Anna", MEMBER)))
    assert [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"] == [
        "Uitleg",
        "Onderdeel 1",
        "Onderdeel 2",
    ]
    assert read_entries(workbook, "beperkt") == ["Anders"]
    assert read_entries(workbook, "beperkt", "other.anders") == ["Via de wijk"]
    assert read_entries(workbook, "hoe", "option.school") == ["x"]
    assert read_entries(workbook, "hoe", "option.wijk") == [None]
    assert read_entries(workbook, "fte", "missing") == ["Weet ik niet"]
    assert read_entries(workbook, "fte") == [None]
    assert read_entries(workbook, "kosten") == [1234.5]
    assert read_entries(workbook, "kosten", "caveat") == ["Zonder verblijf"]
    assert read_entries(workbook, "sinds") == [2021]
    assert read_entries(workbook, "start") == [datetime(2024, 2, 29)]  # noqa: DTZ001 - a day in a spreadsheet
    assert read_entries(workbook, "prioriteit", "option.rust") == [2]
    assert read_entries(workbook, "hulp", "row.verblijf", width=3) == [12, None, "Subsidie"]
    assert read_entries(workbook, "typering", "dimension.schaal") == ["Regionaal"]
    identity = {row[0].value: row[1].value for row in workbook["gegevens"].iter_rows()}
    assert identity["wave"] == "proef"
    assert identity["organisation"] == MEMBER
    assert identity["number"] == "1"
    assert identity["checksum"] == wave.version.checksum
    assert workbook["gegevens"].sheet_state == "veryHidden"


def test_text_that_looks_like_a_formula_is_a_text():
    wave = make_wave(EVERY_KIND)
    make_response(wave, MEMBER, answers={"uitleg": write("=1+1")})
    content = download(sign_in("Anna", MEMBER))
    workbook = open_workbook(content)
    sheet, row = find_row(workbook, "uitleg")
    cell = sheet.cell(row, 8)
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")
    assert not any(
        cell.is_formula
        for sheet in read_spreadsheet(content, maximum_bytes=len(content))
        for row in sheet.rows
        for cell in row.cells.values()
    )


def test_only_what_is_to_be_filled_in_is_unlocked_and_lists_offer_the_choices():
    make_wave(EVERY_KIND)
    workbook = open_workbook(download(sign_in("Anna", MEMBER)))
    sheet, row = find_row(workbook, "beperkt")
    assert sheet.protection.sheet
    assert not sheet.cell(row, 8).protection.locked
    assert all(sheet.cell(row, column).protection.locked for column in range(1, 8))
    assert all(sheet.column_dimensions[name].hidden for name in "A")
    validation = next(each for each in sheet.data_validations.dataValidation if f"H{row}" in each.sqref)
    assert validation.type == "list"
    source = validation.formula1.replace("$", "")
    name, area = source.split("!")
    assert [cell.value for (cell,) in workbook[name][area]] == ["Ja", "Nee", "Anders"]


def test_rows_name_the_revision_they_were_made_from():
    wave = make_wave(EVERY_KIND)
    response = make_response(wave, MEMBER, answers={"fte": count(1)})
    assert response.answers.get().revision == 1
    workbook = open_workbook(download(sign_in("Anna", MEMBER)))
    for code, revision in (("fte", 1), ("sinds", 0)):
        sheet, row = find_row(workbook, code)
        assert sheet.cell(row, 3).value == revision


def test_downloading_is_not_yet_beginning():
    make_wave(EVERY_KIND)
    download(sign_in("Anna", MEMBER))
    assert not Response.objects.exists()


def test_question_says_when_it_is_asked_and_how_to_answer():
    make_wave(EVERY_KIND)
    workbook = open_workbook(download(sign_in("Anna", MEMBER)))
    sheet, row = find_row(workbook, "hoe", "title")
    assert sheet.cell(row, 4).value == "1a"
    assert sheet.cell(row, 5).value == "Vraag hoe?"
    assert sheet.cell(row, 6).value == "Alleen na “Ja” bij vraag 1.\nZet een x bij alles wat klopt."
    sheet, row = find_row(workbook, "beperkt")
    assert "Wat bedoelen we? Een grens stellen." in sheet.cell(row, 6).value
    sheet, row = find_row(workbook, "hulp", "title")
    assert [sheet.cell(row, column).value for column in (8, 9, 10)] == ["Cliënten", "Kosten", "Hoe geregeld"]


def test_region_is_told_that_deviations_are_for_the_site():
    make_wave(EVERY_KIND)
    own = open_workbook(download(sign_in("Anna", MEMBER)))
    regional = open_workbook(download(sign_in("Rosa", REGION), REGION))

    def read_explanation(workbook):
        return " ".join(str(cell.value) for row in workbook["Uitleg"].iter_rows() for cell in row)

    assert "Afwijkingen per gemeente" in read_explanation(regional)
    assert "Afwijkingen per gemeente" not in read_explanation(own)
    assert "31 december 2099" in read_explanation(own)
    assert "/invullen/proef/GM0546/uploaden/" in read_explanation(own)


def test_limited_member_gets_their_own_sections_only():
    wave = make_wave(EVERY_KIND)
    make_response(wave, MEMBER, answers={"beperkt": choose("ja"), "uitleg": write("Geheim")})
    person = make_person("Bram", organisation=MEMBER, role=Membership.Role.CONTRIBUTOR)
    membership = person.memberships.get()
    membership.is_limited = True
    membership.save()
    SectionAssignment.objects.create(
        wave=wave, membership=membership, section="cijfers", assigned_at=timezone.now()
    )
    client = sign_in("Clara")
    client.force_login(person)
    sheets = read_spreadsheet(download(client), maximum_bytes=5_000_000)
    assert [sheet.name for sheet in sheets] == ["Uitleg", "Onderdeel 2", "lijsten", "gegevens"]
    values = {cell.value for sheet in sheets for row in sheet.rows for cell in row.cells.values()}
    assert "Vraag fte?" in values
    assert not values & {"Vraag beperkt?", "Geheim", "beperkt"}


def test_somebody_elses_workbook_does_not_exist():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    assert client.get(locate(STRANGER)).status_code == 404
    assert client.post(locate()).status_code == 405
