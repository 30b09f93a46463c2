"""The forms of allauth.mfa with our own words."""

import struct
from typing import Any, ClassVar

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

from surveys.accounts.forms import OwnWords

NAME_OF_PASSKEY = {"name": "Naam van deze passkey"}
NAME_HELP = {"name": "Bijvoorbeeld: mijn telefoon. Zo herkent u haar later."}
NO_PASSKEY = "Uw browser gaf geen passkey door die klopt. Probeer het nog een keer."


class DigitsOnly(OwnWords):
    """A code of digits: a phone shows the right keys, and fills in what it knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class SecondStepForm(DigitsOnly, AuthenticateForm):
    labels: ClassVar = {"code": "Code"}
    help_texts: ClassVar = {"code": "De code uit uw app, of een van uw herstelcodes."}
    required_messages: ClassVar = {"code": "Vul de code in."}


class ConfirmBySecondStepForm(DigitsOnly, ReauthenticateForm):
    labels: ClassVar = SecondStepForm.labels
    help_texts: ClassVar = SecondStepForm.help_texts
    required_messages: ClassVar = SecondStepForm.required_messages


class SetUpAppForm(DigitsOnly, ActivateTOTPForm):
    labels: ClassVar = {"code": "Code uit de app"}
    help_texts: ClassVar = {"code": "Zes cijfers. De app maakt elke halve minuut een nieuwe code."}
    required_messages: ClassVar = {"code": "Vul de code in die de app laat zien."}


class RemoveAppForm(OwnWords, DeactivateTOTPForm):
    """A form without fields."""


class NewRecoveryCodesForm(OwnWords, GenerateRecoveryCodesForm):
    """A form without fields."""


class PasskeyForm(OwnWords):
    """`credential` is filled in by the browser (static/js/passkey.js), so its problems belong to the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["invalid"] = NO_PASSKEY

    def full_clean(self) -> None:
        """allauth reads what the browser sent without looking whether it is a passkey at all."""
        try:
            super().full_clean()
        except (AttributeError, LookupError, TypeError, ValueError, struct.error):
            self.add_error("credential", NO_PASSKEY)


class AddPasskeyForm(PasskeyForm, AddWebAuthnForm):
    labels: ClassVar = NAME_OF_PASSKEY | {"credential": "Passkey"}
    help_texts: ClassVar = NAME_HELP
    required_messages: ClassVar = {"name": "Vul een naam in."} | {"credential": NO_PASSKEY}


class RenamePasskeyForm(OwnWords, EditWebAuthnForm):
    labels: ClassVar = NAME_OF_PASSKEY
    help_texts: ClassVar = NAME_HELP
    required_messages: ClassVar = {"name": "Vul een naam in."}


class PasskeySignInForm(PasskeyForm, AuthenticateWebAuthnForm):
    labels: ClassVar = {"credential": "Passkey"}
    required_messages: ClassVar = {"credential": NO_PASSKEY}


class ConfirmByPasskeyForm(PasskeyForm, ReauthenticateWebAuthnForm):
    labels: ClassVar = {"credential": "Passkey"}
    required_messages: ClassVar = {"credential": NO_PASSKEY}
