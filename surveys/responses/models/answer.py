"""Answers: the current value of each question, every earlier one, and what waits for somebody to choose."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.questionnaire.answer_values import STATE_LABELS
from surveys.questionnaire.models import Option, Question
from surveys.responses.models.response import Response
from surveys.territory.models import Municipality


class EvidenceFile(models.Model):
    """A file somebody handed in as evidence. Kept outside the site's folders, served as a download only."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="evidence")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    name = models.CharField("bestandsnaam", max_length=120)
    content_type = models.CharField("soort", max_length=80)
    size = models.PositiveIntegerField("grootte in bytes")
    checksum = models.CharField("controlegetal", max_length=64)
    uploaded_at = models.DateTimeField("toegevoegd op")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["response", "uploaded_at"]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """The current value of one question. `revision` counts the saves; a save names the one it started from.

    `is_routed` is false while the routing hides the question: the value is kept, but does not count. With a
    `municipality` it is a deviation: what a region answers for that one municipality instead. `caveat` is what
    must be read with the figure in public; `confirmed_revision` is the revision that somebody looked at again
    after a warning.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afwijking voor",
        db_index=False,
    )
    revision = models.PositiveIntegerField("revisie", default=1)
    state = models.CharField("stand", max_length=16, choices=STATE_LABELS)
    text = models.TextField("tekst", blank=True)
    number = models.DecimalField("getal", max_digits=18, decimal_places=3, null=True, blank=True)
    day = models.DateField("datum", null=True, blank=True)
    file = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    options = models.ManyToManyField(Option, through="AnswerOption", related_name="+")
    caveat = models.CharField("kanttekening", max_length=500, blank=True)
    confirmed_revision = models.PositiveIntegerField("bevestigde revisie", null=True, blank=True)
    is_routed = models.BooleanField("gesteld volgens de route", default=True)
    saved_at = models.DateTimeField("opgeslagen op")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"],
                condition=Q(municipality__isnull=True),
                name="one_answer_per_question",
            ),
            models.UniqueConstraint(
                fields=["response", "question", "municipality"],
                condition=Q(municipality__isnull=False),
                name="one_deviation_per_municipality",
            ),
        ]
        indexes = [
            models.Index(
                fields=["question", "response"],
                name="counting_answers",
                condition=Q(state="given", is_routed=True),
            ),
            # Few answers have these: an index over all of them would only make every save dearer.
            models.Index(fields=["municipality"], name="deviating", condition=Q(municipality__isnull=False)),
            models.Index(fields=["file"], name="with_evidence", condition=Q(file__isnull=False)),
            models.Index(fields=["question"], name="with_caveat", condition=~Q(caveat="")),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.question_id}"


class AnswerOption(models.Model):
    """A chosen option; `text` is what follows "Anders, namelijk", `rank` its place in a ranking from 1."""

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    # The constraint begins with it, and is its index.
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="chosen", db_index=False)
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    text = models.CharField("toelichting", max_length=1000, blank=True)
    rank = models.PositiveSmallIntegerField("plaats", default=0)

    class Meta:
        ordering = ["rank", "option__position"]
        constraints = [models.UniqueConstraint(fields=["answer", "option"], name="one_row_per_chosen_option")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.option_id}"


class AnswerCell(models.Model):
    """One filled cell of a table (row × column) or of a typology (dimension, without a column)."""

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    # The constraint begins with it, and is its index.
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="cells", db_index=False)
    row = models.CharField("rij", max_length=60)
    column = models.CharField("kolom", max_length=60, blank=True)
    option = models.CharField("keuze", max_length=60, blank=True)
    number = models.DecimalField("getal", max_digits=18, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["answer", "pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "row", "column"], name="one_row_per_cell")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.row} × {self.column}"


class AnswerRevision(models.Model):
    """Every value an answer ever had, in the canonical form of `AnswerValue.as_dict`.

    `key` is the name that the sender gave to this save, so that the same save, sent twice, is known again.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    class Origin(models.TextChoices):
        FORM = "form", "formulier"
        PREVIOUS_WAVE = "previous", "vorige meting, bevestigd"
        CONFLICT = "conflict", "gekozen uit twee antwoorden"
        UPLOAD = "upload", "ingevulde werkmap"
        IMPORT = "import", "ingelezen bestand"
        MOVE = "move", "andere versie van de vragenlijst"
        CORRECTION = "correction", "correctie door de onderzoekers"

    # The constraint begins with it, and is its index.
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField("revisie")
    value = models.JSONField("waarde")
    key = models.CharField("sleutel", max_length=36, blank=True)
    origin = models.CharField("herkomst", max_length=10, choices=Origin, default=Origin.FORM)
    saved_at = models.DateTimeField("opgeslagen op")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["answer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="one_row_per_revision"),
            models.UniqueConstraint(
                fields=["answer", "key"], condition=~Q(key=""), name="one_revision_per_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} r{self.number}"


class Correction(models.Model):
    """Why an administrator changed an answer that was submitted; the revision before it keeps the original.

    `name` is who did it, as that person was called then: it stays readable when the account goes.
    """

    revision = models.OneToOneField(AnswerRevision, models.CASCADE, related_name="correction")
    reason = models.CharField("reden", max_length=500)
    name = models.CharField("gewijzigd door", max_length=320)

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.CheckConstraint(name="correction_says_who_and_why", condition=~Q(reason="") & ~Q(name=""))
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.name}"


class ConflictingAnswer(models.Model):
    """A value that was saved beside the current one: its author had not seen what somebody else saved meanwhile.

    It is open until a person chooses (`settled_at`); nothing chooses by itself.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    class Outcome(models.TextChoices):
        OPEN = "", "nog te kiezen"
        KEPT = "kept", "het andere antwoord bleef"
        TAKEN = "taken", "dit antwoord werd gekozen"
        REPLACED = "replaced", "de schrijver schreef zelf iets nieuws"

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="conflicts")
    value = models.JSONField("waarde")
    base_revision = models.PositiveIntegerField("gezien revisie")
    key = models.CharField("sleutel", max_length=36, blank=True)
    saved_at = models.DateTimeField("opgeslagen op")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField("uitkomst", max_length=8, choices=Outcome, blank=True)
    settled_at = models.DateTimeField("gekozen op", null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["answer", "saved_at", "pk"]
        indexes = [models.Index(fields=["answer"], condition=Q(outcome=""), name="open_conflicts")]

    def __str__(self) -> str:
        return f"{self.answer_id} naast r{self.base_revision}: {self.get_outcome_display()}"
