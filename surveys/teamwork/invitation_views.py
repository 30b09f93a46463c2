"""The link in an invitation. Who opens it can read the mail, so the page may say who invited them and for what."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from surveys.accounts.models import Person
from surveys.teamwork.access import access_invitation
from surveys.teamwork.forms import NewPersonForm
from surveys.teamwork.lifecycle.invitations import accept_as_new_person, accept_invitation
from surveys.teamwork.lifecycle.locking import TeamActionRefused
from surveys.teamwork.models import Invitation


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, since programs that check mail open it too; the button accepts."""
    try:
        invitation = access_invitation(token)
    except Http404:
        return render(request, "teamwork/invitation_closed.html", {"reason": "unknown"}, status=404)
    if request.user.is_authenticated:
        return welcome_known_person(request, invitation, person=request.user)
    if not invitation.is_open(at=timezone.now()):
        return show_closed(request, invitation)
    if Person.objects.filter(email=invitation.email).exists():
        return show_invitation(request, invitation)
    return welcome_new_person(request, invitation)


def welcome_known_person(request: HttpRequest, invitation: Invitation, *, person: Person) -> HttpResponse:
    if person.email != invitation.email:
        if not invitation.is_open(at=timezone.now()):
            return show_closed(request, invitation)
        return render(request, "teamwork/invitation_other_address.html", status=403)
    if invitation.accepted_by_id == person.pk and person.memberships.filter(
        organisation=invitation.organisation_id
    ):
        return redirect(link_survey(invitation))
    if not invitation.is_open(at=timezone.now()):
        return show_closed(request, invitation)
    if request.method != "POST":
        return show_invitation(request, invitation)
    try:
        accept_invitation(invitation, by=person)
    except TeamActionRefused:
        # Taken back or expired since the page was shown: the same address now says so.
        return redirect(request.path)
    messages.success(request, f"Welkom bij het team van {invitation.organisation}.")
    return redirect(link_survey(invitation))


def welcome_new_person(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show_invitation(request, invitation, form=form)
    try:
        person = accept_as_new_person(invitation, **form.cleaned_data)
    except TeamActionRefused:
        return redirect(request.path)
    response: HttpResponse = perform_login(request, person, redirect_url=link_survey(invitation))
    return response


def show_invitation(
    request: HttpRequest, invitation: Invitation, *, form: NewPersonForm | None = None
) -> HttpResponse:
    """With `form` for who has no account yet; others accept when they are signed in."""
    status = 422 if form and form.errors else 200
    context = {"invitation": invitation, "form": form}
    return render(request, "teamwork/invitation.html", context, status=status)


def show_closed(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Why the link no longer works, without a name, an address or an organisation."""
    reason = "used" if invitation.accepted_at else "revoked" if invitation.revoked_at else "expired"
    context = {"reason": reason, "is_from_researchers": invitation.is_from_researchers}
    return render(request, "teamwork/invitation_closed.html", context, status=410)


def link_survey(invitation: Invitation) -> str:
    parts = {"wave": invitation.wave.code, "organisation": invitation.organisation_id}
    return reverse("responses:start", kwargs=parts)
