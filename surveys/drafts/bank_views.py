"""The bank of questions: look, put in, take over, remove."""

from dataclasses import replace
from typing import Any

from django.forms import Form
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.administration.pages import Trail
from surveys.drafts.access import access_bank_question
from surveys.drafts.bank import put_in_bank, remove_from_bank, take_from_bank
from surveys.drafts.editing import find_home
from surveys.drafts.models import BankQuestion
from surveys.drafts.pages import (
    DraftStepView,
    DraftsView,
    QuestionnaireStepView,
    find_question_or_404,
    find_section_or_404,
)
from surveys.drafts.queries import load_bank_question, search_bank
from surveys.drafts.section_forms import PutInBankForm
from surveys.measures.models import Measure
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.outline import QuestionOutline, outline_question

BANK = "Vragenbank"


class BankPagesView(DraftsView):
    """A screen with what was searched for in the bank, and a page of what was found in words."""

    rows_per_page = 20

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "")[:200]
        shown = self.show_page(search_bank(words))
        rows = [(banked, outline_alone(load_bank_question(banked))) for banked in shown["page"]]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"words": words, "rows": rows, **shown}


def outline_alone(question: QuestionDefinition) -> QuestionOutline:
    """A question in words that belongs to no questionnaire."""
    return outline_question(Definition("", "", 1, (SectionDefinition("", "", (question,)),)), question)


class BankView(BankPagesView, TemplateView):
    template_name = "drafts/bank.html"
    page_title = BANK


class RemoveFromBankView(QuestionnaireStepView):
    page_title = "Uit de bank halen"
    button = "Weghalen"
    button_class = "no"
    done_message = "De vraag is uit de bank."

    @cached_property
    def banked(self) -> BankQuestion:
        return access_bank_question(self.kwargs["banked"])

    @property
    def cancel_url(self) -> str:
        return reverse("drafts:bank")

    def list_trail(self) -> Trail:
        overview, here = super().list_trail()
        return [overview, {"url": self.cancel_url, "label": BANK}, here]

    def get_consequence(self) -> str:
        return f"“{self.banked.text}” gaat uit de bank. Waar de vraag al is overgenomen, blijft die staan."

    def take_step(self, form: Form) -> str:
        remove_from_bank(self.banked, by=self.person)
        return self.cancel_url


class PutInBankView(DraftStepView):
    """Copies a question of a draft; the draft itself stays as it is."""

    page_title = "In de vragenbank zetten"
    button = "In de bank zetten"
    form_class = PutInBankForm
    done_message = "De vraag staat in de bank."
    consequence = "Voorwaarden, en controles die naar andere vragen kijken, gaan niet mee."

    def get_initial(self) -> dict[str, Any]:
        question = find_question_or_404(self)
        measure = find_home(self.definition, question.code).measure
        return {"code": question.code, "measure": Measure.objects.filter(pk=measure).first()}

    def take_step(self, form: Form) -> str:
        question = find_question_or_404(self)
        data = form.cleaned_data
        put_in_bank(
            replace(question, code=data["code"]), measure=data["measure"], note=data["note"], by=self.person
        )
        return reverse("drafts:question", args=[self.draft.pk, question.code])


class TakeFromBankView(BankPagesView, DraftStepView):
    template_name = "drafts/take_from_bank.html"
    page_title = "Vraag uit de bank"
    done_message = "De vraag staat erbij."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"section": find_section_or_404(self)}

    def take_step(self, form: Form) -> str:
        chosen = self.request.POST.get("banked", "")
        if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
            raise Http404("There is no such question in the bank.")
        code = take_from_bank(
            self.draft,
            access_bank_question(int(chosen)),
            section=self.kwargs["section"],
            revision=self.revision,
            by=self.person,
        )
        return f"{self.draft_url}#vraag-{code}"
