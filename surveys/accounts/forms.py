"""The forms of allauth with our own words.

The labels and messages are Dutch at B1 level, there are no placeholders, and the browser gets the hints that
password managers need.
"""

from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

SECONDS_PER_MINUTE = 60
ADVICE = (
    "Gebruik minstens 12 tekens. "
    "Een zin van vier of meer woorden kunt u makkelijk onthouden en is moeilijk te raden."
)


class FormWithSummary(forms.Form):
    """A form that can say everything that must be corrected at the top of its page."""

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the id of its field, for components/error_summary.html.

        An error that concerns the form as a whole points to the first field, one about a group to its first box.
        """
        first_field = next(iter(self.fields))
        problems = []
        for name, messages in self.errors.items():
            field = self[first_field if name == NON_FIELD_ERRORS else name]
            target = field.id_for_label or f"{field.auto_id}_0"
            problems += [{"id": target, "message": str(message)} for message in messages]
        return problems


class OwnWords(FormWithSummary):
    """Texts for the fields of a form that somebody else defined; a missing label is a KeyError at once."""

    labels: ClassVar[dict[str, str]] = {}
    help_texts: ClassVar[dict[str, str]] = {}
    required_messages: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels[name]
            field.help_text = self.help_texts.get(name, "")
            field.error_messages["required"] = self.required_messages[name]
            field.widget.attrs.pop("placeholder", None)

    def _find_id(self, name: str) -> str:
        return self[name].id_for_label if name else "inhoud"


class RequestCodeForm(OwnWords, RequestLoginCodeForm):
    labels: ClassVar = {"email": "E-mailadres"}
    help_texts: ClassVar = {"email": "U krijgt een e-mail met een code. Daarmee logt u in."}
    required_messages: ClassVar = {"email": "Vul uw e-mailadres in."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "username"


class CodeForm(OwnWords, ConfirmLoginCodeForm):
    labels: ClassVar = {"code": "Code uit de e-mail"}
    help_texts: ClassVar = {"code": "Acht cijfers. Het streepje mag u weglaten."}
    required_messages: ClassVar = {"code": "Vul de code in die in de e-mail staat."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SignInForm(OwnWords, LoginForm):
    labels: ClassVar = {"login": "E-mailadres", "password": "Wachtwoord"}
    required_messages: ClassVar = {"login": "Vul uw e-mailadres in.", "password": "Vul uw wachtwoord in."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class RequestPasswordForm(OwnWords, ResetPasswordForm):
    labels: ClassVar = {"email": "E-mailadres"}
    help_texts: ClassVar = {"email": "Het adres waarmee u inlogt."}
    required_messages: ClassVar = {"email": "Vul uw e-mailadres in."}


class TypedTwice(OwnWords):
    """A new password, and once more to catch a typing error."""

    def clean(self) -> dict[str, Any] | None:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        cleaned_data = super().clean()
        if first and second and first != second:
            self.errors["password2"] = self.error_class(
                ["Dit is niet hetzelfde als het nieuwe wachtwoord hierboven."]
            )
        return cleaned_data


class NewPasswordForm(TypedTwice, ResetPasswordKeyForm):
    labels: ClassVar = {"password1": "Nieuw wachtwoord", "password2": "Nieuw wachtwoord nog een keer"}
    help_texts: ClassVar = {"password1": ADVICE}
    required_messages: ClassVar = {
        "password1": "Vul een nieuw wachtwoord in.",
        "password2": "Vul het nieuwe wachtwoord nog een keer in.",
    }


class ReplacePasswordForm(TypedTwice, ChangePasswordForm):
    labels: ClassVar = {"oldpassword": "Huidig wachtwoord", **NewPasswordForm.labels}
    help_texts: ClassVar = NewPasswordForm.help_texts
    required_messages: ClassVar = {
        "oldpassword": "Vul uw huidige wachtwoord in.",
        **NewPasswordForm.required_messages,
    }


class FirstPasswordForm(TypedTwice, SetPasswordForm):
    labels: ClassVar = NewPasswordForm.labels
    help_texts: ClassVar = NewPasswordForm.help_texts
    required_messages: ClassVar = NewPasswordForm.required_messages


class ConfirmByPasswordForm(OwnWords, ReauthenticateForm):
    labels: ClassVar = {"password": "Wachtwoord"}
    required_messages: ClassVar = {"password": "Vul uw wachtwoord in."}
