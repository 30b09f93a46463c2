from django.conf import settings
from django.db import models

from surveys.questionnaire.models import Wave
from surveys.results.dimensions import UNIT_NAMES, Unit, name_dimension


class ExportJob(models.Model):
    """One requested file: what it holds, how far it is, and whose it is. Only the owner can fetch it.

    `attempts` counts the times a worker took the job, and only the worker with the last number may write to
    it; `heartbeat_at` is when that worker last reported. `file_name` is a secret name in EXPORT_DIR.
    """

    class Content(models.TextChoices):
        RESULTS = "results", "Resultaten: geteld per vraag en antwoord"
        RESPONSES = "responses", "Reacties: de antwoorden per organisatie"
        RESOLVED = "resolved", "Gemeenten: het antwoord dat geldt, en van wie het komt"

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel (XLSX)"
        ODS = "ods", "OpenDocument (ODS)"
        JSON = "json", "JSON"
        SAV = "sav", "SPSS (SAV)"
        PARQUET = "parquet", "Parquet"

    class Status(models.TextChoices):
        QUEUED = "queued", "in de wachtrij"
        RUNNING = "running", "wordt gemaakt"
        DONE = "done", "klaar"
        FAILED = "failed", "mislukt"

    UNFINISHED = (Status.QUEUED, Status.RUNNING)

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="export_jobs")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="export_jobs")
    content = models.CharField("inhoud", max_length=10, choices=Content)
    breakdowns = models.JSONField("uitsplitsingen", default=list)
    unit = models.CharField("eenheid", max_length=14, blank=True)
    is_weighted = models.BooleanField("gewogen", default=False)
    format = models.CharField("bestandsformaat", max_length=8, choices=Format)
    status = models.CharField("stand", max_length=8, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField("voortgang in procenten", default=0)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    heartbeat_at = models.DateTimeField("laatste teken van leven", null=True, blank=True)
    message = models.CharField("melding", max_length=300, blank=True)
    file_name = models.CharField("bestandsnaam", max_length=200, blank=True)
    # Of a format that has no room for it: what stands in the file, as `tabular.csv_metadata` has it.
    description = models.JSONField("toelichting", default=dict, blank=True)
    requested_at = models.DateTimeField("aangevraagd op", auto_now_add=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        verbose_name, verbose_name_plural = "download", "downloads"
        indexes = [models.Index(fields=["owner", "-requested_at"])]
        permissions = [("download_results", "Mag resultaten downloaden")]

    def __str__(self) -> str:
        return f"{self.get_content_display()} {self.wave} ({self.format})"

    @property
    def is_finished(self) -> bool:
        return self.status not in self.UNFINISHED

    @property
    def unit_name(self) -> str:
        return UNIT_NAMES[Unit(self.unit)] if self.unit else ""

    @property
    def breakdown_names(self) -> list[str]:
        return [name_dimension(code) for code in self.breakdowns]
