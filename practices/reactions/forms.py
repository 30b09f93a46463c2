"""What somebody fills in about a case. All of it is plain text: nothing typed becomes a link or markup."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate

from practices.models.reactions import Reaction
from surveys.accounts.forms import FormWithSummary
from surveys.accounts.models import Membership
from surveys.responses.forms import FIELD_PREFIX
from surveys.responses.reason_forms import TextLines

FIRST_YEAR = 1990
YEARS_AHEAD = 2
EXPLANATION_LENGTH = 300
COMMENT_LENGTH = 2000
REASON_LENGTH = 300
# By this prefix `keep_unsaved_words` knows what was typed.
PREFIX = FIELD_PREFIX.removesuffix("-")


class AdoptionForm(FormWithSummary):
    """Whether the organisation does this too; its name will be public, so somebody has to agree to that."""

    prefix = PREFIX

    kind = forms.ChoiceField(
        label="Doet uw organisatie dit ook?",
        choices=[
            (kind.value, kind.label.capitalize())
            for kind in (Reaction.Kind.DOES, Reaction.Kind.STARTS, Reaction.Kind.STOPPED)
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies wat voor uw organisatie geldt.",
            "invalid_choice": "Maak een keuze.",
        },
    )
    since = forms.IntegerField(
        label="Sinds welk jaar?",
        help_text="Bijvoorbeeld 2024. Weet u het niet, laat dit dan leeg.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages={"invalid": "Vul een jaartal van vier cijfers in, bijvoorbeeld 2024."},
    )
    text = TextLines(
        maximum=EXPLANATION_LENGTH,
        label="Toelichting",
        help_text=f"Eén zin, hoogstens {EXPLANATION_LENGTH} tekens, geen namen van personen. Mag leeg blijven.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agrees = forms.BooleanField(
        error_messages={
            "required": "Wij kunnen dit alleen plaatsen als de naam van uw organisatie erbij mag."
        }
    )

    def __init__(self, *args: Any, organisation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = f"De naam {organisation} mag openbaar bij dit voorbeeld staan"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, this_year = cleaned.get("since"), localdate().year
        latest = this_year + YEARS_AHEAD if cleaned.get("kind") == Reaction.Kind.STARTS else this_year
        if since is not None and not FIRST_YEAR <= since <= latest:
            self.add_error("since", f"Vul een jaar in van {FIRST_YEAR} tot en met {latest}.")
        return cleaned


class CommentForm(FormWithSummary):
    """`memberships` are the places somebody may speak from: who has one is not asked which."""

    prefix = PREFIX

    organisation = forms.ChoiceField(
        label="Namens welke organisatie schrijft u?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies namens welke organisatie u schrijft.",
            "invalid_choice": "U kunt niet (meer) namens deze organisatie schrijven. Kies een andere.",
        },
    )
    text = TextLines(
        maximum=COMMENT_LENGTH,
        label="Uw reactie",
        help_text=(
            f"Hoogstens {COMMENT_LENGTH} tekens, gewone tekst. Webadressen worden geen link. "
            "Noem geen kinderen, ouders of collega's."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Schrijf eerst uw reactie."},
    )
    function = forms.CharField(
        label="Uw functie",
        help_text="Staat openbaar bij uw reactie, bijvoorbeeld: beleidsadviseur jeugd. Mag leeg blijven.",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"max_length": "Uw functie past in %(limit_value)d tekens."},
    )
    shows_name = forms.BooleanField(label="Zet ook mijn eigen naam erbij", required=False)

    def __init__(self, *args: Any, memberships: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {each.organisation_id: each.organisation for each in memberships}
        offered = cast("forms.ChoiceField", self.fields["organisation"])
        offered.choices = [(code, str(organisation)) for code, organisation in self.organisations.items()]
        if len(self.organisations) == 1:
            offered.initial = next(iter(self.organisations))
            offered.widget = forms.HiddenInput()


class DecisionForm(forms.Form):
    """What becomes of a reaction; `revision` is that of what the editor read. The author reads the reason."""

    PUBLISH, REFUSE, HIDE = "publish", "refuse", "hide"
    WORDS = {PUBLISH: "Plaatsen", REFUSE: "Niet plaatsen", HIDE: "Van de site halen"}

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    decision = forms.ChoiceField(
        label="Uw besluit", widget=forms.RadioSelect, error_messages={"required": "Kies een besluit."}
    )
    reason = forms.CharField(
        label="Reden",
        help_text="Verplicht als u niet plaatst of weghaalt. De schrijver leest dit in een e-mail.",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, status: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = {
            Reaction.Status.WAITING.value: (self.PUBLISH, self.REFUSE),
            Reaction.Status.PUBLISHED.value: (self.HIDE,),
        }.get(status, (self.PUBLISH,))
        choices = [(decision, self.WORDS[decision]) for decision in possible]
        cast("forms.ChoiceField", self.fields["decision"]).choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") in (self.REFUSE, self.HIDE) and cleaned.get("reason") == "":
            self.add_error("reason", "Leg uit waarom. De schrijver leest dit.")
        return cleaned
