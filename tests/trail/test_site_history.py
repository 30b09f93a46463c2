"""The site history of the administration: every line of the trail, for who runs the waves, with filters."""

import re
from html import unescape

import pytest
from django.db.models import Q
from django.test import Client
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Person
from surveys.responses.models import Response
from tests.responses.factories import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]
HISTORY = "/beheer/reports/site-history/"
OF_THE_LIBRARY = Q(action__startswith="contribution.") | Q(action__startswith="reaction.")


def enter(name):
    client = Client()
    client.force_login(find(name))
    return client


def find(name):
    return Person.objects.get(email=f"{name}@demo.example")


def test_every_line_has_words_for_what_was_done():
    assert all(line.message for line in ModelLogEntry.objects.all())


def test_a_researcher_may_see_every_line_of_the_surveys():
    seen = ModelLogEntry.objects.viewable_by_user(find("onderzoeker"))
    hidden = ModelLogEntry.objects.exclude(OF_THE_LIBRARY).exclude(pk__in=seen)
    assert not hidden.exists()


def test_it_is_filtered_by_what_was_done_and_by_whom():
    submitted = ModelLogEntry.objects.filter(action="response.submit").first()
    chosen = f"{HISTORY}?action=response.submit&user={submitted.user_id}"
    researcher = enter("onderzoeker")
    assert submitted.label in read(researcher, chosen)
    assert submitted.label not in read(researcher, f"{chosen}&label=Bestaat-niet")
    assert submitted.label not in read(researcher, f"{HISTORY}?action=response.exclude")


def test_a_response_and_a_wave_lead_to_their_own_lines():
    researcher = enter("onderzoeker")
    response = Response.objects.filter(wave__code="2026", status=Response.Status.SUBMITTED).first()
    other = Response.objects.filter(wave__code="2022").first()
    for path, instance in (
        (f"/beheer/respons/2026/{response.organisation_id}/", response),
        ("/beheer/meting/2026/", response.wave),
    ):
        page = researcher.get(path).content.decode()
        link = re.search(rf'href="({HISTORY}[^"]+label[^"]+)"', page)
        history = read(researcher, unescape(link[1]))
        assert str(instance) in unescape(history)
        assert str(other) not in unescape(history)


def test_an_editor_sees_nothing_of_who_answered():
    assert read(enter("redactie"), HISTORY)
    seen = ModelLogEntry.objects.viewable_by_user(find("redactie"))
    assert seen.filter(OF_THE_LIBRARY).exists()
    assert not seen.exclude(OF_THE_LIBRARY).exclude(action__startswith="wagtail.").exists()
