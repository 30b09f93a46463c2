from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from surveys.accounts.models import Person
from surveys.fieldwork.access import access_watched_response
from surveys.fieldwork.forms import ReasonForm
from surveys.fieldwork.queries import list_status_history, read_answers
from surveys.fieldwork.review_queries import list_flags, load_reviewed_response
from surveys.fieldwork.review_state import ReviewState
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import is_wave_open
from surveys.responses.follow_up import (
    find_open_request,
    list_clarifications,
    list_submissions,
    verify_submission,
)
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.submission import exclude_response, reopen_response
from surveys.responses.models import Response
from surveys.responses.queries import find_last_saved
from surveys.trail.recording import record

TITLE = "Respons volgen"
ICON = "group"
WATCH = "responses.watch_responses"
REVIEW = "fieldwork.review_responses"


class WatchView(WagtailAdminTemplateMixin):
    """What the screens share: Wagtail's page furniture, and Wagtail's refusal without the permission."""

    header_icon = ICON
    permission = WATCH

    @property
    def person(self) -> Person:
        return cast("Person", self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may_enter = request.user.has_perms({WATCH, self.permission})
        response: HttpResponseBase = (
            super().dispatch(request, *args, **kwargs) if may_enter else permission_denied(request)
        )
        return response


class ResponseView(WatchView):
    """A screen about one response."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.wave_code, self.organisation_code = kwargs["wave"], kwargs["organisation"]

    @property
    def response_url(self) -> str:
        return reverse("fieldwork:response", args=[self.wave_code, self.organisation_code])

    def access_response(self) -> Response:
        return access_watched_response(wave_code=self.wave_code, organisation_code=self.organisation_code)


class ResponseDetailView(ResponseView, TemplateView):
    """All answers of one response. Whoever reads them leaves a line in the audit log."""

    template_name = "fieldwork/response.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.access_response()
        record(response, "fieldwork.read", by=self.person)
        self.page_title = str(response.organisation)
        self.breadcrumbs_items = list_breadcrumbs(response.wave, label=self.page_title)
        is_finished = response.status != Response.Status.DRAFT
        is_submitted = response.status == Response.Status.SUBMITTED
        is_open = is_wave_open(response.wave, today=timezone.localdate())
        may_review = self.person.has_perm(REVIEW)
        reviewed = load_reviewed_response(response)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "response": response,
            "reviewed": reviewed,
            "flags": list_flags(response),
            "may_review": may_review,
            "can_accept": may_review and reviewed.state is ReviewState.TO_REVIEW,
            "can_send_back": may_review and is_submitted and is_open,
            "can_correct": may_review and is_submitted,
            "saved_at": find_last_saved(response),
            "municipalities": response.municipalities.order_by("name"),
            "sections": read_answers(response),
            "history": list_status_history(response),
            # Who may send back does that: then the organisation hears why.
            "can_reopen": is_finished
            and is_open
            and not (may_review and is_submitted)
            and self.person.has_perm(ReopenView.permission),
            "can_exclude": response.status != Response.Status.EXCLUDED
            and self.person.has_perm(ExcludeView.permission),
            "is_wave_open": is_open,
            "reopen_request": find_open_request(response),
            "clarifications": list_clarifications(response),
            "submissions": [(each, verify_submission(each)) for each in list_submissions(response)],
        }


class ChangeStatusView(ResponseView, FormView):  # type: ignore[type-arg]
    """Ask for the reason, do it, and go back to the response."""

    template_name = "fieldwork/change_status.html"
    form_class = ReasonForm
    header_icon = "edit"
    consequence = ""
    done_message = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.access_response()
        self.page_subtitle = str(response.organisation)
        self.breadcrumbs_items = [
            *list_breadcrumbs(response.wave, label=self.page_subtitle, url=self.response_url),
            {"url": "", "label": self.page_title},
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"response": response, "response_url": self.response_url}

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        response = self.access_response()
        try:
            self.change_status(response, reason=form.cleaned_data["reason"])
        except ActionRefused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, self.done_message.format(response.organisation))
        return redirect(self.response_url)

    def change_status(self, response: Response, *, reason: str) -> None:
        raise NotImplementedError


class ReopenView(ChangeStatusView):
    permission = "responses.reopen_response"
    page_title = "Heropenen"
    consequence = (
        "De organisatie kan de antwoorden daarna weer wijzigen en moet opnieuw indienen. "
        "Tot die tijd telt de reactie niet mee."
    )
    done_message = "De reactie van {} is heropend. De organisatie kan de antwoorden weer wijzigen."

    def change_status(self, response: Response, *, reason: str) -> None:
        reopen_response(response, by=self.person, reason=reason)


class ExcludeView(ChangeStatusView):
    permission = "responses.exclude_response"
    page_title = "Buiten beschouwing laten"
    consequence = "De antwoorden blijven bewaard, maar tellen nergens meer mee."
    done_message = "De reactie van {} telt niet meer mee in de resultaten."

    def change_status(self, response: Response, *, reason: str) -> None:
        exclude_response(response, by=self.person, reason=reason)


def list_breadcrumbs(wave: Wave, *, label: str, url: str = "") -> list[dict[str, Any]]:
    return [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse("fieldwork:overview", args=[wave.code]), "label": f"{TITLE}: {wave.title}"},
        {"url": url, "label": label},
    ]
