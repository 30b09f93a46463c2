"""What an editor of the group Redactie does in the administration, page type by page type."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from practices.models import (
    AccountabilityPage,
    HomePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeIndexPage,
    PracticePage,
    TextPage,
)
from surveys.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

ITEMS = streamfield([("item", "Eén punt"), ("item", "Nog een punt")])
CHAPTERS = streamfield(
    [
        (
            "chapter",
            {
                "heading": "Een hoofdstuk",
                "paragraphs": {
                    "count": 1,
                    "0": {"id": "", "deleted": "", "order": 0, "type": "item", "value": "Een alinea."},
                },
            },
        )
    ]
)
CONTENT = {
    HomePage: {"lead": "Welkom op de proefsite."},
    MeasureIndexPage: {"lead": "Alle maatregelen."},
    MeasurePage: {
        "measure": "regionalisering",
        "findings": ITEMS,
        "bottlenecks": streamfield([("bottleneck", {"title": "Geld", "text": "Het kost eerst geld."})]),
        "note": "Let op.",
        "source": "Eigen onderzoek",
    },
    PracticeIndexPage: {"lead": "Alle voorbeelden."},
    PracticePage: {
        "summary": "Een samenvatting.",
        "intro": "Een inleiding.",
        "measures": ["regionalisering", "poh-jeugd"],
        "place_label": "Ergens",
        "municipalities": ["GM0479"],
        "youth_regions": ["JZ18"],
        "provinces": ["PV31"],
        "organisation": "Een aanbieder",
        "outline": ITEMS,
        "conditions": ITEMS,
        "facts": streamfield([("fact", {"value": "7 keer", "text": "is geteld", "kind": "measured"})]),
        "lessons": ITEMS,
        "caveats": ITEMS,
        "links": streamfield([("link", {"title": "Meer", "url": "https://voorbeeld.example/"})]),
        "year": 2026,
        "source_title": "Een verslag",
        "source_date": "2026",
        "source_section": "Hoofdstuk 1",
    },
    TextPage: {"lead": "Een inleiding.", "body": CHAPTERS},
    AccountabilityPage: {
        "lead": "Een inleiding.",
        "differences": streamfield(
            [("difference", {"topic": "Iets", "printed": "1", "shown": "2", "why": "Daarom."})]
        ),
    },
}
# Fields with several values under one name.
SEVERAL = {"measures", "municipalities", "youth_regions", "provinces"}
PARENTS = {MeasurePage: MeasureIndexPage, PracticePage: PracticeIndexPage, TextPage: HomePage}


@pytest.fixture
def editor(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    return client


def fill_in(page_type, **other):
    content = {"title": "Een proefpagina", "slug": "proef", **CONTENT[page_type], **other}
    several = {name: content.pop(name) for name in SEVERAL & content.keys()}
    return nested_form_data(content) | several


def address(name, page_type, *arguments):
    return reverse(f"wagtailadmin_pages:{name}", args=["practices", page_type._meta.model_name, *arguments])


@pytest.mark.parametrize("page_type", PARENTS)
def test_an_editor_makes_previews_and_publishes_a_page(page_type, editor):
    MeasurePage.objects.filter(slug="regionalisering").get().delete()
    parent = PARENTS[page_type].objects.get()
    form = editor.get(address("add", page_type, parent.pk))
    assert form.status_code == 200

    preview = address("preview_on_add", page_type, parent.pk)
    assert editor.post(preview, fill_in(page_type)).json() == {"is_valid": True, "is_available": True}
    shown = editor.get(preview)
    assert shown.status_code == 200
    assert "Een proefpagina" in shown.content.decode()

    made = editor.post(address("add", page_type, parent.pk), fill_in(page_type, **{"action-publish": "1"}))
    assert made.status_code == 302
    page = page_type.objects.get(slug="proef")
    assert page.live
    public = editor.get(page.url)
    assert public.status_code == 200
    assert "Een proefpagina</h1>" in public.content.decode()


@pytest.mark.parametrize("page_type", CONTENT)
def test_an_editor_changes_every_type_of_page(page_type, editor):
    page = page_type.objects.filter(slug="regionalisering").first() or page_type.objects.first()
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.get(path).status_code == 200

    data = fill_in(page_type, slug=page.slug)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(preview, data).json() == {"is_valid": True, "is_available": True}
    assert editor.get(preview).status_code == 200

    assert editor.post(path, data).status_code == 302
    assert page_type.objects.get(pk=page.pk).title == page.title, "a concept is not public"
    assert editor.post(path, {**data, "action-publish": "1"}).status_code == 302
    assert page_type.objects.get(pk=page.pk).title == "Een proefpagina"
    assert editor.get(page.url).status_code == 200


def test_a_case_made_in_the_administration_is_shown_filtered_and_found(editor):
    library = PracticeIndexPage.objects.get()
    editor.post(address("add", PracticePage, library.pk), fill_in(PracticePage, **{"action-publish": "1"}))
    html = editor.get("/praktijkvoorbeelden/proef/").content.decode()
    for text in (
        "Ergens · Een aanbieder · 2026",
        "7 keer",
        "is geteld",
        "Gemeten",
        "https://voorbeeld.example/",
    ):
        assert text in html
    for query in ("maatregel=regionalisering", "provincie=PV31", "regio=JZ18", "q=proefpagina"):
        titles = [case["title"] for case in editor.get(f"/praktijkvoorbeelden/?{query}").context["practices"]]
        assert "Een proefpagina" in titles


@pytest.mark.parametrize("missing", ["summary", "intro", "measures", "place_label", "year", "source_title"])
def test_what_a_case_cannot_do_without_is_asked_for(missing, editor):
    library = PracticeIndexPage.objects.get()
    response = editor.post(
        address("add", PracticePage, library.pk),
        fill_in(PracticePage, **{missing: "", "action-publish": "1"}),
    )
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [missing]


def test_the_tree_is_what_was_declared():
    tree = {
        page_type: {child for child in page_type.creatable_subpage_models() if child.max_count is None}
        for page_type in CONTENT
    }
    assert tree == {
        HomePage: {TextPage},
        MeasureIndexPage: {MeasurePage},
        PracticeIndexPage: {PracticePage},
        MeasurePage: set(),
        PracticePage: set(),
        TextPage: set(),
        AccountabilityPage: set(),
    }
    home = HomePage.objects.get()
    for page_type in (MeasureIndexPage, PracticeIndexPage, AccountabilityPage):
        assert not page_type.can_create_at(home), "there is one already"
    assert not HomePage.can_create_at(Page.get_first_root_node())


def test_no_page_can_be_hidden_behind_a_password():
    assert all(page_type.private_page_options == [] for page_type in CONTENT)


def test_a_researcher_and_a_municipality_edit_no_pages(client):
    path = reverse("wagtailadmin_pages:edit", args=[HomePage.objects.get().pk])
    for email in ("onderzoeker@demo.example", "gemeente@demo.example"):
        client.force_login(Person.objects.get(email=email))
        assert client.get(path).status_code == 302
        assert client.post(path, fill_in(HomePage)).status_code == 302
    assert HomePage.objects.get().title != "Een proefpagina"
