"""The screen on which a researcher lets a wave ask a newer version."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from surveys.questionnaire.lifecycle import close_wave, publish_definition
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import ResolvedAnswer
from tests.fieldwork.test_views import sign_in
from tests.responses.factories import COMPLETE, NOW, STRANGER, make_response, make_wave
from tests.responses.test_versions import make_next

pytestmark = pytest.mark.django_db

SCREEN = "/beheer/respons/proef/nieuwere-versie/"
WAVE = "/beheer/meting/proef/"


@pytest.fixture
def wave():
    return make_wave()


def test_the_page_of_an_open_wave_leads_to_the_screen(client, wave):
    sign_in(client, "run_waves")
    assert f'href="{SCREEN}"' in client.get(WAVE).content.decode()
    close_wave(wave)
    assert f'href="{SCREEN}"' not in client.get(WAVE).content.decode()


def test_the_screen_offers_newer_versions_of_the_same_survey_only(client, wave):
    sign_in(client, "run_waves")
    assert "versie 2" not in client.get(SCREEN).content.decode()
    newer = publish_definition(make_next())
    page = client.get(SCREEN).content.decode()
    assert f'<option value="{newer.pk}">' in page
    assert f'<option value="{wave.version_id}">' not in page


def test_the_wave_asks_the_newer_version_and_what_was_submitted_is_resolved_anew(client, wave):
    submit_response(make_response(wave, STRANGER, answers=COMPLETE), by=None, at=NOW)
    newer = publish_definition(make_next())
    sign_in(client, "run_waves")
    response = client.post(SCREEN, {"version": newer.pk}, follow=True)
    assert response.redirect_chain == [(WAVE, 302)]
    assert "Proefmeting stelt nu de nieuwe versie." in response.content.decode()
    assert "Nieuwere vragenlijst gesteld" in response.content.decode()
    wave.refresh_from_db()
    assert wave.version == newer
    resolved = ResolvedAnswer.objects.filter(wave=wave).values_list("question__version", "question__code")
    # What "poh" means has changed, so its answer holds no longer.
    assert set(resolved) == {(newer.pk, "beperkt")}


@pytest.mark.parametrize("version", ["", "999999", "een"])
def test_another_choice_changes_nothing(client, wave, version):
    publish_definition(make_next())
    sign_in(client, "run_waves")
    response = client.post(SCREEN, {"version": version})
    assert response.status_code == 422
    assert not ModelLogEntry.objects.filter(action="wave.change_version").exists()


def test_a_closed_wave_is_refused_with_the_reason(client, wave):
    newer = publish_definition(make_next())
    close_wave(wave)
    sign_in(client, "run_waves")
    assert (
        "Deze meting is gesloten. Open de meting eerst."
        in client.post(SCREEN, {"version": newer.pk}).content.decode()
    )
    wave.refresh_from_db()
    assert wave.version != newer


def test_who_only_watches_does_not_change_it(client, wave):
    newer = publish_definition(make_next())
    sign_in(client, "watch_responses")
    for response in (client.get(SCREEN), client.post(SCREEN, {"version": newer.pk})):
        assert response.url == reverse("wagtailadmin_home")
    wave.refresh_from_db()
    assert wave.version != newer
