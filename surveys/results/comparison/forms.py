from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from django import forms

from surveys.accounts.forms import FormWithSummary
from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.models import FrameMunicipality
from surveys.results.comparison.lifecycle import FEWEST, MOST
from surveys.results.models import ComparisonGroup

UNKNOWN_MUNICIPALITY = "Deze gemeente staat niet in de lijst. Kies een gemeente."


class ComparisonForm(forms.Form):
    """Which municipality to compare, in which part of the questionnaire, and with which own group.

    `own` are the municipalities the visitor works for; `default` is the code of the one to begin with, or "". Without
    a choice, and for a code we do not know, nothing is compared yet.
    """

    gemeente = forms.ChoiceField(
        label="Gemeente", required=False, error_messages={"invalid_choice": UNKNOWN_MUNICIPALITY}
    )
    onderdeel = forms.ChoiceField(
        label="Onderdeel",
        required=False,
        error_messages={"invalid_choice": "Dit onderdeel staat niet in de lijst. U ziet het eerste."},
    )
    groep = forms.ChoiceField(label="Uw eigen groep", required=False)

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        frame: Iterable[FrameMunicipality],
        own: Collection[FrameMunicipality],
        sections: Collection[SectionDefinition],
        groups: Collection[ComparisonGroup],
        default: str,
    ) -> None:
        super().__init__({"gemeente": default, **data})
        self.by_code = {each.municipality_id: each for each in frame}
        self.sections = {section.code: section for section in sections}
        mine = {each.municipality_id: each.name for each in own}
        others = [(code, each.name) for code, each in self.by_code.items() if code not in mine]
        self._choice("gemeente").choices = [
            ("", "Kies een gemeente"),
            *([("Uw gemeenten", list(mine.items())), ("Andere gemeenten", others)] if mine else others),
        ]
        self._choice("onderdeel").choices = [(code, section.title) for code, section in self.sections.items()]
        if groups:
            self._choice("groep").choices = [("", "Geen"), *((str(each.pk), each.name) for each in groups)]
        else:
            del self.fields["groep"]
        self.full_clean()

    @property
    def municipality(self) -> FrameMunicipality | None:
        return self.by_code.get(self.cleaned_data.get("gemeente", ""))

    @property
    def section(self) -> SectionDefinition | None:
        """The first part when nothing, or nothing we know, was chosen; None when the wave has no part to show."""
        chosen = self.cleaned_data.get("onderdeel")
        return self.sections[chosen] if chosen else next(iter(self.sections.values()), None)

    @property
    def group_id(self) -> int | None:
        """None without a choice, and for a group that is not among `groups`."""
        chosen = self.cleaned_data.get("groep")
        return int(chosen) if chosen else None

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])


class GroupForm(FormWithSummary):
    """A name and the municipalities of a group; `options` are (code, name) to choose from."""

    name = forms.CharField(
        label="Naam van de groep",
        help_text="Alleen u ziet deze naam.",
        max_length=60,
        error_messages={
            "required": "Vul een naam in.",
            "max_length": "De naam is te lang. Er passen %(limit_value)d tekens.",
        },
    )
    municipalities = forms.MultipleChoiceField(
        label="Welke gemeenten horen erbij?",
        help_text=f"Kies er {FEWEST} tot en met {MOST}.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": f"Kies ten minste {FEWEST} gemeenten.",
            "invalid_choice": "Een van deze gemeenten staat niet in de lijst.",
        },
    )

    def __init__(self, *args: Any, options: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["municipalities"]).choices = list(options)

    def clean_municipalities(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["municipalities"]
        if not FEWEST <= len(chosen) <= MOST:
            raise forms.ValidationError(f"Kies ten minste {FEWEST} en hoogstens {MOST} gemeenten.")
        return chosen

    @property
    def problems(self) -> list[dict[str, str]]:
        """The first box has the name of the list as its id."""
        return [{**each, "id": each["id"].removesuffix("_0")} for each in super().problems]

    @property
    def municipality_options(self) -> list[dict[str, Any]]:
        """For components/checkbox_list.html."""
        field = self["municipalities"]
        ticked = {str(code) for code in field.value() or ()}
        choices = cast(forms.MultipleChoiceField, self.fields["municipalities"]).choices
        return [
            {"value": code, "label": name, "checked": code in ticked}
            for code, name in cast(list[tuple[str, str]], choices)
        ]
