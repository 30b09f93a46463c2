"""Where a contribution stands, and handing it in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practices.contributing.access import ContributionAccess, access_contribution
from practices.contributing.lifecycle.refusals import ContributionRefused, NotReady
from practices.contributing.lifecycle.submitting import begin_change, submit_contribution
from practices.contributing.readiness import assess, list_problems
from practices.contributing.reading import describe_parts
from practices.contributing.stages import Stage
from practices.contributing.values import read_values
from practices.contributing.views.furniture import render_own
from practices.contributing.wording import READ_ONLY, describe_completeness
from surveys.accounts.access import SignedInRequest


@require_safe
@never_cache
@login_required
def show_contribution(request: SignedInRequest, contribution: int) -> HttpResponse:
    return show(request, access_contribution(request.user, contribution))


def show(
    request: SignedInRequest, access: ContributionAccess, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    contribution = access.contribution
    has_pen = access.standing.has_pen
    page = contribution.page
    return render_own(
        request,
        "contribution",
        access=access,
        status=status,
        rows=describe_parts(contribution),
        meter=describe_completeness(assess(contribution, read_values(contribution))) if has_pen else None,
        problems=list_problems(contribution) if has_pen else [],
        public_url=page.url if page is not None and page.live else "",
        may_change=access.has_writing_role and access.standing.stage == Stage.PUBLISHED,
        refusal=refusal,
    )


@require_POST
@login_required
def submit(request: SignedInRequest, contribution: int) -> HttpResponse:
    access = access_contribution(request.user, contribution)
    if not access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    try:
        submit_contribution(access.contribution, by=request.user)
    except NotReady as refusal:
        return show(request, access, refusal=str(refusal), status=422)
    except ContributionRefused as refusal:
        access = access_contribution(request.user, contribution)
        return show(request, access, refusal=str(refusal), status=409)
    messages.success(request, "Uw voorbeeld is ingezonden. De redactie krijgt bericht.")
    return redirect("contributing:contribution", contribution)


@require_http_methods(["POST"])
@login_required
def change(request: SignedInRequest, contribution: int) -> HttpResponse:
    access = access_contribution(request.user, contribution)
    if not access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    try:
        begin_change(access.contribution, by=request.user)
    except ContributionRefused as refusal:
        return show(request, access, refusal=str(refusal), status=409)
    return redirect("contributing:write", contribution)
