"""The address of the report: who waits, what a worker is asked, and that an old report is never handed out."""

import pytest

from practices import tasks
from practices.models import PracticePage
from practices.report.lifecycle import make_report
from surveys.questionnaire.lifecycle import close_wave
from tests.practices.report.worlds import publish_reported_wave
from tests.responses.factories import NOW, make_wave, read

pytestmark = pytest.mark.django_db

ADDRESS = "/resultaten/2026/rapport.pdf"


@pytest.fixture
def wave():
    return publish_reported_wave()


@pytest.fixture
def asked(monkeypatch):
    """The waves for which a worker was asked."""
    waves = []
    monkeypatch.setattr(tasks.make_wave_report, "delay", waves.append)
    return waves


@pytest.fixture
def client_on_commit(client, django_capture_on_commit_callbacks):
    def get(address):
        with django_capture_on_commit_callbacks(execute=True):
            return client.get(address)

    return get


@pytest.mark.parametrize("code", ["bestaat-niet", "proef"])
def test_a_wave_without_results_in_public_has_no_report(client, asked, code):
    close_wave(make_wave(code="proef"))

    assert client.get(f"/resultaten/{code}/rapport.pdf").status_code == 404
    assert asked == []


def test_who_comes_first_reads_that_it_is_being_made_and_a_worker_is_asked_once(
    wave, asked, client_on_commit
):
    first, second = client_on_commit(ADDRESS), client_on_commit(ADDRESS)

    assert (first.status_code, second.status_code) == (202, 202)
    assert "Het rapport wordt gemaakt" in first.content.decode()
    assert first["Cache-Control"] == "no-store"
    assert asked == ["2026"]


def test_a_broker_that_cannot_be_reached_leaves_the_page_as_it_is(wave, monkeypatch, client_on_commit):
    def refuse(wave):
        raise ConnectionError

    monkeypatch.setattr(tasks.make_wave_report, "delay", refuse)

    assert client_on_commit(ADDRESS).status_code == 202


def test_the_report_is_a_pdf_that_others_may_keep_for_a_while(wave, asked, client):
    report = make_report(wave, at=NOW)
    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="rapport-2026.pdf"'
    assert response["Cache-Control"] == "public, max-age=300"
    assert response.content == bytes(report.pdf)
    assert client.get(ADDRESS, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert asked == []


def test_a_report_that_says_something_else_than_the_site_is_not_handed_out(wave, asked, client_on_commit):
    make_report(wave, at=NOW)
    PracticePage.objects.filter(slug="utrecht").update(intro="Dit is nu anders.")

    assert client_on_commit(ADDRESS).status_code == 202
    assert asked == ["2026"]


def test_the_page_of_the_wave_leads_to_it(wave, client):
    assert "Rapport (pdf)" in read(client, "/resultaten/2026/")
    assert f'href="{ADDRESS}"' in client.get("/resultaten/2026/").content.decode()
