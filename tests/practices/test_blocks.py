"""The blocks of the editor: few, each with a name, an explanation and an example that can be looked at."""

import re

import pytest
from django.urls import reverse
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from practices import blocks
from surveys.accounts.models import Person

FIELDS = {
    (model.__name__, field.name): field.stream_block
    for model in get_page_models()
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
}
CHOSEN = {
    type(block): block
    for stream in FIELDS.values()
    for block in stream.child_blocks.values()
    if isinstance(block, blocks.blocks.StructBlock)
}


def list_kinds(stream: StreamBlock) -> list[str]:
    return [type(block).__name__ for block in stream.child_blocks.values()]


def test_there_are_few_blocks_and_none_twice():
    assert {block.__name__ for block in CHOSEN} == {
        "BottleneckBlock",
        "ChapterBlock",
        "ContactBlock",
        "DifferenceBlock",
        "DocumentBlock",
        "LinkBlock",
        "PictureBlock",
        "QuoteBlock",
    }
    assert all(len(set(list_kinds(stream))) == len(stream.child_blocks) <= 2 for stream in FIELDS.values())
    labels = [block.label for block in CHOSEN.values()]
    assert len(set(labels)) == len(labels)


def test_a_plain_sentence_has_no_choice_beside_it():
    """So the chooser, with its examples, never opens for one."""
    plain = [stream for stream in FIELDS.values() if "TextBlock" in list_kinds(stream)]
    assert plain
    assert all(len(stream.child_blocks) == 1 for stream in plain)


@pytest.mark.parametrize("kind", CHOSEN, ids=lambda kind: kind.__name__)
def test_a_block_says_what_it_is_for(kind):
    block = CHOSEN[kind]
    assert block.label
    assert block.get_description().endswith(".")
    assert block.meta.icon != "placeholder"
    assert all(child.label for child in block.child_blocks.values())
    assert block.is_previewable


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_database")
@pytest.mark.parametrize("kind", CHOSEN, ids=lambda kind: kind.__name__)
def test_a_block_shows_itself_before_it_is_chosen(kind, client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": CHOSEN[kind].definition_prefix})
    assert response.status_code == 200
    html = response.content.decode()
    assert "css/site.css" in html
    example = CHOSEN[kind].get_preview_value()
    words = [value for value in example.values() if isinstance(value, str)]
    shown = [word for word in words if word in html]
    assert shown or kind is blocks.PictureBlock
    assert re.search(r"<main>.*</main>", html, re.DOTALL)
