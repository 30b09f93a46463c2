from django import forms

from practices.models.shortlists import NOTE_LENGTH
from surveys.questionnaire.typed_text import clean_text


class TypedTextField(forms.CharField):
    """Without what no database keeps, and with one kind of line end, before anything is counted."""

    def to_python(self, value: object) -> str:
        return clean_text(str(value or ""))


class NoteForm(forms.Form):
    note = TypedTextField(
        label="Uw notitie",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": "Uw notitie heeft %(show_value)d tekens. Er passen er %(limit_value)d. Maak haar korter."
        },
    )
