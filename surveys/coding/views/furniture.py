"""What the screens share: the page around them, who may enter, and steps that are confirmed."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from surveys.accounts.models import Person
from surveys.coding.access import access_codebook_version, access_open_question, access_round
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.models import CodebookVersion, CodingRound
from surveys.coding.texts import name_section
from surveys.fieldwork.access import access_watched_wave
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer

TITLE = "Coderen"
ICON = "tag"
MANAGE = "coding.manage_codebooks"
CODE = "coding.code_answers"
SETTLE = "coding.settle_codes"
TEXTS_PER_PAGE = 25


class CodingView(WagtailAdminTemplateMixin):
    """Wagtail's page furniture, and Wagtail's refusal for who has none of `permissions`."""

    header_icon = ICON
    permissions: tuple[str, ...] = (MANAGE,)

    @property
    def person(self) -> Person:
        return cast("Person", self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may_enter = any(request.user.has_perm(permission) for permission in self.permissions)
        response: HttpResponseBase = (
            super().dispatch(request, *args, **kwargs) if may_enter else permission_denied(request)
        )
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [
            *self.breadcrumbs_items,
            {"url": reverse("coding:start"), "label": TITLE},
            *self.list_trail(),
            here,
        ]

    def list_trail(self) -> list[dict[str, Any]]:
        """Between the overview and this screen."""
        return []

    def show_page(self, texts: QuerySet[Answer]) -> dict[str, Any]:
        paginator = Paginator(texts, TEXTS_PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return {"page": page, "elided_page_range": paginator.get_elided_page_range(page.number)}


class QuestionView(CodingView):
    """A screen about one open question of one wave."""

    @cached_property
    def wave(self) -> Wave:
        return access_watched_wave(self.kwargs["wave"])

    @cached_property
    def question(self) -> QuestionDefinition:
        return access_open_question(self.wave, code=self.kwargs["question"])

    @property
    def question_url(self) -> str:
        return reverse("coding:question", args=[self.wave.code, self.question.code])

    def list_trail(self) -> list[dict[str, Any]]:
        return list_question_trail(self.wave, self.question)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.question  # before anything is shown: it may not exist
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "wave": self.wave,
            "question": question,
            "section": name_section(self.wave, question=question.code),
            "question_url": self.question_url,
        }


class RoundView(QuestionView):
    """A screen about one round: of its question, in its wave."""

    @cached_property
    def round(self) -> CodingRound:
        return access_round(self.kwargs["round"])

    @cached_property
    def wave(self) -> Wave:
        return self.round.wave

    @cached_property
    def question(self) -> QuestionDefinition:
        return access_open_question(self.wave, code=self.round.version.codebook.question)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"round": self.round}


class CodebookView(CodingView):
    """A screen about one version of a codebook."""

    @cached_property
    def version(self) -> CodebookVersion:
        return access_codebook_version(
            survey=self.kwargs["survey"], question=self.kwargs["question"], number=self.kwargs["number"]
        )

    @property
    def version_url(self) -> str:
        return reverse_version(self.version)

    def list_trail(self) -> list[dict[str, Any]]:
        return [{"url": self.version_url, "label": f"Codeboek {self.version.codebook.question}"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"version": version, "version_url": self.version_url}


class StepView(FormView):  # type: ignore[type-arg]
    """Say what the step does, take it when it is confirmed, and go on; what is refused stands above the form."""

    template_name = "questionnaire/wave_form.html"
    form_class: type[Form] = Form
    consequence = ""
    done_message = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel_url = self.get_success_url()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"consequence": self.consequence, "cancel_url": cancel_url}

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            target = self.take_step(form)
        except CodingRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.done_message)
        return redirect(target)

    def take_step(self, form: Any) -> str:
        """Returns the address to go on to. Raises CodingRefused."""
        raise NotImplementedError


class QuestionStepView(StepView, QuestionView):
    def get_success_url(self) -> str:
        return self.question_url


class RoundStepView(StepView, RoundView):
    def get_success_url(self) -> str:
        return self.question_url


class CodebookStepView(StepView, CodebookView):
    def get_success_url(self) -> str:
        return self.version_url


def reverse_version(version: CodebookVersion) -> str:
    codebook = version.codebook
    return reverse("coding:codebook", args=[codebook.survey_id, codebook.question, version.number])


def list_question_trail(wave: Wave, question: QuestionDefinition) -> list[dict[str, Any]]:
    return [
        {"url": reverse("coding:overview", args=[wave.code]), "label": wave.title},
        {"url": reverse("coding:question", args=[wave.code, question.code]), "label": question.code},
    ]
