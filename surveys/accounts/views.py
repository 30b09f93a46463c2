from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import IndexView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.accounts.access import SignedInRequest
from surveys.accounts.forms import RequestCodeForm
from surveys.accounts.identity_providers import list_identity_providers
from surveys.accounts.queries import list_memberships
from surveys.accounts.second_factor import must_set_up_second_step


class SignInView(LoginView):
    """The one door: a code by mail first, then the password, then the own organisation's sign-in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        providers = list_identity_providers(self.request, next_url=self.get_next_url() or "")
        return context | {"code_form": RequestCodeForm(), "identity_providers": providers}


class SecondStepView(IndexView):
    """The ways of the second step that the person has and may add."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        person = self.request.user
        return context | {
            "is_required": must_set_up_second_step(person),
            "may_administer": person.has_perm("wagtailadmin.access_admin"),
        }


@require_safe
def explain_accounts(request: HttpRequest) -> HttpResponse:
    """Who may sign in, and how to become one of them."""
    return render(request, "account/signup_closed.html")


@login_required
@never_cache
@require_safe
def show_account(request: SignedInRequest) -> HttpResponse:
    """Who the person is here: name, address, how they sign in, organisations with their role."""
    person = request.user
    context = {
        "memberships": list_memberships(person),
        "has_password": person.has_usable_password(),
        "has_second_step": is_mfa_enabled(person),
    }
    return render(request, "account/overview.html", context)


@never_cache
@require_safe
def enter_administration(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever it does not let in: its own sign-in page is not rate-limited.

    A stranger is asked to sign in at the one door; a person who is signed in and may not enter is told so.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next") or reverse("wagtailadmin_home"))
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    # Wagtail left a message that says the same as the page: it is taken, and not shown.
    list(get_messages(request))
    return render(request, "403.html", {"messages": []}, status=HTTPStatus.FORBIDDEN)
