"""The page on which the places a case is about say yes or send it back; editors note it for a place without anybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from practices.contributing.access import ConsentAccess, access_consent
from practices.contributing.forms import ReasonForm
from practices.contributing.lifecycle.consenting import give_consent, list_open_places, withhold_consent
from practices.contributing.lifecycle.refusals import ContributionRefused
from practices.contributing.places import list_coordinators
from practices.contributing.reading import describe_parts
from practices.contributing.stages import Stage
from practices.contributing.views.furniture import render_page
from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def consent(request: SignedInRequest, contribution: int) -> HttpResponse:
    access = access_consent(request.user, contribution)
    if request.method != "POST":
        return show(request, access)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, access, form=form, status=422)
    try:
        answer(request, access, reason=form.cleaned_data["reason"])
    except ContributionRefused as refusal:
        access = access_consent(request.user, contribution)
        return show(request, access, form=form, refusal=str(refusal), status=409)
    return redirect(request.path if access.own else "wagtailadmin_home")


def answer(request: SignedInRequest, access: ConsentAccess, *, reason: str) -> None:
    """`action` is `terug`, or the code of the place that agrees. Raises ContributionRefused."""
    action = request.POST.get("action", "")
    if action == "terug":
        withhold_consent(access.contribution, by=request.user, comment=reason)
        messages.success(request, "Uw bericht is naar de inzender gestuurd.")
        return
    place = next((each for each in access.places if each.pk == action), None)
    if place is None:
        raise ContributionRefused("Kies wat u wilt doen.")
    give_consent(access.contribution, place=place, by=request.user, reason=reason)
    messages.success(request, f"De toestemming van {place} is bewaard.")


def show(
    request: SignedInRequest,
    access: ConsentAccess,
    *,
    form: ReasonForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    contribution = access.contribution
    is_waiting = access.standing.stage == Stage.AT_PLACE
    step = access.standing.task_state
    waiting = list_open_places(contribution, step) if is_waiting and step else []
    page = contribution.page
    return render_page(
        request,
        "consent",
        title="Toestemming voor een voorbeeld",
        status=status,
        access=access,
        contribution=contribution,
        is_waiting=is_waiting,
        # What was written after this round is not for a place to read.
        rows=describe_parts(contribution) if is_waiting else [],
        waiting=waiting,
        answerable=list_answerable(access, waiting),
        public_url=page.url if page is not None and page.live else "",
        form=form or ReasonForm(),
        refusal=refusal,
    )


def list_answerable(access: ConsentAccess, waiting: list[Organisation]) -> list[Organisation]:
    """The places that this person can answer for now."""
    if not access.is_editor:
        return [place for place in waiting if place in access.own]
    coordinated = {each.organisation_id for each in list_coordinators(waiting)}
    return [place for place in waiting if place in access.own or place.pk not in coordinated]
