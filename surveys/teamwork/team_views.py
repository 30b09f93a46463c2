"""The page of the team and what its coordinator does there: who works on the survey, and on which part."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Membership
from surveys.teamwork.access import access_member, access_team_invitation
from surveys.teamwork.forms import EVERYTHING, SOME, HandOverForm, InvitationForm, RoleForm, SectionsForm
from surveys.teamwork.lifecycle.handing_over import hand_over
from surveys.teamwork.lifecycle.invitations import invite_colleague, revoke_invitation
from surveys.teamwork.lifecycle.locking import TeamActionRefused
from surveys.teamwork.lifecycle.members import (
    assign_sections,
    change_role,
    give_section_back,
    remove_member,
)
from surveys.teamwork.pages import TeamPage, open_team
from surveys.teamwork.presence import note_presence

View = Callable[..., HttpResponse]


def for_coordinators(view: View) -> View:
    """Give the view the page of the team; a colleague who does not coordinate it gets a 403, others a 404."""

    @login_required
    @wraps(view)
    def guarded(request: SignedInRequest, wave: str, organisation: str, **parts: int) -> HttpResponse:
        page = open_team(request, wave=wave, organisation=organisation)
        if not page.team.may_manage:
            raise PermissionDenied("Alleen de coördinator kan dit doen.")
        return view(request, page, **parts)

    return guarded


def get_sent(request: SignedInRequest) -> QueryDict | None:
    """What a form is bound to: nothing until it is sent."""
    return request.POST if request.method == "POST" else None


@require_safe
@login_required
def show_team(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    page = open_team(request, wave=wave, organisation=organisation)
    note_presence(page.team.wave, organisation=page.team.organisation, person=request.user)
    return page.render(
        request,
        "team",
        title="Samenwerken",
        colleagues=page.list_team(),
        work=page.list_work(),
        invited=page.list_invited(at=timezone.now()),
        own_sections=page.own_sections,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def invite(request: SignedInRequest, page: TeamPage) -> HttpResponse:
    form = InvitationForm(get_sent(request), sections=page.sections)
    if form.is_valid():
        try:
            invite_colleague(
                page.team.organisation,
                page.team.wave,
                email=form.cleaned_data["email"],
                role=form.cleaned_data["role"],
                sections=form.visible_sections,
                by=request.user,
            )
        except TeamActionRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, "De uitnodiging is verstuurd.")
            return redirect(page.team_url)
    return page.render(
        request, "invite", title="Collega uitnodigen", form=form, status=422 if form.errors else 200
    )


@require_POST
@for_coordinators
def revoke(request: SignedInRequest, page: TeamPage, *, invitation: int) -> HttpResponse:
    found = access_team_invitation(page.team, invitation)
    try:
        revoke_invitation(found, by=request.user)
    except TeamActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De uitnodiging is ingetrokken. De link werkt niet meer.")
    return redirect(page.team_url)


@require_safe
@for_coordinators
def show_member(request: SignedInRequest, page: TeamPage, *, membership: int) -> HttpResponse:
    return render_member(request, page, access_member(page.team, membership))


def render_member(
    request: SignedInRequest,
    page: TeamPage,
    member: Membership,
    *,
    sections_form: SectionsForm | None = None,
    role_form: RoleForm | None = None,
) -> HttpResponse:
    """The page of one member, with the form that could not be saved in place of what is stored."""
    stored = {
        "extent": SOME if member.is_limited else EVERYTHING,
        "sections": sorted(page.assigned.get(member.pk, ())),
    }
    sent = sections_form or role_form
    return page.render(
        request,
        "member",
        title=str(member.person),
        status=422 if sent else 200,
        member=member,
        sent=sent,
        sections_form=sections_form or SectionsForm(initial=stored, sections=page.sections),
        role_form=role_form or RoleForm(initial={"role": member.role, "may_submit": member.may_submit}),
        sections_url=page.link("teamwork:sections", membership=member.pk),
        role_url=page.link("teamwork:role", membership=member.pk),
        remove_url=page.link("teamwork:remove", membership=member.pk),
    )


@require_POST
@for_coordinators
def change_sections(request: SignedInRequest, page: TeamPage, *, membership: int) -> HttpResponse:
    member = access_member(page.team, membership)
    form = SectionsForm(request.POST, sections=page.sections)
    if form.is_valid():
        try:
            assign_sections(
                member,
                page.team.wave,
                sections=form.cleaned_data["sections"],
                is_limited=form.is_limited,
                by=request.user,
            )
        except TeamActionRefused as refusal:
            form.add_error("extent", str(refusal))
        else:
            messages.success(request, f"De onderdelen van {member.person} zijn opgeslagen.")
            return redirect(page.team_url)
    return render_member(request, page, member, sections_form=form)


@require_POST
@for_coordinators
def choose_role(request: SignedInRequest, page: TeamPage, *, membership: int) -> HttpResponse:
    member = access_member(page.team, membership)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            change_role(
                member,
                role=form.cleaned_data["role"],
                may_submit=form.cleaned_data["may_submit"],
                by=request.user,
            )
        except TeamActionRefused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, f"De rol van {member.person} is opgeslagen.")
            return redirect(page.team_url)
    return render_member(request, page, member, role_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def remove(request: SignedInRequest, page: TeamPage, *, membership: int) -> HttpResponse:
    member = access_member(page.team, membership)
    if request.method != "POST":
        return page.render(request, "remove", title=f"{member.person} uit het team halen", member=member)
    try:
        remove_member(member, by=request.user)
    except TeamActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(page.team_url)
    messages.success(request, f"{member.person} hoort niet meer bij het team.")
    return redirect("responses:overview" if member.person_id == request.user.pk else page.team_url)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def pass_on(request: SignedInRequest, page: TeamPage) -> HttpResponse:
    others = [each for each in page.colleagues if each.person_id != request.user.pk]
    form = HandOverForm(get_sent(request), colleagues=others)
    if form.is_valid():
        try:
            return redirect(pass_on_to(request, page, form))
        except TeamActionRefused as refusal:
            form.add_error("to" if form.colleague else "email", str(refusal))
    return page.render(
        request, "hand_over", title="Vragenlijst overdragen", form=form, status=422 if form.errors else 200
    )


def pass_on_to(request: SignedInRequest, page: TeamPage, form: HandOverForm) -> str:
    """Where to go next: who has left the team at once cannot see its page. Raises TeamActionRefused."""
    team, colleague = page.team, form.colleague
    if colleague is None:
        invite_colleague(
            team.organisation,
            team.wave,
            email=form.cleaned_data["email"],
            role=Membership.Role.COORDINATOR,
            hands_over=True,
            inviter_leaves=form.leaves,
            by=request.user,
        )
        messages.success(
            request, "De uitnodiging is verstuurd. U blijft coördinator tot deze persoon haar aanneemt."
        )
        return page.team_url
    hand_over(team.organisation, team.wave, to=colleague, leaves=form.leaves, by=request.user)
    messages.success(request, f"{colleague.person} is nu coördinator.")
    return "responses:overview" if form.leaves else page.team_url


@require_POST
@login_required
def give_back(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    page = open_team(request, wave=wave, organisation=organisation)
    try:
        give_section_back(page.team.membership, page.team.wave, section=request.POST.get("section", ""))
    except TeamActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "U heeft het onderdeel teruggegeven. De coördinator krijgt een mail.")
    return redirect(page.team_url)
