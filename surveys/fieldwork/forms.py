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
