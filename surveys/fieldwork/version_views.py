"""The screen that lets an open wave ask a newer version of its questionnaire."""

from typing import Any

from django import forms
from django.forms import Form

from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.views import WaveStepView
from surveys.responses.lifecycle.versions import ask_newer_version


class NewerVersionForm(forms.Form):
    version = forms.ModelChoiceField(
        label="Nieuwere versie",
        queryset=QuestionnaireVersion.objects.none(),
        empty_label="Kies een versie",
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newer = QuestionnaireVersion.objects.filter(
            survey=wave.version.survey_id, number__gt=wave.version.number
        )
        self.fields["version"].queryset = newer.order_by("-number")  # type: ignore[attr-defined]


class ChangeVersionView(WaveStepView):
    form_class = NewerVersionForm
    page_title = "Nieuwere vragenlijst stellen"
    consequence = (
        "Wie nog niet is begonnen, krijgt de nieuwe versie. Wie bezig is, houdt de oude versie en kan zelf "
        "overstappen. Antwoorden op de oude versie tellen mee bij vragen die hetzelfde betekenen."
    )
    done_message = "{} stelt nu de nieuwe versie."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"wave": self.wave}

    def take_step(self, form: Form) -> str:
        ask_newer_version(self.wave, version=form.cleaned_data["version"], by=self.person)
        return self.wave_url
