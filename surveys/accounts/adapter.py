from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from surveys.accounts.forms import SECONDS_PER_MINUTE
from surveys.accounts.mail import send_mail_to
from surveys.accounts.models import Person

SECONDS_PER_DAY = 24 * 60 * 60
# The ways to confirm who you are, by the names that allauth gives them.
METHODS = {
    "reauthenticate": "Bevestigen met uw wachtwoord",
    "mfa_reauthenticate": "Bevestigen met een code uit uw app, of een herstelcode",
    "mfa_reauthenticate:webauthn": "Bevestigen met een passkey",
    "code": "Bevestigen met een code per e-mail",
}


class ClosedAccountAdapter(DefaultAccountAdapter):
    """People are let in by an administrator; nobody can make an account for themselves.

    The messages never tell whether an address has an account.
    """

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet. Kijk of u beide goed heeft getypt.",
        "too_many_login_attempts": (
            "U heeft te veel pogingen gedaan om in te loggen. Wacht vijf minuten en probeer het dan opnieuw."
        ),
        "enter_current_password": "Dit is niet uw huidige wachtwoord. Typ het wachtwoord waarmee u nu inlogt.",
        "incorrect_password": "Dit wachtwoord klopt niet. Typ het wachtwoord waarmee u inlogt.",
        "incorrect_code": "Deze code klopt niet. Typ de acht cijfers uit de laatste e-mail.",
        "rate_limited": "U heeft te veel pogingen gedaan. Wacht vijf minuten en probeer het dan opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever administers starts in the administration, everybody else at their own surveys."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return reverse("responses:overview")

    def get_reauthentication_methods(self, user: Person | AnonymousUser) -> list[dict[str, Any]]:
        """A code by mail, for who has nothing stronger to be asked for."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return [method | {"description": METHODS[method["id"]]} for method in methods]
        return [{"id": "code", "description": METHODS["code"], "url": reverse("account_confirm_by_code")}]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        minutes = app_settings.LOGIN_BY_CODE_TIMEOUT // SECONDS_PER_MINUTE
        person = Person.objects.filter(email=email).first()
        send_mail_to(person or email, template=template_prefix, context=context | {"minutes": minutes})

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        days_valid = settings.PASSWORD_RESET_TIMEOUT // SECONDS_PER_DAY
        super().send_password_reset_mail(user, email, context | {"days_valid": days_valid})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_overview")
