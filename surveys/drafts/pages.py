"""What the screens of questionnaires in the making share."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from surveys.administration.pages import AdministrationView, StepView, Trail
from surveys.drafts.access import access_draft
from surveys.drafts.editing import Edit, EditRefused
from surveys.drafts.lifecycle import DraftChanged, edit_draft
from surveys.drafts.models import Draft
from surveys.drafts.queries import load_draft_definition
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.views import RUN_WAVES
from surveys.responses.forms import read_revision

TITLE = "Vragenlijsten"
ICON = "form"
UNLOCK_CORE = "drafts.unlock_core_question"


class DraftsView(AdministrationView):
    header_icon = ICON
    permissions = (RUN_WAVES,)

    def list_trail(self) -> Trail:
        return [{"url": reverse("drafts:list"), "label": TITLE}, *super().list_trail()]


class DraftView(DraftsView):
    """A screen about one draft."""

    @cached_property
    def draft(self) -> Draft:
        return access_draft(self.kwargs["draft"])

    @property
    def definition(self) -> Definition:
        """As the draft stands now, also when it turned out to be changed."""
        return load_draft_definition(self.draft)

    @property
    def draft_url(self) -> str:
        return reverse("drafts:draft", args=[self.draft.pk])

    def get_page_subtitle(self) -> str:
        return self.draft.title

    def list_trail(self) -> Trail:
        overview, here = super().list_trail()
        return [overview, {"url": self.draft_url, "label": self.draft.title}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"draft": self.draft}

    @property
    def revision(self) -> int:
        """The one that whoever sent the form saw; 0, which is never current, when it does not say."""
        return read_revision(self.request.POST.get("revision", ""))

    def edit(self, edit: Edit, *, action: str, **data: Any) -> None:
        """Change the draft as the person who is signed in. Raises what `edit_draft` raises."""
        edit_draft(self.draft, revision=self.revision, edit=edit, action=action, by=self.person, **data)


class QuestionnaireStepView(DraftsView, StepView):
    """A step with questionnaires in the making, refused with one reason or with every problem of a definition."""

    template_name = "drafts/form.html"
    refusals = (EditRefused, DefinitionError)
    button = "Bewaren"

    def explain_refusal(self, form: Form, refusal: Exception) -> None:
        form.add_error(None, refusal.problems if isinstance(refusal, DefinitionError) else str(refusal))


class DraftStepView(DraftView, QuestionnaireStepView):
    """A step in one draft. When somebody else was first, what was typed comes back beside how the draft is now."""

    @property
    def cancel_url(self) -> str:
        return self.draft_url

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except DraftChanged as changed:
            return self.render_to_response(self.get_context_data(form=form, refusal=changed), status=409)


def find_question_or_404(view: DraftView) -> QuestionDefinition:
    """The question in the address. Raises Http404 when the draft has it not (any more)."""
    question = view.definition.questions.get(view.kwargs["question"])
    if question is None:
        raise Http404("There is no such question.")
    return question


def find_section_or_404(view: DraftView) -> SectionDefinition:
    """The section in the address. Raises Http404 when the draft has it not (any more)."""
    for section in view.definition.sections:
        if section.code == view.kwargs["section"]:
            return section
    raise Http404("There is no such section.")
