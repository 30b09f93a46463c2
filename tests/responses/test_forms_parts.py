"""Tables, typologies, rankings, days and files: what the page sends, read back, and shown again as it was typed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_parsing import format_answer
from surveys.questionnaire.answer_values import BLANK, AnswerState, ChosenOption, FilledCell
from surveys.questionnaire.definition import KINDS
from surveys.responses.fields import make_fields
from surveys.responses.forms import (
    MISSING_PREFIX,
    NOT_STORED_YET,
    name_caveat,
    name_field,
    name_missing,
    name_other,
    name_part,
    name_revision,
    read_section,
)
from tests.questionnaire.answers import given_values, make_question
from tests.responses.factories import make_definition
from tests.responses.files import PDF


def read(question, body, *, files=None):
    section = make_definition(("deel", (question,))).sections[0]
    sent = MultiValueDict({"q-vraag": files}) if files else None
    return read_section(section, QueryDict(body), files=sent)["vraag"]


def show(question, typed=None):
    definition = make_definition(("deel", (question,)))
    (field,) = make_fields(
        definition.sections[0],
        definition=definition,
        stored={},
        typed={"vraag": typed} if typed else None,
    )
    return field


def send(question, raw) -> str:
    """What a browser makes of a form that is filled with `raw`."""
    data = QueryDict(mutable=True)
    data[name_revision(question)] = "0"
    data.setlist(name_field(question), list(raw.values))
    for part, typed in raw.cells.items():
        data[name_part(question, part)] = typed
    for code, text in raw.other.items():
        data[name_other(question, code)] = text
    if raw.missing:
        if question.is_choice:
            data.appendlist(name_field(question), MISSING_PREFIX + raw.missing)
        else:
            data[name_missing(question)] = raw.missing
    data[name_caveat(question)] = raw.caveat
    return data.urlencode()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "file"])
@given(data=st.data())
def test_what_the_page_shows_comes_back_as_the_same_answer(kind, data):
    question, value = data.draw(given_values(kind))
    typed = read(question, send(question, format_answer(question, value)))
    assert (typed.value, typed.errors) == (value, [])


def test_a_table_is_read_cell_by_cell():
    body = "r-vraag=2&q-vraag-ambulant.clienten=12&q-vraag-verblijf.kosten=%E2%82%AC+1.250%2C50&q-vraag-verblijf.wie="
    typed = read(make_question("matrix"), body)
    assert typed.base_revision == 2
    assert typed.value.cells == (
        FilledCell("ambulant", "clienten", number=Decimal(12)),
        FilledCell("verblijf", "kosten", number=Decimal("1250.50")),
    )


def test_a_wrong_cell_is_named_and_every_cell_stays_as_typed():
    question = make_question("matrix")
    typed = read(question, "r-vraag=0&q-vraag-ambulant.clienten=veel&q-vraag-verblijf.deel=12")
    (error,) = typed.errors
    assert error.startswith("Ambulant, Cliënten: “veel”")
    shown = {cell.name: cell.value for line in show(question, typed).table.lines for cell in line.cells}
    assert shown["q-vraag-ambulant.clienten"] == "veel"
    assert shown["q-vraag-verblijf.deel"] == "12"


def test_a_table_says_what_stands_in_each_cell():
    table = show(make_question("matrix")).table
    assert table.headings == ["Cliënten (jeugdigen)", "Kosten (€)", "Deel (%)", "Wie"]
    assert [line.label for line in table.lines] == ["Ambulant", "Verblijf"]
    first, *rest = [cell for line in table.lines for cell in line.cells]
    assert (first.id, first.line, first.label) == ("id_q-vraag", "Ambulant", "Cliënten (jeugdigen)")
    assert all(cell.id == f"id_{cell.name}" for cell in rest)
    assert [option.label for option in rest[2].options] == ["Ja", "Nee"]


def test_a_typology_is_read_dimension_by_dimension():
    question = make_question("typology")
    typed = read(question, "r-vraag=0&q-vraag-schaal.=nee&q-vraag-vorm.=beter")
    assert typed.value.cells == (FilledCell("schaal", option="nee"), FilledCell("vorm", option="beter"))
    schaal, vorm = show(question, typed).dimensions
    assert [option.value for option in schaal.options if option.is_chosen] == ["nee"]
    assert [option.value for option in vorm.options if option.is_chosen] == ["beter"]


def test_a_ranking_is_read_place_by_place():
    question = make_question("ranking", maximum_ranked=2)
    typed = read(question, "r-vraag=0&q-vraag-beter.=2&q-vraag-sneller.=1&q-vraag-goedkoper.=")
    assert typed.value.options == (ChosenOption("sneller"), ChosenOption("beter"))
    places = show(question, typed).places
    assert [option.value for option in places[0].options] == ["1", "2"]
    assert [[option.value for option in each.options if option.is_chosen] for each in places] == [
        ["1"],
        ["2"],
        [],
    ]


def test_two_options_in_one_place_stay_as_they_were_chosen():
    question = make_question("ranking")
    typed = read(question, "r-vraag=0&q-vraag-beter.=1&q-vraag-sneller.=1")
    assert typed.errors == ["Plaats 1 staat bij “Sneller” en “Beter”. Geef elke plaats maar één keer."]
    assert [each.value for each in show(question, typed).places] == ["1", "1", ""]


def test_a_day_is_read_and_a_wrong_one_stays_as_typed():
    question = make_question("date")
    assert read(question, "r-vraag=0&q-vraag=2-11-2026").value.day == date(2026, 11, 2)
    typed = read(question, "r-vraag=0&q-vraag=31-02-2026")
    assert typed.errors == ["“31-02-2026” is geen dag op de kalender."]
    assert show(question, typed).value == "31-02-2026"


@pytest.mark.parametrize("kind", ["matrix", "typology", "ranking", "date", "file"])
def test_a_kind_of_nothing_instead(kind):
    question = make_question(kind, missing=("refused", "dont_know"))
    assert read(question, "r-vraag=0&q-vraag-missing=refused").value.state is AnswerState.REFUSED
    both = read(question, "r-vraag=0&q-vraag-missing=refused&q-vraag-missing=dont_know")
    assert both.errors == ["U koos meer dan één reden om niet te antwoorden. Kies er een."]


def test_a_caveat_goes_along():
    typed = read(make_question("number"), "r-vraag=0&q-vraag=5&q-vraag-caveat=Een+schatting.")
    assert (typed.value.number, typed.value.caveat) == (5, "Een schatting.")


def test_fields_of_another_question_are_not_taken_for_a_part():
    typed = read(make_question("matrix"), "r-vraag=0&q-vraag-zes.clienten=1&q-vraag-ambulant=1&q-vraag.=1")
    assert typed.value == BLANK


# --- Files ---------------------------------------------------------------------------------------


def test_a_file_is_announced_until_it_is_stored():
    typed = read(make_question("file"), "r-vraag=0", files=[SimpleUploadedFile("plan.pdf", PDF)])
    assert (typed.value.file.id, typed.value.file.name, typed.value.file.size) == (
        NOT_STORED_YET,
        "plan.pdf",
        len(PDF),
    )
    assert typed.upload.content_type == "application/pdf"
    assert show(make_question("file"), typed).file.kept == ""


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([SimpleUploadedFile("plan.exe", b"MZ")], "Dit soort bestand kan hier niet."),
        ([SimpleUploadedFile("plan.pdf", b"MZ")], "Dit bestand heet .pdf, maar het is iets anders."),
        ([SimpleUploadedFile("plan.pdf", b"")], "Dit bestand is leeg."),
        ([SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PDF)], "Stuur één bestand mee"),
    ],
)
def test_a_file_that_is_not_asked_for_gets_a_message(files, message):
    (error,) = read(make_question("file"), "r-vraag=0", files=files).errors
    assert error.startswith(message)


def test_a_file_and_a_kind_of_nothing_ask_for_a_choice():
    question = make_question("file", missing=("refused",))
    typed = read(question, "r-vraag=0&q-vraag-missing=refused", files=[SimpleUploadedFile("plan.pdf", PDF)])
    assert typed.errors == ["U gaf een antwoord en u koos ook “wil ik niet zeggen”. Kies een van de twee."]


def test_a_form_without_the_file_itself_says_so():
    assert read(make_question("file"), "r-vraag=0&q-vraag=plan.pdf").errors == [
        "Uw bestand kwam niet mee. Kies het opnieuw."
    ]


@pytest.mark.parametrize("number", ["7", "x", "-1", ""])
def test_a_file_that_was_never_handed_in_here_is_none(number):
    assert read(make_question("file"), f"r-vraag=0&q-vraag-file={number}").value == BLANK
