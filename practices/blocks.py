"""The few building blocks editors compose pages with."""

from django.db.models import TextChoices
from wagtail import blocks


class FactKind(TextChoices):
    MEASURED = "measured", "gemeten"
    SELF_REPORTED = "self_reported", "volgens de gemeente of regio zelf"
    EXPECTED = "expected", "verwacht"


class FactBlock(blocks.StructBlock):
    value = blocks.CharBlock(
        label="Cijfer", max_length=60, help_text="Met het voorbehoud erbij, zoals ‘maximaal 32’."
    )
    text = blocks.CharBlock(label="Wat het cijfer zegt", max_length=300)
    kind = blocks.ChoiceBlock(label="Soort", choices=FactKind.choices, search_index=False)

    class Meta:
        icon = "order"
        label = "feit"


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
