"""The plain form of a contribution. A draft may be unfinished: here is only judged what is there."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from practices.contributing.parts import CHOICES, PARTS, UNCHOSEN, Value, Values
from practices.models import Contribution
from surveys.accounts.forms import FormWithSummary
from surveys.accounts.models import Organisation
from surveys.responses.forms import FIELD_PREFIX
from surveys.territory.models import Municipality

# By which a form with unsaved words is recognised (surveys.responses.unsaved).
PREFIX = FIELD_PREFIX.removesuffix("-")
BEGUN = "begun-"
SHORT, LONG = 3, 6
TOO_LONG = "Dit is te lang: er passen %(limit_value)d tekens."


class ContributionForm(FormWithSummary, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Contribution
        fields = PARTS
        widgets = {
            **dict.fromkeys(CHOICES, forms.CheckboxSelectMultiple),
            **{
                name: forms.Textarea(attrs={"rows": SHORT})
                for name in ("summary", "reason", "effect_note", "audience", "costs", "conditions", "parties")
            },
            **{
                name: forms.Textarea(attrs={"rows": LONG})
                for name in ("intro", "outline", "figures", "lessons", "setbacks")
            },
            **dict.fromkeys(("link_url", "contact_url"), forms.URLInput),
        }

    def __init__(self, data: QueryDict | None = None, *, values: Values | None = None) -> None:
        super().__init__(data, prefix=PREFIX, initial=dict(values or {}))
        for name, field in self.fields.items():
            field.error_messages["max_length"] = TOO_LONG
            field.widget.attrs["autocomplete"] = "off"
            if name in UNCHOSEN:
                cast(forms.ChoiceField, field).choices = list_choices(name)
            if name in CHOICES:
                field.error_messages["invalid_choice"] = "Dit staat niet (meer) in de lijst."
        cast(Any, self.fields["municipalities"]).queryset = list_choosable()
        self.fields["year"].error_messages["invalid"] = "Vul een jaartal in, bijvoorbeeld 2025."

    @property
    def typed(self) -> dict[str, Value]:
        """Every part without a mistake, as it is stored."""
        self.full_clean()
        return {name: _read(name, value) for name, value in self.cleaned_data.items() if name in PARTS}

    @property
    def problems(self) -> list[dict[str, str]]:
        return [{**each, "id": each["id"].removesuffix("_0")} for each in super().problems]

    @cached_property
    def municipality_options(self) -> list[dict[str, Any]]:
        """For components/checkbox_list.html."""
        ticked = {str(code) for code in self["municipalities"].value() or ()}
        return [
            {"value": each.pk, "label": each.name, "checked": each.pk in ticked} for each in list_choosable()
        ]

    @property
    def municipality_names(self) -> list[str]:
        return [each["label"] for each in self.municipality_options if each["checked"]]


def _read(name: str, value: Any) -> Value:
    if name in CHOICES:
        chosen: Iterable[Any] = value
        return tuple(sorted(str(each.pk) for each in chosen))
    words = "" if value is None else "\n".join(str(value).splitlines())
    return words or UNCHOSEN.get(name, "")


def list_choices(name: str) -> list[tuple[str, str]]:
    """Without an empty one: not knowing is a choice of its own."""
    field = cast(Any, Contribution._meta.get_field(name))
    return [(code, str(label).capitalize()) for code, label in field.choices]


def list_choosable() -> QuerySet[Municipality]:
    """Those that can say whether a case about them may be public."""
    return Municipality.objects.filter(organisation__isnull=False).order_by("name")


def read_begun(data: Mapping[str, str]) -> dict[str, str]:
    """What the form says that each part held when its author began: fingerprints by part."""
    return {name: data[f"{BEGUN}{name}"] for name in PARTS if f"{BEGUN}{name}" in data}


def put_values(data: QueryDict, values: Values) -> QueryDict:
    """What was typed, with other values for some parts."""
    changed = data.copy()
    for name, value in values.items():
        changed.setlist(f"{FIELD_PREFIX}{name}", [value] if isinstance(value, str) else list(value))
    return changed


class OrganisationForm(FormWithSummary):
    """For which of the own organisations somebody writes."""

    organisation = forms.ModelChoiceField(
        label="Voor welke organisatie schrijft u?",
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Kies voor welke organisatie u schrijft.",
            "invalid_choice": "Kies een organisatie uit de lijst.",
        },
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["organisation"]).queryset = organisations


class ReasonForm(FormWithSummary):
    """What a place, or an editor for it, says along with a decision."""

    reason = forms.CharField(
        label="Toelichting",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
