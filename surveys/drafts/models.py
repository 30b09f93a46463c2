"""Questionnaires in the making, the bank of questions to use again, and the questions that must stay as they are."""

from django.conf import settings
from django.db import models

from surveys.measures.models import Measure
from surveys.questionnaire.models import QuestionnaireVersion, Survey


class Draft(models.Model):
    """A questionnaire that somebody is working on. `document` is the canonical form of its definition.

    `revision` goes up with every change, and whoever changes something says which one they saw.
    """

    survey_code = models.SlugField("sleutel")
    title = models.CharField("titel", max_length=160)
    based_on = models.ForeignKey(QuestionnaireVersion, models.PROTECT, null=True, related_name="+")
    document = models.JSONField("inhoud")
    revision = models.PositiveIntegerField("stand", default=1)
    started_at = models.DateTimeField("begonnen op")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField("gewijzigd op")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    published_as = models.OneToOneField(
        QuestionnaireVersion, models.PROTECT, null=True, related_name="draft", verbose_name="gepubliceerd als"
    )

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name, verbose_name_plural = "concept van een vragenlijst", "concepten van vragenlijsten"

    def __str__(self) -> str:
        return f"{self.title} (concept)"


class BankQuestion(models.Model):
    """A question to take over in any questionnaire. `document` is its canonical form, without conditions."""

    code = models.SlugField("sleutel", max_length=60, unique=True)
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, related_name="+", verbose_name="maatregel"
    )
    document = models.JSONField("inhoud")
    text = models.TextField("vraag")
    note = models.CharField("toelichting", max_length=300, blank=True)
    added_at = models.DateTimeField("toegevoegd op")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "vraag in de bank", "vragen in de bank"

    def __str__(self) -> str:
        return self.code


class CoreQuestion(models.Model):
    """A question that stays as it was last published, so that waves can be compared over many years."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="core_questions")
    question = models.SlugField("vraag", max_length=60)
    reason = models.CharField("reden", max_length=300)
    locked_at = models.DateTimeField("vastgezet op")
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["survey", "question"]
        verbose_name, verbose_name_plural = "kernvraag", "kernvragen"
        permissions = [("unlock_core_question", "Mag kernvragen vastzetten en losmaken")]
        constraints = [models.UniqueConstraint(fields=["survey", "question"], name="one_lock_per_question")]

    def __str__(self) -> str:
        return self.question
