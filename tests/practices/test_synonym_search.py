"""Searching with another word for the same thing; the groups are the editors'."""

import pytest
from django.urls import reverse

from practices.loading import load_practices
from practices.models import PracticePage, SynonymGroup
from surveys.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def search(client, words):
    cases = client.get("/praktijkvoorbeelden/", {"q": words}).context["practices"]
    return [case["title"] for case in cases]


def test_another_word_for_the_same_finds_the_same(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    assert page.title not in search(client, "beslistafel")

    SynonymGroup.objects.create(words="weegtafel\nBeslistafel\nzaanse tafel")

    assert search(client, "beslistafel") == search(client, "weegtafel") == [page.title]
    assert search(client, "zaanse tafel Zaanstad") == [page.title]


def test_the_shipped_words_work_until_editors_change_them(client):
    assert "Afbouw van Jeugdzorg Plus in Amsterdam" in search(client, "jeugdzorgplus")

    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.create(words="iets\nanders")
    load_practices()

    assert [str(group) for group in SynonymGroup.objects.all()] == ["iets, anders"]
    assert "Afbouw van Jeugdzorg Plus in Amsterdam" not in search(client, "jeugdzorgplus")


def test_lines_without_a_word_say_nothing(client):
    SynonymGroup.objects.create(words="\n - \nweegtafel\n")
    assert search(client, "weegtafel")
    assert search(client, "-") == search(client, "")


def test_an_editor_adds_a_group_in_the_administration(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    response = client.post(reverse("zoekwoorden:add"), {"words": "weegtafel\nbeslistafel"})
    assert response.status_code == 302
    assert SynonymGroup.objects.filter(words__contains="beslistafel").exists()
