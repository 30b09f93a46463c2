"""The rows of a case that are data rather than text: they are counted, filtered and handed out as columns."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from practices.figure_writing import write_figure
from practices.terms import FactKind, FactTopic, LinkDirection, LinkStrength, Qualifier, Status
from surveys.measures.models import Measure


class PracticeFact(Orderable):
    """One figure with everything that makes it true: a number or a range with its qualifier, or words instead."""

    page = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="facts")
    low = models.DecimalField("getal, of laagste", max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(
        "hoogste, bij een bereik", max_digits=18, decimal_places=4, null=True, blank=True
    )
    qualifier = models.CharField("voorbehoud", max_length=12, choices=Qualifier.choices, blank=True)
    unit = models.CharField("eenheid", max_length=40, blank=True)
    wording = models.CharField(
        "in woorden", max_length=60, blank=True, help_text="Alleen als het geen getal is, zoals ‘de helft’."
    )
    text = models.CharField("wat het cijfer zegt", max_length=300)
    period = models.CharField("periode", max_length=80, blank=True)
    denominator = models.CharField(
        "waarvan", max_length=120, blank=True, help_text="Het geheel van een aandeel."
    )
    kind = models.CharField("soort", max_length=13, choices=FactKind.choices)
    topic = models.CharField("onderwerp", max_length=7, choices=FactTopic.choices)
    section = models.CharField("plaats in de bron", max_length=160, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("qualifier"), FieldPanel("low"), FieldPanel("high"), FieldPanel("unit")]),
        FieldPanel("wording"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("period"), FieldPanel("denominator")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("topic"), FieldPanel("section")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name, verbose_name_plural = "feit", "feiten"
        constraints = [
            models.CheckConstraint(
                name="practices_fact_has_number_or_words",
                condition=Q(low__isnull=True, high__isnull=True) & ~Q(wording="")
                | Q(low__isnull=False, wording=""),
            ),
            models.CheckConstraint(
                name="practices_fact_range_goes_up", condition=Q(high__isnull=True) | Q(high__gt=F("low"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.text}"

    @property
    def figure(self) -> str:
        """With its qualifier and unit, as it is read."""
        return write_figure(
            low=self.low,
            high=self.high,
            qualifier=Qualifier(self.qualifier).label if self.qualifier else "",
            unit=self.unit,
            wording=self.wording,
        )

    @property
    def meaning(self) -> str:
        """What the figure says, with of what and when."""
        context = "; ".join(filter(None, (self.denominator, self.period)))
        return f"{self.text} ({context})" if context else self.text

    def clean(self) -> None:
        super().clean()
        if (self.low is None) == (not self.wording):
            raise ValidationError({"low": "Vul een getal in, of zeg het cijfer in woorden. Niet allebei."})
        if self.high is not None and (self.low is None or self.high <= self.low):
            raise ValidationError({"high": "Het hoogste getal moet hoger zijn dan het laagste."})


class PracticeMeasure(Orderable):
    """What a case says of a measure. `is_editorial`: the link is ours and not that of the source."""

    page = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="measure_links")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+", verbose_name="maatregel")
    strength = models.CharField("hoe sterk", max_length=7, choices=LinkStrength.choices)
    direction = models.CharField("welke kant op", max_length=15, choices=LinkDirection.choices)
    note = models.CharField("waarom", max_length=200, blank=True)
    is_editorial = models.BooleanField(
        "door de redactie gelegd", default=True, help_text="Uit: de bron noemt deze maatregel zelf."
    )

    panels = [
        FieldPanel("measure"),
        FieldRowPanel([FieldPanel("strength"), FieldPanel("direction")]),
        FieldPanel("note"),
        FieldPanel("is_editorial"),
    ]

    class Meta(Orderable.Meta):
        verbose_name, verbose_name_plural = "maatregel", "maatregelen"
        constraints = [
            models.UniqueConstraint(fields=["page", "measure"], name="practices_measure_once_per_case")
        ]

    def __str__(self) -> str:
        return str(self.measure_id)


class PracticeStatus(Orderable):
    """An earlier stage; where the practice stands now is on the page itself."""

    page = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="earlier_statuses")
    status = models.CharField("stand", max_length=8, choices=Status.choices)
    when = models.CharField("wanneer", max_length=60, help_text="In woorden, zoals ‘najaar 2016’.")

    panels = [FieldRowPanel([FieldPanel("status"), FieldPanel("when")])]

    class Meta(Orderable.Meta):
        verbose_name, verbose_name_plural = "eerdere stand", "eerdere standen"

    def __str__(self) -> str:
        return f"{self.get_status_display()}, {self.when}"


class PracticeSource(Orderable):
    """Where it was read: a document with a page of its own here, or a title and a date."""

    page = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="sources")
    document = models.ForeignKey(
        "practices.SourcePage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case_sources",
        verbose_name="bron op deze site",
    )
    title = models.CharField(
        "titel", max_length=200, blank=True, help_text="Alleen zonder bron op deze site."
    )
    published = models.CharField("verschenen", max_length=60, blank=True)
    section = models.CharField("plaats in de bron", max_length=200, blank=True)

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("title"), FieldPanel("published")]),
        FieldPanel("section"),
    ]

    class Meta(Orderable.Meta):
        verbose_name, verbose_name_plural = "bron", "bronnen"
        constraints = [
            models.CheckConstraint(
                name="practices_source_is_page_or_title",
                condition=Q(document__isnull=True) & ~Q(title="")
                | Q(document__isnull=False, title="", published=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.section}" if self.section else self.name

    @property
    def name(self) -> str:
        return str(self.document.title) if self.document else self.title

    @property
    def date_text(self) -> str:
        return str(self.document.published) if self.document else self.published

    def clean(self) -> None:
        super().clean()
        if (self.document is None) == (not self.title):
            raise ValidationError(
                {"document": "Kies een bron op deze site, of vul een titel in. Niet allebei."}
            )
        if self.document is not None and self.published:
            raise ValidationError({"published": "Laat dit leeg: het staat bij de bron op deze site."})
