from django.db import models


class Measure(models.Model):
    """One of the agreed measures; surveys, results and practices all point to it by its slug."""

    slug = models.SlugField("sleutel", primary_key=True)
    code = models.CharField("code in de bron", max_length=10, blank=True)
    name = models.CharField("naam", max_length=120)
    short_name = models.CharField("korte naam", max_length=30)
    summary = models.CharField("samenvatting", max_length=200)
    explanation = models.TextField("uitleg")
    expected_effect_2022_million = models.SmallIntegerField(
        "verwacht effect 2022 (miljoen euro)",
        help_text="Positief is een besparing, negatief zijn extra kosten.",
    )
    source = models.CharField("bron", max_length=300)
    position = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        ordering = ["position"]
        verbose_name, verbose_name_plural = "maatregel", "maatregelen"

    def __str__(self) -> str:
        return self.name
