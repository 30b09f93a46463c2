"""What reviewers decide about responses: a verdict on a submission, and that they looked at what was flagged."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.responses.models import Response, Submission


class Review(models.Model):
    """A verdict on one submission; what is submitted next needs a new one.

    `checksum` is that of the submission as the reviewer had it before them. Of a response that is left out of every
    count the response itself says so.
    """

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "geaccepteerd"
        SENT_BACK = "sent_back", "teruggestuurd"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    checksum = models.CharField("controlegetal", max_length=64)
    verdict = models.CharField("oordeel", max_length=9, choices=Verdict)
    reason = models.CharField("toelichting", max_length=500, blank=True)
    reviewed_at = models.DateTimeField("beoordeeld op")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["submission", "reviewed_at"]
        permissions = [("review_responses", "Mag reacties beoordelen, terugsturen en corrigeren")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "verdict"], name="one_review_per_verdict"),
            models.CheckConstraint(
                name="sending_back_has_a_reason", condition=~Q(verdict="sent_back") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.verdict}"


class SeenFlag(models.Model):
    """A reviewer looked at a flag, with a note. A flag is computed, not stored: these columns say which one it was.

    `arose_at` is when the flag arose: what is flagged anew, because an answer changed, has to be looked at again.
    Codes and not keys: they stay when a response moves to another version of the questionnaire.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="seen_flags")
    kind = models.CharField("soort", max_length=14)
    question = models.CharField("vraag", max_length=60, blank=True)
    row = models.CharField("rij", max_length=60, blank=True)
    column = models.CharField("kolom", max_length=60, blank=True)
    municipality = models.CharField("gemeente", max_length=6, blank=True)
    arose_at = models.DateTimeField("ontstaan op")
    note = models.CharField("notitie", max_length=500, blank=True)
    seen_at = models.DateTimeField("gezien op")
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["response", "seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "kind", "question", "row", "column", "municipality", "arose_at"],
                name="one_look_per_flag",
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.kind} {self.question}"
