"""The questions that stay as they are: who sees them, and who may lock and unlock."""

from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.administration.pages import Trail
from surveys.drafts.access import access_core_question
from surveys.drafts.lifecycle import lock_core_question, unlock_core_question
from surveys.drafts.models import CoreQuestion
from surveys.drafts.pages import UNLOCK_CORE, DraftsView, QuestionnaireStepView
from surveys.drafts.queries import list_core_questions, list_latest_definitions
from surveys.drafts.section_forms import LockCoreForm
from surveys.questionnaire.models import Survey

CORE = "Kernvragen"


class CoreListView(DraftsView, TemplateView):
    template_name = "drafts/core.html"
    page_title = CORE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "may_unlock": self.person.has_perm(UNLOCK_CORE),
            **self.show_page(list_core_questions()),
        }


class CoreStepView(QuestionnaireStepView):
    """A step below the list of core questions, and back to it."""

    also_needed = (UNLOCK_CORE,)

    @property
    def cancel_url(self) -> str:
        return reverse("drafts:core")

    def list_trail(self) -> Trail:
        overview, here = super().list_trail()
        return [overview, {"url": self.cancel_url, "label": CORE}, here]


class LockCoreView(CoreStepView):
    page_title = "Kernvraag vastzetten"
    button = "Vastzetten"
    form_class = LockCoreForm
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
        return self.cancel_url


class UnlockCoreView(CoreStepView):
    page_title = "Kernvraag losmaken"
    button = "Losmaken"
    button_class = "no"
    done_message = "De vraag is los en mag veranderen."

    @cached_property
    def core(self) -> CoreQuestion:
        return access_core_question(self.kwargs["core"])

    def get_consequence(self) -> str:
        return (
            f"“{self.core}” mag daarna in elk concept anders worden. De uitkomsten van nieuwe metingen zijn "
            "dan misschien niet meer te vergelijken met die van eerder."
        )

    def take_step(self, form: Form) -> str:
        unlock_core_question(self.core, by=self.person)
        return self.cancel_url
