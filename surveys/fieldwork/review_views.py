"""The work list of a wave, and what a reviewer decides about one response."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.fieldwork.access import access_flag
from surveys.fieldwork.forms import AcceptForm, FlagForm, SendBackForm
from surveys.fieldwork.lifecycle import accept_response, mark_flag_seen, send_back_response
from surveys.fieldwork.review_queries import (
    list_flags,
    list_tasks,
    load_reviewed_response,
    load_reviewed_responses,
)
from surveys.fieldwork.review_state import REVIEW_STATE_LABELS, ReviewState
from surveys.fieldwork.views import REVIEW, ResponseStepView, ResponseView, WatchedWaveView
from surveys.fieldwork.work_list import TaskKind, list_filters, narrow_tasks
from surveys.responses.corrections import list_wave_corrections
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import Clarification
from surveys.trail.recording import record


class WorkListView(WatchedWaveView, TemplateView):
    """Everything that still has to be done, of every kind or of one (`?soort=`)."""

    template_name = "fieldwork/work_list.html"
    page_title = "Te doen"
    header_icon = "tasks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("soort", "")
        kind = TaskKind(chosen) if chosen in set(TaskKind) else None
        found = narrow_tasks(list_tasks(self.wave), kind=None, organisation=self.sought)
        return super().get_context_data(**kwargs) | {
            "kind": kind,
            "sought": self.sought,
            "filters": list_filters(found, chosen=kind),
            **self.show_page(narrow_tasks(found, kind=kind)),
        }


class ReviewListView(WatchedWaveView, TemplateView):
    """How far the review of every response is, of all or of those in one state (`?stand=`)."""

    template_name = "fieldwork/review_list.html"
    page_title = "Beoordeling"
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("stand", "")
        state = ReviewState(chosen) if chosen in set(ReviewState) else None
        sought = self.sought.casefold()
        reviewed = [
            each
            for each in load_reviewed_responses(self.wave)
            if sought in str(each.response.organisation).casefold()
        ]
        return super().get_context_data(**kwargs) | {
            "state": state,
            "sought": self.sought,
            "total": len(reviewed),
            "filters": [
                (each, label, sum(row.state is each for row in reviewed))
                for each, label in REVIEW_STATE_LABELS.items()
            ],
            **self.show_page([row for row in reviewed if state in (None, row.state)]),
        }


class CorrectionListView(WatchedWaveView, TemplateView):
    """Every answer that was corrected in the wave, with the original. Whoever reads them leaves a line in the log."""

    template_name = "fieldwork/correction_list.html"
    page_title = "Correcties"
    header_icon = "edit"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sought = self.sought.casefold()
        rows = [
            (response, correction)
            for response, correction in list_wave_corrections(self.wave)
            if sought in str(response.organisation).casefold()
        ]
        shown = self.show_page(rows)
        organisations = sorted({response.organisation_id for response, _ in shown["page"].object_list})
        record(self.wave, "fieldwork.read", by=self.person, organisations=organisations)
        return super().get_context_data(**kwargs) | {"sought": self.sought, **shown}


class ReviewStepView(ResponseStepView):
    """A verdict on the latest submission: the form carries its checksum, so that it is on what was read."""

    also_needed = (REVIEW,)

    def find_checksum(self) -> str:
        submission = load_reviewed_response(self.response).submission
        return submission.checksum if submission else ""

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"checksum": self.find_checksum()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked_back = Clarification.objects.filter(response=self.response, closed_at=None)
        return super().get_context_data(**kwargs) | {
            "reviewed": load_reviewed_response(self.response),
            "asked_back": asked_back.count(),
            "unseen": sum(raised.seen is None for raised in list_flags(self.response)),
        }

    def explain_refusal(self, form: Form, refusal: Exception) -> None:
        """The page shows how it stands now; from then on the verdict is about the submission that it names."""
        super().explain_refusal(form, refusal)
        self.response.refresh_from_db()
        form.data = self.request.POST.dict() | {"checksum": self.find_checksum()}


class AcceptView(ReviewStepView):
    template_name = "fieldwork/accept.html"
    form_class = AcceptForm
    page_title = "Accepteren"
    header_icon = "check"
    done_message = "De inzending van {} is geaccepteerd."

    def take_step(self, form: AcceptForm) -> str:
        accept_response(self.response, **form.cleaned_data, by=self.person)
        return self.response_url


class SendBackView(ReviewStepView):
    template_name = "fieldwork/send_back.html"
    form_class = SendBackForm
    page_title = "Terugsturen"
    header_icon = "mail"
    done_message = "De vragenlijst is terug bij {}. De coördinatoren krijgen een e-mail."

    def take_step(self, form: SendBackForm) -> str:
        send_back_response(self.response, **form.cleaned_data, by=self.person)
        return self.response_url


class SeeFlagView(ResponseView):
    """Somebody looked at a flag: a button with a note, so only by POST."""

    http_method_names = ["post"]
    also_needed = (REVIEW,)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = self.response
        form = FlagForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Dit kwam niet goed aan. Een notitie is hoogstens 500 tekens lang.")
            return redirect(f"{self.response_url}#signalen-section")
        flag = access_flag(response, place=form.place, kind=form.cleaned_data["kind"])
        if flag.arose_at != form.cleaned_data["arose_at"]:
            messages.error(request, "Het antwoord is intussen veranderd. Kijk nog eens.")
        else:
            try:
                mark_flag_seen(flag, note=form.cleaned_data["note"], by=self.person)
            except ActionRefused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, "U heeft dit gezien. Het staat niet meer bij Te doen.")
        return redirect(f"{self.response_url}#signalen-section")
