"""What a team fills in about itself; the rules about who may do what are in the lifecycle."""

from collections.abc import Collection, Sequence
from typing import Any, cast

from django import forms

from surveys.accounts.forms import FormWithSummary
from surveys.accounts.models import Membership
from surveys.questionnaire.definition import SectionDefinition

EVERYTHING, SOME = "everything", "some"
SOMEBODY_ELSE = "else"
NOTE_LENGTH = 2000
ROLE_HELP = "Een coördinator verdeelt het werk en dient in. Een invuller vult in. Een lezer kijkt alleen mee."


class SectionsForm(FormWithSummary):
    """Which sections somebody does, and whether these are all they see."""

    extent = forms.ChoiceField(
        label="Wat mag deze collega zien?",
        choices=[(EVERYTHING, "De hele vragenlijst"), (SOME, "Alleen de onderdelen hieronder")],
        initial=EVERYTHING,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat deze collega mag zien."},
    )
    sections = forms.MultipleChoiceField(
        label="Welke onderdelen doet deze collega?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Dit onderdeel hoort niet bij deze vragenlijst."},
    )

    def __init__(self, *args: Any, sections: Sequence[SectionDefinition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = cast(forms.MultipleChoiceField, self.fields["sections"])
        offered.choices = [(section.code, section.title) for section in sections]

    @property
    def is_limited(self) -> bool:
        return bool(self.cleaned_data["extent"] == SOME)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("extent") == SOME and cleaned.get("sections") == []:
            self.add_error(
                "sections", "Kies ten minste één onderdeel, of laat deze collega de hele vragenlijst zien."
            )
        return cleaned


class InvitationForm(SectionsForm):
    email = forms.EmailField(
        label="E-mailadres",
        help_text="Een adres van uw eigen organisatie.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Vul een e-mailadres in.",
            "invalid": "Vul een e-mailadres in, bijvoorbeeld naam@gemeente.nl.",
        },
    )
    role = forms.ChoiceField(
        label="Rol",
        help_text=ROLE_HELP,
        choices=[(role.value, role.label.capitalize()) for role in Membership.Role],
        initial=Membership.Role.CONTRIBUTOR,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een rol."},
    )
    field_order = ("email", "role", "extent", "sections")

    @property
    def visible_sections(self) -> Collection[str] | None:
        """The codes of all that the invited person will see; None is the whole questionnaire."""
        return self.cleaned_data["sections"] if self.is_limited else None


class RoleForm(FormWithSummary):
    role = InvitationForm.base_fields["role"]
    may_submit = forms.BooleanField(
        label="Deze collega mag ook indienen",
        help_text="Voor een invuller die de hele vragenlijst ziet. Een coördinator mag altijd indienen.",
        required=False,
    )


class HandOverForm(FormWithSummary):
    """To whom the survey goes, and what becomes of the coordinator who gives it away."""

    to = forms.ChoiceField(
        label="Wie neemt de vragenlijst over?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie de vragenlijst overneemt."},
    )
    email = forms.EmailField(
        label="E-mailadres van iemand anders",
        help_text="Alleen nodig als u “Iemand anders” kiest. Een adres van uw eigen organisatie.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Vul een e-mailadres in, bijvoorbeeld naam@gemeente.nl."},
    )
    afterwards = forms.ChoiceField(
        label="Wat doet u daarna?",
        choices=[("stay", "Ik blijf meewerken als invuller"), ("leave", "Ik stop ermee en ga uit het team")],
        initial="stay",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat u daarna doet."},
    )

    def __init__(self, *args: Any, colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(each.pk): each for each in colleagues}
        cast(forms.ChoiceField, self.fields["to"]).choices = [
            *((key, f"{each.person} ({each.get_role_display()})") for key, each in self.colleagues.items()),
            (SOMEBODY_ELSE, "Iemand anders, met een uitnodiging per e-mail"),
        ]

    @property
    def colleague(self) -> Membership | None:
        """None for somebody who is not in the team yet."""
        return self.colleagues.get(self.cleaned_data["to"])

    @property
    def leaves(self) -> bool:
        return bool(self.cleaned_data["afterwards"] == "leave")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("to") == SOMEBODY_ELSE and cleaned.get("email") == "":
            self.add_error("email", "Vul het e-mailadres in van wie de vragenlijst overneemt.")
        return cleaned


class NewPersonForm(FormWithSummary):
    """How colleagues will know somebody who has no account yet."""

    first_name = forms.CharField(
        label="Voornaam",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Vul uw voornaam in."},
    )
    last_name = forms.CharField(
        label="Achternaam",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Vul uw achternaam in."},
    )


class NoteForm(FormWithSummary):
    text = forms.CharField(
        label="Uw notitie",
        help_text=f"Hoogstens {NOTE_LENGTH} tekens.",
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Schrijf eerst uw notitie.",
            "max_length": "Uw notitie is te lang: %(show_value)d tekens. Er passen er %(limit_value)d.",
        },
    )
