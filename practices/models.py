"""The public knowledge library: pages that editors write, beside figures that the survey counted."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from practices.accountability import compare_with_print
from practices.blocks import (
    BottleneckBlock,
    ChapterBlock,
    DifferenceBlock,
    FactBlock,
    LinkBlock,
    text_items,
)
from practices.library import describe_library
from practices.queries import describe_home, describe_measure, describe_measures, describe_practice
from practices.search_words import split_words
from surveys.measures.models import Measure
from surveys.questionnaire.models import Wave
from surveys.territory.models import Municipality, Province, YouthRegion

HOME_DEPTH = 2


class SitePage(Page):
    """A public page with a way back up; each type describes what it shows beside its own text."""

    # Everything here is public: lists, counts and search need not hide a page.
    private_page_options: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        trail = self.get_ancestors(inclusive=False).filter(depth__gte=HOME_DEPTH)
        breadcrumbs = [
            {"title": "Home" if page.depth == HOME_DEPTH else page.title, "url": page.get_url(request)}
            for page in trail
        ]
        return {**context, "breadcrumbs": [*breadcrumbs, {"title": self.title}], **self.describe(request)}


class HomePage(SitePage):
    lead = models.TextField("inleiding")

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "practices.MeasureIndexPage",
        "practices.PracticeIndexPage",
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
        return describe_measure(self.measure, PracticePage.objects.live())


class PracticeIndexPage(SitePage):
    lead = models.TextField("inleiding")

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count = 1
    parent_page_types = ["practices.HomePage"]
    subpage_types = ["practices.PracticePage"]

    class Meta:
        verbose_name = "bibliotheek met praktijkvoorbeelden"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return describe_library(request.GET, PracticePage.objects.live())


class PracticePage(SitePage):
    """One case. Every part may be empty where the source is silent; `year` is that of the source."""

    summary = models.CharField(
        "samenvatting", max_length=200, help_text="Eén zin, voor de lijst en voor zoeken."
    )
    intro = models.TextField("inleiding", help_text="Een lege regel begint een nieuwe alinea.")
    outline = StreamField(text_items("punt"), blank=True, verbose_name="hoofdlijnen")
    conditions = StreamField(text_items("randvoorwaarde"), blank=True, verbose_name="randvoorwaarden")
    facts = StreamField([("fact", FactBlock())], blank=True, verbose_name="feiten en cijfers")
    lessons = StreamField(text_items("les"), blank=True, verbose_name="lessen")
    caveats = StreamField(text_items("kanttekening"), blank=True, verbose_name="kanttekeningen")
    links = StreamField([("link", LinkBlock())], blank=True, verbose_name="meer informatie")
    measures = ParentalManyToManyField(Measure, verbose_name="maatregelen", related_name="practices")
    place_label = models.CharField("plaats zoals getoond", max_length=120)
    municipalities = ParentalManyToManyField(Municipality, verbose_name="gemeenten", blank=True)
    youth_regions = ParentalManyToManyField(YouthRegion, verbose_name="jeugdregio's", blank=True)
    provinces = ParentalManyToManyField(Province, verbose_name="provincies", blank=True)
    organisation = models.CharField("organisatie", max_length=160, blank=True)
    year = models.PositiveSmallIntegerField("jaar")
    source_title = models.CharField("titel van de bron", max_length=200)
    source_date = models.CharField("datum van de bron", max_length=40)
    source_section = models.CharField("hoofdstuk in de bron", max_length=200, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("measures", widget=forms.CheckboxSelectMultiple),
        MultiFieldPanel(
            [
                FieldPanel("place_label"),
                FieldPanel("municipalities"),
                FieldPanel("youth_regions"),
                FieldPanel("provinces"),
                FieldPanel("organisation"),
            ],
            heading="Plaats",
            help_text="Bepaalt bij welke regio, provincie en grootteklasse het voorbeeld staat. Een jeugdregio of "
            "provincie telt voor al haar gemeenten. Houd Ctrl ingedrukt om er meer te kiezen.",
        ),
        FieldPanel("outline"),
        FieldPanel("conditions"),
        FieldPanel("facts"),
        FieldPanel("lessons"),
        FieldPanel("caveats"),
        FieldPanel("links"),
        MultiFieldPanel(
            [
                FieldPanel("year"),
                FieldPanel("source_title"),
                FieldPanel("source_date"),
                FieldPanel("source_section"),
            ],
            heading="Bron",
        ),
    ]
    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("list_words"),
        index.AutocompleteField("list_words"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = "praktijkvoorbeeld"
        verbose_name_plural = "praktijkvoorbeelden"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return describe_practice(
            self, measures=MeasurePage.objects.live(), practices=PracticePage.objects.live()
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        # Wagtail indexes a page before its measures are stored. What is stored counts: `self` may be a draft.
        index.insert_or_update_object(PracticePage.objects.get(pk=self.pk))

    def list_words(self) -> str:
        """Everything a search should find this case by, as bare words."""
        parts = (self.outline, self.conditions, self.facts, self.lessons, self.caveats)
        texts = [self.title, self.place_label, self.organisation, self.summary, self.intro]
        texts += [text for part in parts for text in part.stream_block.get_searchable_content(part)]
        texts += [name for measure in self.measures.all() for name in (measure.name, measure.short_name)]
        return " ".join(split_words(" ".join(texts)))


class TextPage(SitePage):
    """Privacy, accessibility, contact and the like."""

    lead = models.TextField("inleiding", blank=True)
    body = StreamField([("chapter", ChapterBlock())], verbose_name="tekst")

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["practices.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "tekstpagina"


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


class WaveReport(models.Model):
    """The report of a wave as it was last made; `practices.report` has the verbs.

    `contents_sha256` is over what it says: a report that would say something else now is not handed out.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="report", verbose_name="meting")
    contents_sha256 = models.CharField("controlegetal van de inhoud", max_length=64)
    pdf = models.BinaryField("bestand")
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name, verbose_name_plural = "rapport", "rapporten"

    def __str__(self) -> str:
        return f"Rapport {self.wave_id}"
