"""Questionnaires as XLSForm, out and in again (docs/xlsform.md)."""
