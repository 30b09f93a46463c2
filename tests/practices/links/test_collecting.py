"""Links are found in every kind of field and block, also those that no page has yet."""

import pytest
from django.core.files.base import ContentFile
from django.db.models import URLField
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField
from wagtail.models import Page

from practices.links.collecting import collect_links
from practices.links.reading import read_block, read_field
from practices.links.verdicts import Status, Verdict
from practices.models import PracticeSource
from tests.practices.few_pages import add_case, add_source, make_library

Document = get_document_model()
A, B = "https://a.example/een", "https://b.example/"
RICH = (
    '<p><a href="https://a.example/een">a</a> <a linktype="page" id="7">b</a> '
    '<a linktype="document" id="8">c</a> <a linktype="page" id="geen">d</a> <a>e</a></p>'
)
IN_RICH = [A, (Page, 7), (Document, 8), "", ""]


class EverythingBlock(blocks.StreamBlock):
    url = blocks.URLBlock()
    text = blocks.RichTextBlock()
    page = blocks.PageChooserBlock()
    group = blocks.StructBlock(
        [("document", DocumentChooserBlock(required=False)), ("urls", blocks.ListBlock(blocks.URLBlock()))]
    )


@pytest.mark.parametrize(
    ("kind", "stored", "links"),
    [
        ("url", A, [A]),
        ("url", None, [""]),
        ("text", RICH, IN_RICH),
        ("page", 7, [(Page, 7)]),
        ("group", {"document": None, "urls": []}, []),
        ("group", {}, []),
        ("group", {"document": 8, "urls": [{"type": "item", "value": B}]}, [(Document, 8), B]),
        ("of an older version", "iets", []),
    ],
)
def test_every_kind_of_block_is_read(kind, stored, links):
    assert list(read_block(EverythingBlock(), [{"type": kind, "value": stored}])) == links


def test_fields_that_hold_links_are_read_and_others_are_not():
    assert list(read_field(RichTextField(), RICH)) == IN_RICH
    assert list(read_field(URLField(), A)) == [A]
    assert list(read_field(Page._meta.get_field("title"), A)) == []


@pytest.mark.django_db
def test_links_are_found_wherever_they_stand():
    make_library()
    case = add_case("eerste", links=[link(A), link("https://a.example/twee#kop"), link("mailto:a@a.example")])
    contact = ("contact", {"organisation": "Team", "email": "team@a.example", "url": B})
    other = add_case("tweede", contact=[contact], links=[link(A)])
    source = add_source("bron", links=[link("https://bron.example/")])
    add_case("concept", links=[link("https://concept.example/")], live=False)
    assert dict(collect_links().places) == {
        A: {(case.pk, "links en documenten"), (other.pk, "links en documenten")},
        "https://a.example/twee": {(case.pk, "links en documenten")},
        B: {(other.pk, "contact")},
        "https://bron.example/": {(source.pk, "meer informatie")},
    }


@pytest.mark.django_db
def test_what_a_page_has_chosen_can_be_thrown_away_or_hidden():
    make_library()
    fine, thrown_away, without_file = (
        Document.objects.create(title=title, file=ContentFile(b"tekst", name=f"{title}.txt"))
        for title in ("goed", "weg", "leeg")
    )
    case = add_case("eerste", links=[choose(each) for each in (fine, thrown_away, without_file)])
    hidden = add_source("verborgen", live=False)
    for source in (add_source("openbaar"), hidden):
        PracticeSource.objects.create(page=case, document=source)
    key = thrown_away.pk
    thrown_away.delete()
    without_file.file.storage.delete(without_file.file.name)
    found = collect_links()
    assert found.faults == {
        f"document {key}": Verdict(Status.GONE, "Wat hier was gekozen, is verwijderd."),
        f"document {without_file.pk}": Verdict(Status.GONE, "Het bestand van ‘leeg’ is er niet meer."),
        f"pagina {hidden.pk}": Verdict(Status.GONE, "De pagina ‘Verborgen’ staat niet op de site."),
    }
    assert found.places[f"document {key}"] == {(case.pk, "links en documenten")}
    assert found.places[f"pagina {hidden.pk}"] == {(case.pk, "bronnen")}


def link(url):
    return ("link", {"title": "Meer", "url": url})


def choose(document):
    return ("document", {"title": "Verslag", "document": document})
