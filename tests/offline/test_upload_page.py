"""The page that takes a workbook: for whom it is, and what it refuses as a whole."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.accounts.models import Membership
from surveys.offline.layout import ANSWER
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.models import Response
from surveys.teamwork.models import SectionAssignment
from tests.offline.definitions import EVERY_KIND
from tests.offline.sending_in import download, load, locate, read_report, upload
from tests.offline.workbooks import fill_workbook, open_workbook, save_workbook
from tests.responses.factories import (
    MEMBER,
    OTHER_MEMBER,
    STRANGER,
    count,
    make_person,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)

pytestmark = pytest.mark.django_db


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
