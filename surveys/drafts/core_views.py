"""The questions that stay as they are: who sees them, and who may lock and unlock."""

from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.drafts.access import access_core_question
from surveys.drafts.lifecycle import lock_core_question, unlock_core_question
from surveys.drafts.models import CoreQuestion
from surveys.drafts.pages import TITLE, UNLOCK_CORE, DraftsView, StepView, Trail
from surveys.drafts.queries import list_core_questions, list_latest_definitions
from surveys.drafts.section_forms import LockCoreForm
from surveys.questionnaire.models import Survey

CORE = "Kernvragen"
PAGE_SIZE = 50


class CoreTrailMixin:
    """Below the list of core questions."""

    page_title: str

    def list_trail(self) -> Trail:
        return [
            {"url": reverse("drafts:list"), "label": TITLE},
            {"url": reverse("drafts:core"), "label": CORE},
            {"url": "", "label": self.page_title},
        ]


class CoreListView(DraftsView, TemplateView):
    template_name = "drafts/core.html"
    page_title = CORE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(list_core_questions(), PAGE_SIZE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "may_unlock": self.person.has_perm(UNLOCK_CORE),
        }


class LockCoreView(CoreTrailMixin, StepView):
    permission = UNLOCK_CORE
    page_title = "Kernvraag vastzetten"
    button = "Vastzetten"
    form_class = LockCoreForm
    cancel_url = reverse_lazy("drafts:core")
    done_message = "De vraag staat vast."
    consequence = "De vraag moet daarna in elke nieuwe versie staan, precies zoals in de laatste versie."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"definitions": list_latest_definitions()}

    def take_step(self, form: Form) -> str:
        survey, _, question = form.cleaned_data["question"].partition(".")
        lock_core_question(
            Survey.objects.get(pk=survey),
            question=question,
            reason=form.cleaned_data["reason"],
            by=self.person,
        )
        return str(self.cancel_url)


class UnlockCoreView(CoreTrailMixin, StepView):
    permission = UNLOCK_CORE
    page_title = "Kernvraag losmaken"
    button = "Losmaken"
    button_class = "no"
    cancel_url = reverse_lazy("drafts:core")
    done_message = "De vraag is los en mag veranderen."

    @cached_property
    def core(self) -> CoreQuestion:
        return access_core_question(self.kwargs["core"])

    @property
    def consequence(self) -> str:  # type: ignore[override]
        return (
            f"“{self.core}” mag daarna in elk concept anders worden. De uitkomsten van nieuwe metingen zijn "
            "dan misschien niet meer te vergelijken met die van eerder."
        )

    def take_step(self, form: Form) -> str:
        unlock_core_question(self.core, by=self.person)
        return str(self.cancel_url)
