from django.conf import settings
from django.db import models

from surveys.questionnaire.models import Wave
from surveys.territory.models import Municipality


class Release(models.Model):
    """What was made public of a wave at one moment, frozen. `surveys.results.release.lifecycle` has the verbs.

    `snapshot` holds everything from which the figures follow (`release/snapshot.py`) and is never public;
    `snapshot_sha256` is over its canonical content, `tables_sha256` over what is public: the tables and `facts`.
    `facts` is what stands beside the tables: base rules, caveats, how far the response reaches, quotes. `questions`
    are codes, `breakdowns` lists of at most two dimensions, `units` those of `surveys.results.dimensions.Unit`.

    What takes long a worker does (`WAITING`): `attempts` counts the times one began with what it waits for, and only
    the worker that came at `claimed_at` may write. `problem` says in Dutch why the last step was not taken.
    `published_by` is who asked for it, also while it is not public yet.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    class Status(models.TextChoices):
        COUNTING = "counting", "wordt geteld"
        FAILED = "failed", "niet geteld"
        PREPARED = "prepared", "klaargezet"
        SCHEDULED = "scheduled", "ingepland"
        PUBLISHING = "publishing", "wordt openbaar gemaakt"
        PUBLISHED = "published", "openbaar"

    WAITING = (Status.COUNTING, Status.PUBLISHING)
    # Counted, and nobody is at it.
    READY = (Status.PREPARED, Status.SCHEDULED)

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="releases", verbose_name="meting")
    number = models.PositiveSmallIntegerField("nummer")
    code = models.SlugField("sleutel", unique=True, max_length=60)
    title = models.CharField("titel", max_length=160)
    introduction = models.TextField("inleiding", blank=True)
    note = models.TextField("wat er anders is en waarom", blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="vervangt"
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.COUNTING)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    claimed_at = models.DateTimeField("begonnen op", null=True, blank=True)
    problem = models.CharField("wat er misging", max_length=300, blank=True)
    publish_at = models.DateTimeField("openbaar vanaf", null=True, blank=True)
    prepared_at = models.DateTimeField("geteld op")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("openbaar sinds", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    questions = models.JSONField("vragen")
    breakdowns = models.JSONField("uitsplitsingen")
    units = models.JSONField("eenheden")
    minimum_base = models.PositiveSmallIntegerField("kleinste groep")
    facts = models.JSONField("gegevens bij de cijfers", default=dict)
    snapshot = models.BinaryField("bevroren gegevens")
    snapshot_sha256 = models.CharField("controlegetal van de gegevens", max_length=64)
    tables_sha256 = models.CharField("controlegetal van de tabellen", max_length=64, blank=True)

    class Meta:
        ordering = ["wave", "-number"]
        verbose_name, verbose_name_plural = "publicatie", "publicaties"
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="one_release_per_number"),
            models.UniqueConstraint(
                fields=["wave"],
                condition=~models.Q(status="published"),
                name="one_release_in_the_making_per_wave",
            ),
            models.CheckConstraint(
                name="published_release_says_when",
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="published_release_has_tables",
                condition=~models.Q(status="published") | ~models.Q(tables_sha256=""),
            ),
            models.CheckConstraint(
                name="correction_says_why", condition=models.Q(number=1) | ~models.Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_counted(self) -> bool:
        return self.status not in (self.Status.COUNTING, self.Status.FAILED)

    @property
    def is_waiting(self) -> bool:
        return self.status in self.WAITING

    @property
    def is_ready(self) -> bool:
        return self.status in self.READY


class ReleasedTable(models.Model):
    """The protected rows of one question in one breakdown of a release, in the form of `release/packing.py`.

    `breakdown` is the empty text for the total, else its dimensions with `*` in between.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    # The constraint begins with it, and is its index.
    release = models.ForeignKey(Release, models.CASCADE, related_name="tables", db_index=False)
    unit = models.CharField("eenheid", max_length=12)
    breakdown = models.CharField("uitsplitsing", max_length=260, blank=True)
    question = models.CharField("vraag", max_length=60)
    content = models.JSONField("inhoud")

    class Meta:
        ordering = ["release", "unit", "breakdown", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "unit", "breakdown", "question"],
                name="one_table_per_question_and_breakdown",
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.question} / {self.breakdown or 'totaal'} / {self.unit}"


class ComparisonGroup(models.Model):
    """Municipalities that somebody compares with; nobody else sees it. `surveys.results.comparison` has the verbs.

    Its text names nobody and nothing: the trail keeps it as a label, also when the group is gone.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    # The constraint begins with it, and is its index.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="comparison_groups",
        verbose_name="van",
        db_index=False,
    )
    name = models.CharField("naam", max_length=60)
    municipalities = models.ManyToManyField(Municipality, related_name="+", verbose_name="gemeenten")
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = "vergelijkingsgroep", "vergelijkingsgroepen"
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_group_per_name")]

    def __str__(self) -> str:
        return f"Vergelijkingsgroep {self.pk}"
