"""Where a draft is thrown away, after a question whether that is meant."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from practices.contributing.access import access_contribution
from practices.contributing.lifecycle.refusals import ContributionRefused
from practices.contributing.lifecycle.writing import discard_draft
from practices.contributing.reading import describe_parts
from practices.contributing.views import standing
from practices.contributing.views.furniture import render_own
from practices.contributing.wording import READ_ONLY
from surveys.accounts.access import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discard(request: SignedInRequest, contribution: int) -> HttpResponse:
    access = access_contribution(request.user, contribution)
    if request.method != "POST":
        if not access.may_discard:
            return redirect("contributing:contribution", contribution)
        rows = describe_parts(access.contribution)
        return render_own(request, "discard", access=access, title="Weggooien", rows=rows)
    if not access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    try:
        discard_draft(access.contribution, by=request.user)
    except ContributionRefused as refusal:
        access = access_contribution(request.user, contribution)
        return standing.show(request, access, refusal=str(refusal), status=409)
    messages.success(request, f"‘{access.contribution}’ is weggegooid.")
    return redirect("contributing:sharing")
