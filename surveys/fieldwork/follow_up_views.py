"""What an administrator does about a response together with its organisation: requests to reopen, questions back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, View
from wagtail.admin import messages

from surveys.fieldwork.access import access_clarification, access_watched_question
from surveys.fieldwork.forms import DecisionForm, QuestionBackForm
from surveys.fieldwork.views import ResponseView, list_breadcrumbs
from surveys.responses.follow_up import find_open_request
from surveys.responses.lifecycle.clarifications import ask_clarification, close_clarification
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.reopening import grant_reopening, refuse_reopening


class FollowUpFormView(ResponseView, FormView):  # type: ignore[type-arg]
    """A form about a response, with the way back to it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.access_response()
        self.page_subtitle = str(response.organisation)
        self.breadcrumbs_items = [
            *list_breadcrumbs(response.wave, label=self.page_subtitle, url=self.response_url),
            {"url": "", "label": self.page_title},
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"response": response, "response_url": self.response_url}


class DecideReopeningView(FollowUpFormView):
    """Grant or refuse what the organisation asked."""

    template_name = "fieldwork/decide_reopening.html"
    form_class = DecisionForm
    permission = "responses.reopen_response"
    page_title = "Verzoek om te heropenen"
    header_icon = "edit"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = find_open_request(self.access_response())
        if request is None:
            raise Http404("There is no request to decide on.")
        return super().get_context_data(reopen_request=request, **kwargs)

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        response = self.access_response()
        request = find_open_request(response)
        if request is None:
            raise Http404("There is no request to decide on.")
        explanation = form.cleaned_data["explanation"]
        try:
            if form.is_granted:
                grant_reopening(request, by=self.person, explanation=explanation)
            else:
                refuse_reopening(request, by=self.person, explanation=explanation)
        except ActionRefused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, f"{response.organisation} krijgt uw besluit per e-mail.")
        return redirect(self.response_url)


class AskClarificationView(FollowUpFormView):
    """Ask about one answer; the organisation gets a mail without the answer in it."""

    template_name = "fieldwork/ask_clarification.html"
    form_class = QuestionBackForm
    page_title = "Vraag terug"
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = access_watched_question(self.access_response(), code=self.kwargs["question"])
        return super().get_context_data(question=question, **kwargs)

    def form_valid(self, form: QuestionBackForm) -> HttpResponse:
        response = self.access_response()
        question = access_watched_question(response, code=self.kwargs["question"])
        ask_clarification(response, question=question.code, text=form.cleaned_data["text"], by=self.person)
        messages.success(self.request, f"De vraag is verstuurd aan {response.organisation}.")
        return redirect(self.response_url)


class CloseClarificationView(ResponseView, View):
    """The answer is clear enough: a button, so only by POST."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clarification = access_clarification(self.access_response(), clarification_id=kwargs["clarification"])
        close_clarification(clarification, by=self.person)
        messages.success(request, "De vraag terug is afgesloten.")
        return redirect(f"{self.response_url}#vragen-terug-section")
