from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from practices.blocks import ContactBlock, DocumentBlock, LinkBlock, PictureBlock, QuoteBlock, text_items
from practices.library import describe_library
from practices.models.base import SitePage
from practices.models.vocabularies import Audience, Theme
from practices.queries import describe_for_programs, describe_practice
from practices.reactions.queries import describe_case_reactions
from practices.search_words import split_words
from practices.terms import Effect, Evidence, PlaceKind, Status
from surveys.accounts.queries import find_own_municipality
from surveys.measures.models import Measure
from surveys.territory.models import Municipality, Province, YouthRegion

if TYPE_CHECKING:
    from practices.models.case_parts import PracticeSource


class CasePermissionTester(PagePermissionTester):
    """What goes through the workflow becomes public by its last approval and not beside it."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and self.page.current_workflow_state is None


class PracticeIndexPage(SitePage):
    lead = models.TextField("inleiding")

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count = 1
    parent_page_types = ["practices.HomePage"]
    subpage_types = ["practices.PracticePage"]

    class Meta:
        verbose_name = "bibliotheek met praktijkvoorbeelden"

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return describe_library(
            request.GET, PracticePage.objects.live(), own=find_own_municipality(request.user)
        )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """No cache that others share keeps what was made for somebody who signed in: it names the own municipality."""
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True)
        return response


class PracticePage(SitePage):
    """One case. Every part may be empty where the source is silent; `year` is the year it is about."""

    summary = models.CharField(
        "samenvatting", max_length=200, help_text="Eén zin, voor de lijst en voor zoeken."
    )
    intro = models.TextField("wat het is", help_text="Een lege regel begint een nieuwe alinea.")
    reason = models.TextField("aanleiding", blank=True)
    outline = StreamField(text_items("punt"), blank=True, verbose_name="hoofdlijnen")
    conditions = StreamField(text_items("randvoorwaarde"), blank=True, verbose_name="randvoorwaarden")
    costs = StreamField(text_items("punt"), blank=True, verbose_name="kosten en opbrengsten")
    lessons = StreamField(text_items("les"), blank=True, verbose_name="lessen")
    setbacks = StreamField(text_items("punt"), blank=True, verbose_name="wat niet werkte")
    caveats = StreamField(
        text_items("kanttekening"), blank=True, verbose_name="kanttekeningen van de redactie"
    )
    quotes = StreamField([("quote", QuoteBlock())], blank=True, verbose_name="citaten")
    pictures = StreamField([("picture", PictureBlock())], blank=True, max_num=3, verbose_name="afbeeldingen")
    parties = StreamField(text_items("partij"), blank=True, verbose_name="betrokken partijen")
    contact = StreamField([("contact", ContactBlock())], blank=True, verbose_name="contact")
    links = StreamField(
        [("link", LinkBlock()), ("document", DocumentBlock())],
        blank=True,
        verbose_name="links en documenten",
    )

    status = models.CharField("stand", max_length=8, choices=Status.choices, default=Status.UNKNOWN)
    status_when = models.CharField(
        "stand op", max_length=60, blank=True, help_text="In woorden, zoals ‘eind juni 2022’."
    )
    effect = models.CharField("effect", max_length=8, choices=Effect.choices, default=Effect.UNKNOWN)
    effect_note = models.CharField("toelichting op het effect", max_length=250, blank=True)
    evidence = models.CharField("bewijs", max_length=13, choices=Evidence.choices, default=Evidence.NONE)

    audience = models.CharField("doelgroep", max_length=250, blank=True)
    audiences = ParentalManyToManyField(Audience, verbose_name="doelgroepen om op te zoeken", blank=True)
    themes = ParentalManyToManyField(Theme, verbose_name="andere thema's", blank=True)

    place_kind = models.CharField(
        "soort plaats", max_length=12, choices=PlaceKind.choices, default=PlaceKind.MUNICIPALITY
    )
    place_label = models.CharField("plaats zoals getoond", max_length=120)
    municipalities = ParentalManyToManyField(Municipality, verbose_name="gemeenten", blank=True)
    youth_regions = ParentalManyToManyField(YouthRegion, verbose_name="jeugdregio's", blank=True)
    provinces = ParentalManyToManyField(Province, verbose_name="provincies", blank=True)
    organisation = models.CharField("organisatie", max_length=160, blank=True)

    year = models.PositiveSmallIntegerField("jaar")
    review_by = models.DateField(
        "nakijken voor", null=True, blank=True, help_text="Daarna zegt de pagina dat zij is verouderd."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("reason"),
        MultiFieldPanel(
            [
                InlinePanel("measure_links", label="maatregel"),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Waar het over gaat",
        ),
        MultiFieldPanel(
            [
                FieldPanel("place_kind"),
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
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_when")]),
                InlinePanel("earlier_statuses", label="eerdere stand"),
                FieldRowPanel([FieldPanel("effect"), FieldPanel("evidence")]),
                FieldPanel("effect_note"),
            ],
            heading="Stand en effect",
        ),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("audiences", widget=forms.CheckboxSelectMultiple)],
            heading="Doelgroep",
        ),
        FieldPanel("outline"),
        FieldPanel("conditions"),
        InlinePanel("facts", heading="Feiten en cijfers", label="feit"),
        FieldPanel("costs"),
        FieldPanel("lessons"),
        FieldPanel("setbacks"),
        FieldPanel("parties"),
        FieldPanel("quotes"),
        FieldPanel("pictures"),
        FieldPanel("caveats"),
        FieldPanel("contact"),
        FieldPanel("links"),
        MultiFieldPanel(
            [FieldPanel("year"), FieldPanel("review_by"), InlinePanel("sources", label="bron", min_num=1)],
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

    @property
    def measures(self) -> list[Measure]:
        """In the order of the case, the most telling first."""
        return [link.measure for link in self.measure_links.all()]

    @property
    def main_source(self) -> "PracticeSource | None":
        return next(iter(self.sources.all()), None)

    def is_past_review(self, *, on: date) -> bool:
        return self.review_by is not None and self.review_by < on

    def permissions_for_user(self, user: AbstractBaseUser | AnonymousUser) -> PagePermissionTester:
        return CasePermissionTester(user, self)

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        described = describe_practice(self, practices=PracticePage.objects.live())
        return described | {"reactions": describe_case_reactions(self.pk, slug=self.slug)}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "structured_data": describe_for_programs(self, context)}

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        # Wagtail indexes a page before its measures are stored. What is stored counts: `self` may be a draft.
        index.insert_or_update_object(PracticePage.objects.get(pk=self.pk))

    def list_texts(self) -> list[str]:
        """What a reader reads of it, in the order of the page; figures and links aside."""
        parts = (
            self.outline,
            self.conditions,
            self.costs,
            self.lessons,
            self.setbacks,
            self.caveats,
            self.parties,
            self.pictures,
        )
        texts = [self.intro, self.reason, self.audience, self.effect_note]
        texts += [text for part in parts for text in part.stream_block.get_searchable_content(part)]
        return [text for text in texts if text]

    def list_words(self) -> str:
        """Everything a search should find this case by, as bare words."""
        texts = [self.title, self.place_label, self.organisation, self.summary, *self.list_texts()]
        texts += [str(fact) for fact in self.facts.all()]
        texts += [name for measure in self.measures for name in (measure.name, measure.short_name)]
        texts += [term.name for terms in (self.themes, self.audiences) for term in terms.all()]
        return " ".join(split_words(" ".join(texts)))
