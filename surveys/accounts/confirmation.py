"""Asking once more who somebody is, before something changes that gives access.

allauth itself asks for the password or the second step. Who has neither signs in with a code by mail or at the own
organisation, and is asked for a code by mail here. Right after signing in nobody is asked.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from surveys.accounts.access import SignedInRequest
from surveys.accounts.forms import SECONDS_PER_MINUTE, CodeForm
from surveys.accounts.mail import send_mail_to
from surveys.accounts.models import Person

View = Callable[..., HttpResponse]
SESSION_KEY = "confirmation_code"


def has_only_a_mailbox(person: Person) -> bool:
    """Whether a code by mail is all this person can be asked for."""
    return not person.has_usable_password() and not is_mfa_enabled(person)


def confirm_first(view: View) -> View:
    """Lets a person through who signed in or confirmed a moment ago, and asks anybody else to do so first."""

    @login_required
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Behind login_required this is a person.
        signed_in = cast(SignedInRequest, request)
        if _is_confirmed(signed_in):
            return view(request, *args, **kwargs)
        (method, *_) = get_adapter().get_reauthentication_methods(signed_in.user)
        # What was posted is not kept: it may hold a new password.
        return redirect(f"{method['url']}?next={request.path}")

    return wrapper


def _is_confirmed(request: SignedInRequest) -> bool:
    records = get_authentication_records(request, request.user)
    if records and has_only_a_mailbox(request.user):
        # The sign-in itself counts. allauth must know: it shows the recovery codes right after the first second step.
        records[-1]["reauthenticated"] = True
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    confirmed = [record["at"] for record in records if record.get("reauthenticated")]
    return bool(confirmed) and time.time() - confirmed[-1] < app_settings.REAUTHENTICATION_TIMEOUT


@method_decorator([login_required, never_cache], name="dispatch")
class ConfirmByCodeView(BaseReauthenticateView):
    """Mails a code on request, and takes it once: within some minutes, in a few attempts."""

    form_class = CodeForm
    template_name = "account/confirm_by_code.html"

    @property
    def pending(self) -> dict[str, Any] | None:
        """The code that was mailed, while it holds."""
        state: dict[str, Any] | None = self.request.session.get(SESSION_KEY)
        if state and time.time() - state["at"] < app_settings.LOGIN_BY_CODE_TIMEOUT:
            return state
        return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "send" in request.POST or not self.pending:
            return self.send_code()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def send_code(self) -> HttpResponse:
        person = self.request.user
        if not ratelimit.consume(self.request, action="request_login_code", key=person.email):
            refusal: HttpResponse = ratelimit.respond_429(self.request)
            return refusal
        code = get_adapter().generate_login_code()
        self.request.session[SESSION_KEY] = {"code": code, "at": time.time(), "attempts": 0}
        minutes = app_settings.LOGIN_BY_CODE_TIMEOUT // SECONDS_PER_MINUTE
        send_mail_to(
            person, template="account/email/confirmation_code", context={"code": code, "minutes": minutes}
        )
        return redirect(self.passthrough_next_url(self.request.path))

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs | {"code": (self.pending or {}).get("code", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"is_sent": bool(self.pending)}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        del self.request.session[SESSION_KEY]
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        state = self.request.session[SESSION_KEY]
        state["attempts"] += 1
        self.request.session[SESSION_KEY] = state
        if state["attempts"] >= app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS:
            del self.request.session[SESSION_KEY]
        response: HttpResponse = super().form_invalid(form)
        return response
