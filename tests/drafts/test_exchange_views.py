"""The screens that hand out a questionnaire as a file and make a draft of one."""

import json
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from surveys.drafts.definition_json import write_definition_json
from surveys.drafts.exchange_views import pack_definition
from surveys.drafts.handed_in import MAXIMUM_BYTES
from surveys.drafts.lifecycle import lock_core_question, start_draft
from surveys.drafts.models import Draft
from surveys.drafts.queries import load_draft_definition
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.models import QuestionnaireVersion
from tests.drafts.xlsform.forms import make_excel
from tests.questionnaire.definitions import read_composed_kinds, read_every_kind
from tests.questionnaire.test_views import sign_in

pytestmark = pytest.mark.django_db

IMPORT = "/beheer/vragenlijsten/inlezen/"
CONFIRM = f"{IMPORT}bevestigen/"
VERSION = "/beheer/vragenlijsten/versie/proef/1/bestand/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING = ["type", "name", "label"]


@pytest.fixture
def client() -> Client:
    return sign_in("run_waves")


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


def hand_in(client: Client, content: bytes, *, name: str = "formulier.xlsx"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def make_form(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    return make_excel({"survey": [HEADING, *rows], **sheets})


def write_json(definition: Definition) -> bytes:
    return write_definition_json(definition).encode()


def list_cells(response) -> list[list[str]]:
    """The table of remarks on the page: per row its cells."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", response.text, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


@pytest.mark.parametrize("file_format", ["xlsform", "json"])
def test_what_is_fetched_of_a_version_comes_back_as_an_identical_draft(client, version, file_format):
    fetched = client.get(f"{VERSION}{file_format}/")
    extension = {"xlsform": "xlsx", "json": "json"}[file_format]
    assert fetched["Content-Disposition"] == f'attachment; filename="proef-versie-1.{extension}"'
    assert "no-store" in fetched["Cache-Control"]
    assert fetched["Content-Type"] == {"xlsform": XLSX, "json": "application/json"}[file_format]
    response = hand_in(client, fetched.content, name=f"proef.{extension}")
    draft = Draft.objects.get()
    assert response["Location"] == f"/beheer/vragenlijsten/{draft.pk}/"
    assert load_draft_definition(draft).checksum == version.checksum
    assert draft.started_by.email == "iemand@voorbeeld.nl"
    assert ModelLogEntry.objects.filter(action="drafts.import", object_id=draft.pk).count() == 1


def test_a_draft_is_fetched_as_it_stands(client, version):
    draft = start_draft(survey="proef", title="Nieuwe titel", based_on=version, by=None)
    fetched = client.get(f"/beheer/vragenlijsten/{draft.pk}/bestand/json/")
    assert json.loads(fetched.content) == draft.document
    assert 'filename="proef-concept.json"' in fetched["Content-Disposition"]
    assert client.get(f"/beheer/vragenlijsten/{draft.pk}/bestand/xlsform/").content.startswith(b"PK")


def test_an_unfinished_draft_is_fetched_as_json_only(client):
    draft = start_draft(survey="leeg", title="Leeg", by=None)
    refused = client.get(f"/beheer/vragenlijsten/{draft.pk}/bestand/xlsform/")
    assert refused.status_code == 409
    assert "er is geen onderdeel" in refused.text
    assert f'href="/beheer/vragenlijsten/{draft.pk}/"' in refused.text
    assert client.get(f"/beheer/vragenlijsten/{draft.pk}/bestand/json/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [f"{VERSION}ods/", VERSION.replace("/1/", "/9/") + "json/", "/beheer/vragenlijsten/99/bestand/json/"],
)
def test_what_is_not_there_is_not_found(client, version, path):
    assert client.get(path).status_code == 404


def test_a_form_that_does_not_fit_is_refused_with_sheet_row_and_reason(client):
    content = make_form(
        ["geopoint", "plek", "Waar?"], ["select_one jn", "q", "<b>Q</b>?"], ["text", "r", "R?"]
    )
    response = hand_in(client, content)
    assert response.status_code == 422
    assert list_cells(response) == [
        ["survey", "2", "Een plaats op de kaart kennen wij niet."],
        ["survey", "3", escape("De lijst 'jn' staat niet op het blad choices.")],
    ]
    assert "Er is niets ingelezen." in response.text
    assert not Draft.objects.exists()


def test_many_problems_are_not_a_page_without_end(client):
    content = make_form(*(["geopoint", f"plek{number}", "Waar?"] for number in range(250)))
    response = hand_in(client, content)
    assert len(list_cells(response)) == 200
    assert "En nog 50." in response.text
    assert "Deze 250 dingen" in response.text


def test_what_is_left_out_is_shown_before_anything_is_taken_in(client):
    content = make_form(["start", "begin", None], ["text", "q", "Q?"])
    response = hand_in(client, content, name="Wijkteams 2026.xlsx")
    assert response.status_code == 200
    assert list_cells(response) == [["survey", "2", escape("'start': een apparaat vult dit zelf in.")]]
    assert "1 onderdeel met 1 vraag." in response.text
    assert not Draft.objects.exists()
    (packed,) = re.findall(r'name="vragenlijst" value="([^"]+)"', response.text)
    confirmed = client.post(CONFIRM, {"vragenlijst": packed})
    draft = Draft.objects.get()
    assert confirmed["Location"] == f"/beheer/vragenlijsten/{draft.pk}/"
    assert (draft.title, draft.survey_code) == ("Wijkteams 2026", "wijkteams-2026")
    assert list(load_draft_definition(draft).questions) == ["q"]


@pytest.mark.parametrize("packed", ["", "onzin", "a:b:c", pack_definition(read_every_kind())[:-2] + "xx"])
def test_only_what_was_shown_can_be_confirmed(client, packed):
    assert client.post(CONFIRM, {"vragenlijst": packed})["Location"] == IMPORT
    assert not Draft.objects.exists()


def test_a_measure_that_does_not_exist_is_refused(client):
    sheet = [
        [*HEADING, "mm_measure"],
        ["begin_group", "deel", "Deel", "bestaat_niet"],
        ["text", "q", "Q?"],
        ["end_group"],
    ]
    response = hand_in(client, make_excel({"survey": sheet}))
    assert list_cells(response) == [["survey", "2", escape("De maatregel 'bestaat_niet' bestaat niet.")]]
    definition = read_every_kind()
    section = replace(definition.sections[0], measure="bestaat_niet")
    content = write_json(replace(definition, sections=(section, *definition.sections[1:])))
    assert list_cells(hand_in(client, content, name="a.json")) == [
        [escape("onderdeel 'werk'"), "", escape("De maatregel 'bestaat_niet' bestaat niet.")]
    ]


def test_json_that_does_not_fit_is_refused_with_place_and_reason(client):
    table = read_composed_kinds().as_dict()
    questions = table["sections"][0]["questions"]
    questions[0]["kind"] = "geopoint"
    questions[1]["conditions"] = [{"question": "later", "any_of": []}]
    questions[3]["options"][0]["asks_text"] = True
    response = hand_in(client, json.dumps(table).encode(), name="a.JSON")
    cells = [[place, reason] for place, _, reason in list_cells(response)]
    assert [escape("vraag 'clienten'"), escape("'conditions' op 'later': die vraag bestaat niet.")] in cells
    assert [
        escape("vraag 'doelen'"),
        escape("Antwoord 'sneller': 'asks_text' kan alleen bij een keuzevraag."),
    ] in cells
    assert any(escape("'kind' is 'geopoint'") in reason for _, reason in cells)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "Dit bestand is leeg."),
        ("a.xlsx", b"{}", "Dit is geen Excel-werkmap (.xlsx)."),
        ("a.csv", b"type,name\n", "Dit is geen Excel-werkmap (.xlsx)."),
        ("a.json", b"", "Dit is geen geldige JSON; regel 1, teken 1 klopt niet."),
        ("a.json", b"[" * 100_000, "Dit is geen vragenlijst; er staat te veel in elkaar."),
        ("a.json", b" " * (MAXIMUM_BYTES + 1), "Dit bestand is te groot. Het mag hoogstens 2 MB zijn."),
        ("a.xlsx", b"x" * (MAXIMUM_BYTES + 1), "Dit bestand is te groot. Het mag hoogstens 2 MB zijn."),
    ],
)
def test_another_file_is_refused_with_a_reason(client, name, content, words):
    response = hand_in(client, content, name=name)
    assert response.status_code == 422
    assert words in response.text
    assert not Draft.objects.exists()


def test_without_a_file_the_form_says_so(client):
    response = client.post(IMPORT)
    assert response.status_code == 422
    assert "Kies eerst een bestand op uw computer." in response.text


def test_a_core_question_keeps_a_changed_one_out(client, version):
    lock_core_question(version.survey, question="fte", reason="Lange reeks.", by=None)
    definition = read_every_kind()
    work, numbers = definition.sections
    changed = replace(numbers.questions[0], text="Anders gesteld?")
    numbers = replace(numbers, questions=(changed, *numbers.questions[1:]))
    response = hand_in(client, write_json(replace(definition, sections=(work, numbers))), name="a.json")
    assert response["Location"] == IMPORT
    assert "vastgezet als kernvraag" in client.get(IMPORT).text
    assert not Draft.objects.exists()


def test_the_screens_lead_to_the_files(client, version):
    draft = start_draft(survey="proef", title="Proef", based_on=version, by=None)
    assert f'href="{IMPORT}"' in client.get("/beheer/vragenlijsten/").text
    assert f'href="{VERSION}xlsform/"' in client.get("/beheer/vragenlijsten/").text
    page = client.get(f"/beheer/vragenlijsten/{draft.pk}/").text
    assert f'href="/beheer/vragenlijsten/{draft.pk}/bestand/xlsform/"' in page


@pytest.mark.parametrize("path", [IMPORT, f"{VERSION}json/"])
def test_who_may_not_run_waves_is_refused(version, path):
    assert sign_in().get(path)["Location"] == "/beheer/"
