from django import forms

from surveys.offline.filled_workbook import MAXIMUM_BYTES
from surveys.offline.spreadsheets import MEGABYTE


class WorkbookForm(forms.Form):
    workbook = forms.FileField(
        label="Werkmap",
        help_text=f"Een Excel-werkmap (.xlsx) van hoogstens {MAXIMUM_BYTES // MEGABYTE} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        error_messages={"required": "Kies eerst de werkmap op uw computer."},
    )
