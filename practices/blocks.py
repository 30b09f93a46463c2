"""The few building blocks editors compose pages with."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class BottleneckBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Knelpunt", max_length=120)
    text = blocks.TextBlock(label="Toelichting", rows=3)

    class Meta:
        icon = "warning"
        label = "knelpunt"


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Tekst van de link", max_length=160)
    url = blocks.URLBlock(label="Webadres")

    class Meta:
        icon = "link"
        label = "link"


class DocumentBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Wat het is", max_length=160)
    document = DocumentChooserBlock(label="Document")

    class Meta:
        icon = "doc-full"
        label = "document"


class QuoteBlock(blocks.StructBlock):
    """Words of somebody who agreed to that, by the role they spoke in."""

    text = blocks.TextBlock(label="Citaat", rows=3)
    speaker = blocks.CharBlock(label="Wie het zegt: de functie, geen naam", max_length=120)

    class Meta:
        icon = "openquote"
        label = "citaat"


class ContactBlock(blocks.StructBlock):
    """A desk rather than a person, so that it stays true."""

    organisation = blocks.CharBlock(label="Team of organisatie", max_length=120)
    email = blocks.EmailBlock(label="E-mailadres", required=False)
    url = blocks.URLBlock(label="Webadres", required=False)

    class Meta:
        icon = "mail"
        label = "contact"


class ChapterBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Kop", max_length=120)
    paragraphs = blocks.ListBlock(blocks.TextBlock(label="Alinea", rows=4), label="Alinea's")

    class Meta:
        icon = "title"
        label = "hoofdstuk"


class DifferenceBlock(blocks.StructBlock):
    topic = blocks.CharBlock(label="Onderwerp", max_length=160)
    printed = blocks.TextBlock(label="Wat het rapport drukt", rows=2)
    shown = blocks.TextBlock(label="Wat deze site toont", rows=2)
    why = blocks.TextBlock(label="Waarom", rows=3)

    class Meta:
        icon = "doc-full-inverse"
        label = "verschil"


def text_items(label: str) -> list[tuple[str, blocks.TextBlock]]:
    """Blocks for a list of plain sentences; `label` names one of them in the editor."""
    return [("item", blocks.TextBlock(label=label, rows=2))]
