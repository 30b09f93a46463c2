"""A filled workbook sent in: what is taken, and what waits for a choice."""

from datetime import date

import pytest

from surveys.offline.layout import ANSWER, CAVEAT, MISSING
from surveys.questionnaire.answer_values import AnswerState, ChosenOption, FilledCell
from surveys.responses.lifecycle.conflicts import settle_conflict
from surveys.responses.models import AnswerRevision, ConflictingAnswer, Response
from tests.offline.definitions import EVERY_KIND
from tests.offline.sending_in import download, load, read_report, upload
from tests.offline.workbooks import fill_workbook, find_row, open_workbook
from tests.responses.factories import (
    MEMBER,
    answer,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
    sign_in,
)

pytestmark = pytest.mark.django_db


def test_everything_that_was_filled_in_is_taken():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    content = fill_workbook(
        download(client),
        {
            ("beperkt", ANSWER): "Anders",
            ("beperkt", "other.anders"): "Via de wijk",
            ("hoe", "option.school"): "x",
            ("hoe", "option.anders"): "X",
            ("hoe", "other.anders"): "Thuis",
            ("uitleg", MISSING): "Niet van toepassing",
            ("fte", ANSWER): 12.5,
            ("fte", CAVEAT): "Zonder inhuur",
            ("sinds", ANSWER): 2021,
            ("kosten", ANSWER): "€ 1.234,50",
            ("aandeel", ANSWER): 64,
            ("start", ANSWER): date(2024, 2, 29),
            ("prioriteit", "option.tijd"): 1,
            ("prioriteit", "option.rust"): 2,
            ("hulp", "row.ambulant"): (0, None, "Inkoop"),
            ("hulp", "row.verblijf"): (12, 1234.5, None),
            ("typering", "dimension.vorm"): "Subsidie",
        },
    )
    response = upload(client, content)
    assert response.status_code == 200
    values = {code: stored.value for code, stored in load().items() if stored.value.state != "blank"}
    assert values["beperkt"] == choose("anders", anders="Via de wijk")
    assert values["hoe"] == choose("school", "anders", anders="Thuis")
    assert values["uitleg"].state is AnswerState.NOT_APPLICABLE
    assert (values["fte"].number, values["fte"].caveat) == (count("12.5").number, "Zonder inhuur")
    assert values["sinds"] == count(2021)
    assert values["kosten"] == count("1234.50")
    assert values["aandeel"] == count(64)
    assert values["start"].day == date(2024, 2, 29)
    assert values["prioriteit"].options == (ChosenOption("tijd"), ChosenOption("rust"))
    assert set(values["hulp"].cells) == {
        FilledCell("ambulant", "clienten", number=count(0).number),
        FilledCell("ambulant", "hoe", option="inkoop"),
        FilledCell("verblijf", "clienten", number=count(12).number),
        FilledCell("verblijf", "kosten", number=count("1234.50").number),
    }
    assert values["typering"].cells == (FilledCell("vorm", option="subsidie"),)
    assert set(AnswerRevision.objects.values_list("origin", flat=True)) == {"upload"}
    assert set(read_report(response)) == {"Opgenomen (11)"}
    assert response.context["summary"] == "11 opgenomen"


def test_report_names_sheet_row_and_question_with_a_link():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    response = upload(client, fill_workbook(download(client), {("fte", ANSWER): 3}))
    (row,) = read_report(response)["Opgenomen (1)"]
    sheet, number = find_row(open_workbook(download(client)), "fte")
    assert row[0] == f"{sheet.title}, rij {number}"
    assert f'href="/invullen/proef/{MEMBER}/cijfers/#q-fte"' in row[1]
    assert "1. Vraag fte?" in row[1]
    assert row[2] == "3 fte"
    page = response.content.decode()
    assert "Uw werkmap is verwerkt." in page
    assert row[1] in page


def test_untouched_workbook_changes_nothing_and_begins_nothing():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    response = upload(client, download(client))
    assert response.context["summary"] == "11 ongewijzigd"
    assert not Response.objects.exists()


def test_sending_the_same_workbook_twice_is_harmless():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    content = fill_workbook(download(client), {("fte", ANSWER): 3, ("uitleg", ANSWER): "Zo dus"})
    upload(client, content)
    before = list(AnswerRevision.objects.values_list("answer", "number", "key"))
    response = upload(client, content)
    assert list(AnswerRevision.objects.values_list("answer", "number", "key")) == before
    assert response.context["summary"] == "11 ongewijzigd"


def test_filling_in_more_and_sending_it_again_goes_on_where_it_left_off():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    first = fill_workbook(download(client), {("fte", ANSWER): 3})
    upload(client, first)
    response = upload(client, fill_workbook(first, {("sinds", ANSWER): 2020}))
    assert response.context["summary"] == "1 opgenomen, 10 ongewijzigd"
    assert load()["fte"].value == count(3)
    assert load()["sinds"].value == count(2020)


def test_two_copies_of_one_workbook_do_not_wipe_out_each_other():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    shared = download(client)
    upload(client, fill_workbook(shared, {("fte", ANSWER): 3}))
    response = upload(client, fill_workbook(shared, {("sinds", ANSWER): 2020}))
    assert load()["fte"].value == count(3)
    assert load()["sinds"].value == count(2020)
    assert not ConflictingAnswer.objects.exists()
    assert list(read_report(response)) == [
        "Opgenomen (1)",
        "Het antwoord op de site bleef (1)",
        "Ongewijzigd (9)",
    ]


def test_answer_that_a_colleague_changed_meanwhile_is_kept_beside_and_reported():
    wave = make_wave(EVERY_KIND)
    response = make_response(wave, MEMBER, answers={"fte": count(1), "sinds": count(2019)})
    client = sign_in("Anna", MEMBER)
    content = fill_workbook(download(client), {("fte", ANSWER): 3})
    answer(response, {"fte": count(2), "sinds": count(2018)}, by=make_person("Bram", organisation=MEMBER))
    reported = upload(client, content)
    assert load()["fte"].value == count(2)
    assert load()["sinds"].value == count(2018), (
        "left alone in the workbook, so it stays as the colleague left it"
    )
    beside = ConflictingAnswer.objects.get()
    assert (beside.value["number"], beside.outcome) == ("3", "")
    report = read_report(reported)
    (row,) = report["Twee antwoorden: kies welk antwoord blijft (1)"]
    assert row[2] == "3 fte"
    assert row[3].startswith("2 fte (Bram")
    assert len(report["Het antwoord op de site bleef (1)"]) == 1
    upload(client, content)
    assert ConflictingAnswer.objects.count() == 1, "the same workbook again adds no second conflict"


def test_choice_that_was_made_is_not_asked_again():
    wave = make_wave(EVERY_KIND)
    response = make_response(wave, MEMBER, answers={"fte": count(1)})
    client = sign_in("Anna", MEMBER)
    content = fill_workbook(download(client), {("fte", ANSWER): 3})
    answer(response, {"fte": count(2)})
    upload(client, content)
    settle_conflict(ConflictingAnswer.objects.get(), take=False, seen_revision=2, by=None)
    reported = upload(client, content)
    assert load()["fte"].value == count(2)
    assert not ConflictingAnswer.objects.filter(outcome="").exists()
    assert "Het antwoord op de site bleef (1)" in read_report(reported)


def test_emptied_cell_empties_the_answer():
    wave = make_wave(EVERY_KIND)
    make_response(wave, MEMBER, answers={"fte": count(1)})
    client = sign_in("Anna", MEMBER)
    upload(client, fill_workbook(download(client), {("fte", ANSWER): None}))
    assert load()["fte"].value.state is AnswerState.BLANK
