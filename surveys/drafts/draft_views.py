"""The list of questionnaires, and one in the making: begin, look, name, reorder, throw away."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.administration.pages import Trail
from surveys.drafts.draft_outline import outline_draft
from surveys.drafts.editing import EditRefused, describe_survey
from surveys.drafts.lifecycle import DraftChanged, discard_draft, start_draft
from surveys.drafts.moves import read_move
from surveys.drafts.pages import TITLE, DraftStepView, DraftsView, DraftView, QuestionnaireStepView
from surveys.drafts.queries import (
    find_former,
    list_core_codes,
    list_draft_history,
    list_draft_problems,
    list_drafts,
)
from surveys.drafts.section_forms import DescribeForm, StartDraftForm
from surveys.measures.models import Measure
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.models import QuestionnaireVersion

HISTORY_LENGTH = 20


class DraftListView(DraftsView, TemplateView):
    template_name = "drafts/list.html"
    page_title = TITLE
    rows_per_page = 25

    def list_trail(self) -> Trail:
        return [{"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = QuestionnaireVersion.objects.order_by("survey", "-number")
        return super().get_context_data(**kwargs) | {
            "drafts": self.find_page(list_drafts(), key="concepten"),
            "versions": self.find_page(versions, key="versies"),
        }


class StartDraftView(QuestionnaireStepView):
    page_title = "Vragenlijst beginnen"
    button = "Beginnen"
    form_class = StartDraftForm
    done_message = "Het concept is er. Voeg onderdelen en vragen toe."

    @property
    def cancel_url(self) -> str:
        return reverse("drafts:list")

    def get_initial(self) -> dict[str, Any]:
        version = self.request.GET.get("versie", "")
        found = QuestionnaireVersion.objects.filter(pk=int(version)) if version.isdecimal() else None
        based_on = found.first() if found is not None and len(version) < 10 else None
        if based_on is None:
            return {}
        return {"based_on": based_on, "survey": based_on.survey_id, "title": based_on.title}

    def take_step(self, form: Form) -> str:
        return reverse("drafts:draft", args=[start_draft(**form.cleaned_data, by=self.person).pk])


class DraftDetailView(DraftView, TemplateView):
    template_name = "drafts/draft.html"
    page_title = "Concept"

    def list_trail(self) -> Trail:
        overview, draft, _ = super().list_trail()
        return [overview, draft | {"url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        problems = [] if self.draft.published_as else list_draft_problems(self.draft)
        return super().get_context_data(**kwargs) | {
            "problems": problems,
            "sections": outline_draft(
                self.definition,
                problems=problems,
                core=list_core_codes(self.draft.survey_code),
                measures=dict(Measure.objects.values_list("slug", "name")),
            ),
            "former": find_former(self.draft.survey_code),
            "history": list_draft_history(self.draft)[:HISTORY_LENGTH],
        }


class DescribeView(DraftStepView):
    page_title = "Titel en bron"
    form_class = DescribeForm
    done_message = "Bewaard."

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.definition.title, "source": self.definition.source}

    def take_step(self, form: Form) -> str:
        def describe(definition: Definition) -> Definition:
            return describe_survey(definition, **form.cleaned_data)

        self.edit(describe, action="drafts.describe")
        return self.draft_url


class DiscardView(DraftStepView):
    page_title = "Weggooien"
    button = "Weggooien"
    button_class = "no"
    consequence = "Het concept is daarna voorgoed weg. Gepubliceerde versies blijven."
    done_message = "Het concept is weggegooid."

    def take_step(self, form: Form) -> str:
        discard_draft(self.draft, revision=self.revision, by=self.person)
        return reverse("drafts:list")


class MoveView(DraftView):
    """The buttons of the outline; back to it, at what was moved."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        move = request.POST.get("move", "")
        try:
            edit = read_move(
                move, section=request.POST.get("section", ""), position=request.POST.get("position", "")
            )
            self.edit(edit, action="drafts.move")
        except (DraftChanged, EditRefused) as refusal:
            messages.error(request, f"{refusal} Dit is niet verplaatst. Kijk hoe het nu staat.")
            return redirect(self.draft_url)
        kind, code, _ = move.split(".")
        anchor = "vraag" if kind == "question" else "onderdeel"
        return redirect(f"{self.draft_url}#{anchor}-{code}")
