"""The pages around the cases: the way in, the measures, and what the site says of itself."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from practices.accountability import compare_with_print
from practices.blocks import BottleneckBlock, ChapterBlock, DifferenceBlock, text_items
from practices.models.base import SitePage
from practices.models.cases import PracticePage
from practices.models.vocabularies import GlossaryTerm
from practices.queries import describe_home, describe_measure, describe_measures
from surveys.measures.models import Measure


class HomePage(SitePage):
    lead = models.TextField("inleiding")

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "practices.MeasureIndexPage",
        "practices.PracticeIndexPage",
        "practices.SourceIndexPage",
        "practices.GlossaryPage",
        "practices.TextPage",
        "practices.AccountabilityPage",
    ]

    class Meta:
        verbose_name = "startpagina"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return describe_home(MeasurePage.objects.live(), PracticePage.objects.live())


class MeasureIndexPage(SitePage):
    lead = models.TextField("inleiding")

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count = 1
    parent_page_types = ["practices.HomePage"]
    subpage_types = ["practices.MeasurePage"]

    class Meta:
        verbose_name = "overzicht van maatregelen"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return describe_measures(MeasurePage.objects.live(), PracticePage.objects.live())


class MeasurePage(SitePage):
    """Explanation, published figures, bottlenecks and cases of one measure, side by side."""

    measure = models.OneToOneField(Measure, models.PROTECT, verbose_name="maatregel", related_name="page")
    findings = StreamField(
        text_items("bevinding"), blank=True, verbose_name="wat de inventarisatie liet zien"
    )
    bottlenecks = StreamField([("bottleneck", BottleneckBlock())], blank=True, verbose_name="knelpunten")
    note = models.TextField("kanttekening", blank=True)
    source = models.CharField("bron", max_length=300, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("measure"),
        FieldPanel("findings"),
        FieldPanel("bottlenecks"),
        FieldPanel("note"),
        FieldPanel("source"),
    ]
    parent_page_types = ["practices.MeasureIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "maatregel"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        # In the preview of a new page the measure may not be chosen yet.
        if self.measure_id is None:
            return {}
        return describe_measure(self, PracticePage.objects.live())


class TextPage(SitePage):
    """Privacy, accessibility, contact and the like."""

    lead = models.TextField("inleiding", blank=True)
    body = StreamField([("chapter", ChapterBlock())], verbose_name="tekst")

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["practices.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "tekstpagina"


class GlossaryPage(SitePage):
    """All terms of the field with their explanation; each has an address of its own on the page."""

    lead = models.TextField("inleiding")

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count = 1
    parent_page_types = ["practices.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "lijst van begrippen"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return {"terms": sorted(GlossaryTerm.objects.all(), key=lambda term: term.name.casefold())}


class AccountabilityPage(SitePage):
    """What the report of 2022 printed, what this site counts, and why they differ where they do."""

    lead = models.TextField("inleiding", blank=True)
    differences = StreamField([("difference", DifferenceBlock())], verbose_name="verschillen")

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("differences")]
    max_count = 1
    parent_page_types = ["practices.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "verantwoording"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return {"comparison": compare_with_print()}
