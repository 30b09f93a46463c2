"""Checks on an answer: one row per rule, with the fields that its kind has."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from surveys.drafts.fields import DutchNumberField, LineField, write_number
from surveys.drafts.row_formsets import Row
from surveys.questionnaire.definition import Definition, QuestionDefinition, RuleDefinition
from surveys.questionnaire.rule_checks import KEYS_OF_KIND, MESSAGE_LENGTH

RULE_KIND_NAMES = {
    "range": "Bereik",
    "sum": "Optelling",
    "compare": "Vergelijking met een andere vraag",
    "change": "Verandering sinds de vorige meting",
}
SEVERITY_NAMES = {
    "warn": "Vraagt of het klopt",
    "block": "Houdt indienen tegen",
    "inform": "Meldt het alleen",
}
COMPARISON_NAMES = {
    "at_most": "hoogstens zo veel als",
    "at_least": "minstens zo veel als",
    "equal": "gelijk aan",
}
RULE_KINDS_OF_QUESTION = {
    "number": ("range", "compare", "change"),
    "euro": ("range", "compare", "change"),
    "percentage": ("range", "compare", "change"),
    "year": ("range", "compare"),
    "matrix": ("range", "sum", "change"),
}
NUMBERS = ("minimum", "maximum", "tolerance", "tolerance_percent", "percent")
LISTS = ("rows", "columns")
CHOICES = ("other", "comparison", "total_row", "total_column")
GONE = "Deze soort controle hoort niet bij deze soort vraag. Haal de controle weg."

# Code and text of each choice.
Choices = Sequence[tuple[str, str]]


class RuleForm(forms.Form):
    kind = forms.CharField(widget=forms.HiddenInput)
    severity = forms.ChoiceField(label="Wat er gebeurt", choices=list(SEVERITY_NAMES.items()))
    minimum = DutchNumberField(label="Niet onder")
    maximum = DutchNumberField(label="Niet boven")
    comparison = forms.ChoiceField(label="Het antwoord is", choices=list(COMPARISON_NAMES.items()))
    total_row = forms.ChoiceField(label="Rij met het totaal", required=False)
    total_column = forms.ChoiceField(label="Kolom met het totaal", required=False)
    other = forms.ChoiceField(label="Andere vraag", required=False)
    rows = forms.MultipleChoiceField(
        label="Alleen deze rijen", required=False, widget=forms.CheckboxSelectMultiple
    )
    columns = forms.MultipleChoiceField(
        label="Alleen deze kolommen", required=False, widget=forms.CheckboxSelectMultiple
    )
    tolerance = DutchNumberField(label="Marge")
    tolerance_percent = DutchNumberField(label="Marge in procenten van het totaal")
    percent = DutchNumberField(label="Meer dan dit percentage anders")
    message = LineField(
        label="Eigen melding",
        max_length=MESSAGE_LENGTH,
        required=False,
        help_text="Mag leeg: dan maakt de vragenlijst zelf een zin.",
    )

    def __init__(
        self,
        *args: Any,
        question_kind: str,
        choices: Mapping[str, Choices],
        **kwargs: Any,
    ) -> None:
        """`choices` are those of rows, columns (for the totals too) and of other, the questions for a number."""
        super().__init__(*args, **kwargs)
        self.rule_kind = str(self["kind"].value() or "")
        self.is_known = self.rule_kind in RULE_KINDS_OF_QUESTION.get(question_kind, ())
        used = KEYS_OF_KIND.get(self.rule_kind, set()) | {"kind", "severity", "message"}
        if question_kind != "matrix":
            used -= {"rows", "columns"}
        for name in set(self.fields) - used:
            del self.fields[name]
        all_choices = dict(choices)
        all_choices |= {"total_row": choices["rows"], "total_column": choices["columns"]}
        for name, found in all_choices.items():
            if name in self.fields:
                empty = [] if name in LISTS else [("", "Kies")]
                self.fields[name].choices = [*empty, *found]  # type: ignore[attr-defined]
        if self.rule_kind == "compare":
            self.fields["other"].required = True

    @property
    def title(self) -> str:
        return RULE_KIND_NAMES.get(self.rule_kind, self.rule_kind)

    def has_changed(self) -> bool:
        """A row with nothing filled in is unfinished, not empty."""
        return True

    def clean_kind(self) -> str:
        if not self.is_known:
            raise ValidationError(GONE)
        return self.rule_kind


def list_other_numbers(definition: Definition, *, code: str) -> Choices:
    """The questions for a number but this one, to compare with."""
    return [
        (each.code, f"{each.text} ({each.code})")
        for each in definition.questions.values()
        if each.is_number and each.code != code
    ]


def write_rules(question: QuestionDefinition) -> list[Row]:
    return [write_rule(rule) for rule in question.rules]


def write_rule(rule: RuleDefinition) -> Row:
    texts = {name: getattr(rule, name) for name in ("kind", "severity", "message", *CHOICES)}
    numbers = {name: write_number(getattr(rule, name)) for name in NUMBERS}
    return texts | numbers | {name: list(getattr(rule, name)) for name in LISTS}


def read_rule(row: Row) -> RuleDefinition:
    return RuleDefinition(**row | {name: tuple(row.get(name, ())) for name in LISTS})
