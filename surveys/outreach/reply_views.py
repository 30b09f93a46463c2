"""The link "niet voor mij" in an invitation of the researchers, for who can read the mail; no account is needed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from surveys.outreach.access import access_invited_message
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.lifecycle.replies import decline_invitation
from surveys.outreach.models import Message
from surveys.outreach.reply_forms import NotForMeForm
from surveys.teamwork.invitation_views import show_closed


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, since programs that check mail open it too; the button does."""
    try:
        message, invitation = access_invited_message(token)
    except Http404:
        return render(request, "teamwork/invitation_closed.html", {"reason": "unknown"}, status=404)
    if not invitation.is_open(at=timezone.now()):
        return show_closed(request, invitation)
    form = NotForMeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show_form(request, message, form=form, status=422 if form.errors else 200)
    try:
        is_handed_on = decline_invitation(message, suggested_email=form.suggested_email)
    except OutreachRefused as refusal:
        form.add_error(None, str(refusal))
        return show_form(request, message, form=form, status=409)
    context = {"message": message, "is_handed_on": is_handed_on, "knows_who": bool(form.suggested_email)}
    return render(request, "outreach/declined.html", context)


def show_form(request: HttpRequest, message: Message, *, form: NotForMeForm, status: int) -> HttpResponse:
    return render(request, "outreach/not_for_me.html", {"message": message, "form": form}, status=status)
