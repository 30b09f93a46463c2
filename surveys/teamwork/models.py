"""Who works on an organisation's survey: invitations, who has which section, and notes among colleagues."""

from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.utils import timezone

from surveys.accounts.models import LowerCaseEmailField, Membership, Organisation
from surveys.questionnaire.models import Wave


class Invitation(models.Model):
    """A place in an organisation that waits for somebody who can read mail at `email`.

    Only the SHA-256 of the link's token is kept: who reads the database cannot use an invitation.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    email = LowerCaseEmailField("e-mailadres")
    role = models.CharField("rol", max_length=12, choices=Membership.Role)
    is_limited = models.BooleanField("ziet alleen toegewezen onderdelen", default=False)
    sections = models.JSONField("onderdelen", default=list, blank=True)
    hands_over = models.BooleanField("neemt het over van de uitnodiger", default=False)
    inviter_leaves = models.BooleanField(
        "de uitnodiger stopt ermee",
        default=False,
        help_text="Alleen bij overdragen: anders blijft deze invuller.",
    )
    token_hash = models.CharField("sleutel", max_length=64, unique=True)
    invited_at = models.DateTimeField("uitgenodigd op")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField(
        "geldig tot",
        null=True,
        blank=True,
        help_text="Leeg: een uitnodiging van de onderzoekers, geldig zolang de meting loopt.",
    )
    accepted_at = models.DateTimeField("aangenomen op", null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.invited_at:%Y-%m-%d}"

    @property
    def is_pending(self) -> bool:
        """Nobody used it and nobody took it back; it may have expired."""
        return self.accepted_at is None and self.revoked_at is None

    def is_open(self, *, at: datetime) -> bool:
        has_ended = self.is_from_researchers and self.wave.status == Wave.Status.CLOSED
        return self.is_pending and not has_ended and at < self.works_until

    @property
    def is_from_researchers(self) -> bool:
        return self.expires_at is None

    @property
    def works_until(self) -> datetime:
        """Of the researchers: the end of the wave's last day, also when that day is moved."""
        if self.expires_at is not None:
            return self.expires_at
        return timezone.make_aware(datetime.combine(self.wave.closes_on, time.max))


class SectionAssignment(models.Model):
    """This member does this section; for a member who is limited it is also all they see."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="assignments")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="assignments")
    section = models.SlugField("onderdeel")
    assigned_at = models.DateTimeField("toegewezen op")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "membership", "section"], name="one_assignment")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.section}"


class Note(models.Model):
    """What colleagues say to each other about a question. Never part of an answer, a file or a result."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="notes")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="notes")
    question = models.SlugField("vraag", max_length=60)
    text = models.TextField("notitie")
    written_at = models.DateTimeField("geschreven op")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["written_at"]
        indexes = [models.Index(fields=["wave", "organisation", "question"])]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.question}"
