"""A region that answers on behalf of municipalities: what they say of it, and what holds for each in the end."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.questionnaire.answer_values import STATE_LABELS
from surveys.questionnaire.models import Question, Wave
from surveys.responses.models.answer import Answer
from surveys.responses.models.response import Response
from surveys.territory.models import Municipality


class Position(models.Model):
    """What a municipality says of one answer that its region gives in its name.

    `answer_revision` is the revision it looked at, of the general answer or of the deviation for this
    municipality: after a change it has to look again, but a dispute stays until the municipality itself ends it.
    """

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", "akkoord"
        DISPUTED = "disputed", "niet akkoord"

    response = models.ForeignKey(Response, models.CASCADE, related_name="positions")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    kind = models.CharField("standpunt", max_length=9, choices=Kind)
    reason = models.CharField("reden", max_length=500, blank=True)
    answer_revision = models.PositiveIntegerField("gezien revisie")
    is_about_deviation = models.BooleanField("gaat over een afwijking", default=False)
    taken_at = models.DateTimeField("gegeven op")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "municipality", "question"], name="one_position_per_question"
            ),
            models.CheckConstraint(
                name="dispute_has_a_reason", condition=~Q(kind="disputed") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} × {self.question_id}: {self.kind}"


class SectionTakeover(models.Model):
    """A municipality answers this section itself: what its region says there does not count for it."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="takeovers")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    section = models.SlugField("onderdeel")
    taken_at = models.DateTimeField("overgenomen op")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "municipality", "section"], name="one_takeover_per_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.section}"


class ResolvedAnswer(models.Model):
    """The answer that holds for a municipality, with where it came from. Kept up to date by `lifecycle`.

    `question` is that of the wave's version, also when the answer was given to another version. What is
    disputed stands here to be seen and is not counted.
    """

    class Provenance(models.TextChoices):
        OWN = "own", "eigen antwoord"
        INHERITED = "inherited", "via de jeugdregio"
        OVERRIDDEN = "overridden", "afwijking bij de jeugdregio"
        DISPUTED = "disputed", "betwist"

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
