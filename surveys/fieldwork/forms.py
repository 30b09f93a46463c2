from typing import Any

from django import forms


class ReasonForm(forms.Form):
    """Why an administrator changes the status of somebody else's response; kept in the audit log."""

    reason = forms.CharField(
        label="Reden",
        help_text="De reden komt in het logboek. Schrijf er geen namen van personen in.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Vul een reden in."},
    )


class DecisionForm(forms.Form):
    """Grant or refuse a request to reopen; a refusal needs an explanation."""

    GRANT, REFUSE = "grant", "refuse"

    decision = forms.ChoiceField(
        label="Uw besluit",
        choices=[(GRANT, "Heropenen"), (REFUSE, "Niet heropenen")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een besluit."},
    )
    explanation = forms.CharField(
        label="Toelichting voor de organisatie",
        help_text="Verplicht als u niet heropent. De toelichting staat in de e-mail.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def is_granted(self) -> bool:
        return bool(self.cleaned_data["decision"] == self.GRANT)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.REFUSE and not cleaned.get("explanation"):
            self.add_error("explanation", "Leg uit waarom u niet heropent.")
        return cleaned


class QuestionBackForm(forms.Form):
    text = forms.CharField(
        label="Uw vraag",
        help_text="De organisatie leest dit bij haar antwoord. Schrijf er geen namen van personen in.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf uw vraag op."},
    )
