"""When a question is asked: rows of an earlier question with the answers that lead on."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from surveys.drafts.row_formsets import Row, RowFormSet
from surveys.questionnaire.definition import ConditionDefinition, Definition, QuestionDefinition

GONE = "Deze vraag staat niet (meer) als keuzevraag in dit concept. Haal de voorwaarde weg."


class ConditionForm(forms.Form):
    """The question stands fast in its row; which one it is was chosen when the row was added."""

    question = forms.CharField(widget=forms.HiddenInput)
    any_of = forms.MultipleChoiceField(
        label="Alleen na een van deze antwoorden", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sources: Mapping[str, QuestionDefinition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self["question"].value() or ""
        self.source = sources.get(code)
        self.code = code
        options = self.source.options if self.source else ()
        self.fields["any_of"].choices = [(each.code, each.text) for each in options]  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        return self.source.text if self.source else self.code

    def has_changed(self) -> bool:
        """A row without ticks is unfinished, not empty."""
        return True

    def clean_question(self) -> str:
        if self.source is None:
            raise ValidationError(GONE)
        return self.code


def check_conditions(formset: RowFormSet) -> list[str]:
    """What is wrong between the rows, as Dutch sentences."""
    codes = [row["question"] for row in formset.filled]
    return [
        f"De vraag '{code}' staat er meer dan één keer. Vink alle antwoorden bij één voorwaarde aan."
        for code in dict.fromkeys(codes)
        if codes.count(code) > 1
    ]


def list_sources(definition: Definition, *, code: str) -> dict[str, QuestionDefinition]:
    """Every choice question but this one, by code."""
    return {each.code: each for each in definition.questions.values() if each.is_choice and each.code != code}


def list_earlier_sources(definition: Definition, *, code: str, section: str) -> list[QuestionDefinition]:
    """The choice questions that come before this one, or before the end of the section for a new question."""
    earlier: list[QuestionDefinition] = []
    for each in definition.sections:
        for question in each.questions:
            if question.code == code:
                return earlier
            if question.is_choice:
                earlier.append(question)
        if each.code == section and code not in definition.questions:
            return earlier
    return earlier


def write_conditions(question: QuestionDefinition) -> list[Row]:
    return [{"question": each.question, "any_of": list(each.any_of)} for each in question.conditions]


def read_condition(row: Row) -> ConditionDefinition:
    return ConditionDefinition(row["question"], tuple(row["any_of"]))
