"""What the screens of questionnaires in the making share."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from surveys.drafts.access import access_draft
from surveys.drafts.editing import Edit, EditRefused
from surveys.drafts.lifecycle import DraftChanged, edit_draft
from surveys.drafts.models import Draft
from surveys.drafts.queries import load_draft_definition
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.views import RUN_WAVES, RunWavesView
from surveys.responses.forms import read_revision

TITLE = "Vragenlijsten"
ICON = "form"
UNLOCK_CORE = "drafts.unlock_core_question"
Trail = list[dict[str, Any]]


class DraftsView(RunWavesView):
    """A screen of this part of the administration, for who may run waves and has `permission`."""

    header_icon = ICON
    permission = RUN_WAVES

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            refused: HttpResponseBase = permission_denied(request)
            return refused
        return super().dispatch(request, *args, **kwargs)

    def list_trail(self) -> Trail:
        return [
            {"url": reverse("drafts:list"), "label": TITLE},
            {"url": "", "label": self.get_page_title()},
        ]


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


class StepView(DraftsView, FormView):  # type: ignore[type-arg]
    """Take one step with what is typed. When it cannot be taken, everything typed stays on the page."""

    template_name = "drafts/form.html"
    form_class: type[Form] = Form
    button = "Bewaren"
    button_class = ""
    consequence = ""
    done_message = ""

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            url = self.take_step(form)
        except DraftChanged as changed:
            return self.render_to_response(self.get_context_data(form=form, refusal=changed), status=409)
        except DefinitionError as error:
            form.add_error(None, error.problems)
        except EditRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(self.request, self.done_message)
            return redirect(url)
        return self.form_invalid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def take_step(self, form: Form) -> str:
        """Do it, and say where to go then. Raises EditRefused, DraftChanged and DefinitionError."""
        raise NotImplementedError


class DraftStepView(DraftView, StepView):
    """A step in one draft."""

    @property
    def cancel_url(self) -> str:
        return self.draft_url


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
