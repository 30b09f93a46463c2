"""What is still referred to stays, and the administration says why."""

import pytest
from django.urls import reverse

from practices.models import PracticePage, PracticeSource, SourceIndexPage, SourcePage, TextPage
from surveys.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

CONFIRMED = {"confirm_site_name": "Maatregelenmonitor jeugdhulp"}


@pytest.fixture
def editor(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    return client


@pytest.fixture
def superuser(client):
    """Only a superuser may delete a page with other pages below it."""
    client.force_login(Person.objects.create_superuser(email="baas@demo.example"))
    return client


@pytest.fixture
def used():
    return SourcePage.objects.get(slug="inventarisatie-maatregelen-2022")


def delete_one(client, page):
    """Asking for it, and going through with it."""
    path = reverse("wagtailadmin_pages:delete", args=[page.pk])
    return [client.get(path, follow=True), client.post(path, CONFIRMED, follow=True)]


def delete_several(client, *pages):
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    query = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{path}?{query}&next=/beheer/", CONFIRMED, follow=True)


def list_messages(response):
    assert response.status_code == 200
    return [str(message).strip() for message in response.context["messages"]]


def test_a_used_source_stays(used, editor):
    titles = sorted({f"‘{row.page.title}’" for row in PracticeSource.objects.filter(document=used)})
    for response in delete_one(editor, used):
        assert list_messages(response) == [
            (
                f"‘{used.title}’ kan niet weg, want dit verwijst ernaar, of naar een pagina eronder: "
                f"{', '.join(titles[:3])} en nog {len(titles) - 3} andere. Haal eerst die verwijzingen weg."
            )
        ]
    assert SourcePage.objects.filter(pk=used.pk).exists()


def test_so_does_what_stands_above_it(superuser):
    index = SourceIndexPage.objects.get()
    for response in delete_one(superuser, index):
        [message] = list_messages(response)
        assert message.startswith("‘Bronnen’ kan niet weg, want dit verwijst ernaar")
    assert SourceIndexPage.objects.exists()


def test_of_several_pages_none_goes_when_one_is_used(superuser):
    unused = TextPage.objects.get(slug="privacy")
    [message] = list_messages(delete_several(superuser, unused, SourceIndexPage.objects.get()))
    assert message.startswith("Deze pagina’s kunnen niet weg")
    assert TextPage.objects.filter(pk=unused.pk).exists()
    assert SourceIndexPage.objects.exists()


def test_what_nothing_refers_to_goes(editor):
    page = SourcePage(
        title="Nieuw", publisher="Iemand", kind="verslag", published="2026", year=2026, what="Iets."
    )
    unused = SourceIndexPage.objects.get().add_child(instance=page)
    delete_one(editor, unused)
    assert not SourcePage.objects.filter(pk=unused.pk).exists()
    pages = [TextPage.objects.get(slug=slug) for slug in ("privacy", "toegankelijkheid")]
    delete_several(editor, *pages)
    assert not TextPage.objects.filter(pk__in=[page.pk for page in pages]).exists()


def test_a_case_goes_with_all_its_rows(editor):
    case = PracticePage.objects.get(slug="weegtafel-zaanstad")
    delete_one(editor, case)
    assert not PracticePage.objects.filter(pk=case.pk).exists()
