"""The page on which an organisation sees what a newer version changes, and moves its answers to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from surveys.accounts.access import SignedInRequest
from surveys.questionnaire.models import QuestionnaireVersion
from surveys.questionnaire.queries import load_changes, load_definition
from surveys.responses.access import UNKNOWN
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.versions import load_every_answer, move_response
from surveys.responses.models import Response
from surveys.responses.moving import MovePreview, plan_move, preview_move
from surveys.responses.pages import SurveyPage, open_page

CHANGED_AGAIN = "De vragenlijst is intussen weer veranderd. Bekijk eerst wat er nu verandert."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_new_version(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    if not page.access.sees_everything:
        raise Http404(UNKNOWN)
    if request.method != "POST":
        return show_preview(request, page)
    if not page.access.has_submitting_right:
        raise PermissionDenied("Alleen wie mag indienen, kan overstappen. Dat is de coördinator.")
    asked = page.access.wave.version
    if page.access.response is None or request.POST.get("version") != str(asked.number):
        return show_preview(request, page, refusal=CHANGED_AGAIN, status=409)
    try:
        move_response(page.access.response, to=asked, by=request.user)
    except ActionRefused as refusal:
        return show_preview(request, page, refusal=str(refusal), status=409)
    messages.success(request, "U vult nu de nieuwe versie in. Bekijk de onderdelen die nog niet klaar zijn.")
    return redirect(page.start_url)


def show_preview(
    request: SignedInRequest, page: SurveyPage, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    return page.render(
        request,
        "new_version",
        title="Nieuwe versie van de vragenlijst",
        status=status,
        refusal=refusal,
        preview=preview_answers(page.access.response, version=page.access.wave.version)
        if page.access.response and page.access.has_newer_version
        else None,
    )


def preview_answers(response: Response, *, version: QuestionnaireVersion) -> MovePreview:
    """What would become of the answers if the response moved to `version`."""
    changes = load_changes(response.version, version)
    values = {key: answer.value for key, answer in load_every_answer(response).items()}
    plan = plan_move(load_definition(version), changes=changes, values=values)
    return preview_move(plan, changes=changes, values=values)
