from django import forms
from django.core.files.uploadedfile import UploadedFile

from surveys.drafts.handed_in import MAXIMUM_BYTES
from surveys.offline.spreadsheets import MEGABYTE, describe_size_limit


class QuestionnaireFileForm(forms.Form):
    """Whether the file is a questionnaire is for `handed_in` to say."""

    file = forms.FileField(
        label="Bestand",
        help_text=(
            f"Een XLSForm (.xlsx) of een bestand dat u hier als JSON hebt opgehaald, van hoogstens "
            f"{MAXIMUM_BYTES // MEGABYTE} MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.json"}),
        allow_empty_file=True,
        error_messages={"required": "Kies eerst een bestand op uw computer."},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > MAXIMUM_BYTES:
            raise forms.ValidationError(describe_size_limit(MAXIMUM_BYTES))
        return file
