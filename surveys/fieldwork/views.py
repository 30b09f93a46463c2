"""The screens under /beheer/respons/: what they share, one response, and changing where it stands."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.administration.pages import AdministrationView, StepView, Trail
from surveys.fieldwork.access import access_watched_response, access_watched_wave
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
from surveys.trail.history import link_history
from surveys.trail.recording import record

TITLE = "Respons volgen"
ICON = "group"
WATCH = "responses.watch_responses"
REVIEW = "fieldwork.review_responses"
REOPEN = "responses.reopen_response"
EXCLUDE = "responses.exclude_response"


class WatchView(AdministrationView):
    header_icon = ICON
    permissions = (WATCH,)

    @property
    def sought(self) -> str:
        """Part of the name of an organisation, by which a list is narrowed down."""
        return self.request.GET.get("organisatie", "").strip()[:100]


class WatchedWaveView(WatchView):
    """A screen about one wave, below its overview."""

    @cached_property
    def wave(self) -> Wave:
        return access_watched_wave(self.kwargs["wave"])

    def list_trail(self) -> Trail:
        url = reverse("fieldwork:overview", args=[self.wave.code])
        return [{"url": url, "label": f"{TITLE}: {self.wave.title}"}, *super().list_trail()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"wave": self.wave}


class ResponseView(WatchedWaveView):
    """A screen about one response."""

    @cached_property
    def response(self) -> Response:
        return access_watched_response(
            wave_code=self.kwargs["wave"], organisation_code=self.kwargs["organisation"]
        )

    @cached_property
    def wave(self) -> Wave:
        return self.response.wave

    @property
    def response_url(self) -> str:
        return reverse("fieldwork:response", args=[self.kwargs["wave"], self.kwargs["organisation"]])

    def get_page_subtitle(self) -> str:
        return str(self.response.organisation)

    def list_trail(self) -> Trail:
        overview, here = super().list_trail()
        return [overview, {"url": self.response_url, "label": str(self.response.organisation)}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.response  # before anything is shown: there may be none
        return super().get_context_data(**kwargs) | {"response": response, "response_url": self.response_url}


class ResponseDetailView(ResponseView, TemplateView):
    """All answers of one response. Whoever reads them leaves a line in the audit log."""

    template_name = "fieldwork/response.html"

    def get_page_title(self) -> str:
        return str(self.response.organisation)

    def get_page_subtitle(self) -> str:
        return ""

    def list_trail(self) -> Trail:
        overview, response, _ = super().list_trail()
        return [overview, response | {"url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.response
        record(response, "fieldwork.read", by=self.person)
        is_finished = response.status != Response.Status.DRAFT
        is_submitted = response.status == Response.Status.SUBMITTED
        is_open = is_wave_open(response.wave, today=timezone.localdate())
        may_review = self.person.has_perm(REVIEW)
        reviewed = load_reviewed_response(response)
        return super().get_context_data(**kwargs) | {
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
            "history_url": link_history(response),
            # Who may send back does that: then the organisation hears why.
            "can_reopen": is_finished
            and is_open
            and not (may_review and is_submitted)
            and self.person.has_perm(REOPEN),
            "can_exclude": response.status != Response.Status.EXCLUDED and self.person.has_perm(EXCLUDE),
            "is_wave_open": is_open,
            "reopen_request": find_open_request(response),
            "clarifications": list_clarifications(response),
            "submissions": [(each, verify_submission(each)) for each in list_submissions(response)],
        }


class ResponseStepView(ResponseView, StepView):
    """A step with one response, and back to it; `{}` in the message is the organisation."""

    refusals = (ActionRefused,)

    @property
    def cancel_url(self) -> str:
        return self.response_url

    def get_done_message(self) -> str:
        return self.done_message.format(self.response.organisation)


class ReopenView(ResponseStepView):
    also_needed = (REOPEN,)
    form_class = ReasonForm
    header_icon = "edit"
    page_title = "Heropenen"
    consequence = (
        "De organisatie kan de antwoorden daarna weer wijzigen en moet opnieuw indienen. "
        "Tot die tijd telt de reactie niet mee."
    )
    done_message = "De reactie van {} is heropend. De organisatie kan de antwoorden weer wijzigen."

    def take_step(self, form: ReasonForm) -> str:
        reopen_response(self.response, by=self.person, reason=form.cleaned_data["reason"])
        return self.response_url


class ExcludeView(ResponseStepView):
    also_needed = (EXCLUDE,)
    form_class = ReasonForm
    header_icon = "edit"
    page_title = "Buiten beschouwing laten"
    consequence = "De antwoorden blijven bewaard, maar tellen nergens meer mee."
    done_message = "De reactie van {} telt niet meer mee in de resultaten."

    def take_step(self, form: ReasonForm) -> str:
        exclude_response(self.response, by=self.person, reason=form.cleaned_data["reason"])
        return self.response_url
