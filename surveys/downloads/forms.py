from typing import Any

from django import forms

from surveys.downloads.models import ExportJob
from surveys.questionnaire.models import Wave
from surveys.results.dimensions import DIMENSION_NAMES, MAXIMUM_DIMENSIONS, UNIT_NAMES, Unit


class ExportForm(forms.Form):
    """What file somebody wants. Unit and breakdowns only say something about counted results."""

    wave = forms.ModelChoiceField(
        label="Meting",
        queryset=Wave.objects.exclude(status=Wave.Status.PLANNED),
        to_field_name="code",
        empty_label=None,
    )
    content = forms.ChoiceField(
        label="Inhoud",
        choices=ExportJob.Content.choices,
        initial=ExportJob.Content.RESULTS,
        widget=forms.RadioSelect,
    )
    breakdowns = forms.MultipleChoiceField(
        label="Uitsplitsingen",
        help_text=f"Voor resultaten. Kies er hoogstens {MAXIMUM_DIMENSIONS}; bij twee krijgt u ook de combinatie.",
        choices=[(code.value, name.capitalize()) for code, name in DIMENSION_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unit = forms.ChoiceField(
        label="Eenheid",
        help_text="Voor resultaten: wat er geteld wordt.",
        choices=[(code.value, name.capitalize()) for code, name in UNIT_NAMES.items()],
        initial=Unit.MUNICIPALITY,
        widget=forms.RadioSelect,
    )
    is_weighted = forms.BooleanField(
        label="Weeg naar grootteklasse en provincie",
        help_text=(
            "Voor resultaten per gemeente of inwoner. Groepen die weinig antwoordden, tellen dan zwaarder. Zonder "
            "vinkje telt ieder antwoord even zwaar, zoals op de openbare site en in het rapport van 2022."
        ),
        required=False,
    )
    file_format = forms.ChoiceField(
        label="Bestandsformaat",
        choices=ExportJob.Format.choices,
        initial=ExportJob.Format.XLSX,
        widget=forms.RadioSelect,
    )

    def clean_breakdowns(self) -> list[str]:
        breakdowns: list[str] = self.cleaned_data["breakdowns"]
        if len(breakdowns) > MAXIMUM_DIMENSIONS:
            raise forms.ValidationError(f"Kies hoogstens {MAXIMUM_DIMENSIONS} uitsplitsingen.")
        return list(dict.fromkeys(breakdowns))

    def clean(self) -> dict[str, Any]:
        """Answers are not counted: what was ticked for results does not matter then."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("content") != ExportJob.Content.RESULTS:
            cleaned |= {"breakdowns": [], "unit": "", "is_weighted": False}
        if cleaned.get("is_weighted") and cleaned.get("unit") == Unit.RESPONSE:
            self.add_error(
                "is_weighted",
                "Reacties kunnen we niet wegen. Kies bij Eenheid gemeenten of inwoners, of haal dit vinkje weg.",
            )
        return cleaned
