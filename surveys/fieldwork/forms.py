from datetime import datetime
from typing import Any

from django import forms

from surveys.fieldwork.flags import Place


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


class AcceptForm(forms.Form):
    """`checksum` is that of the submission that the reviewer had before them."""

    checksum = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label="Notitie",
        help_text="Alleen voor de onderzoekers. Mag leeg blijven. Schrijf er geen namen van personen in.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendBackForm(forms.Form):
    """`checksum` as in AcceptForm; the organisation reads the reason."""

    checksum = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="Wat moet de organisatie nakijken?",
        help_text="Deze tekst staat in de e-mail aan de coördinatoren en in het logboek. Noem geen personen.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf op wat de organisatie moet nakijken."},
    )


class FlagForm(forms.Form):
    """Which flag somebody looked at, and what they made of it; `arose_at` as the page showed it."""

    kind = forms.CharField(max_length=14)
    question = forms.CharField(max_length=60, required=False)
    row = forms.CharField(max_length=60, required=False)
    column = forms.CharField(max_length=60, required=False)
    municipality = forms.CharField(max_length=6, required=False)
    arose_at = forms.CharField(max_length=40)
    note = forms.CharField(max_length=500, required=False)

    def clean_arose_at(self) -> datetime:
        try:
            return datetime.fromisoformat(self.cleaned_data["arose_at"])
        except ValueError:
            raise forms.ValidationError("Dit is geen moment.") from None

    @property
    def place(self) -> Place:
        return Place(**{name: self.cleaned_data[name] for name in Place.__slots__})


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label="Waarom wijzigt u dit antwoord?",
        help_text="De organisatie leest dit bij haar antwoord en in een e-mail, met uw naam erbij.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom u dit antwoord wijzigt."},
    )
