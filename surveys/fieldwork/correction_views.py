"""A reviewer corrects one answer of a submitted response, in the same fields in which it was given.

Whoever reads the answer leaves a line in the audit log.
"""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.datastructures import MultiValueDict
from wagtail.admin import messages

from surveys.fieldwork.access import access_covered_municipality, access_watched_question
from surveys.fieldwork.forms import CorrectionForm
from surveys.fieldwork.views import REVIEW, ResponseStepView
from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.questionnaire.models import FrameMunicipality
from surveys.questionnaire.queries import load_definition
from surveys.responses.corrections import list_corrections
from surveys.responses.fields import QuestionField, make_fields
from surveys.responses.forms import TypedAnswer, name_revision, read_question
from surveys.responses.lifecycle.corrections import correct_answer
from surveys.responses.merging import AnswerChange
from surveys.responses.models import Response
from surveys.responses.queries import StoredAnswer, load_answers, load_deviations
from surveys.responses.readiness import assess_readiness
from surveys.responses.wording import describe_answer, describe_gap
from surveys.trail.recording import record


class CorrectAnswerView(ResponseStepView):
    """With a municipality in the address it is about what a region answers for that one instead."""

    template_name = "fieldwork/correct.html"
    form_class = CorrectionForm
    also_needed = (REVIEW,)
    page_title = "Antwoord corrigeren"
    header_icon = "edit"
    button = "Corrigeren"
    done_message = "Het antwoord is gecorrigeerd. De coördinatoren krijgen een e-mail."
    typed: TypedAnswer | None = None
    change: AnswerChange

    @cached_property
    def question(self) -> QuestionDefinition:
        return access_watched_question(self.response, code=self.kwargs["question"])

    @cached_property
    def municipality(self) -> FrameMunicipality | None:
        code = self.kwargs.get("municipality")
        return access_covered_municipality(self.response, code=code) if code else None

    @property
    def cancel_url(self) -> str:
        return f"{self.response_url}#antwoord-{self.question.code}"

    @property
    def municipality_code(self) -> str:
        return self.municipality.municipality_id if self.municipality else ""

    @cached_property
    def stored(self) -> StoredAnswer | None:
        """What stands there now."""
        if self.municipality:
            return load_deviations(self.response).get((self.question.code, self.municipality_code))
        return load_answers(self.response).get(self.question.code)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record(self.response, "fieldwork.read", by=self.person)
        key = (self.question.code, self.municipality_code)
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "municipality": self.municipality,
            "is_submitted": self.response.status == Response.Status.SUBMITTED,
            "current": describe_answer(self.question, self.stored.value if self.stored else None),
            "field": self.make_field(),
            "corrections": [each for each in list_corrections(self.response) if each.key == key],
        }

    def make_field(self) -> QuestionField:
        """The question by itself: without a number, and shown whatever the route."""
        alone = SectionDefinition("correctie", "Correctie", (self.question,))
        (field,) = make_fields(
            alone,
            definition=load_definition(self.response.version),
            stored={self.question.code: self.stored} if self.stored else {},
            typed={self.question.code: self.typed} if self.typed else None,
        )
        return replace(field, number="", is_hidden=False, ask_if_json="")

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        data = self.request.POST
        if name_revision(self.question) not in data:
            form.add_error(
                None, "Uw wijziging kwam niet aan. Laad de pagina opnieuw en probeer het nog eens."
            )
            return self.form_invalid(form)
        self.typed = read_question(self.question, data, files=MultiValueDict(), response=self.response)
        if self.typed.errors or not form.is_valid():
            return self.form_invalid(form)
        self.change = replace(self.typed.change, municipality=self.municipality_code)
        return self.form_valid(form)

    def take_step(self, form: CorrectionForm) -> str:
        correct_answer(self.response, change=self.change, reason=form.cleaned_data["reason"], by=self.person)
        if gaps := assess_readiness(self.response).gaps:
            opened = " ".join(describe_gap(gap) for gap in gaps)
            messages.warning(self.request, f"Door deze correctie is de reactie niet meer compleet: {opened}")
        return self.cancel_url
