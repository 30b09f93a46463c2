"""Writing to organisations: who their contact is, what a mail says, and what became of every mail."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.accounts.models import LowerCaseEmailField, Organisation
from surveys.questionnaire.models import Wave


class Purpose(models.TextChoices):
    """What a mail is for. Nobody gets two mails for the same purpose, organisation and occasion."""

    INVITATION = "invitation", "Uitnodiging"
    REMINDER_START = "reminder_start", "Herinnering om te beginnen"
    REMINDER_FINISH = "reminder_finish", "Herinnering om af te maken"
    REMINDER_LAST = "reminder_last", "Laatste herinnering"


REMINDERS = (Purpose.REMINDER_START, Purpose.REMINDER_FINISH, Purpose.REMINDER_LAST)


class Contact(models.Model):
    """Whom the researchers write to: one active contact per organisation and wave; former ones stay for the log."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="contacts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    email = LowerCaseEmailField("e-mailadres")
    name = models.CharField("naam", max_length=150, blank=True)
    is_functional_mailbox = models.BooleanField("functionele mailbox", default=False)
    is_active = models.BooleanField("in gebruik", default=True)
    added_at = models.DateTimeField("toegevoegd op")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["wave", "organisation", "-added_at"]
        permissions = [("invite_organisations", "Mag organisaties uitnodigen en herinneren")]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "organisation"], condition=Q(is_active=True), name="one_active_contact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.added_at:%Y-%m-%d}"

    @property
    def greeted_name(self) -> str:
        """A functional mailbox is nobody's: the mail greets without a name."""
        return "" if self.is_functional_mailbox else self.name


class MailTemplate(models.Model):
    """What a mail of this wave says when somebody changed the text that ships with the site (default_texts.py)."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="mail_templates")
    purpose = models.CharField("doel", max_length=30, choices=Purpose)
    subject = models.CharField("onderwerp", max_length=150)
    body = models.TextField("tekst")
    edited_at = models.DateTimeField("gewijzigd op")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "purpose"], name="one_template_per_purpose")]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.purpose}"


class Mailing(models.Model):
    """Mails that are sent together, with the text as it was when they were put together."""

    class Status(models.TextChoices):
        DRAFT = "draft", "nog niet gestart"
        SENDING = "sending", "wordt verstuurd"
        STOPPED = "stopped", "gestopt"
        DONE = "done", "klaar"

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="mailings")
    purpose = models.CharField("doel", max_length=30, choices=Purpose)
    occasion = models.SlugField("gelegenheid", max_length=60, blank=True)
    subject = models.CharField("onderwerp", max_length=150)
    body = models.TextField("tekst")
    status = models.CharField("stand", max_length=8, choices=Status, default=Status.DRAFT)
    batch_size = models.PositiveSmallIntegerField("mails per keer")
    created_at = models.DateTimeField("gemaakt op")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField("gestart op", null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    stopped_at = models.DateTimeField("gestopt op", null=True, blank=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    stop_reason = models.CharField("reden van stoppen", max_length=200, blank=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.created_at:%Y-%m-%d}"


class Message(models.Model):
    """One mail to one address, and what became of it.

    `key` makes it impossible that the same mail is made twice; `attempts` counts the times a worker took the
    message, and only the worker with the last number may send it. `message_id` stays the same at every attempt.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "wacht"
        SENDING = "sending", "wordt verstuurd"
        SENT = "sent", "verstuurd"
        UNCLEAR = "unclear", "onzeker"
        FAILED = "failed", "mislukt"
        SKIPPED = "skipped", "niet verstuurd"
        BOUNCED = "bounced", "teruggekomen"

    UNFINISHED = (Status.QUEUED, Status.SENDING)

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="messages")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="messages")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="messages")
    address = LowerCaseEmailField("e-mailadres")
    recipient_name = models.CharField("naam", max_length=150, blank=True)
    key = models.CharField("sleutel", max_length=64, unique=True)
    message_id = models.CharField("Message-ID", max_length=200)
    status = models.CharField("stand", max_length=8, choices=Status, default=Status.QUEUED)
    outcome = models.CharField("uitkomst", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    due_at = models.DateTimeField("niet eerder dan")
    claimed_at = models.DateTimeField("opgepakt op", null=True, blank=True)
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)
    invitation = models.ForeignKey(
        "teamwork.Invitation", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["mailing", "pk"]
        indexes = [models.Index(fields=["mailing", "status", "due_at"])]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.status}"

    @property
    def released_key(self) -> str:
        """For a message that never went: the same mail may be made again."""
        return f"skipped:{self.pk}"


class Reply(models.Model):
    """What came back from a person: "niet voor mij" by the link in a mail, or an answer that a researcher noted."""

    class Kind(models.TextChoices):
        NOT_FOR_ME = "not_for_me", "Niet voor mij"
        WILL_ANSWER = "will_answer", "Doet mee"
        DECLINES = "declines", "Doet niet mee"
        ABSENT = "absent", "Afwezig"
        OTHER = "other", "Anders"

    message = models.ForeignKey(Message, models.CASCADE, related_name="replies")
    kind = models.CharField("soort", max_length=12, choices=Kind)
    text = models.CharField("notitie", max_length=500, blank=True)
    suggested_email = LowerCaseEmailField("adres van de juiste persoon", blank=True)
    recorded_at = models.DateTimeField("genoteerd op")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leeg: de ontvanger zelf, met de link in de mail.",
    )

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.kind}"


class ReminderStep(models.Model):
    """One row of a wave's reminder plan: so many days before a deadline, to who is that far, with this text.

    The mails of a step have its own `occasion`, so that it goes once to everybody, also when a deadline moves.
    """

    class Deadline(models.TextChoices):
        SOFT = "soft", "de dag waarvoor wij de antwoorden graag hebben"
        HARD = "hard", "de laatste dag"

    class Audience(models.TextChoices):
        NOT_STARTED = "not_started", "nog niet begonnen"
        STARTED = "started", "begonnen"
        ALMOST = "almost", "bijna klaar"

    MAXIMUM_DAYS = 90

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="reminder_steps")
    deadline = models.CharField("voor", max_length=4, choices=Deadline)
    days_before = models.PositiveSmallIntegerField("dagen ervoor")
    audience = models.CharField("voor wie", max_length=11, choices=Audience)
    purpose = models.CharField("tekst", max_length=30, choices=[(each, each.label) for each in REMINDERS])
    is_active = models.BooleanField("aan", default=True)
    edited_at = models.DateTimeField("gewijzigd op")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["wave", "-deadline", "-days_before", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "deadline", "days_before", "audience"],
                name="one_reminder_per_day_and_audience",
            )
        ]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.days_before} {self.deadline} {self.audience}"

    @property
    def occasion(self) -> str:
        return f"stap-{self.pk}"

    @property
    def day(self) -> date | None:
        """When it goes; None while the wave has no such deadline."""
        soft = self.deadline == self.Deadline.SOFT
        deadline = self.wave.preferably_before if soft else self.wave.closes_on
        return deadline and deadline - timedelta(days=self.days_before)


class ReminderSkip(models.Model):
    """A researcher leaves this organisation alone: with one step of the plan, or without a step with all of it."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="reminder_skips")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    step = models.ForeignKey(ReminderStep, models.CASCADE, null=True, blank=True, related_name="skips")
    reason = models.CharField("reden", max_length=200, blank=True)
    skipped_at = models.DateTimeField("overgeslagen op")
    skipped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["wave", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "organisation"], condition=Q(step=None), name="one_skip_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["organisation", "step"], condition=Q(step__isnull=False), name="one_skip_per_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.step_id or 'alles'}"
