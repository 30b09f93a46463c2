from collections.abc import Collection

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.models import FrameMunicipality
from surveys.responses.access import UNKNOWN
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse
from surveys.responses.lifecycle.starting import save_coverage, start_response
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Response
from surveys.responses.pages import (
    HOME,
    SurveyPage,
    count_municipalities,
    describe_last_saved,
    list_overview_items,
    open_page,
)
from surveys.responses.progress import Status, estimate_minutes, find_gaps, find_open_recommendations
from surveys.responses.queries import (
    list_assignments,
    list_colleagues,
    list_covered,
    list_members,
    load_answers_of,
)
from surveys.responses.unsaved import keep_unsaved_words
from surveys.responses.wording import NOT_SAVED_YET, READ_ONLY, describe_minutes

MUNICIPALITIES_FIELD = "gemeente"


@require_safe
@login_required
def show_overview(request: SignedInRequest) -> HttpResponse:
    assignments = list_assignments(request.user, today=timezone.localdate())
    answers = load_answers_of([each.response.pk for each in assignments if each.response])
    context = {
        "current": list_overview_items((each for each in assignments if each.is_open), answers=answers),
        "former": list_overview_items((each for each in assignments if not each.is_open), answers=answers),
        "has_organisation": request.user.memberships.exists(),
        "breadcrumbs": [HOME, {"title": "Vragenlijst invullen"}],
    }
    return render(request, "responses/overview.html", context)


@require_safe
@login_required
def show_start(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    tasks = page.list_tasks(covered=len(list_covered(page.access.response)))
    done = sum(task["status"] == Status.DONE for task in tasks)
    return page.render(
        request,
        "start",
        facts=list_facts(page, reader=request.user),
        tasks=tasks,
        next_task=next((task for task in tasks if task["status"] != Status.DONE), None),
        done=done,
        progress=f"{done} van {len(tasks)} onderdelen klaar",
    )


def list_facts(page: SurveyPage, *, reader: Person) -> list[dict[str, str]]:
    """What somebody wants to know before starting, for components/summary_list.html."""
    access = page.access
    colleagues = [
        f"{each.person} ({each.get_role_display()})"
        for each in list_colleagues(access.organisation)
        if each.person_id != reader.pk
    ]
    duration = describe_minutes(estimate_minutes(page.definition))
    facts = [
        {"term": "U antwoordt voor", "description": str(access.organisation)},
        {"term": "Invullen kan tot en met", "description": date_format(access.wave.closes_on, "j F Y")},
        {
            "term": "Tijd",
            "description": f"Ongeveer {duration}. U kunt tussendoor stoppen en later verdergaan.",
        },
        {"term": "Wie werkt mee", "description": "\n".join(colleagues) or "U bent de enige."},
    ]
    if last_saved := describe_last_saved(page.answers):
        facts.append({"term": "Laatste wijziging", "description": last_saved})
    return facts


@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def choose_municipalities(
    request: SignedInRequest, wave: str, organisation: str, *, is_own_form: bool
) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    if not page.access.is_region:
        raise Http404(UNKNOWN)
    if request.method != "POST":
        covered = [each.municipality_id for each in list_covered(page.access.response)]
        return show_municipalities(request, page, ticked=covered, seen=covered)
    if not page.access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    members = [
        member.municipality_id
        for member in list_members(page.access.wave, organisation=page.access.organisation)
    ]
    ticked = members if request.POST.get("action") == "all" else request.POST.getlist(MUNICIPALITIES_FIELD)
    seen = request.POST.get("seen", "").split()
    if not is_own_form:
        return show_municipalities(request, page, ticked=ticked, seen=seen, notice=NOT_SAVED_YET, status=403)
    try:
        response = start_response(page.access.wave, organisation=page.access.organisation, by=request.user)
        save_coverage(response, municipality_codes=ticked, seen_codes=seen, by=request.user)
    except ActionRefused as refusal:
        return show_municipalities(request, page, ticked=ticked, seen=seen, refusal=str(refusal), status=409)
    if request.POST.get("action") == "next":
        return redirect(page.link("section", section=page.definition.sections[0].code))
    messages.success(request, "Uw keuze is opgeslagen.")
    return redirect(request.path)


def show_municipalities(
    request: SignedInRequest,
    page: SurveyPage,
    *,
    ticked: Collection[str],
    seen: Collection[str],
    notice: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    members = list_members(page.access.wave, organisation=page.access.organisation)
    return page.render(
        request,
        "municipalities",
        title="Voor welke gemeenten antwoordt u?",
        status=status,
        options=[
            {
                "value": member.municipality_id,
                "label": member.name,
                "checked": member.municipality_id in ticked,
            }
            for member in members
        ],
        name=MUNICIPALITIES_FIELD,
        legend=f"Gemeenten in de jeugdregio {page.access.organisation.name}",
        seen=" ".join(sorted(seen)),
        notice=notice,
        refusal=refusal,
        is_form=page.access.may_save or status != 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_answers(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    if request.method != "POST":
        return show_check(request, page)
    if page.access.membership.role != Membership.Role.COORDINATOR:
        raise PermissionDenied("Alleen de coördinator kan indienen.")
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
