"""What a researcher fills in; whether it can be done is for the lifecycle to say."""

from typing import Any

from django import forms

from surveys.outreach.models import Reply
from surveys.outreach.placeholders import BODY_LENGTH, SUBJECT_LENGTH

ADDRESS_HINT = "Vul een e-mailadres in, bijvoorbeeld jeugd@gemeente.nl."


class ContactForm(forms.Form):
    email = forms.EmailField(
        label="E-mailadres",
        help_text="Het liefst een functionele mailbox, zoals jeugd@gemeente.nl.",
        error_messages={"required": ADDRESS_HINT, "invalid": ADDRESS_HINT},
    )
    name = forms.CharField(label="Naam", max_length=150, required=False, help_text="Mag leeg blijven.")
    is_functional_mailbox = forms.BooleanField(
        label="Dit is een functionele mailbox",
        required=False,
        help_text="De mail begint dan zonder naam.",
    )


class ListFileForm(forms.Form):
    file = forms.FileField(
        label="Bestand",
        help_text=(
            "Een Excel-werkmap (.xlsx) of CSV. Op de eerste rij staan de kolommen organisatie, e-mail, naam en "
            "functioneel (ja of nee)."
        ),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )


class TextForm(forms.Form):
    """Which names may stand between braces, is for the lifecycle to say."""

    subject = forms.CharField(
        label="Onderwerp", max_length=SUBJECT_LENGTH, error_messages={"required": "Schrijf een onderwerp."}
    )
    body = forms.CharField(
        label="Tekst",
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": "Schrijf een tekst."},
    )


class BounceForm(forms.Form):
    reason = forms.CharField(
        label="Waarom kwam de mail terug?",
        help_text="Mag leeg blijven. Bijvoorbeeld: adres bestaat niet meer.",
        max_length=300,
        required=False,
    )


class BouncesForm(forms.Form):
    """Addresses pasted or in a file: whatever looks like an address in it."""

    addresses = forms.CharField(
        label="Adressen",
        help_text="Plak hier de adressen waarvan de mail terugkwam, of kies hieronder een bestand.",
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label="Bestand", help_text="CSV, tekst of een Excel-werkmap (.xlsx).", required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("addresses") and not cleaned.get("file"):
            self.add_error("addresses", "Plak de adressen of kies een bestand.")
        return cleaned


class ReplyForm(forms.Form):
    kind = forms.ChoiceField(
        label="Wat liet de organisatie weten?",
        choices=Reply.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat de organisatie liet weten."},
    )
    text = forms.CharField(
        label="Notitie", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
