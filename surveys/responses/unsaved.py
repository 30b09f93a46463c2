"""Nothing typed is lost when somebody is signed out, or signs in again elsewhere, while a form is open."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from surveys.responses.forms import FIELD_PREFIX

View = Callable[..., HttpResponse]


@csrf_protect
def confirm_own_form(request: HttpRequest) -> HttpResponse:
    """Django's own check, as a question: status 200, or 403 when the form's token is not (or no longer) valid."""
    return HttpResponse()


def keep_unsaved_words(view: View) -> View:
    """Let a signed-in person's form reach `view`, which must save nothing unless `is_own_form` is true.

    Signing in renews the form token, so a page that was open before then sends one that is no longer valid.
    Django would refuse it and the words would be gone; instead the view shows them again with a new token. A form
    sent by somebody who is not signed in comes back as a page that holds everything until they are, and one sent
    by somebody who lost their place meanwhile as a page from which they can copy what they typed.
    """

    @csrf_exempt
    @wraps(view)
    def keeper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return view(request, is_own_form=False, **kwargs)
        is_own_form = confirm_own_form(request).status_code == 200
        if not request.user.is_authenticated:
            words = [
                (name, value)
                for name, values in request.POST.lists()
                if name != "csrfmiddlewaretoken"
                for value in values
            ]
            return render(request, "responses/signed_out.html", {"words": words}, status=403)
        try:
            return view(request, is_own_form=is_own_form, **kwargs)
        except (Http404, PermissionDenied) as refusal:
            # Perhaps somebody took them out of the team, or gave the section to another, while they were typing.
            if not (typed := list_typed(request.POST)):
                raise
            status = 404 if isinstance(refusal, Http404) else 403
            return render(request, "responses/no_access.html", {"typed": typed}, status=status)

    return keeper


def list_typed(data: QueryDict) -> list[str]:
    """The answers in a form as they were typed, without what is blank."""
    return [
        value
        for name, values in data.lists()
        if name.startswith(FIELD_PREFIX)
        for value in values
        if value.strip()
    ]
