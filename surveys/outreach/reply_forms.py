from typing import Any

from django import forms

from surveys.accounts.forms import FormWithSummary


class NotForMeForm(FormWithSummary):
    """Who should have had the invitation, if the reader knows."""

    KNOWN, UNKNOWN = "known", "unknown"

    who = forms.ChoiceField(
        label="Weet u wie de juiste persoon is?",
        choices=[(KNOWN, "Ja, dit is het e-mailadres"), (UNKNOWN, "Nee, dat weet ik niet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of u weet wie de juiste persoon is."},
    )
    email = forms.EmailField(
        label="E-mailadres van de juiste persoon",
        help_text="Alleen nodig als u weet wie de juiste persoon is.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Vul een e-mailadres in, bijvoorbeeld naam@gemeente.nl."},
    )

    @property
    def suggested_email(self) -> str:
        known = self.cleaned_data["who"] == self.KNOWN
        return str(self.cleaned_data["email"]) if known else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("who") == self.KNOWN and cleaned.get("email") == "":
            self.add_error("email", "Vul het e-mailadres van de juiste persoon in.")
        return cleaned
