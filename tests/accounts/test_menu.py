from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory
from wagtail.admin.menu import MenuItem, admin_menu

from surveys.accounts.models import Person
from surveys.accounts.roles import ADMINISTRATORS, EDITORS
from tests.accounts.people import make_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def list_menu(person: Person, menu: Any = admin_menu) -> Iterator[MenuItem]:
    """Every entry with an address, those of submenus too."""
    request = RequestFactory().get("/beheer/")
    request.user = person
    for item in menu.menu_items_for_request(request):
        if hasattr(item, "menu"):
            yield from list_menu(person, item.menu)
        elif item.url != "#":
            yield item


@pytest.mark.parametrize("role", [ADMINISTRATORS, EDITORS])
def test_every_entry_that_a_role_sees_opens_for_it_and_stays_on_this_site(client: Client, role: str) -> None:
    person = make_administrator(role)
    client.force_login(person)

    items = list(list_menu(person))

    assert items
    for item in items:
        assert item.url.startswith("/beheer/"), item.url
        assert client.get(item.url).status_code == 200, item.url


def test_researchers_see_people_and_response_and_no_pages() -> None:
    labels = {str(item.label) for item in list_menu(make_administrator(ADMINISTRATORS))}

    assert {"Respons volgen", "Resultaten downloaden", "Metingen"} <= labels
    assert {"Personen", "Organisaties", "Lidmaatschappen"} <= labels
    assert not labels & {"Pagina's", "Afbeeldingen", "Documenten", "Groepen", "Sites"}


def test_editors_see_pages_and_nothing_of_the_survey() -> None:
    labels = {str(item.label) for item in list_menu(make_administrator(EDITORS))}

    assert {"Pagina's", "Afbeeldingen", "Documenten"} <= labels
    assert not labels & {"Respons volgen", "Resultaten downloaden", "Metingen", "Personen", "Lidmaatschappen"}


def test_the_dashboard_links_to_what_the_menu_holds(client: Client) -> None:
    client.force_login(make_administrator(ADMINISTRATORS))

    content = client.get("/beheer/").content.decode()

    assert 'href="/beheer/respons/"' in content
    assert 'href="/beheer/downloads/"' in content
    assert "Doorzoek alle pagina" not in content
    assert "guide.wagtail.org" not in content


def test_the_dashboard_of_an_editor_searches_pages(client: Client) -> None:
    client.force_login(make_administrator(EDITORS))

    content = client.get("/beheer/").content.decode()

    assert "Doorzoek alle pagina" in content
    assert "guide.wagtail.org" not in content
