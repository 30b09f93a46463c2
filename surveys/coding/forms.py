from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db.models import Q

from surveys.accounts.models import Person
from surveys.coding.lifecycle.codebooks import ThemeText
from surveys.coding.models import CodebookVersion, Redaction, Theme
from surveys.coding.personal_data import Span, find_passages, redact, suggest_spans
from surveys.responses.models import Answer

CODE_PERMISSION = ("coding", "code_answers")


def _describe_definition(**more: Any) -> forms.CharField:
    return forms.CharField(
        label="Definitie",
        help_text="Wanneer hoort een tekst bij dit thema, en wanneer niet?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        **more,
    )


def _describe_example(**more: Any) -> forms.CharField:
    return forms.CharField(
        label="Voorbeeld",
        help_text="Bedenk zelf een zin. Neem geen tekst van een gemeente over. Mag leeg.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        **more,
    )


class ThemeForm(forms.Form):
    """What a theme says. Whether it fits in the codebook is for `lifecycle.codebooks` to say."""

    name = forms.CharField(
        label="Naam",
        help_text="Kort, zoals op het scherm van de codeur en in de resultaten.",
        max_length=Theme._meta.get_field("name").max_length,
    )
    definition = _describe_definition()
    example = _describe_example()


class NewThemeForm(ThemeForm):
    code = forms.SlugField(
        label="Sleutel",
        help_text="Deze korte naam staat in bestanden en verandert niet meer, bijvoorbeeld wachttijden.",
        max_length=Theme._meta.get_field("code").max_length,
        error_messages={"invalid": "Gebruik alleen letters, cijfers, - en _, zonder spaties."},
    )
    field_order: Sequence[str] = ("code", "name", "definition", "example")

    @property
    def text(self) -> ThemeText:
        return ThemeText(**self.cleaned_data)


class MergeThemesForm(NewThemeForm):
    themes = forms.ModelMultipleChoiceField(
        label="Thema's die u samenvoegt",
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste twee thema's."},
    )
    field_order: Sequence[str] = ("themes", "code", "name", "definition", "example")

    def __init__(self, *args: Any, version: CodebookVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = version.themes.all()  # type: ignore[attr-defined]

    @property
    def text(self) -> ThemeText:
        return ThemeText(**{key: value for key, value in self.cleaned_data.items() if key != "themes"})


class SplitThemeForm(forms.Form):
    """Two themes in the place of one; who wants more splits once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, which in (("first", "eerste"), ("second", "tweede")):
            for name, field in NewThemeForm().fields.items():
                field.label = f"{field.label} van het {which} thema"
                self.fields[f"{part}_{name}"] = field

    @property
    def texts(self) -> list[ThemeText]:
        return [
            ThemeText(**{name: self.cleaned_data[f"{part}_{name}"] for name in NewThemeForm.base_fields})
            for part in ("first", "second")
        ]


class AssignForm(forms.Form):
    coder = forms.ModelChoiceField(
        label="Wie",
        help_text="U ziet hier iedereen die open antwoorden mag coderen.",
        queryset=Person.objects.none(),
        empty_label="Kies een persoon",
    )
    first = forms.IntegerField(
        label="Deel van de teksten: van (%)",
        help_text="Laat 0 en 100 staan voor alle teksten. Wie een deel gemeen heeft, codeert daar dezelfde teksten.",
        initial=0,
        min_value=0,
        max_value=99,
    )
    last = forms.IntegerField(label="Deel van de teksten: tot (%)", initial=100, min_value=1, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coder"].queryset = select_coders()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first is not None and last is not None and first >= last:
            raise ValidationError("Het deel begint voor het eindigt: kies bij ‘van’ een kleiner getal.")
        return cleaned


def select_coders() -> Any:
    """Everybody who may code, by name."""
    app, codename = CODE_PERMISSION
    allowed = Permission.objects.filter(content_type__app_label=app, codename=codename)
    may_code = Q(user_permissions__in=allowed) | Q(groups__permissions__in=allowed) | Q(is_superuser=True)
    people = Person.objects.filter(may_code, is_active=True).distinct()
    return people.order_by("first_name", "last_name", "email")


class ChooseThemesForm(forms.Form):
    """What the coding and settling screens send; their templates draw the boxes."""

    revision = forms.IntegerField(min_value=1)
    themes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["themes"])
        field.choices = [(theme.code, theme.name) for theme in themes]


class CodingForm(ChooseThemesForm):
    seen = forms.IntegerField(min_value=0)
    memo = forms.CharField(required=False, max_length=5000)


class SettlementForm(ChooseThemesForm):
    seen = forms.IntegerField(required=False)
    note = forms.CharField(required=False, max_length=5000)


class QuoteForm(forms.Form):
    """Which suggested pieces are taken out, which others, and whether what is left may be quoted."""

    FREE, NOT = "ja", "nee"

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    suggested = forms.MultipleChoiceField(
        label="Voorstel: haal dit weg",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    passages = forms.CharField(
        label="Haal ook weg",
        help_text="Zet elk stukje op een eigen regel. Schrijf hele woorden, zoals ze in de tekst staan.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "data-passages": ""}),
    )
    decision = forms.ChoiceField(
        label="Uw besluit",
        choices=[(FREE, "Vrij om te citeren, zonder wat is weggehaald"), (NOT, "Niet citeren")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of de tekst geciteerd mag worden."},
    )

    def __init__(self, *args: Any, text: Answer, redaction: Redaction | None, **kwargs: Any) -> None:
        """Begins with what was decided before, or else with every suggestion taken out."""
        super().__init__(*args, **kwargs)
        self.source = text.text
        self.fields["decision"].required = "preview" not in self.data
        self.suggestions = {f"{span.start}-{span.end}": span for span in suggest_spans(text.text)}
        field = cast("forms.MultipleChoiceField", self.fields["suggested"])
        field.choices = [(key, text.text[span.start : span.end]) for key, span in self.suggestions.items()]
        if not self.suggestions:
            del self.fields["suggested"]
        self.initial = {"revision": text.revision, "suggested": list(self.suggestions)}
        if redaction:
            taken = {f"{start}-{end}": text.text[start:end] for start, end, _ in redaction.spans}
            self.initial |= {
                "suggested": [key for key in self.suggestions if key in taken],
                "passages": "\n".join(
                    dict.fromkeys(piece for key, piece in taken.items() if key not in self.suggestions)
                ),
                "decision": self.FREE if redaction.may_be_quoted else self.NOT,
            }

    def clean_passages(self) -> str:
        passages: str = self.cleaned_data["passages"]
        try:
            self._list_passages(passages)
        except ValueError as unknown:
            raise ValidationError(f"‘{unknown}’ staat niet in de tekst.") from unknown
        return passages

    def _list_passages(self, passages: str) -> list[Span]:
        lines = [line.strip() for line in passages.splitlines()]
        return list(find_passages(self.source, passages=[line for line in lines if line]))

    @property
    def spans(self) -> list[Span]:
        """Once the form is valid."""
        suggested = [self.suggestions[key] for key in self.cleaned_data.get("suggested", ())]
        return sorted({*suggested, *self._list_passages(self.cleaned_data["passages"])})

    @property
    def redacted(self) -> str:
        return redact(self.source, spans=self.spans)

    @property
    def may_be_quoted(self) -> bool:
        return bool(self.cleaned_data["decision"] == self.FREE)
