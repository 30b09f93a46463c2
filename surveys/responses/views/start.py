from collections.abc import Collection

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Person
from surveys.responses.access import UNKNOWN
from surveys.responses.follow_up import find_decided_request
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.starting import save_coverage, start_response
from surveys.responses.pages import (
    HOME,
    MUNICIPALITIES_FIELD,
    WAITING,
    SurveyPage,
    describe_last_saved,
    list_overview_items,
    open_page,
    write_deadline,
)
from surveys.responses.progress import Status, estimate_minutes
from surveys.responses.queries import (
    list_assignments,
    list_covered,
    list_members,
    load_answers_of,
)
from surveys.responses.region_pages import describe_regional_part
from surveys.responses.unsaved import keep_unsaved_words
from surveys.responses.wording import NOT_SAVED_YET, READ_ONLY, describe_minutes
from surveys.teamwork.presence import note_presence
from surveys.teamwork.queries import list_colleagues

ONLY_SOME_SECTIONS = (
    "U vult een deel van de vragenlijst in. Een collega kiest voor welke gemeenten u antwoordt."
)


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
    note_presence(page.access.wave, organisation=page.access.organisation, person=request.user)
    tasks = page.list_tasks(covered=len(list_covered(page.access.response)))
    done = sum(task["status"] == Status.DONE for task in tasks)
    return page.render(
        request,
        "start",
        decided_request=find_decided_request(page.access.response),
        facts=list_facts(page, reader=request.user),
        tasks=tasks,
        next_task=next((task for task in tasks if task["status"] not in (Status.DONE, WAITING)), None),
        done=done,
        progress=f"{done} van {len(tasks)} onderdelen klaar",
        regional=describe_regional_part(page),
    )


def list_facts(page: SurveyPage, *, reader: Person) -> list[dict[str, str]]:
    """What somebody wants to know before starting, for components/summary_list.html."""
    access = page.access
    colleagues = [
        f"{each.person} ({each.get_role_display()})"
        for each in list_colleagues(access.organisation)
        if each.person_id != reader.pk
    ]
    duration = describe_minutes(estimate_minutes(access.visible_definition))
    facts = [
        {"term": "U antwoordt voor", "description": str(access.organisation)},
        {"term": "Tot wanneer", "description": write_deadline(access.wave)},
        {
            "term": "Tijd",
            "description": f"Ongeveer {duration}. U kunt tussendoor stoppen en later verdergaan.",
        },
        {
            "term": "Wie werkt mee",
            "description": "\n".join(colleagues) or "U bent de enige.",
            "action_url": reverse("teamwork:team", args=[access.wave.code, access.organisation.code]),
            "action_label": "Samenwerken",
        },
    ]
    if last_saved := describe_last_saved(page.visible_answers):
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
    if not page.access.sees_everything:
        raise PermissionDenied(ONLY_SOME_SECTIONS)
    members = [
        member.municipality_id
        for member in list_members(page.access.wave, organisation=page.access.organisation)
    ]
    ticked = members if request.POST.get("action") == "all" else request.POST.getlist(MUNICIPALITIES_FIELD)
    seen = request.POST.get("seen", "").split()
    if not is_own_form:
        return show_municipalities(request, page, ticked=ticked, seen=seen, notice=NOT_SAVED_YET, status=403)
    try:
        response = page.access.response or start_response(
            page.access.wave, organisation=page.access.organisation, by=request.user
        )
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
        is_form=page.access.may_choose_municipalities or status != 200,
    )
