"""Where the owner of a public case says whether it still holds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from practices.contributing.access import ContributionAccess, access_contribution
from practices.contributing.lifecycle.refusals import ContributionRefused
from practices.contributing.lifecycle.reviewing import confirm_review
from practices.contributing.lifecycle.submitting import begin_change
from practices.contributing.reading import describe_parts
from practices.contributing.stages import Stage
from practices.contributing.views.furniture import render_own
from practices.contributing.wording import READ_ONLY
from surveys.accounts.access import SignedInRequest

HOLDS, CHANGE, STOPPED = "klopt", "wijzigen", "gestopt"
STOPPED_NEXT = "Bij ‘Hoe ver is het?’ staat nu ‘Gestopt’. Schrijf bij de lessen waarom, en zend het dan in."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review(request: SignedInRequest, contribution: int) -> HttpResponse:
    access = access_contribution(request.user, contribution)
    if request.method != "POST":
        return show(request, access)
    if not access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    try:
        return follow(request, access)
    except ContributionRefused as refusal:
        access = access_contribution(request.user, contribution)
        return show(request, access, refusal=str(refusal), status=409)


def follow(request: SignedInRequest, access: ContributionAccess) -> HttpResponse:
    """Raises ContributionRefused."""
    contribution, action = access.contribution, request.POST.get("action")
    if action == HOLDS:
        day = confirm_review(contribution, by=request.user)
        messages.success(request, f"Dank u. Het voorbeeld blijft staan tot {date_format(day, 'j F Y')}.")
        return redirect("contributing:contribution", contribution.pk)
    if action not in (CHANGE, STOPPED):
        return show(request, access, refusal="Kies wat u wilt doen.", status=422)
    begin_change(contribution, by=request.user, has_stopped=action == STOPPED)
    if action == STOPPED:
        messages.info(request, STOPPED_NEXT)
    return redirect("contributing:write", contribution.pk)


def show(
    request: SignedInRequest, access: ContributionAccess, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    page = access.contribution.page
    return render_own(
        request,
        "review",
        access=access,
        title="Klopt het nog?",
        status=status,
        review_by=page.review_by if page is not None else None,
        public_url=page.url if page is not None and page.live else "",
        is_public=access.standing.stage == Stage.PUBLISHED,
        rows=describe_parts(access.contribution),
        actions={"holds": HOLDS, "change": CHANGE, "stopped": STOPPED},
        refusal=refusal,
    )
