"""What an organisation answered: per question with every earlier value, and resolved per municipality."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.accounts.models import Organisation
from surveys.questionnaire.answer_values import STATE_LABELS
from surveys.questionnaire.models import Option, Question, Wave
from surveys.territory.models import Municipality, Province, SizeClass, YouthRegion


class Response(models.Model):
    """One organisation's answers in one wave; the questionnaire version is the wave's.

    `size_class`, `province` and `youth_region` are the group in which the response counts as a whole. They
    are set when it is submitted, and empty when its municipalities lie in more than one group.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "bezig"
        SUBMITTED = "submitted", "ingediend"
        EXCLUDED = "excluded", "buiten beschouwing"

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="responses")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    started_at = models.DateTimeField("begonnen op")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField("laatst opgeslagen op", null=True, blank=True)
    submitted_at = models.DateTimeField("ingediend op", null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    receipt_code = models.CharField("ontvangstnummer", max_length=20, blank=True)
    exclusion_reason = models.CharField("reden", max_length=300, blank=True)
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
    """The response speaks for this municipality: itself, or a member the region has ticked."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="coverage")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "municipality"], name="one_coverage_row")]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.municipality_id}"


class Answer(models.Model):
    """The current value of one question. `revision` counts the saves; a save names the one it started from.

    `is_routed` is false while the routing hides the question: the value is kept, but does not count.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    revision = models.PositiveIntegerField("revisie", default=1)
    state = models.CharField("stand", max_length=16, choices=STATE_LABELS)
    text = models.TextField("tekst", blank=True)
    number = models.DecimalField("getal", max_digits=18, decimal_places=3, null=True, blank=True)
    options = models.ManyToManyField(Option, through="AnswerOption", related_name="+")
    is_routed = models.BooleanField("gesteld volgens de route", default=True)
    saved_at = models.DateTimeField("opgeslagen op")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="one_answer_per_question")
        ]
        indexes = [
            models.Index(
                fields=["question", "response"],
                name="counting_answers",
                condition=Q(state="given", is_routed=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.question_id}"


class AnswerOption(models.Model):
    """A chosen option; `text` is what follows "Anders, namelijk"."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="chosen")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    text = models.CharField("toelichting", max_length=1000, blank=True)

    class Meta:
        ordering = ["option__position"]
        constraints = [models.UniqueConstraint(fields=["answer", "option"], name="one_row_per_chosen_option")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.option_id}"


class AnswerRevision(models.Model):
    """Every value an answer ever had, in the canonical form of `AnswerValue.as_dict`."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField("revisie")
    value = models.JSONField("waarde")
    saved_at = models.DateTimeField("opgeslagen op")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["answer", "number"]
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="one_row_per_revision")]

    def __str__(self) -> str:
        return f"{self.answer_id} r{self.number}"


class ResolvedAnswer(models.Model):
    """The answer that holds for a municipality, with where it came from. Kept up to date by `lifecycle`."""

    class Provenance(models.TextChoices):
        OWN = "own", "eigen antwoord"
        INHERITED = "inherited", "via de jeugdregio"

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="resolved_answers")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="resolved_for")
    state = models.CharField("stand", max_length=16, choices=STATE_LABELS)
    provenance = models.CharField("herkomst", max_length=10, choices=Provenance)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "municipality", "question"], name="one_resolved_answer_per_municipality"
            )
        ]
        indexes = [models.Index(fields=["wave", "question", "state"])]

    def __str__(self) -> str:
        return f"{self.municipality_id} × {self.question_id}: {self.provenance}"
