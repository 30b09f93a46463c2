from django.db import models

from surveys.questionnaire.models import Wave


class WaveReport(models.Model):
    """The report of a wave as it was last made; `practices.report` has the verbs.

    `contents_sha256` is over what it says: a report that would say something else now is not handed out.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="report", verbose_name="meting")
    contents_sha256 = models.CharField("controlegetal van de inhoud", max_length=64)
    pdf = models.BinaryField("bestand")
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name, verbose_name_plural = "rapport", "rapporten"

    def __str__(self) -> str:
        return f"Rapport {self.wave_id}"
