"""A filled workbook sent in: what is taken, what waits for a choice, what is wrong, and what is refused whole."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from surveys.accounts.models import Membership
from surveys.offline.layout import ANSWER, CAVEAT, MISSING
from surveys.questionnaire.answer_values import AnswerState, ChosenOption, FilledCell
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.conflicts import settle_conflict
from surveys.responses.models import AnswerRevision, ConflictingAnswer, Response
from surveys.responses.queries import load_answers
from surveys.teamwork.models import SectionAssignment
from tests.offline.definitions import EVERY_KIND
from tests.offline.workbooks import fill_workbook, find_row, open_workbook, save_workbook
from tests.responses.factories import (
    MEMBER,
    OTHER_MEMBER,
    STRANGER,
    answer,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)

pytestmark = pytest.mark.django_db


def locate(name, organisation=MEMBER):
    return reverse(f"offline:{name}", kwargs={"wave": "proef", "organisation": organisation})


def download(client, organisation=MEMBER):
    return client.get(locate("workbook", organisation)).content


def upload(client, content, organisation=MEMBER):
    file = SimpleUploadedFile("werkmap.xlsx", content)
    return client.post(locate("upload", organisation), {"workbook": file})


def read_report(response):
    """Per outcome the rows of its table, and the summary."""
    tables = response.context["tables"]
    return {table.title: [[str(cell) for cell in row] for row in table.rows] for table in tables}


def load(organisation=MEMBER):
    return load_answers(Response.objects.get(organisation=organisation))


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


def test_limited_member_cannot_bring_in_another_section():
    wave = make_wave(EVERY_KIND)
    whole = fill_workbook(download(sign_in("Anna", MEMBER)), {("beperkt", ANSWER): "Nee", ("fte", ANSWER): 3})
    person = make_person("Bram", organisation=MEMBER, role=Membership.Role.CONTRIBUTOR)
    membership = person.memberships.get()
    membership.is_limited = True
    membership.save()
    SectionAssignment.objects.create(
        wave=wave, membership=membership, section="cijfers", assigned_at=timezone.now()
    )
    client = sign_in("Clara")
    client.force_login(person)
    response = upload(client, whole)
    assert set(load()) == {"fte", *(code for code in load() if code != "beperkt")}
    assert "beperkt" not in load()
    assert load()["fte"].value == count(3)
    rows = read_report(response)["Niet opgenomen (3)"]
    assert all("niet aan u is toegewezen" in row[2] for row in rows)
    assert "Vraag beperkt?" not in response.content.decode()


def test_workbook_of_another_organisation_or_wave_is_refused_whole():
    make_wave(EVERY_KIND)
    theirs = fill_workbook(download(sign_in("Bram", OTHER_MEMBER), OTHER_MEMBER), {("fte", ANSWER): 3})
    client = sign_in("Anna", MEMBER)
    response = upload(client, theirs)
    assert response.status_code == 422
    refusal = response.context["refusal"]
    assert "Deze werkmap is gemaakt voor Gemeente Hillegom. U bent bezig voor Gemeente Leiden." in refusal
    workbook = open_workbook(fill_workbook(download(client), {("fte", ANSWER): 3}))
    for row in workbook["gegevens"].iter_rows():
        if row[0].value in ("wave", "wave_title"):
            row[1].value = "oud"
    response = upload(client, save_workbook(workbook))
    assert response.status_code == 422
    assert "Deze werkmap hoort bij oud. U bent bezig met Proefmeting." in response.context["refusal"]
    assert not Response.objects.exists()


def test_workbook_of_another_version_says_which_and_what_to_do():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    workbook = open_workbook(fill_workbook(download(client), {("fte", ANSWER): 3}))
    for row in workbook["gegevens"].iter_rows():
        if row[0].value == "checksum":
            row[1].value = "0" * 64
        if row[0].value == "number":
            row[1].value = "7"
    response = upload(client, save_workbook(workbook))
    assert response.status_code == 422
    assert "van versie 7 van de vragenlijst. U vult nu versie 1 in." in response.context["refusal"]
    assert "Haal een nieuwe werkmap op" in response.context["refusal"]
    assert not Response.objects.exists()


def test_reader_sees_the_page_but_sends_nothing_in():
    make_wave(EVERY_KIND)
    content = fill_workbook(download(sign_in("Anna", MEMBER)), {("fte", ANSWER): 3})
    client = sign_in("Lezer", MEMBER, role=Membership.Role.READER)
    page = read(client, locate("upload"))
    assert "Stuur de werkmap in" not in page
    assert upload(client, content).status_code == 403
    assert not Response.objects.exists()


def test_closed_wave_and_submitted_response_are_refused():
    wave = make_wave(EVERY_KIND)
    make_response(wave, MEMBER, answers={"uitleg": write("Eerst")})
    client = sign_in("Anna", MEMBER)
    content = fill_workbook(download(client), {("fte", ANSWER): 3})
    Response.objects.update(status=Response.Status.SUBMITTED)
    response = upload(client, content)
    assert response.status_code == 409
    assert "al ingediend" in response.context["refusal"]
    Response.objects.update(status=Response.Status.DRAFT)
    close_wave(wave)
    response = upload(client, content)
    assert response.status_code == 409
    assert "gesloten" in response.context["refusal"]
    assert "fte" not in load()


def test_nothing_chosen_is_said_at_the_field():
    make_wave(EVERY_KIND)
    response = sign_in("Anna", MEMBER).post(locate("upload"), {})
    assert response.status_code == 422
    assert "Kies eerst de werkmap op uw computer." in response.content.decode()


def test_somebody_elses_page_does_not_exist():
    make_wave(EVERY_KIND)
    client = sign_in("Anna", MEMBER)
    assert client.get(locate("upload", STRANGER)).status_code == 404
    assert upload(client, b"x", STRANGER).status_code == 404


def test_page_says_what_to_do():
    make_wave(EVERY_KIND)
    page = read(sign_in("Anna", MEMBER), locate("upload"))
    assert "Haal de werkmap op" in page
    assert "hoogstens 5 MB" in page
    assert "Stuur de werkmap in" in page


def test_start_page_leads_to_paper_and_workbook():
    make_wave(EVERY_KIND)
    start = reverse("responses:start", kwargs={"wave": "proef", "organisation": MEMBER})
    page = sign_in("Anna", MEMBER).get(start).content.decode()
    for name in ("questionnaire_pdf", "workbook", "upload"):
        assert f'href="{locate(name)}"' in page
    reader = sign_in("Lezer", MEMBER, role=Membership.Role.READER).get(start).content.decode()
    assert f'href="{locate("workbook")}"' in reader
    assert f'href="{locate("upload")}"' not in reader
