from collections.abc import Collection, Mapping
from typing import cast

from django import forms

UNKNOWN_MUNICIPALITY = "Deze gemeente staat niet in de lijst. Kies een gemeente."


class MunicipalityForm(forms.Form):
    """Whose neighbours to show.

    `names` are those of all municipalities by code; those in `own`, that the visitor works for, come first.
    """

    gemeente = forms.ChoiceField(
        label="Uw gemeente", required=False, error_messages={"invalid_choice": UNKNOWN_MUNICIPALITY}
    )

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        names: Mapping[str, str],
        own: Collection[str],
    ) -> None:
        mine = [(code, name) for code, name in names.items() if code in own]
        others = [(code, name) for code, name in names.items() if code not in own]
        super().__init__({"gemeente": mine[0][0] if len(mine) == 1 else "", **data})
        choices = [("Uw gemeenten", mine), ("Andere gemeenten", others)] if mine else others
        cast(forms.ChoiceField, self.fields["gemeente"]).choices = [("", "Kies een gemeente"), *choices]
        self.full_clean()

    @property
    def municipality(self) -> str:
        """The code, or "" without a choice and for a code that we do not know."""
        return str(self.cleaned_data.get("gemeente", ""))
