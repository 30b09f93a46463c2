"""What an editor of the group Redactie does in the administration, page type by page type."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset

from practices.models import (
    AccountabilityPage,
    GlossaryPage,
    HomePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeIndexPage,
    PracticePage,
    SourceIndexPage,
    SourcePage,
    TextPage,
)
from surveys.accounts.models import Person
from tests.practices.page_forms import CONTENT, FACT, LINK, address, fill_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

PARENTS = {
    MeasurePage: MeasureIndexPage,
    PracticePage: PracticeIndexPage,
    SourcePage: SourceIndexPage,
    TextPage: HomePage,
}


@pytest.fixture
def editor(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    return client


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
        "ongeveer 7,5 keer",
        "is geteld",
        "Gemeten",
        "Een aanleiding.",
        "Gestopt, najaar 2026",
        "Eerder: pilot, 2025",
        "Wisselend. Deels.",
        "raakt aan de maatregel, laat beide kanten zien",
        "Het scheelt.",
        "Team Jeugd",
        "Een verslag, Hoofdstuk 1 (2026)",
        "https://voorbeeld.example/",
    ):
        assert text in html
    assert html.count("De redactie legde dit verband, niet de bron.") == 1
    for query in (
        "maatregel=regionalisering",
        "maatregel=poh-jeugd&stand=stopped",
        "thema=crisis",
        "doelgroep=leerlingen",
        "bewijs=measured&jaar=2026",
        "provincie=PV31",
        "regio=JZ18",
        "q=proefpagina",
    ):
        titles = [case["title"] for case in editor.get(f"/praktijkvoorbeelden/?{query}").context["practices"]]
        assert "Een proefpagina" in titles


@pytest.mark.parametrize("missing", ["summary", "intro", "place_label", "year", "status", "place_kind"])
def test_what_a_case_cannot_do_without_is_asked_for(missing, editor):
    library = PracticeIndexPage.objects.get()
    response = editor.post(
        address("add", PracticePage, library.pk),
        fill_in(PracticePage, **{missing: "", "action-publish": "1"}),
    )
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [missing]


@pytest.mark.parametrize(
    ("relation", "rows", "refused"),
    [
        ("sources", [], "minimaal 1"),
        ("sources", [{"title": "", "published": "2026"}], "Kies een bron op deze site, of vul een titel in."),
        ("facts", [FACT | {"wording": "veel"}], "Vul een getal in, of zeg het cijfer in woorden."),
        ("facts", [FACT | {"high": "7"}], "Het hoogste getal moet hoger zijn dan het laagste."),
        ("facts", [FACT | {"section": "", "text": ""}], "verplicht"),
        ("measure_links", [LINK | {"strength": ""}], "verplicht"),
        ("measure_links", [LINK, LINK], "dubbele"),
    ],
)
def test_rows_that_contradict_themselves_or_are_not_there_are_refused(relation, rows, refused, editor):
    library = PracticeIndexPage.objects.get()
    response = editor.post(
        address("add", PracticePage, library.pk),
        fill_in(PracticePage, **{relation: inline_formset(rows), "action-publish": "1"}),
    )
    assert response.status_code == 200
    assert not PracticePage.objects.filter(slug="proef").exists()
    formset = response.context["form"].formsets[relation]
    assert refused in f"{formset.non_form_errors()} {formset.errors}"


def test_a_case_need_not_be_about_a_measure(editor):
    library = PracticeIndexPage.objects.get()
    content = fill_in(PracticePage, measure_links=inline_formset([]), **{"action-publish": "1"})
    assert editor.post(address("add", PracticePage, library.pk), content).status_code == 302
    assert "Hoort bij de maatregel" not in editor.get("/praktijkvoorbeelden/proef/").content.decode()


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
        SourceIndexPage: {SourcePage},
        SourcePage: set(),
        TextPage: set(),
        AccountabilityPage: set(),
        GlossaryPage: set(),
    }
    home = HomePage.objects.get()
    for page_type in (MeasureIndexPage, PracticeIndexPage, SourceIndexPage, AccountabilityPage, GlossaryPage):
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
