"""A response as a whole: who answers, for whom, how far it is, and what was submitted."""

from django.conf import settings
from django.db import models

from surveys.accounts.models import Organisation
from surveys.questionnaire.models import Question, QuestionnaireVersion, Wave
from surveys.territory.models import Municipality, Province, SizeClass, YouthRegion


class Response(models.Model):
    """One organisation's answers in one wave, to one version of the questionnaire.

    The version is that of the wave when the response began, until somebody moves it to a newer one.

    `size_class`, `province` and `youth_region` are the group in which the response counts as a whole. They
    are set when it is submitted, and empty when its municipalities lie in more than one group.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    class Status(models.TextChoices):
        DRAFT = "draft", "bezig"
        SUBMITTED = "submitted", "ingediend"
        EXCLUDED = "excluded", "buiten beschouwing"
        WITHDRAWN = "withdrawn", "ingetrokken"

    # The constraint begins with it, and is its index.
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="responses", db_index=False)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="responses")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    started_at = models.DateTimeField("begonnen op")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField("ingediend op", null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    receipt_code = models.CharField("ontvangstnummer", max_length=20, blank=True)
    exclusion_reason = models.CharField("reden", max_length=300, blank=True)
    withdrawal_reason = models.CharField("reden van intrekken", max_length=300, blank=True)
    reopening_reason = models.CharField("reden van heropenen", max_length=500, blank=True)
    size_class = models.ForeignKey(SizeClass, models.PROTECT, null=True, related_name="+")
    province = models.ForeignKey(Province, models.PROTECT, null=True, related_name="+")
    youth_region = models.ForeignKey(YouthRegion, models.PROTECT, null=True, related_name="+")
    municipalities = models.ManyToManyField(
        Municipality, through="ResponseMunicipality", related_name="responses"
    )

    class Meta:
        ordering = ["wave", "organisation"]
        verbose_name, verbose_name_plural = "reactie", "reacties"
        constraints = [
            models.UniqueConstraint(fields=["wave", "organisation"], name="one_response_per_organisation")
        ]
        indexes = [models.Index(fields=["wave", "status"])]
        permissions = [
            ("watch_responses", "Mag de respons volgen"),
            ("reopen_response", "Mag een reactie heropenen"),
            ("exclude_response", "Mag een reactie buiten beschouwing laten"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.wave}"


class ResponseMunicipality(models.Model):
    """The response speaks for this municipality: itself, or a member the region has ticked.

    That it delivered is one decision, `may_be_named` another: whether its answer may be shown with its name.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    # The constraint begins with it, and is its index.
    response = models.ForeignKey(Response, models.CASCADE, related_name="coverage", db_index=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    may_be_named = models.BooleanField("mag met naam openbaar", default=False)
    naming_decided_at = models.DateTimeField("besloten op", null=True, blank=True)
    naming_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "municipality"], name="one_coverage_row")]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.municipality_id}"


class Submission(models.Model):
    """What was submitted, word for word, and never changed: submitting again adds one beside it.

    `content` is canonical JSON and `checksum` its SHA-256 (hexadecimal).
    """

    response = models.ForeignKey(Response, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("volgnummer")
    content = models.TextField("inhoud")
    checksum = models.CharField("controlegetal", max_length=64)
    receipt_code = models.CharField("ontvangstnummer", max_length=20, unique=True)
    submitted_at = models.DateTimeField("ingediend op")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["response", "number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="one_submission_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} #{self.number}: {self.receipt_code}"


class ReopenRequest(models.Model):
    """Somebody asks to change a submitted response; an administrator grants or refuses it."""

    class Decision(models.TextChoices):
        OPEN = "", "nog niet beslist"
        GRANTED = "granted", "toegestaan"
        REFUSED = "refused", "afgewezen"

    response = models.ForeignKey(Response, models.CASCADE, related_name="reopen_requests")
    reason = models.CharField("reden", max_length=300)
    requested_at = models.DateTimeField("gevraagd op")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decision = models.CharField("besluit", max_length=8, choices=Decision, blank=True)
    explanation = models.CharField("toelichting", max_length=300, blank=True)
    decided_at = models.DateTimeField("besloten op", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["response"], condition=models.Q(decision=""), name="one_open_reopen_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.get_decision_display()}"


class Clarification(models.Model):
    """A question back: what an administrator asks about one answer, and what the organisation replies."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="clarifications")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    text = models.TextField("vraag terug")
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reply = models.TextField("antwoord", blank=True)
    replied_at = models.DateTimeField("beantwoord op", null=True, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField("afgesloten op", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["response", "asked_at"]

    def __str__(self) -> str:
        return f"{self.response_id} × {self.question_id}"

    @property
    def is_open(self) -> bool:
        """Whether the organisation can still reply."""
        return self.replied_at is None and self.closed_at is None

    @property
    def status_label(self) -> str:
        if self.closed_at is not None:
            return "Afgesloten"
        return "Open" if self.is_open else "Beantwoord"
