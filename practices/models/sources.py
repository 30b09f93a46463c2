from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from practices.blocks import LinkBlock, text_items
from practices.models.base import SitePage
from practices.models.cases import PracticePage
from practices.queries import describe_source, describe_sources


class SourceIndexPage(SitePage):
    lead = models.TextField("inleiding")

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count = 1
    parent_page_types = ["practices.HomePage"]
    subpage_types = ["practices.SourcePage"]

    class Meta:
        verbose_name = "overzicht van bronnen"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return describe_sources(SourcePage.objects.live())


class SourcePage(SitePage):
    """A document that cases are drawn from: what it is, how it was made and what it cannot say."""

    publisher = models.CharField("uitgever", max_length=200)
    kind = models.CharField("soort", max_length=80)
    published = models.CharField("verschenen", max_length=60, help_text="In woorden, zo precies als bekend.")
    year = models.PositiveSmallIntegerField("jaar")
    what = models.TextField("wat het is", help_text="Een lege regel begint een nieuwe alinea.")
    method = StreamField(text_items("stap"), blank=True, verbose_name="hoe het is gemaakt")
    limits = StreamField(text_items("beperking"), blank=True, verbose_name="beperkingen")
    links = StreamField([("link", LinkBlock())], blank=True, verbose_name="meer informatie")

    content_panels = [
        *Page.content_panels,
        FieldPanel("publisher"),
        FieldPanel("kind"),
        FieldPanel("published"),
        FieldPanel("year"),
        FieldPanel("what"),
        FieldPanel("method"),
        FieldPanel("limits"),
        FieldPanel("links"),
    ]
    parent_page_types = ["practices.SourceIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return describe_source(self, practices=PracticePage.objects.live())
