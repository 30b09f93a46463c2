"""The screens of one question. Buttons at its lists show the page again; only "Bewaren" keeps anything."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from surveys.administration.pages import Trail
from surveys.drafts.editing import (
    Edit,
    EditRefused,
    add_question,
    find_home,
    remove_question,
    replace_question,
)
from surveys.drafts.lifecycle import DraftChanged
from surveys.drafts.pages import (
    DraftStepView,
    DraftView,
    find_question_or_404,
    find_section_or_404,
)
from surveys.drafts.problems import Problem
from surveys.drafts.queries import list_core_codes, list_draft_problems, load_former
from surveys.drafts.question_forms import QuestionEditor, open_question
from surveys.drafts.row_formsets import Row
from surveys.drafts.section_forms import ChooseKindForm, MoveQuestionForm
from surveys.questionnaire.definition import KINDS, QuestionDefinition
from surveys.questionnaire.outline import outline_question


class QuestionEditorView(DraftView, TemplateView):
    """The form of a question, new or not."""

    template_name = "drafts/question_form.html"
    action = ""

    def read_editor(self, request: HttpRequest) -> QuestionEditor:
        """What was sent, whatever became of the question since. Raises Http404 for an unknown kind."""
        if request.POST.get("kind") not in KINDS:
            raise Http404("There is no such kind of question.")
        return QuestionEditor(
            self.definition,
            kind=request.POST["kind"],
            code=self.kwargs.get("question", ""),
            section=self.kwargs.get("section", ""),
            has_former="change" in request.POST,
            data=request.POST,
        )

    def make_edit(self, question: QuestionDefinition) -> Edit:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        editor = self.read_editor(request)
        if button := request.POST.get("part"):
            return self.show(editor.press(button, request.POST), revision=self.revision)
        if not editor.is_valid():
            return self.show(editor, revision=self.revision, status=422)
        question = editor.question
        try:
            self.edit(self.make_edit(question), action=self.action, question=question.code)
        except DraftChanged as changed:
            return self.show(self.read_editor(request), refusal=str(changed), status=409)
        except EditRefused as refusal:
            editor.problems.append(str(refusal))
            return self.show(editor, revision=self.revision, status=422)
        return self.leave(question)

    def leave(self, question: QuestionDefinition) -> HttpResponse:
        """Back to the outline, with what is left to do at this question."""
        problems = [each for each in list_draft_problems(self.draft) if each.question == question.code]
        if problems:
            messages.warning(self.request, "Bewaard. Bij deze vraag is nog iets te doen: zie “Problemen”.")
        else:
            messages.success(self.request, "Bewaard.")
        if self.request.POST.get("after") == "stay":
            return redirect("drafts:question", self.draft.pk, question.code)
        return redirect(f"{self.draft_url}#vraag-{question.code}")

    def show(
        self, editor: QuestionEditor, *, revision: int | None = None, refusal: str = "", status: int = 200
    ) -> HttpResponse:
        """`revision` is the one that was seen; without it, the current one."""
        context = self.get_context_data(
            editor=editor,
            revision=self.draft.revision if revision is None else revision,
            refusal=refusal,
        )
        return self.render_to_response(context, status=status)


class ChooseKindView(DraftView, FormView):  # type: ignore[type-arg]
    """The first step of a new question: what kind it is."""

    template_name = "drafts/choose_kind.html"
    form_class = ChooseKindForm
    page_title = "Vraag toevoegen"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        section = find_section_or_404(self)
        url = reverse("drafts:add_question", args=[self.draft.pk, section.code])
        return super().get_context_data(**kwargs) | {"section": section, "target": url}


class AddQuestionView(QuestionEditorView):
    page_title = "Vraag toevoegen"
    action = "drafts.add_question"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        section = find_section_or_404(self)
        kind = request.GET.get("kind", "")
        if kind not in KINDS:
            return redirect("drafts:choose_kind", self.draft.pk, section.code)
        start: dict[str, list[Row]] = {
            "options": [{}, {}],
            "rows": [{}, {}],
            "columns": [{}],
            "dimensions": [{}, {}],
        }
        return self.show(QuestionEditor(self.definition, kind=kind, section=section.code, rows=start))

    def make_edit(self, question: QuestionDefinition) -> Edit:
        return partial(add_question, question=question, section=self.kwargs["section"])


class ChangeQuestionView(QuestionEditorView):
    page_title = "Vraag"
    action = "drafts.change_question"

    def list_trail(self) -> Trail:
        *before, _ = super().list_trail()
        return [*before, {"url": "", "label": self.kwargs["question"]}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        question = find_question_or_404(self)
        former = load_former(self.draft.survey_code)
        has_former = former is not None and question.code in former.questions
        return self.show(open_question(self.definition, question, has_former=has_former))

    def make_edit(self, question: QuestionDefinition) -> Edit:
        return partial(replace_question, code=self.kwargs["question"], question=question)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        definition, code = self.definition, self.kwargs["question"]
        question = definition.questions.get(code)
        if question is None:
            return context
        home = find_home(definition, code)
        problems: list[Problem] = [] if self.draft.published_as else list_draft_problems(self.draft)
        return context | {
            "section": home,
            "move_form": MoveQuestionForm(definition=definition, initial={"section": home.code}),
            "is_core": code in list_core_codes(self.draft.survey_code),
            "current": outline_question(definition, question) if context["refusal"] else None,
            "problems": [each for each in problems if each.question == code],
        }


class RemoveQuestionView(DraftStepView):
    page_title = "Vraag weghalen"
    button = "Weghalen"
    button_class = "no"
    done_message = "De vraag is weg."

    def get_consequence(self) -> str:
        return f"“{find_question_or_404(self).text}” gaat weg uit dit concept."

    def take_step(self, form: Form) -> str:
        code = self.kwargs["question"]
        self.edit(partial(remove_question, code=code), action="drafts.remove_question", question=code)
        return self.draft_url
