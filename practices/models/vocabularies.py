from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from practices.glossary import Term as ExplainedTerm


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


class GlossaryTerm(models.Model):
    """A word of the field that pages explain where it first stands; all are listed under /begrippen/."""

    name = models.CharField("begrip", max_length=60, unique=True)
    other_forms = models.TextField(
        "andere schrijfwijzen",
        blank=True,
        help_text="Eén per regel, bijvoorbeeld het meervoud. Met een hoofdletter binnen het woord telt alleen die "
        "schrijfwijze: bij JIM is ‘jim’ iets anders.",
    )
    explanation = models.TextField(
        "uitleg", max_length=400, help_text="Een paar korte zinnen, zonder opmaak."
    )

    class Meta:
        ordering = ("name",)
        verbose_name = "begrip"
        verbose_name_plural = "begrippen"

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        return slugify(self.name)

    @property
    def forms(self) -> tuple[str, ...]:
        """As written, the name first."""
        return self.name, *(form for line in self.other_forms.splitlines() if (form := line.strip()))

    def clean(self) -> None:
        super().clean()
        if not self.code:
            raise ValidationError({"name": "Een begrip heeft minstens één letter of cijfer."})
        others = GlossaryTerm.objects.exclude(pk=self.pk)
        taken = {form.casefold(): other for other in others for form in other.forms}
        if other := next((taken[form.casefold()] for form in self.forms if form.casefold() in taken), None):
            raise ValidationError({"other_forms": f"‘{other}’ heeft al dezelfde schrijfwijze."})
        if self.code in {other.code for other in others}:
            raise ValidationError({"name": "Er is al een begrip dat bijna zo heet."})

    def describe(self) -> ExplainedTerm:
        return ExplainedTerm(self.code, self.name, self.forms, self.explanation)
