"""Short texts that go with a step: why somebody asks for it, and what they reply."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from surveys.questionnaire.typed_text import clean_text

MAXIMUM_REASON_LENGTH = 300
MAXIMUM_REPLY_LENGTH = 2000
MAXIMUM_DISPUTE_LENGTH = 500


class TextLines(forms.CharField):
    """Typed text without what no database keeps. Too long is said; the browser would cut it off without a word."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, maximum: int, **options: Any) -> None:
        message = f"Uw tekst is %(show_value)d tekens lang. Er passen er {maximum}. Maak de tekst korter."
        super().__init__(validators=[MaxLengthValidator(maximum, message)], **options)

    def to_python(self, value: Any) -> str:
        return clean_text(value or "")


class ReasonForm(forms.Form):
    reason = TextLines(
        maximum=MAXIMUM_REASON_LENGTH,
        label="Waarom?",
        help_text="De onderzoekers lezen dit. Schrijf er geen namen van personen in.",
        error_messages={"required": "Vul een reden in."},
    )


class ReplyForm(forms.Form):
    reply = TextLines(
        maximum=MAXIMUM_REPLY_LENGTH,
        label="Uw antwoord",
        error_messages={"required": "Vul een antwoord in."},
    )


class DisputeForm(forms.Form):
    reason = TextLines(
        maximum=MAXIMUM_DISPUTE_LENGTH,
        label="Wat klopt er niet?",
        help_text="Uw jeugdregio en de onderzoekers lezen dit. Schrijf er geen namen van personen in.",
        error_messages={"required": "Schrijf op wat er niet klopt."},
    )
