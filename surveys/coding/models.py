"""Open answers put into themes: what the themes are, who codes which texts, and what holds in the end.

What is coded is a text: an `Answer` to an open question in a submitted response, at the revision that was submitted.
A coding, a settlement and a redaction name that revision, so that a text that changes has to be looked at again.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from surveys.questionnaire.models import Survey, Wave
from surveys.responses.models import Answer


class Codebook(models.Model):
    """The themes of one open question, for all waves of its survey."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="codebooks")
    question = models.SlugField("vraag", max_length=60)

    class Meta:
        ordering = ["survey", "question"]
        verbose_name, verbose_name_plural = "codeboek", "codeboeken"
        permissions = [
            ("manage_codebooks", "Mag codeboeken maken en het coderen verdelen"),
            ("code_answers", "Mag open antwoorden coderen"),
            ("settle_codes", "Mag codes vaststellen en citaten vrijgeven"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["survey", "question"], name="one_codebook_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.question}"


class CodebookVersion(models.Model):
    """One edition of the themes. It never changes once it is published: texts are coded with it from then on."""

    codebook = models.ForeignKey(Codebook, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    started_at = models.DateTimeField("begonnen op")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField("vastgesteld op", null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["codebook", "number"]
        verbose_name, verbose_name_plural = "versie van een codeboek", "versies van codeboeken"
        constraints = [
            models.UniqueConstraint(fields=["codebook", "number"], name="one_codebook_version_number"),
            models.UniqueConstraint(
                fields=["codebook"], condition=Q(published_at=None), name="one_codebook_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"Codeboek {self.codebook}, versie {self.number}"


class Theme(models.Model):
    """What a text can be about. `code` is stable over versions.

    `formers` are the themes of the version before that this one takes the place of: one when it goes on, more when
    they were merged, and a former one with more successors was split.
    """

    version = models.ForeignKey(CodebookVersion, models.CASCADE, related_name="themes")
    code = models.SlugField("sleutel", max_length=60)
    name = models.CharField("naam", max_length=120)
    definition = models.TextField("definitie")
    example = models.TextField("voorbeeld", blank=True)
    position = models.PositiveSmallIntegerField("volgorde")
    formers = models.ManyToManyField("self", symmetrical=False, related_name="successors")

    class Meta:
        ordering = ["version", "position"]
        verbose_name, verbose_name_plural = "thema", "thema's"
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_theme_code")]

    def __str__(self) -> str:
        return self.name


class CodingRound(models.Model):
    """The texts of one wave, coded with one version of the codebook.

    Until `settling_since` the coders work blind: nobody sees what somebody else chose. After it nobody changes what
    they chose, agreement is known and what differs is settled.
    With `released_at` the themes count in the results; of one wave and question at most one round does.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="coding_rounds")
    version = models.ForeignKey(CodebookVersion, models.PROTECT, related_name="rounds")
    started_at = models.DateTimeField("begonnen op")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settling_since = models.DateTimeField("vergelijken sinds", null=True, blank=True)
    released_at = models.DateTimeField("telt mee in de resultaten sinds", null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["wave", "version"]
        verbose_name, verbose_name_plural = "codeerronde", "codeerrondes"
        constraints = [models.UniqueConstraint(fields=["wave", "version"], name="one_round_per_version")]

    def __str__(self) -> str:
        return f"{self.version} – {self.wave}"

    @property
    def is_blind(self) -> bool:
        return self.settling_since is None


class Assignment(models.Model):
    """This person codes in this round the texts whose lot lies from `first` up to `last`, in percentages.

    The lot of a text is fixed, so that two people with overlapping parts code the same texts. After `ended_at`
    what this person coded is kept and no longer counts.
    """

    round = models.ForeignKey(CodingRound, models.CASCADE, related_name="assignments")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="coding_assignments"
    )
    first = models.PositiveSmallIntegerField("van (%)", default=0)
    last = models.PositiveSmallIntegerField("tot (%)", default=100)
    assigned_at = models.DateTimeField("toegewezen op")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField("beëindigd op", null=True, blank=True)

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "coder"], name="one_assignment_per_coder"),
            models.CheckConstraint(
                name="assignment_is_a_part", condition=Q(first__lt=F("last")) & Q(last__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.first}–{self.last} %"

    @property
    def coder_name(self) -> str:
        return str(self.coder) if self.coder else "Verwijderd account"


class Coding(models.Model):
    """What one coder made of one revision of a text: themes, or that it was skipped.

    `saves` counts the saves, so that a second window of the same coder is noticed. `is_carried_over` says that it
    followed from the coder's own codes with the version before.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="codings")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="codings")
    revision = models.PositiveIntegerField("revisie")
    themes = models.ManyToManyField(Theme, related_name="+")
    memo = models.TextField("memo", blank=True)
    is_skipped = models.BooleanField("overgeslagen", default=False)
    is_carried_over = models.BooleanField("overgenomen", default=False)
    saves = models.PositiveIntegerField("keren opgeslagen", default=1)
    saved_at = models.DateTimeField("opgeslagen op")

    class Meta:
        ordering = ["assignment", "answer"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "answer", "revision"], name="one_coding_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.answer_id} r{self.revision}"


class Settlement(models.Model):
    """The themes that hold for one revision of a text, however they came about. Counting reads these rows."""

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    class Kind(models.TextChoices):
        SINGLE = "single", "door één persoon gecodeerd"
        AGREED = "agreed", "de codes waren gelijk"
        CHOSEN = "chosen", "na vergelijken gekozen"
        CARRIED = "carried", "overgenomen uit de vorige versie van het codeboek"

    round = models.ForeignKey(CodingRound, models.CASCADE, related_name="settlements")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="settlements")
    revision = models.PositiveIntegerField("revisie")
    kind = models.CharField("hoe", max_length=7, choices=Kind)
    themes = models.ManyToManyField(Theme, related_name="settlements")
    note = models.TextField("toelichting", blank=True)
    settled_at = models.DateTimeField("vastgesteld op")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["round", "answer"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "answer", "revision"], name="one_settlement_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.answer_id} r{self.revision}"


class Redaction(models.Model):
    """Whether one revision of a text may be quoted in public and, if so, in which words.

    `spans` are what was taken out: [first character, character after the last, what it was]. `text` is what is left.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="redactions")
    revision = models.PositiveIntegerField("revisie")
    may_be_quoted = models.BooleanField("vrij om te citeren")
    spans = models.JSONField("weggehaald", default=list, blank=True)
    text = models.TextField("tekst zonder persoonsgegevens", blank=True)
    decided_at = models.DateTimeField("besloten op")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["answer", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "revision"], name="one_redaction_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} r{self.revision}"
