"""The few building blocks editors compose pages with; each says what it is for and shows itself before it is chosen."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from practices.alternative_text import find_fault


class BottleneckBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Knelpunt", max_length=120)
    text = blocks.TextBlock(label="Toelichting", rows=3)

    class Meta:
        icon = "warning"
        label = "knelpunt"
        template = "practices/blocks/bottleneck.html"
        description = "Wat een maatregel moeilijk maakt, met uitleg."
        preview_value = {
            "title": "Te weinig mensen",
            "text": "Er zijn niet genoeg wijkverpleegkundigen te vinden.",
        }


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Tekst van de link", max_length=160)
    url = blocks.URLBlock(label="Webadres")

    class Meta:
        icon = "link"
        label = "link"
        template = "practices/blocks/link.html"
        description = "Een pagina op een andere site, zoals een verslag of een handreiking."
        preview_value = {"title": "Lees het verslag van de pilot", "url": "https://voorbeeld.example/verslag"}


class DocumentBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Wat het is", max_length=160)
    document = DocumentChooserBlock(label="Document")

    class Meta:
        icon = "doc-full"
        label = "document"
        template = "practices/blocks/document.html"
        description = "Een bestand dat bezoekers hier kunnen ophalen."
        preview_value = {"title": "Werkinstructie (pdf)", "document": None}


class PictureBlock(blocks.StructBlock):
    """An image with words for who cannot see it. They belong to the place where it stands, not to the file."""

    image = ImageChooserBlock(label="Afbeelding")
    alternative = blocks.CharBlock(
        label="Wat er te zien is",
        max_length=250,
        help_text="Voor wie de afbeelding niet ziet. Beschrijf wat ertoe doet, in één of twee zinnen.",
    )
    caption = blocks.CharBlock(label="Bijschrift", max_length=250, required=False)
    credit = blocks.CharBlock(label="Maker of bron", max_length=120, required=False)

    class Meta:
        icon = "image"
        label = "afbeelding"
        template = "practices/blocks/picture.html"
        description = "Een foto of tekening met een beschrijving voor wie haar niet ziet."

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        image = cleaned["image"]
        fault = find_fault(cleaned["alternative"], file_name=image.filename, title=image.title)
        if fault:
            raise StructBlockValidationError({"alternative": ValidationError(fault)})
        return cleaned

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "image": get_image_model().objects.order_by("pk").first(),
                "alternative": "Drie mensen overleggen aan een ronde tafel",
                "caption": "De weegtafel komt elke week bij elkaar.",
                "credit": "Gemeente Voorbeeldstad",
            }
        )


class QuoteBlock(blocks.StructBlock):
    """Words of somebody who agreed to that, by the role they spoke in."""

    text = blocks.TextBlock(label="Citaat", rows=3)
    speaker = blocks.CharBlock(label="Wie het zegt: de functie, geen naam", max_length=120)

    class Meta:
        icon = "openquote"
        label = "citaat"
        template = "practices/blocks/quote.html"
        description = "Woorden van iemand die daarmee akkoord is, met de functie en zonder naam."
        preview_value = {
            "text": "We bellen elkaar nu voordat het misgaat.",
            "speaker": "Teamleider van een wijkteam",
        }


class ContactBlock(blocks.StructBlock):
    """A desk rather than a person, so that it stays true."""

    organisation = blocks.CharBlock(label="Team of organisatie", max_length=120)
    email = blocks.EmailBlock(label="E-mailadres", required=False)
    url = blocks.URLBlock(label="Webadres", required=False)

    class Meta:
        icon = "mail"
        label = "contact"
        template = "practices/blocks/contact.html"
        description = "Het team of loket waar anderen met vragen terechtkunnen."
        preview_value = {
            "organisation": "Team Jeugd",
            "email": "jeugd@voorbeeld.example",
            "url": "https://voorbeeld.example/",
        }


class ChapterBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Kop", max_length=120)
    paragraphs = blocks.ListBlock(blocks.TextBlock(label="Alinea", rows=4), label="Alinea's")

    class Meta:
        icon = "title"
        label = "hoofdstuk"
        template = "practices/blocks/chapter.html"
        description = "Een kop met één of meer alinea's."
        preview_value = {"heading": "Wie wij zijn", "paragraphs": ["Deze site is van alle gemeenten samen."]}


class DifferenceBlock(blocks.StructBlock):
    topic = blocks.CharBlock(label="Onderwerp", max_length=160)
    printed = blocks.TextBlock(label="Wat het rapport drukt", rows=2)
    shown = blocks.TextBlock(label="Wat deze site toont", rows=2)
    why = blocks.TextBlock(label="Waarom", rows=3)

    class Meta:
        icon = "doc-full-inverse"
        label = "verschil"
        template = "practices/blocks/difference.html"
        description = "Eén plaats waar deze site iets anders toont dan het rapport, en waarom."
        preview_value = {
            "topic": "Aantal reacties",
            "printed": "52 reacties",
            "shown": "51 reacties",
            "why": "Eén gemeente stuurde twee keer in.",
        }


def text_items(label: str) -> list[tuple[str, blocks.TextBlock]]:
    """Blocks for a list of plain sentences; `label` names one of them in the editor."""
    return [("item", blocks.TextBlock(label=label, rows=2))]
