"""Signing in at the own organisation, by OpenID Connect.

A provider signs in people who were already let in, by an e-mail address that it has verified and that belongs to one of
its own domains. It makes nobody an account, and no lasting link between accounts is kept.
"""

from collections.abc import Callable

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from requests import RequestException

from surveys.accounts.models import Person


class OwnPeopleAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Only signing in: allauth's way to link an account would let a later sign-in do without the address."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN or sociallogin.account.pk:
            raise PermissionDenied

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Person, str] | None:
        """The person whose verified address the provider may speak for.

        The empty string keeps allauth from wiping the person's password: nobody chose this address for themselves.
        """
        domains = sociallogin.provider.app.settings["domains"]
        for address in sociallogin.email_addresses:
            # `is True`: a provider may answer with the text "false".
            if address.verified is True and address.email.rpartition("@")[2].lower() in domains:
                person = Person.objects.filter(email=address.email).first()
                if person:
                    return person, ""
        return None


def list_identity_providers(request: HttpRequest, *, next_url: str) -> list[dict[str, str]]:
    """Name and address of every way to sign in elsewhere; empty unless OIDC_PROVIDERS is set."""
    return [
        {
            "name": provider.app.name,
            "url": provider.get_login_url(
                request, process=AuthProcess.LOGIN, **({"next": next_url} if next_url else {})
            ),
        }
        for provider in OwnPeopleAdapter(request).list_providers(request)
    ]


def _or_say_it_failed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A provider that is down, or answers something else than the standard says, is no fault of this site."""

    def wrapper(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except (RequestException, KeyError, ValueError):
            return redirect("socialaccount_login_error")

    return wrapper


sign_in_elsewhere = _or_say_it_failed(views.login)
return_from_elsewhere = _or_say_it_failed(views.callback)
