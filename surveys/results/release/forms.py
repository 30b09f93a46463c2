from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput

from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.results.dimensions import ANSWER_PREFIX, DIMENSION_NAMES, UNIT_NAMES, Dimension
from surveys.results.models import Release
from surveys.results.release.lifecycle import ReleasePlan
from surveys.results.release.tables import SEPARATOR, name_breakdown

# Room for more breakdowns than a release has; whoever needs more saves and comes back.
EMPTY_ROWS = 3


class PlanForm(forms.Form):
    """What a release shows and says; whether it can be prepared like this is for the lifecycle to say."""

    title = forms.CharField(
        label="Titel",
        max_length=Release._meta.get_field("title").max_length,
        error_messages={"required": "Vul een titel in."},
    )
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
        help_text="Kies er niet te veel: hoe meer groepen, hoe meer cijfers we moeten afschermen.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.MultipleChoiceField(
        label="Wat u telt",
        choices=[(unit.value, name.capitalize()) for unit, name in UNIT_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één eenheid."},
    )

    def __init__(
        self,
        *args: Any,
        definition: Definition,
        is_correction: bool,
        shown: Iterable[Sequence[str]],
        **kwargs: Any,
    ) -> None:
        """`shown` are the breakdowns that are chosen at first."""
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [  # type: ignore[attr-defined]
            (section.title, [(question.code, question.text) for question in section.questions])
            for section in definition.sections
        ]
        usual = dict(list_usual_breakdowns())
        self.fields["breakdowns"].choices = list(usual.items())  # type: ignore[attr-defined]
        self.initial["breakdowns"] = [name for each in shown if (name := name_breakdown(each)) in usual]
        self._add_rows(
            [each for each in shown if name_breakdown(each) not in usual],
            choices=[("", "Geen"), *list_dimensions(definition)],
        )
        if not is_correction:
            del self.fields["note"]

    def _add_rows(self, shown: Sequence[Sequence[str]], *, choices: Sequence[tuple[str, Any]]) -> None:
        """Two fields for each breakdown by the answer to a question, and a few to fill in."""
        self._rows = []
        for number in range(1, len(shown) + EMPTY_ROWS + 1):
            names = f"dimension_{number}", f"other_dimension_{number}"
            chosen = [*shown[number - 1], ""] if number <= len(shown) else ["", ""]
            labels = (
                f"Uitsplitsing naar een antwoord ({number})",
                f"Tegelijk uitsplitsen naar ({number}, mag leeg)",
            )
            for name, label, value in zip(names, labels, chosen, strict=False):
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
                self.initial[name] = value
            self._rows.append(names)

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        for first, second in self._rows:
            if chosen.get(second) and first in chosen and not chosen[first]:
                self.add_error(first, "Kies hier ook een uitsplitsing, of maak het volgende veld leeg.")
            elif chosen.get(first) and chosen.get(first) == chosen.get(second):
                self.add_error(second, "Kies hier een andere uitsplitsing dan in het vorige veld.")
        return chosen

    @property
    def plan(self) -> ReleasePlan:
        chosen = self.cleaned_data
        return ReleasePlan(
            title=chosen["title"],
            introduction=chosen["introduction"],
            note=chosen.get("note", ""),
            questions=chosen["questions"],
            breakdowns=[each.split(SEPARATOR) for each in dict.fromkeys(self._list_breakdowns())],
            units=chosen["units"],
        )

    def _list_breakdowns(self) -> Iterable[str]:
        yield from self.cleaned_data["breakdowns"]
        for row in self._rows:
            if chosen := name_breakdown(filter(None, (self.cleaned_data[name] for name in row))):
                yield chosen


class ScheduleForm(forms.Form):
    publish_at = forms.DateTimeField(
        label="Openbaar vanaf",
        help_text="De publicatie verschijnt op dit moment of hooguit vijf minuten later.",
        widget=AdminDateTimeInput(format="%d-%m-%Y %H:%M"),
        input_formats=["%d-%m-%Y %H:%M"],
        error_messages=dict.fromkeys(("required", "invalid"), "Vul een moment in als 31-12-2026 09:00."),
    )


def list_usual_breakdowns() -> Iterable[tuple[str, str]]:
    """Every dimension that each wave has by itself, and every two of them."""
    for number in (1, 2):
        for dimensions in combinations(Dimension, number):
            names = " en ".join(DIMENSION_NAMES[dimension] for dimension in dimensions)
            yield name_breakdown(dimensions), f"Per {names}"


def list_dimensions(definition: Definition) -> Iterable[tuple[str, Any]]:
    """The closed questions, under the part in which they were asked, and what each wave has."""
    for section in definition.sections:
        answers = [choice for question in section.questions for choice in _list_answers(question)]
        if answers:
            yield section.title, answers
    yield "Kenmerken van gemeenten", [(each.value, DIMENSION_NAMES[each].capitalize()) for each in Dimension]


def _list_answers(question: QuestionDefinition) -> Iterable[tuple[str, str]]:
    code = f"{ANSWER_PREFIX}:{question.code}"
    if question.kind == "single":
        yield code, question.text
    elif question.kind == "multiple":
        for option in question.options:
            yield f"{code}:{option.code}", f"{question.text} Gekozen: {option.text}"
