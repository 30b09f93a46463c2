from collections.abc import Iterable, Mapping
from typing import cast

from django import forms

from surveys.questionnaire.definition import SectionDefinition
from surveys.results.dimensions import DIMENSION_NAMES, UNIT_NAMES, Dimension, Unit


class ExplorerForm(forms.Form):
    """What to show of a wave; `sections` hold the questions to choose from.

    The first choice of a field is its default, also for a value we do not know.
    """

    vraag = forms.ChoiceField(
        label="Vraag",
        required=False,
        error_messages={"invalid_choice": "Deze vraag staat niet in de lijst. U ziet alle vragen."},
    )
    uitsplitsing = forms.ChoiceField(
        label="Vergelijk groepen",
        required=False,
        choices=[
            ("", "Niet vergelijken"),
            *((dimension.value, f"Per {name}") for dimension, name in DIMENSION_NAMES.items()),
        ],
        error_messages={"invalid_choice": "Deze uitsplitsing kennen we niet. U ziet alleen het totaal."},
    )
    eenheid = forms.ChoiceField(
        label="Wat wilt u tellen?",
        required=False,
        choices=[(unit.value, name.capitalize()) for unit, name in UNIT_NAMES.items()],
        error_messages={"invalid_choice": "Deze eenheid kennen we niet. U ziet de reacties."},
    )

    def __init__(self, data: Mapping[str, str], *, sections: Iterable[SectionDefinition]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["vraag"]).choices = [
            ("", "Alle vragen met cijfers"),
            *(
                (section.title, [(question.code, question.text) for question in section.questions])
                for section in sections
                if section.questions
            ),
        ]
        self.full_clean()

    @property
    def question(self) -> str | None:
        """None is all of them."""
        return self.cleaned_data.get("vraag") or None

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        chosen = self.cleaned_data.get("uitsplitsing")
        return (Dimension(chosen),) if chosen else ()

    @property
    def unit(self) -> Unit:
        return Unit(self.cleaned_data.get("eenheid") or Unit.RESPONSE)
