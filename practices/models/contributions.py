"""A case as somebody of a municipality or region writes it: plain words only, until an editor takes it over."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models

from practices.models.vocabularies import Audience, Theme
from practices.terms import Effect, Evidence, Status
from surveys.accounts.models import Organisation
from surveys.measures.models import Measure
from surveys.responses.models import Answer
from surveys.territory.models import Municipality

PER_LINE = "Zet elk punt op een eigen regel."
WEB_ADDRESS = URLValidator(
    schemes=["http", "https"],
    message="Vul een webadres in dat met https:// begint, bijvoorbeeld https://www.gemeente.nl/jeugd.",
)
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
# Characters of one part.
LONGEST = 5000


class Contribution(models.Model):
    """What an organisation writes itself; a list is one text with a point per line.

    While the organisation has the pen these columns are what counts, and once it is submitted its page is, until the
    pen comes back (`contributing.lifecycle`); no column is shorter than its part of the page. Where it stands follows
    from the page and its workflow only (`contributing.stages`). `changing_since` is set while a published case is
    being changed. `review_asked_for` is the review date of the page that its owner was last mailed about.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contributions", verbose_name="ingezonden door"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="schrijver"
    )
    page = models.OneToOneField(
        "practices.PracticePage",
        models.SET_NULL,
        null=True,
        related_name="contribution",
        verbose_name="pagina",
    )
    # Two colleagues who begin from the same answer write one case.
    origin = models.OneToOneField(
        Answer, models.SET_NULL, null=True, related_name="+", verbose_name="antwoord waarmee het begon"
    )

    title = models.CharField(
        "Titel",
        max_length=255,
        blank=True,
        help_text="Kort en herkenbaar, bijvoorbeeld: Jeugdhulp in de school.",
    )
    summary = models.CharField(
        "Samenvatting", max_length=200, blank=True, help_text="Eén zin. Die staat in de lijst."
    )
    intro = models.TextField(
        "Wat het is",
        max_length=LONGEST,
        blank=True,
        help_text="Vertel het aan een collega in een andere gemeente. Een lege regel begint een nieuwe alinea.",
    )
    reason = models.TextField(
        "Aanleiding", max_length=LONGEST, blank=True, help_text="Waarom begon u hiermee?"
    )
    measures = models.ManyToManyField(
        Measure, verbose_name="Bij welke maatregelen hoort het?", blank=True, related_name="+"
    )
    themes = models.ManyToManyField(
        Theme, verbose_name="Bij welke andere thema’s hoort het?", blank=True, related_name="+"
    )
    municipalities = models.ManyToManyField(
        Municipality, verbose_name="Over welke gemeenten gaat het?", blank=True, related_name="+"
    )
    performer = models.CharField(
        "Wie voert het uit?",
        max_length=160,
        blank=True,
        help_text="Een team of organisatie, geen naam van een persoon.",
    )
    year = models.PositiveSmallIntegerField(
        "Over welk jaar gaat het?",
        null=True,
        blank=True,
        validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)],
    )
    status = models.CharField(
        "Hoe ver is het?", max_length=8, choices=Status.choices, default=Status.UNKNOWN, blank=True
    )
    status_when = models.CharField(
        "Sinds wanneer, of tot wanneer?",
        max_length=60,
        blank=True,
        help_text="In woorden, zoals: eind juni 2026.",
    )
    effect = models.CharField(
        "Wat deed het?", max_length=8, choices=Effect.choices, default=Effect.UNKNOWN, blank=True
    )
    effect_note = models.CharField("Toelichting op het effect", max_length=250, blank=True)
    evidence = models.CharField(
        "Hoe weet u dat?", max_length=13, choices=Evidence.choices, default=Evidence.NONE, blank=True
    )
    audiences = models.ManyToManyField(
        Audience, verbose_name="Voor wie is het?", blank=True, related_name="+"
    )
    audience = models.CharField("Voor wie, in uw eigen woorden", max_length=250, blank=True)
    outline = models.TextField(
        "Hoofdlijnen", max_length=LONGEST, blank=True, help_text=f"Hoe werkt het? {PER_LINE}"
    )
    conditions = models.TextField(
        "Randvoorwaarden",
        max_length=LONGEST,
        blank=True,
        help_text=f"Wat is er nodig om dit te doen? {PER_LINE}",
    )
    figures = models.TextField(
        "Feiten en cijfers",
        max_length=LONGEST,
        blank=True,
        help_text="Elk cijfer op een eigen regel: eerst het cijfer, dan een dubbele punt, dan wat het zegt, met het "
        "jaar en de bron. Bijvoorbeeld: ruim 30 %: minder verwijzingen naar jeugdhulp in 2025, eigen telling.",
    )
    costs = models.TextField("Kosten en opbrengsten", max_length=LONGEST, blank=True, help_text=PER_LINE)
    lessons = models.TextField(
        "Lessen", max_length=LONGEST, blank=True, help_text=f"Wat raadt u een ander aan? {PER_LINE}"
    )
    setbacks = models.TextField(
        "Wat niet werkte",
        max_length=LONGEST,
        blank=True,
        help_text=f"Daar leren anderen het meest van. {PER_LINE}",
    )
    parties = models.TextField(
        "Betrokken partijen",
        max_length=LONGEST,
        blank=True,
        help_text=f"Organisaties, geen personen. {PER_LINE}",
    )
    source = models.CharField(
        "Waar staat meer?",
        max_length=200,
        blank=True,
        help_text="Een evaluatie, plan of besluit: titel en jaar.",
    )
    link_title = models.CharField("Tekst van de link", max_length=160, blank=True)
    link_url = models.CharField("Webadres", max_length=1000, blank=True, validators=[WEB_ADDRESS])
    contact = models.CharField(
        "Bij welk team kan een collega terecht?",
        max_length=120,
        blank=True,
        help_text="Een team of loket, geen naam van een persoon. Dit wordt openbaar.",
    )
    contact_email = models.EmailField(
        "E-mailadres van dat team", max_length=320, blank=True, help_text="Geen adres van één persoon."
    )
    contact_url = models.CharField(
        "Webadres van dat team", max_length=1000, blank=True, validators=[WEB_ADDRESS]
    )

    changing_since = models.DateTimeField("in wijziging sinds", null=True, blank=True)
    review_asked_for = models.DateField("gevraagd om na te kijken voor", null=True, blank=True)
    started_at = models.DateTimeField("begonnen op")
    saved_at = models.DateTimeField("opgeslagen op")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-saved_at", "pk"]
        verbose_name, verbose_name_plural = "ingezonden voorbeeld", "ingezonden voorbeelden"
        permissions = [("review_contribution", "Kan ingezonden voorbeelden beoordelen")]

    def __str__(self) -> str:
        return self.title or f"Voorbeeld zonder titel van {self.organisation}"
