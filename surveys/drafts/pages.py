"""What the screens of questionnaires in the making share."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.administration.pages import AdministrationView, StepView, Trail
from surveys.drafts.access import NoLongerThere, access_draft
from surveys.drafts.editing import Edit, EditRefused
from surveys.drafts.lifecycle import DraftChanged, edit_draft
from surveys.drafts.models import Draft
from surveys.drafts.problems import FIELD_NAMES
from surveys.drafts.queries import load_draft_definition
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.views import RUN_WAVES
from surveys.responses.forms import read_revision

TITLE = "Vragenlijsten"
ICON = "form"
UNLOCK_CORE = "drafts.unlock_core_question"
# What a form sends besides what somebody typed or chose.
MACHINERY = ("csrfmiddlewaretoken", "revision", "kind", "part")


class DraftsView(AdministrationView):
    header_icon = ICON
    permissions = (RUN_WAVES,)

    def list_trail(self) -> Trail:
        return [{"url": reverse("drafts:list"), "label": TITLE}, *super().list_trail()]


class GoneView(DraftsView, TemplateView):
    """In the place of a form that came too late: what happened, and what was typed, to be copied."""

    template_name = "drafts/gone.html"
    page_title = "Niet bewaard"

    def post(self, request: HttpRequest, *, reason: str) -> HttpResponse:
        context = self.get_context_data(reason=reason, typed=list_typed(request.POST))
        return self.render_to_response(context, status=404)


class DraftView(DraftsView):
    """A screen about one draft."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nothing typed is lost without a word when the draft, section or question was thrown away meanwhile."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except NoLongerThere as gone:
            if request.method != "POST" or not list_typed(request.POST):
                raise
            return GoneView.as_view()(request, reason=str(gone))

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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`revision` is the one that the reader of the form knows: of now, but that of what was sent as long as
        the page only asks to correct a field.
        """
        context = super().get_context_data(**kwargs)
        is_told = self.request.method != "POST" or "refusal" in context
        return context | {"revision": self.draft.revision if is_told else self.revision}

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except DraftChanged as changed:
            return self.render_to_response(self.get_context_data(form=form, refusal=changed), status=409)


def find_question_or_404(view: DraftView) -> QuestionDefinition:
    """The question in the address. Raises NoLongerThere when the draft has it not."""
    question = view.definition.questions.get(view.kwargs["question"])
    if question is None:
        raise NoLongerThere("Deze vraag staat niet meer in het concept. Iemand heeft haar weggehaald.")
    return question


def find_section_or_404(view: DraftView) -> SectionDefinition:
    """The section in the address. Raises NoLongerThere when the draft has it not."""
    for section in view.definition.sections:
        if section.code == view.kwargs["section"]:
            return section
    raise NoLongerThere("Dit onderdeel staat niet meer in het concept. Iemand heeft het weggehaald.")


def list_typed(data: QueryDict) -> list[tuple[str, str]]:
    """What was typed or chosen in a form, with the name of each field; what is blank is left out."""
    return [
        (FIELD_NAMES.get(name.rpartition("-")[2], name), value)
        for name, values in data.lists()
        if name not in MACHINERY and not name.endswith("_FORMS")
        for value in values
        if value.strip()
    ]
