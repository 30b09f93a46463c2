from django.db import models


class Term(models.Model):
    """A word that cases are sorted by, in the order to show."""

    code = models.SlugField("code", primary_key=True)
    name = models.CharField("naam", max_length=80)
    position = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        abstract = True
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class Theme(Term):
    """What a case is about besides, or instead of, one of the measures."""

    class Meta(Term.Meta):
        verbose_name = "thema"
        verbose_name_plural = "thema's"


class Audience(Term):
    """For whom a practice is meant."""

    class Meta(Term.Meta):
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"


class SynonymGroup(models.Model):
    """Words and phrases that find each other, one per line."""

    words = models.TextField(
        "woorden",
        help_text="Op elke regel een woord of een paar woorden. Wie op één daarvan zoekt, vindt ze alle.",
    )

    class Meta:
        ordering = ("words",)
        verbose_name = "groep zoekwoorden"
        verbose_name_plural = "zoekwoorden die hetzelfde betekenen"

    def __str__(self) -> str:
        return ", ".join(self.words.splitlines())
