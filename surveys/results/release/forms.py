from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput

from surveys.questionnaire.definition import Definition
from surveys.results.dimensions import DIMENSION_NAMES, UNIT_NAMES, Dimension
from surveys.results.models import Release
from surveys.results.release.lifecycle import ReleasePlan
from surveys.results.release.tables import SEPARATOR, name_breakdown


class PlanForm(forms.Form):
    """What a release shows and says; whether it can be prepared like this is for the lifecycle to say."""

    title = forms.CharField(label="Titel", max_length=Release._meta.get_field("title").max_length)
    introduction = forms.CharField(
        label="Inleiding",
        help_text="Deze tekst staat bij de publicatie. Mag leeg.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label="Wat is er anders, en waarom?",
        help_text="Iedereen leest deze toelichting bij de nieuwe publicatie.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op wat er anders is dan in de vorige publicatie, en waarom."},
    )
    questions = forms.MultipleChoiceField(
        label="Vragen",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één vraag."},
    )
    breakdowns = forms.MultipleChoiceField(
        label="Uitsplitsingen",
        help_text="Meer uitsplitsingen betekent ook dat er meer cijfers worden afgeschermd.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.MultipleChoiceField(
        label="Wat u telt",
        choices=[(unit.value, name.capitalize()) for unit, name in UNIT_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één eenheid."},
    )

    def __init__(self, *args: Any, definition: Definition, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [  # type: ignore[attr-defined]
            (section.title, [(question.code, question.text) for question in section.questions])
            for section in definition.sections
        ]
        self.fields["breakdowns"].choices = list(list_breakdown_choices())  # type: ignore[attr-defined]
        if not is_correction:
            del self.fields["note"]

    @property
    def plan(self) -> ReleasePlan:
        chosen = self.cleaned_data
        return ReleasePlan(
            title=chosen["title"],
            introduction=chosen["introduction"],
            note=chosen.get("note", ""),
            questions=chosen["questions"],
            breakdowns=[each.split(SEPARATOR) for each in chosen["breakdowns"]],
            units=chosen["units"],
        )


class ScheduleForm(forms.Form):
    publish_at = forms.DateTimeField(
        label="Openbaar vanaf",
        help_text="De publicatie verschijnt op dit moment of hooguit vijf minuten later.",
        widget=AdminDateTimeInput(format="%d-%m-%Y %H:%M"),
        input_formats=["%d-%m-%Y %H:%M"],
        error_messages={"invalid": "Vul een moment in als 31-12-2026 09:00."},
    )


def list_breakdown_choices() -> Iterable[tuple[str, str]]:
    """Every dimension by itself, and every two of them."""
    for number in (1, 2):
        for dimensions in combinations(Dimension, number):
            names = " en ".join(DIMENSION_NAMES[dimension] for dimension in dimensions)
            yield name_breakdown(dimensions), f"Per {names}"
