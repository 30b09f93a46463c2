"""Surveys, their immutable versions, and the waves that ask a version of a frame of municipalities."""

from django.db import models
from django.db.models import F, Q

from surveys.measures.models import Measure
from surveys.territory.models import Municipality, Province, SizeClass, YouthRegion


class Survey(models.Model):
    """What versions have in common; the title is the version's: a later one may be called otherwise."""

    code = models.SlugField("sleutel", primary_key=True)

    class Meta:
        verbose_name, verbose_name_plural = "vragenlijst", "vragenlijsten"

    def __str__(self) -> str:
        return self.code


class QuestionnaireVersion(models.Model):
    """What was asked. Never changes once published; `checksum` is the SHA-256 of the canonical definition."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    title = models.CharField("titel", max_length=160)
    source = models.CharField("bron", max_length=300, blank=True)
    checksum = models.CharField("controlegetal", max_length=64)
    published_at = models.DateTimeField("gepubliceerd op")

    class Meta:
        ordering = ["survey", "number"]
        verbose_name, verbose_name_plural = "versie van een vragenlijst", "versies van vragenlijsten"
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="one_version_number")]

    def __str__(self) -> str:
        return f"{self.title}, versie {self.number}"


class Section(models.Model):
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="sections")
    code = models.SlugField("sleutel")
    title = models.CharField("titel", max_length=160)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="sections")
    intro = models.TextField("inleiding", blank=True)
    more = models.TextField("meer uitleg", blank=True)
    position = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_section_code")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """`code` is stable over versions: it is what files, results and routing refer to.

    `layout` holds the rows and columns of a table, the dimensions of a typology or the limits of a file, and
    `rules` the checks on an answer, both in the canonical form of `definition.py`.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", "één keuze"
        MULTIPLE = "multiple", "meer keuzes"
        NUMBER = "number", "getal"
        YEAR = "year", "jaar"
        EURO = "euro", "bedrag in euro's"
        PERCENTAGE = "percentage", "percentage"
        TEXT = "text", "tekst"
        DATE = "date", "datum"
        RANKING = "ranking", "volgorde"
        MATRIX = "matrix", "tabel"
        TYPOLOGY = "typology", "typering"
        FILE = "file", "bestand"

    class Change(models.TextChoices):
        """How the question differs from the same one in the version before."""

        COSMETIC = "cosmetic", "alleen de vorm"
        CLARIFYING = "clarifying", "verduidelijkt"
        MEANING = "meaning", "andere betekenis"
        NEW = "new", "nieuw"

    class Requirement(models.TextChoices):
        REQUIRED = "required", "verplicht"
        RECOMMENDED = "recommended", "gewenst"

    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="questions")
    section = models.ForeignKey(Section, models.PROTECT, related_name="questions")
    code = models.SlugField("sleutel", max_length=60)
    kind = models.CharField("soort", max_length=12, choices=Kind)
    text = models.TextField("vraag")
    help = models.TextField("hulptekst", blank=True)
    definition = models.TextField("definitie", blank=True)
    requirement = models.CharField("verplicht of gewenst", max_length=12, choices=Requirement)
    unit = models.CharField("eenheid", max_length=40, blank=True)
    minimum = models.DecimalField("minimum", max_digits=15, decimal_places=3, null=True, blank=True)
    maximum = models.DecimalField("maximum", max_digits=15, decimal_places=3, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField("decimalen", default=0)
    allows_dont_know = models.BooleanField("weet niet mag", default=False)
    allows_not_applicable = models.BooleanField("niet van toepassing mag", default=False)
    allows_refused = models.BooleanField("wil niet zeggen mag", default=False)
    layout = models.JSONField("indeling", default=dict, blank=True)
    rules = models.JSONField("controles", default=list, blank=True)
    change = models.CharField("verandering", max_length=10, choices=Change, blank=True)
    position = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_question_code")]

    def __str__(self) -> str:
        return self.text


class Option(models.Model):
    question = models.ForeignKey(Question, models.PROTECT, related_name="options")
    code = models.SlugField("sleutel", max_length=60)
    text = models.CharField("tekst", max_length=300)
    asks_text = models.BooleanField("vraagt om toelichting", default=False)
    position = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        ordering = ["question", "position"]
        constraints = [models.UniqueConstraint(fields=["question", "code"], name="one_option_code")]

    def __str__(self) -> str:
        return self.text


class Condition(models.Model):
    """The question is asked only when `source` has one of `options`; several conditions must all hold."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="conditions")
    source = models.ForeignKey(Question, models.PROTECT, related_name="routes")
    options = models.ManyToManyField(Option, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "source"], name="one_condition_per_source")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} na {self.source_id}"


class Wave(models.Model):
    """One round of a survey. Who is asked is fixed by `reference_date` and stored as the frame."""

    class Status(models.TextChoices):
        PLANNED = "planned", "gepland"
        OPEN = "open", "open"
        CLOSED = "closed", "gesloten"

    code = models.SlugField("sleutel", unique=True)
    title = models.CharField("titel", max_length=160)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="waves")
    reference_date = models.DateField("peildatum")
    status = models.CharField("status", max_length=8, choices=Status, default=Status.PLANNED)
    opens_on = models.DateField("open vanaf")
    closes_on = models.DateField("invullen tot en met")
    preferably_before = models.DateField(
        "graag voor", null=True, blank=True, help_text="Daarna waarschuwt de vragenlijst; invullen kan nog."
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vorige meting"
    )
    results_published_at = models.DateTimeField("resultaten openbaar sinds", null=True, blank=True)
    minimum_public_base = models.PositiveSmallIntegerField(
        "kleinste groep die openbaar mag", default=3, help_text="Aantal gemeenten achter een cijfer."
    )

    class Meta:
        ordering = ["-reference_date"]
        verbose_name, verbose_name_plural = "meting", "metingen"
        permissions = [("run_waves", "Mag metingen beheren")]
        constraints = [
            models.CheckConstraint(
                name="wave_closes_after_opening", condition=Q(closes_on__gte=F("opens_on"))
            )
        ]

    def __str__(self) -> str:
        return self.title


class FrameMunicipality(models.Model):
    """The sampling frame: a municipality as it was on the reference date. Counting reads these rows."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="frame")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="frame_rows")
    name = models.CharField("naam", max_length=80)
    population = models.PositiveIntegerField("inwoners")
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    size_class = models.ForeignKey(SizeClass, models.PROTECT, related_name="+")
    youth_region = models.ForeignKey(YouthRegion, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["wave", "name"]
        constraints = [models.UniqueConstraint(fields=["wave", "municipality"], name="one_frame_row")]

    def __str__(self) -> str:
        return self.name
