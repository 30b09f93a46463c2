"""A page that gets another address is still found at its old one."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from practices.models import HomePage, PracticeIndexPage, PracticePage, TextPage
from surveys.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

OLD = "/praktijkvoorbeelden/weegtafel-zaanstad/"


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def rename(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


@pytest.fixture
def move(django_capture_on_commit_callbacks):
    def move(page, target):
        with django_capture_on_commit_callbacks(execute=True):
            page.move(target, pos="last-child")

    return move


@pytest.fixture
def case():
    return PracticePage.objects.get(slug="weegtafel-zaanstad")


def test_the_old_address_of_a_case_leads_to_the_new_one(case, client, rename):
    rename(case, "aan-tafel")
    response = client.get(OLD)
    assert (response.status_code, response["Location"]) == (301, "/praktijkvoorbeelden/aan-tafel/")
    assert client.get("/praktijkvoorbeelden/aan-tafel/").status_code == 200


def test_a_concept_leads_nowhere_else_yet(case, client):
    case.slug = "aan-tafel"
    case.save_revision()
    assert client.get(OLD).status_code == 200
    assert not Redirect.objects.exists()


def test_back_at_its_old_address_a_page_is_simply_there(case, client, rename):
    rename(case, "aan-tafel")
    rename(case, "weegtafel-zaanstad")
    assert client.get(OLD).status_code == 200
    assert client.get("/praktijkvoorbeelden/aan-tafel/")["Location"] == OLD


def test_what_stands_below_a_page_comes_along(client, rename):
    rename(PracticeIndexPage.objects.get(), "voorbeelden")
    assert client.get(OLD)["Location"] == "/voorbeelden/weegtafel-zaanstad/"
    assert client.get("/praktijkvoorbeelden/?q=school")["Location"] == "/voorbeelden/"


def test_a_page_that_moves_is_found_at_its_old_place(client, move):
    page, home = TextPage.objects.get(slug="privacy"), HomePage.objects.get()
    other = TextPage.objects.get(slug="toegankelijkheid")
    move(page, other)
    assert client.get("/privacy/")["Location"] == "/toegankelijkheid/privacy/"
    page.refresh_from_db()
    move(page, home)
    assert client.get("/privacy/").status_code == 200
    assert client.get("/toegankelijkheid/privacy/")["Location"] == "/privacy/"


def test_an_editor_sees_makes_and_removes_redirects(case, client, rename):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    rename(case, "aan-tafel")
    assert OLD.rstrip("/") in client.get("/beheer/redirects/").content.decode()
    made = client.post(
        "/beheer/redirects/add/",
        {
            "old_path": "/weegtafel",
            "site": "",
            "is_permanent": "on",
            "redirect_page": case.pk,
            "redirect_link": "",
        },
    )
    assert made.status_code == 302
    assert client.get("/weegtafel/")["Location"] == "/praktijkvoorbeelden/aan-tafel/"
    own = Redirect.objects.get(old_path="/weegtafel")
    client.post(reverse("wagtailredirects:delete", args=[own.pk]))
    assert client.get("/weegtafel/").status_code == 404
