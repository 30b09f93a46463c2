"""What an administrator does about a response together with its organisation: requests to reopen, questions back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin import messages

from surveys.fieldwork.access import access_clarification, access_watched_question
from surveys.fieldwork.forms import DecisionForm, QuestionBackForm
from surveys.fieldwork.views import REOPEN, ResponseStepView, ResponseView
from surveys.questionnaire.definition import QuestionDefinition
from surveys.responses.follow_up import find_open_request
from surveys.responses.lifecycle.clarifications import ask_clarification, close_clarification
from surveys.responses.lifecycle.reopening import grant_reopening, refuse_reopening
from surveys.responses.models import ReopenRequest


class DecideReopeningView(ResponseStepView):
    """Grant or refuse what the organisation asked."""

    template_name = "fieldwork/decide_reopening.html"
    form_class = DecisionForm
    also_needed = (REOPEN,)
    page_title = "Verzoek om te heropenen"
    header_icon = "edit"
    button = "Besluit opslaan"
    done_message = "{} krijgt uw besluit per e-mail."

    @cached_property
    def reopen_request(self) -> ReopenRequest:
        request = find_open_request(self.response)
        if request is None:
            raise Http404("There is no request to decide on.")
        return request

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(reopen_request=self.reopen_request, **kwargs)

    def take_step(self, form: DecisionForm) -> str:
        decide = grant_reopening if form.is_granted else refuse_reopening
        decide(self.reopen_request, by=self.person, explanation=form.cleaned_data["explanation"])
        return self.response_url


class AskClarificationView(ResponseStepView):
    """Ask about one answer; the organisation gets a mail without the answer in it."""

    template_name = "fieldwork/ask_clarification.html"
    form_class = QuestionBackForm
    page_title = "Vraag terug"
    header_icon = "help"
    button = "Vraag versturen"
    done_message = "De vraag is verstuurd aan {}."

    @cached_property
    def question(self) -> QuestionDefinition:
        return access_watched_question(self.response, code=self.kwargs["question"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(question=self.question, **kwargs)

    def take_step(self, form: QuestionBackForm) -> str:
        text = form.cleaned_data["text"]
        ask_clarification(self.response, question=self.question.code, text=text, by=self.person)
        return self.response_url


class CloseClarificationView(ResponseView):
    """The answer is clear enough: a button, so only by POST."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clarification = access_clarification(self.response, clarification_id=kwargs["clarification"])
        close_clarification(clarification, by=self.person)
        messages.success(request, "De vraag terug is afgesloten.")
        return redirect(f"{self.response_url}#vragen-terug-section")
