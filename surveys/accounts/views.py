from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.accounts.access import SignedInRequest
from surveys.accounts.queries import list_memberships


@login_required
@never_cache
@require_safe
def show_account(request: SignedInRequest) -> HttpResponse:
    """Who the person is here: name, address, organisations with their role."""
    return render(request, "account/overview.html", {"memberships": list_memberships(request.user)})


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
