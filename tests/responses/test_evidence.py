"""Files handed in as evidence: kept, replaced without being lost, and handed out as downloads to who may see them."""

import io

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from wagtail.admin.viewsets import viewsets

from surveys.accounts.models import Membership, Person
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.evidence import locate_evidence
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import AnswerRevision, EvidenceFile, Response
from surveys.responses.queries import load_answers
from tests.responses.factories import (
    MEMBER,
    OTHER_MEMBER,
    STRANGER,
    make_definition,
    make_person,
    make_question,
    make_wave,
    sign_in,
)
from tests.responses.files import PDF, SAMPLES
from tests.teamwork.factories import make_limited

DEFINITION = make_definition(
    (
        "plannen",
        (
            make_question("plan", "file", accepts=("pdf", "xlsx"), maximum_megabytes=1, missing=("refused",)),
            make_question("uitleg"),
        ),
    ),
    ("elders", (make_question("anders"),)),
)
URL = f"/invullen/proef/{MEMBER}/plannen/"
OTHER_PDF = PDF + b"% tweede versie\n"


@pytest.fixture(autouse=True)
def evidence_dir(settings, tmp_path):
    cache.clear()
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return settings.EVIDENCE_DIR


@pytest.fixture
def wave(db):
    return make_wave(DEFINITION)


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


def hand_in(client, content=PDF, *, name="plan.pdf", revision=0, url=URL, **fields):
    """The form of the section with a file, as a browser without JavaScript sends it."""
    file = SimpleUploadedFile(name, content) if content is not None else None
    sent = {"r-plan": revision, **fields} | ({"q-plan": file} if file else {})
    return client.post(url, sent | {"action": "stay"})


def load_plan():
    return load_answers(Response.objects.get())["plan"]


def locate(file_id: int, *, organisation=MEMBER) -> str:
    return f"/invullen/proef/{organisation}/bijlage/{file_id}/"


def fetch(client, url):
    response = client.get(url)
    return b"".join(response.streaming_content) if response.status_code == 200 else response.status_code


def test_nobody_can_delete_a_response_so_no_file_is_left_behind(gerda):
    hand_in(gerda)
    response = Response.objects.select_related("wave", "version", "organisation").get()
    for owner in (response.wave, response.version, response.organisation):
        with pytest.raises(ProtectedError):
            owner.delete()
    Person.objects.all().delete()
    assert locate_evidence(EvidenceFile.objects.get(uploaded_by=None)).exists()
    administered = {getattr(viewset, "model", None) for viewset in viewsets.viewsets}
    assert Membership in administered
    assert administered.isdisjoint({Response, EvidenceFile})


# --- Handing in ----------------------------------------------------------------------------------


def test_the_form_sends_files_and_names_the_limits(gerda):
    page = BeautifulSoup(gerda.get(URL).content, "html.parser")
    assert page.find("form", class_="section")["enctype"] == "multipart/form-data"
    field = page.find("input", attrs={"name": "q-plan"})
    assert (field["type"], field["accept"]) == ("file", ".pdf,.xlsx")
    described = [page.find(id=each).get_text(" ", strip=True) for each in field["aria-describedby"].split()]
    assert "PDF, XLSX; hoogstens 1 MB." in described
    elsewhere = gerda.get(f"/invullen/proef/{MEMBER}/elders/").content
    assert b"multipart" not in elsewhere


def test_a_file_that_is_handed_in_is_an_answer_and_comes_back_as_it_was(gerda):
    assert hand_in(gerda).status_code == 302
    file = EvidenceFile.objects.get()
    assert (file.name, file.size, file.content_type) == ("plan.pdf", len(PDF), "application/pdf")
    assert str(file.uploaded_by) == "Gerda"
    assert load_plan().value.file.id == file.pk
    assert fetch(gerda, locate(file.pk)) == PDF
    page = gerda.get(URL).content.decode()
    assert f'href="{locate(file.pk)}"' in page
    assert "plan.pdf (" in page


def test_the_first_file_begins_the_survey_and_an_empty_form_does_not(gerda):
    hand_in(gerda, None)
    assert not Response.objects.exists()
    hand_in(gerda)
    assert Response.objects.count() == 1


def test_saving_the_section_again_keeps_the_file_and_writes_nothing(gerda):
    hand_in(gerda)
    file = EvidenceFile.objects.get()
    hand_in(gerda, None, revision=1, **{"q-plan-file": file.pk})
    assert (load_plan().revision, load_plan().value.file.id) == (1, file.pk)


def test_another_file_is_a_new_revision_and_the_old_one_stays(gerda):
    hand_in(gerda)
    first = EvidenceFile.objects.get()
    hand_in(gerda, OTHER_PDF, revision=1, **{"q-plan-file": first.pk})
    second = EvidenceFile.objects.exclude(pk=first.pk).get()
    assert (load_plan().revision, load_plan().value.file.id) == (2, second.pk)
    assert fetch(gerda, locate(first.pk)) == PDF
    assert fetch(gerda, locate(second.pk)) == OTHER_PDF
    values = AnswerRevision.objects.order_by("number").values_list("value__file__id", flat=True)
    assert list(values) == [first.pk, second.pk]


def test_a_file_can_be_taken_away_and_stays_in_the_history(gerda):
    hand_in(gerda)
    file = EvidenceFile.objects.get()
    hand_in(
        gerda, None, revision=1, **{"q-plan-file": file.pk, "q-plan-remove": "1", "q-plan-missing": "refused"}
    )
    assert load_plan().value.state == "refused"
    assert fetch(gerda, locate(file.pk)) == PDF


def test_the_same_file_sent_twice_is_one_file(gerda):
    hand_in(gerda)
    hand_in(gerda)
    assert EvidenceFile.objects.count() == AnswerRevision.objects.count() == 1


def test_a_caveat_at_a_file_leaves_the_file_alone(gerda):
    hand_in(gerda)
    file = EvidenceFile.objects.get()
    hand_in(gerda, None, revision=1, **{"q-plan-file": file.pk, "q-plan-caveat": "Nog een concept."})
    assert (load_plan().value.file.id, load_plan().value.caveat) == (file.pk, "Nog een concept.")


def test_the_script_of_the_page_saves_a_file_too(gerda):
    answer = hand_in(gerda, url=f"{URL}bewaren/", key="eerste").json()
    assert answer["questions"]["plan"]["status"] == "saved"
    assert load_plan().value.file.name == "plan.pdf"


def test_of_two_colleagues_with_a_file_each_nothing_is_lost(gerda):
    hand_in(gerda)
    hand_in(sign_in("Henk", MEMBER), OTHER_PDF, name="ander.pdf")
    assert EvidenceFile.objects.count() == 2
    assert load_plan().value.file.name == "plan.pdf"
    page = gerda.get(URL).content.decode()
    assert "ander.pdf" in page


# --- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.exe", b"MZ", "Dit soort bestand kan hier niet. Kies een bestand van de soort pdf of xlsx."),
        ("plan.pdf", b"MZ\x90\x00" + bytes(60), "Dit bestand heet .pdf, maar het is iets anders."),
        ("plan.xlsx", SAMPLES["docx"], "Dit bestand heet .xlsx, maar het is iets anders."),
        ("plan.pdf", PDF.ljust(1_000_001), "Dit bestand is te groot: het mag hoogstens 1 MB zijn."),
    ],
    ids=["another kind", "a program", "another document", "too large"],
)
def test_a_file_that_may_not_be_handed_in_is_kept_nowhere(gerda, evidence_dir, name, content, message):
    response = hand_in(gerda, content, name=name, **{"r-uitleg": "0", "q-uitleg": "Ons plan."})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not EvidenceFile.objects.exists()
    assert not evidence_dir.exists() or not list(evidence_dir.iterdir())
    assert load_answers(Response.objects.get())["uitleg"].value.text == "Ons plan."


def test_a_file_of_another_organisation_cannot_be_attached(gerda):
    hand_in(sign_in("Karin", OTHER_MEMBER), url=f"/invullen/proef/{OTHER_MEMBER}/plannen/")
    theirs = EvidenceFile.objects.get()
    hand_in(gerda, None, **{"q-plan-file": theirs.pk, "r-uitleg": "0", "q-uitleg": "Ons plan."})
    assert "plan" not in load_answers(Response.objects.get(organisation=MEMBER))


def test_nothing_is_kept_once_the_survey_is_submitted_or_closed(gerda, wave, evidence_dir):
    hand_in(gerda)
    submit_response(Response.objects.get(), by=None)
    assert hand_in(gerda, OTHER_PDF, revision=1).status_code == 409
    close_wave(wave)
    assert hand_in(gerda, OTHER_PDF, revision=1).status_code == 409
    assert EvidenceFile.objects.count() == len(list(evidence_dir.iterdir())) == 1


# --- Handing out ---------------------------------------------------------------------------------


@pytest.fixture
def url(gerda):
    hand_in(gerda)
    return locate(EvidenceFile.objects.get().pk)


def test_a_file_is_a_download_that_no_browser_runs(gerda, url):
    response = gerda.get(url)
    assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    response.close()


def test_a_file_lies_under_its_number_where_only_the_site_reads_it(url, evidence_dir):
    file = EvidenceFile.objects.get()
    assert locate_evidence(file) == evidence_dir / str(file.pk)
    assert evidence_dir.stat().st_mode & 0o077 == 0


def test_who_fetches_a_file(url, wave):
    assert fetch(sign_in("Lezer", MEMBER, role=Membership.Role.READER), url) == PDF
    assert fetch(sign_in("Vreemd", STRANGER), url) == 404
    assert fetch(sign_in("Niemand"), url) == 404
    assert Client().get(url).status_code == 302
    owner = make_person("Coor", organisation=MEMBER)
    for section, expected in (("plannen", PDF), ("elders", 404)):
        limited = Client()
        limited.force_login(make_limited(f"Beperkt{section}", section, wave=wave, by=owner))
        assert fetch(limited, url) == expected


def test_the_number_of_a_file_belongs_to_one_organisation(gerda, url):
    file = EvidenceFile.objects.get()
    other = sign_in("Karin", OTHER_MEMBER)
    hand_in(other, OTHER_PDF, url=f"/invullen/proef/{OTHER_MEMBER}/plannen/")
    assert fetch(other, locate(file.pk, organisation=OTHER_MEMBER)) == 404
    assert fetch(gerda, locate(999_999)) == 404


def test_a_file_that_is_gone_from_the_disk_is_a_404(gerda, url):
    locate_evidence(EvidenceFile.objects.get()).unlink()
    assert fetch(gerda, url) == 404


def test_researchers_fetch_a_file_and_leave_a_trace(url, client):
    file = EvidenceFile.objects.get()
    researcher = make_person("Otto")
    client.force_login(researcher)
    address = f"/beheer/respons/proef/{MEMBER}/bijlage/{file.pk}/"
    researcher.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    assert client.get(address).status_code == 302
    researcher.user_permissions.add(Permission.objects.get(codename="watch_responses"))
    client.force_login(researcher)
    assert fetch(client, address) == PDF
    page = client.get(f"/beheer/respons/proef/{MEMBER}/").content.decode()
    assert f'href="{address}"' in page
    assert fetch(client, f"/beheer/respons/proef/{MEMBER}/bijlage/999999/") == 404


def test_a_broken_form_with_files_is_no_error(gerda):
    body = io.BytesIO(
        b'--grens\r\nContent-Disposition: form-data; name="q-plan"; filename="a.pdf"\r\n\r\nafgebr'
    )
    response = gerda.post(URL, body.read(), content_type="multipart/form-data; boundary=grens")
    assert response.status_code in (302, 400, 403)
    assert not EvidenceFile.objects.exists()
