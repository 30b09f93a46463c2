"""Every type of page is shown to visitors and previewed by editors: complete, with as little as may be, and empty."""

import pytest
from django.urls import reverse
from wagtail.models import get_page_models

from practices.models import HomePage, MeasurePage
from surveys.accounts.models import Person
from tests.journeys.test_accessibility import PUBLIC
from tests.practices.page_forms import CONTENT, address, fill_in, fill_in_little, fill_in_nothing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

PAGE_TYPES = [model for model in get_page_models() if model._meta.app_label == "practices"]
# The home page is the one at the root: there is no place for another.
ADDED = [page_type for page_type in PAGE_TYPES if page_type is not HomePage]
FORMS = {"complete": fill_in, "little": fill_in_little}


@pytest.fixture
def editor(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    return client


def test_every_page_type_has_an_example():
    assert set(PAGE_TYPES) == set(CONTENT), "add what an editor fills in to page_forms.py"


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_axe_looks_at_a_page_of_the_type(page_type):
    paths = {path.partition("?")[0] for path in PUBLIC}
    assert any(page.url in paths for page in page_type.objects.live()), "add it to test_accessibility.py"


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_visitors_see_pages_of_the_type(page_type, client):
    pages = list(page_type.objects.live()[:2])
    assert pages
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200
        assert page.template in {template.name for template in response.templates}
        assert response.content.decode().count("<h1") == 1


@pytest.fixture
def example(page_type):
    """The page of which CONTENT holds the measure; of other types the first."""
    return page_type.objects.filter(slug="regionalisering").first() or page_type.objects.first()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("page_type", ADDED)
def test_an_editor_previews_a_page_that_does_not_exist_yet(page_type, form, example, editor):
    parent = example.get_parent()
    if page_type is MeasurePage:
        example.delete()
    check_preview(editor, address("preview_on_add", page_type, parent.pk), FORMS[form](page_type))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_an_editor_previews_a_page_that_exists(page_type, form, example, editor):
    path = reverse("wagtailadmin_pages:preview_on_edit", args=[example.pk])
    check_preview(editor, path, FORMS[form](page_type))


def check_preview(editor, path, data):
    assert editor.post(path, data).json() == {"is_valid": True, "is_available": True}
    shown = editor.get(path)
    assert shown.status_code == 200
    assert shown.content.decode().count("<h1") == 1


@pytest.mark.parametrize("page_type", ADDED)
def test_a_form_without_anything_has_a_preview_or_says_that_there_is_none(page_type, example, editor):
    for path in (
        address("preview_on_add", page_type, example.get_parent().pk),
        reverse("wagtailadmin_pages:preview_on_edit", args=[example.pk]),
    ):
        is_available = editor.post(path, fill_in_nothing(page_type)).json()["is_available"]
        shown = editor.get(path)
        assert shown.status_code == 200
        assert ("wagtailadmin/generic/preview_error.html" in shown.templates[0].name) != is_available


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_page_with_as_little_as_may_be_is_shown(page_type, example, editor):
    path = reverse("wagtailadmin_pages:edit", args=[example.pk])
    saved = editor.post(path, {**fill_in_little(page_type, slug=example.slug), "action-publish": "1"})
    assert saved.status_code == 302, saved.context["form"].errors
    assert editor.get(example.url).status_code == 200
