"""The way from an address to its page, and back up again."""

import pytest
from django.test import RequestFactory

from practices.models import PracticeIndexPage, PracticePage
from practices.models.base import HOME_DEPTH

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

ADDRESS = "/praktijkvoorbeelden/weegtafel-zaanstad/"


def list_breadcrumbs(response) -> list[tuple[str, str]]:
    return [(crumb["title"], crumb.get("url", "")) for crumb in response.context["breadcrumbs"]]


def test_a_page_leads_back_to_every_page_above_it(client):
    index = PracticeIndexPage.objects.get()
    assert list_breadcrumbs(client.get(ADDRESS)) == [
        ("Home", "/"),
        (index.title, "/praktijkvoorbeelden/"),
        (PracticePage.objects.get(slug="weegtafel-zaanstad").title, ""),
    ]
    assert list_breadcrumbs(client.get("/praktijkvoorbeelden/")) == [("Home", "/"), (index.title, "")]


def test_a_page_that_nobody_asked_for_by_its_address_leads_back_too():
    """As in the preview of an editor."""
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    asked = page.get_context(RequestFactory().get("/"))["breadcrumbs"]
    assert [crumb.get("url") for crumb in asked] == ["/", "/praktijkvoorbeelden/", None]
    assert page.depth == HOME_DEPTH + 2


@pytest.mark.parametrize(
    "path",
    [
        "/weegtafel-zaanstad/",
        "/praktijkvoorbeelden/weegtafel-zaanstad/weegtafel-zaanstad/",
        "/praktijkvoorbeelden/praktijkvoorbeelden/",
        "/maatregelen/weegtafel-zaanstad/",
        "/" + "praktijkvoorbeelden/" * 200,
    ],
)
def test_a_page_stands_at_one_address(path, client):
    assert client.get(path).status_code == 404


def test_a_page_that_is_not_public_has_no_address_and_those_below_it_keep_theirs(client):
    PracticeIndexPage.objects.update(live=False)
    assert client.get("/praktijkvoorbeelden/").status_code == 404
    assert client.get(ADDRESS).status_code == 200
    PracticePage.objects.update(live=False)
    assert client.get(ADDRESS).status_code == 404
