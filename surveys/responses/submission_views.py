"""Checking and submitting, the receipt, and what somebody can ask for after that."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.models import FrameMunicipality
from surveys.responses.access import UNKNOWN
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Response
from surveys.responses.pages import SurveyPage, count_municipalities, open_page
from surveys.responses.progress import find_gaps, find_open_recommendations
from surveys.responses.queries import list_covered
from surveys.teamwork.queries import list_colleagues


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
    covered = list_covered(page.access.response)
    has_municipalities = bool(covered) or not page.access.is_region
    gaps = find_gaps(page.definition, values=page.values, has_municipalities=has_municipalities)
    coordinators = [
        colleague.person
        for colleague in list_colleagues(page.access.organisation)
        if colleague.role == Membership.Role.COORDINATOR
    ]
    return page.render(
        request,
        "check",
        title="Controleren en indienen",
        status=status,
        gaps=page.list_gaps(gaps),
        recommendations=page.list_gaps(find_open_recommendations(page.definition, values=page.values)),
        sections=page.list_readable_sections(),
        municipalities=covered,
        coordinators=coordinators,
        refusal=refusal,
    )


@require_safe
@login_required
def show_receipt(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    response = page.access.response
    if response is None or not response.receipt_code:
        raise Http404(UNKNOWN)
    covered = list_covered(response)
    return page.render(
        request,
        "receipt",
        title="Ontvangstbewijs",
        response=response,
        facts=list_receipt_facts(response, organisation=page.access.organisation, municipalities=covered),
        municipalities=covered,
        sections=page.list_readable_sections(),
    )


def list_receipt_facts(
    response: Response, *, organisation: Organisation, municipalities: list[FrameMunicipality]
) -> list[dict[str, str]]:
    facts = [{"term": "Organisatie", "description": str(organisation)}]
    if organisation.kind == Organisation.Kind.YOUTH_REGION:
        names = ", ".join(each.name for each in municipalities)
        facts.append(
            {"term": "Namens", "description": f"{count_municipalities(len(municipalities))}: {names}"}
        )
    if response.submitted_at:
        moment = date_format(timezone.localtime(response.submitted_at), r"j F Y \o\m H:i")
        facts.append({"term": "Ingediend op", "description": f"{moment} uur"})
    if response.submitted_by:
        facts.append({"term": "Ingediend door", "description": str(response.submitted_by)})
    return facts
