from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.queries import load_definition
from surveys.results.dimensions import UNIT_NAMES, Dimension, Unit, name_dimension
from surveys.results.figures.drawing import ChartKind
from surveys.results.models import Release

KIND_LABELS = {
    ChartKind.BARS: "Staven",
    ChartKind.DOTS: "Stippen: één antwoord, groep voor groep",
    ChartKind.MAP: "Kaart: één antwoord per provincie, jeugdregio of grootteklasse",
    ChartKind.LINE: "Lijn over de metingen",
}
Choices = list[tuple[str, Any]]


class RepeatedSelect(forms.Select):
    """One of several choices that have the same `name` in the address: it is the one at `place`."""

    def __init__(self, *, name: str, place: int) -> None:
        super().__init__()
        self.name, self.place = name, place

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        chosen = cast(QueryDict, data).getlist(self.name)
        return chosen[self.place] if self.place < len(chosen) else ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(self.name, value, attrs)


class ManyInAddress(forms.Select):
    """A choice of one on the page, while an address may name more."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [value for value in cast(QueryDict, data).getlist(name) if value]


class ExplorerForm(forms.Form):
    """What to show of a release: the names of the fields are those in the address.

    The first choice of a field is its default, also for a value that we do not know or that the release does not have.
    """

    maatregel = forms.ChoiceField(
        label="Maatregel",
        required=False,
        error_messages={"invalid_choice": "Deze maatregel staat niet in de lijst. U ziet alle maatregelen."},
    )
    vraag = forms.MultipleChoiceField(
        label="Vraag",
        required=False,
        widget=ManyInAddress,
        error_messages={"invalid_choice": "Deze vraag staat niet in de lijst. U ziet alle vragen."},
    )
    uitsplitsing = forms.ChoiceField(
        label="Vergelijk groepen",
        required=False,
        widget=RepeatedSelect(name="uitsplitsing", place=0),
        error_messages={"invalid_choice": "Deze uitsplitsing hebben we niet. U ziet alleen het totaal."},
    )
    en_uitsplitsing = forms.ChoiceField(
        label="En tegelijk",
        required=False,
        widget=RepeatedSelect(name="uitsplitsing", place=1),
        error_messages={
            "invalid_choice": "Deze tweede indeling tonen we hier niet. U ziet de cijfers zonder."
        },
    )
    eenheid = forms.ChoiceField(
        label="Wat wilt u tellen?",
        required=False,
        error_messages={"invalid_choice": "Deze eenheid hebben we niet. U ziet de {default}."},
    )
    beeld = forms.ChoiceField(
        label="Grafiek",
        required=False,
        choices=[("", "De gewone grafiek"), *((kind.value, label) for kind, label in KIND_LABELS.items())],
        error_messages={"invalid_choice": "Deze grafiek kennen we niet. U ziet de gewone grafiek."},
    )
    antwoord = forms.CharField(
        label="Antwoord in stippen of kaart", required=False, widget=forms.Select, max_length=60
    )

    def __init__(self, data: QueryDict, *, release: Release, sections: Iterable[SectionDefinition]) -> None:
        """`sections` hold the questions to choose from."""
        super().__init__(data)
        self._units = [unit for unit in Unit if unit in release.units]
        asked = [section for section in sections if section.questions]
        questions = [
            (section.title, [(question.code, question.text) for question in section.questions])
            for section in asked
        ]
        self._questions_of: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for section in asked:
            if section.measure:
                names.setdefault(section.measure, section.title)
                codes = self._questions_of.setdefault(section.measure, [])
                codes += [question.code for question in section.questions]
        self._offer("maatregel", [("", "Alle maatregelen"), *names.items()])
        self._offer("vraag", [("", "Alle vragen met cijfers"), *questions])
        dimensions = list(dict.fromkeys(code for breakdown in release.breakdowns for code in breakdown))
        crossed = {code for breakdown in release.breakdowns if len(breakdown) > 1 for code in breakdown}
        self._offer("uitsplitsing", [("", "Niet vergelijken"), *_group_dimensions(dimensions, release)])
        self._offer(
            "en_uitsplitsing",
            [
                ("", "Geen tweede indeling"),
                *_group_dimensions([code for code in dimensions if code in crossed], release),
            ],
        )
        self._offer("eenheid", [(unit.value, UNIT_NAMES[unit].capitalize()) for unit in self._units])
        messages = self.fields["eenheid"].error_messages
        messages["invalid_choice"] = messages["invalid_choice"].format(default=UNIT_NAMES[self._units[0]])
        self.has_crossings = bool(crossed)
        self.full_clean()

    def clean(self) -> None:
        codes = self._questions_of.get(self.cleaned_data.get("maatregel", ""))
        if codes is not None and not set(self.questions) <= set(codes):
            self.add_error(
                "maatregel",
                "De vraag die u koos, hoort niet bij deze maatregel. U ziet die vraag. Kies bij Vraag „Alle vragen met "
                "cijfers” om de hele maatregel te zien.",
            )

    def offer_answers(self, options: Iterable[tuple[str, str]]) -> None:
        """What `antwoord` can be, once it is known: the codes and texts of the answers to the question."""
        choices = [("", "Het antwoord dat het meest voorkomt"), *options]
        cast(forms.Select, self.fields["antwoord"].widget).choices = choices
        if self.option not in dict(choices):
            self.add_error(
                "antwoord", "Dit antwoord kennen we niet. U ziet het antwoord dat het meest voorkomt."
            )

    def refuse_chart(self) -> None:
        """Say that the chart that was asked for does not fit the other choices."""
        self.add_error("beeld", "Deze grafiek past niet bij uw andere keuzes. U ziet de gewone grafiek.")

    def refuse_crossing(self) -> None:
        """Say that the two breakdowns are not shown together; what is left is the first."""
        self.add_error(
            "en_uitsplitsing", "Deze twee indelingen tonen we niet samen. U ziet alleen de eerste."
        )

    @property
    def measure(self) -> str:
        """The key of the measure, or "" for all of them."""
        return self.cleaned_data.get("maatregel") or ""

    def keep_asked(self, codes: Iterable[str]) -> list[str]:
        """Of all questions those to show: what was chosen, else those of the measure, else all."""
        kept = self.questions or self._questions_of.get(self.measure)
        return [code for code in codes if kept is None or code in kept]

    @property
    def questions(self) -> list[str]:
        """None chosen is all of them."""
        return list(dict.fromkeys(self.cleaned_data.get("vraag") or ()))

    @property
    def question(self) -> str | None:
        """The one that was chosen."""
        return self.questions[0] if len(self.questions) == 1 else None

    @property
    def dimensions(self) -> tuple[str, ...]:
        if "uitsplitsing" in self.errors:
            return ()
        chosen = (self.cleaned_data.get(name) for name in ("uitsplitsing", "en_uitsplitsing"))
        return tuple(dict.fromkeys(filter(None, chosen)))

    @property
    def unit(self) -> Unit:
        return Unit(self.cleaned_data.get("eenheid") or self._units[0])

    @property
    def kind(self) -> ChartKind | None:
        chosen = self.cleaned_data.get("beeld")
        return ChartKind(chosen) if chosen else None

    @property
    def option(self) -> str:
        """The code of an answer, or "" for the most common one."""
        return self.cleaned_data.get("antwoord") or ""

    def _offer(self, name: str, choices: Choices) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


def _group_dimensions(codes: Iterable[str], release: Release) -> Choices:
    """Those of every wave before the questions of this one."""
    questions = load_definition(release.wave.version).questions
    named = [(code, f"Per {name_dimension(code, questions=questions)}") for code in codes]
    known = [(code, name) for code, name in named if code in list(Dimension)]
    answers = [(code, name) for code, name in named if code not in list(Dimension)]
    return [*known, *([("Antwoord op een vraag", answers)] if answers else [])]
