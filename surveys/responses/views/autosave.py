"""What static/js/autosave.js asks for: save what changed just now, and tell what colleagues do meanwhile.

Every answer is JSON, whatever is wrong, so that the page can keep its words and say how to go on. The door is light:
it never loads the other answers of the response.
"""

from typing import Any, cast

from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.accounts.access import SignedInRequest
from surveys.questionnaire.definition import SectionDefinition
from surveys.responses.access import SurveyAccess, access_survey
from surveys.responses.forms import TypedAnswer, name_field, read_section
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.saving import SaveOutcome
from surveys.responses.pages import describe_moment
from surveys.responses.queries import list_latest_saves, list_open_conflicts
from surveys.responses.remarks import UNKNOWN_COLLEAGUE, QuestionRemarks, describe_conflicts
from surveys.responses.section_remarks import load_findings
from surveys.responses.unsaved import confirm_own_form
from surveys.responses.views.section import describe_colleagues, find_section, save_typed
from surveys.responses.wording import READ_ONLY

WORDS_STAY = (
    "Uw laatste wijzigingen zijn niet opgeslagen. Ze staan nog op deze pagina: kopieer wat u wilt bewaren."
)
SIGNED_OUT = (
    'Wat u typte, is niet weg: het staat nog op deze pagina. <a href="{}" target="_blank" rel="noopener">Log in op '
    "een nieuw tabblad</a> en kom hier terug. Dan slaan we het alsnog op."
)
SIGNED_IN_AGAIN = "Wat u typte, staat nog op deze pagina. We slaan het zo op."
NO_ACCESS = f"{WORDS_STAY} Vraag de coördinator van uw organisatie om toegang."
NO_LONGER_EDITABLE = "U kunt deze vragenlijst niet meer wijzigen."
SUBMITTED_OR_CLOSED = f"Een collega heeft hem ingediend, of de meting is gesloten. {WORDS_STAY}"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def autosave(request: HttpRequest, wave: str, organisation: str, section: str) -> JsonResponse:
    if not request.user.is_authenticated:
        body = format_html(SIGNED_OUT, reverse("account_login"))
        return refuse("U bent uitgelogd.", body, status=401, may_resume=True)
    return answer_script(
        cast(SignedInRequest, request), wave=wave, organisation=organisation, section=section
    )


def answer_script(request: SignedInRequest, *, wave: str, organisation: str, section: str) -> JsonResponse:
    try:
        access = access_survey(request.user, wave_code=wave, organisation_code=organisation, is_saving=True)
        part = find_section(access, section)
    except Http404:
        return refuse("U heeft geen toegang (meer) tot dit onderdeel.", NO_ACCESS, status=404)
    if not access.has_writing_role:
        return refuse(READ_ONLY, NO_ACCESS, status=403)
    if request.method != "POST":
        return look_around(request, access, part)
    if confirm_own_form(request).status_code != 200:
        return refuse("U bent opnieuw ingelogd.", SIGNED_IN_AGAIN, status=403, may_resume=True)
    return save_changes(request, access, part)


def save_changes(request: SignedInRequest, access: SurveyAccess, section: SectionDefinition) -> JsonResponse:
    typed = read_section(section, request.POST, files=request.FILES, response=access.response)
    try:
        response, outcome = save_typed(
            access,
            typed,
            key=request.POST.get("key", ""),
            version=request.POST.get("version", ""),
            by=request.user,
        )
    except ActionRefused as refusal:
        return refuse(str(refusal), WORDS_STAY, status=409)
    conflicts = list_open_conflicts(response) if response else []
    results = {}
    for code, each in typed.items():
        remarks = QuestionRemarks(
            conflicts=describe_conflicts(each.question, conflicts=conflicts),
            findings=load_findings(access, response, question=each.question) if response else [],
        )
        results[code] = describe_result(each, outcome=outcome, remarks=remarks)
    return JsonResponse({"saved_at": f"{timezone.localtime():%H:%M}", "questions": results})


def describe_result(typed: TypedAnswer, *, outcome: SaveOutcome, remarks: QuestionRemarks) -> dict[str, Any]:
    """How the save of one question ended, with what there is to read at it.

    `revision` is what the words in the page now start from. It does not move with a mistake or a conflict: their
    author has not seen anything new yet.
    """
    code = typed.question.code
    if typed.errors:
        status = "invalid"
    elif any(each.question == code for each in outcome.conflicts):
        status = "conflict"
    else:
        status = "saved" if code in outcome.saved else "unchanged"
    shown = {"name": name_field(typed.question), "errors": typed.errors, "remarks": remarks}
    return {
        "status": status,
        "revision": outcome.revisions.get((code, ""), typed.base_revision),
        "html": render_to_string("components/question_messages.html", {"question": shown}),
    }


def look_around(request: SignedInRequest, access: SurveyAccess, section: SectionDefinition) -> JsonResponse:
    """Who else has this section open, and which answers were saved when; with a form token that is valid now."""
    if not access.is_editable:
        return refuse(NO_LONGER_EDITABLE, SUBMITTED_OR_CLOSED, status=409)
    return JsonResponse(
        {
            "person": request.user.pk,
            "token": get_token(request),
            "colleagues": describe_colleagues(access, section=section, reader=request.user),
            "changes": {
                code: {
                    "revision": revision,
                    "line": f"{by or UNKNOWN_COLLEAGUE} wijzigde dit antwoord {describe_moment(at)}. "
                    "Laad de pagina opnieuw om het te zien.",
                }
                for code, (revision, at, by) in list_latest_saves(
                    access.response, section=section.code
                ).items()
            }
            if access.response
            else {},
        }
    )


def refuse(title: str, body: str, *, status: int, may_resume: bool = False) -> JsonResponse:
    """`may_resume` is true when the page can go on by itself once its reader has signed in again."""
    notice = render_to_string("components/notice.html", {"kind": "error", "title": title, "body": body})
    return JsonResponse({"refusal": notice, "may_resume": may_resume}, status=status)
