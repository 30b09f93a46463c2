"""What one field or block of a page leads to: an address as it is written, or a page or file that was chosen.

Blocks are read as they are stored. Their values would leave out what was deleted, and would ask the database per page.
"""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.db.models import Field, Model, URLField
from wagtail.blocks import ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, URLBlock
from wagtail.blocks.base import Block
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

# The kind and the key of something of the site itself.
Target = tuple[type[Model], int]


def read_field(field: Field[Any, Any], value: Any) -> Iterator[str | Target]:
    if isinstance(field, StreamField):
        yield from read_block(field.stream_block, value.raw_data)
    elif isinstance(field, RichTextField):
        yield from _read_rich_text(value)
    elif isinstance(field, URLField):
        yield value or ""


def read_block(block: Block, stored: Any) -> Iterator[str | Target]:
    if isinstance(block, StreamBlock | StructBlock | ListBlock):
        for child_block, child in _list_children(block, stored):
            yield from read_block(child_block, child)
    elif stored and isinstance(block, ChooserBlock):
        yield name_target(block.model_class, stored)
    elif isinstance(block, RichTextBlock):
        yield from _read_rich_text(stored)
    elif isinstance(block, URLBlock):
        yield stored or ""


def _list_children(block: StreamBlock | StructBlock | ListBlock, stored: Any) -> Iterator[tuple[Block, Any]]:
    """Each block inside it that the code still knows, with what is stored for it."""
    if isinstance(block, StructBlock):
        for name, child_block in block.child_blocks.items():
            yield child_block, (stored or {}).get(name)
    for child in () if isinstance(block, StructBlock) else stored or ():
        child_block = (
            block.child_block if isinstance(block, ListBlock) else block.child_blocks.get(child["type"])
        )
        if child_block is not None:
            yield child_block, child["value"]


def name_target(model: type[Model], key: int) -> Target:
    return (Page if issubclass(model, Page) else model), key


def _read_rich_text(html: str) -> Iterator[str | Target]:
    kinds = {"page": Page, "document": get_document_model()}
    for anchor in BeautifulSoup(html or "", "html.parser").find_all("a"):
        kind, key = kinds.get(str(anchor.get("linktype"))), str(anchor.get("id"))
        if kind is not None and key.isdecimal():
            yield kind, int(key)
        else:
            yield str(anchor.get("href") or "")
