"""Nothing typed is lost when somebody is signed out, or signs in again elsewhere, while a form is open."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


@csrf_protect
def confirm_own_form(request: HttpRequest) -> HttpResponse:
    """Django's own check, as a question: status 200, or 403 when the form's token is not (or no longer) valid."""
    return HttpResponse()


def keep_unsaved_words(view: View) -> View:
    """Let a signed-in person's form reach `view`, which must save nothing unless `is_own_form` is true.

    Signing in renews the form token, so a page that was open before then sends one that is no longer valid.
    Django would refuse it and the words would be gone; instead the view shows them again with a new token. A form
    sent by somebody who is not signed in comes back as a page that holds everything until they are.
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
        return view(request, is_own_form=is_own_form, **kwargs)

    return keeper
