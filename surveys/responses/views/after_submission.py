"""What an organisation can do about what it submitted: ask to reopen it, withdraw it, explain an answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from surveys.accounts.access import SignedInRequest
from surveys.responses.access import UNKNOWN
from surveys.responses.follow_up import list_clarifications
from surveys.responses.lifecycle.clarifications import reply_to_clarification
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.reopening import request_reopening
from surveys.responses.lifecycle.submission import withdraw_response
from surveys.responses.pages import SurveyPage, open_page
from surveys.responses.reason_forms import ReasonForm, ReplyForm
from surveys.responses.unsaved import keep_unsaved_words
from surveys.responses.wording import NOT_SAVED_YET, READ_ONLY

REOPENING = {
    "title": "Vraag om te heropenen",
    "lead": "De antwoorden liggen vast. Vertel wat u wilt wijzigen. De onderzoekers beslissen, en u krijgt een e-mail.",
    "button": "Verzoek versturen",
    "done": "Uw verzoek is verstuurd. U krijgt een e-mail als de onderzoekers hebben beslist.",
}
WITHDRAWAL = {
    "title": "Inzending intrekken",
    "lead": (
        "De antwoorden tellen dan niet meer mee, ook niet voor de gemeenten waarvoor u antwoordde. "
        "Ze blijven wel bewaard. Alleen de onderzoekers kunnen dit terugdraaien."
    ),
    "button": "Inzending intrekken",
    "done": "De inzending is ingetrokken. De antwoorden tellen niet meer mee.",
}


@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def ask_reopening(
    request: SignedInRequest, wave: str, organisation: str, *, is_own_form: bool
) -> HttpResponse:
    return take_step(
        open_page(request, wave=wave, organisation=organisation),
        request,
        words=REOPENING,
        step=request_reopening,
        is_own_form=is_own_form,
    )


@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, wave: str, organisation: str, *, is_own_form: bool) -> HttpResponse:
    return take_step(
        open_page(request, wave=wave, organisation=organisation),
        request,
        words=WITHDRAWAL,
        step=withdraw_response,
        is_own_form=is_own_form,
    )


def take_step(
    page: SurveyPage,
    request: SignedInRequest,
    *,
    words: dict[str, str],
    step: Callable[..., Any],
    is_own_form: bool,
) -> HttpResponse:
    """Ask for the reason and take the step; only for who may submit. What was typed stays when it is refused."""
    response = page.access.response
    if response is None or not response.submissions.exists():
        raise Http404(UNKNOWN)
    if not page.access.has_submitting_right:
        raise PermissionDenied("Alleen wie mag indienen, kan dit vragen. Dat is de coördinator.")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200
    if request.method == "POST" and not is_own_form:
        refusal, status = NOT_SAVED_YET, 403
    elif form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound:
        try:
            step(response, by=request.user, reason=form.cleaned_data["reason"])
        except ActionRefused as error:
            refusal, status = str(error), 409
        else:
            messages.success(request, words["done"])
            return redirect(page.start_url)
    return page.render(
        request,
        "reason",
        title=words["title"],
        status=status,
        words=words,
        form=form,
        errors=list_errors(form),
        refusal=refusal,
    )


@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def answer_clarifications(
    request: SignedInRequest, wave: str, organisation: str, *, is_own_form: bool
) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    if page.access.response is None:
        raise Http404(UNKNOWN)
    clarifications = list_clarifications(page.access.response, sections=page.access.sections)
    forms = {each.pk: ReplyForm(prefix=str(each.pk)) for each in clarifications if each.is_open}
    refusal, status = "", 200
    if request.method == "POST":
        if not page.access.has_writing_role:
            raise PermissionDenied(READ_ONLY)
        chosen = next(
            (each for each in clarifications if str(each.pk) == request.POST.get("clarification")), None
        )
        if chosen is None:
            raise Http404(UNKNOWN)
        form = forms[chosen.pk] = ReplyForm(request.POST, prefix=str(chosen.pk))
        if not is_own_form:
            refusal, status = NOT_SAVED_YET, 403
        elif not form.is_valid():
            status = 422
        else:
            try:
                reply_to_clarification(chosen, text=form.cleaned_data["reply"], by=request.user)
            except ActionRefused as error:
                refusal, status = str(error), 409
            else:
                messages.success(request, "Uw antwoord is verstuurd.")
                return redirect(request.path)
    return page.render(
        request,
        "clarifications",
        title="Vragen terug",
        status=status,
        items=[{"clarification": each, "form": forms.get(each.pk)} for each in clarifications],
        errors=[error for form in forms.values() for error in list_errors(form)],
        refusal=refusal,
        may_reply=page.access.has_writing_role,
    )


def list_errors(form: ReasonForm | ReplyForm) -> list[dict[str, str]]:
    """For components/error_summary.html."""
    return [
        {"id": form[name].id_for_label or "", "message": str(message)}
        for name, errors in form.errors.items()
        for message in errors
    ]
