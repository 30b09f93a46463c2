"""Checking what is still open, and submitting."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Membership
from surveys.responses.follow_up import list_naming_choices
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.pages import SurveyPage, open_page
from surveys.responses.progress import Status
from surveys.responses.queries import list_covered
from surveys.responses.readiness import Readiness, assess_readiness, assess_unstarted
from surveys.responses.region_queries import list_unconfirmed
from surveys.teamwork.queries import list_colleagues, load_assigned_sections, name_holders


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_answers(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    if request.method != "POST":
        return show_check(request, page)
    if not page.access.has_submitting_right:
        raise PermissionDenied(
            "Alleen de coördinator kan indienen, of wie dat recht van de coördinator kreeg."
        )
    if page.access.response is None:
        return show_check(request, page, status=422)
    try:
        submit_response(page.access.response, by=request.user)
    except IncompleteResponse:
        return show_check(request, page, status=422)
    except ActionRefused as refusal:
        page = open_page(request, wave=wave, organisation=organisation)
        if page.access.response is None or not page.access.response.receipt_code:
            return show_check(request, page, refusal=str(refusal), status=409)
    return redirect(page.receipt_url)


def show_check(
    request: SignedInRequest, page: SurveyPage, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    readiness = assess_page(page)
    response, covered = page.access.response, list_covered(page.access.response)
    colleagues = list_colleagues(page.access.organisation)
    return page.render(
        request,
        "check",
        title="Controleren en indienen",
        status=status,
        gaps=page.list_gaps(readiness.gaps),
        missing=page.list_gaps(readiness.missing),
        impossible=page.list_gaps(readiness.impossible),
        recommendations=page.list_gaps(readiness.recommendations),
        warnings=page.list_gaps(readiness.warnings),
        open_sections=list_open_sections(page, covered=len(covered), colleagues=colleagues),
        unconfirmed=list_unconfirmed(response) if response and page.access.is_region else [],
        sections=page.list_readable_sections(),
        municipalities=covered,
        naming=list_naming_choices(page.access.wave, organisation=page.access.organisation),
        coordinators=[each.person for each in colleagues if each.role == Membership.Role.COORDINATOR],
        refusal=refusal,
    )


def list_open_sections(
    page: SurveyPage, *, covered: int, colleagues: Iterable[Membership]
) -> list[dict[str, str]]:
    """The sections that are not done, each with the names of the colleagues who have it."""
    assigned = load_assigned_sections(page.access.wave, organisation=page.access.organisation)
    names = name_holders(colleagues, assigned=assigned)
    return [
        task | {"holders": ", ".join(names.get(task["code"], ()))}
        for task in page.list_tasks(covered=covered)
        if task["status"] != Status.DONE
    ]


def assess_page(page: SurveyPage) -> Readiness:
    response, organisation = page.access.response, page.access.organisation
    return (
        assess_unstarted(page.definition, wave=page.access.wave, organisation=organisation)
        if response is None
        else assess_readiness(response)
    )
