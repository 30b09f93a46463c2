"""Questionnaires as files: take a draft or a version along as XLSForm or JSON, and make a draft of such a file."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from surveys.drafts.access import access_draft
from surveys.drafts.definition_json import write_definition_json
from surveys.drafts.editing import EditRefused
from surveys.drafts.exchange_forms import QuestionnaireFileForm
from surveys.drafts.handed_in import read_questionnaire_file
from surveys.drafts.lifecycle import import_definition
from surveys.drafts.pages import DraftsView
from surveys.drafts.queries import load_draft_definition
from surveys.drafts.xlsform.reading import ReadForm
from surveys.drafts.xlsform.workbook import make_workbook
from surveys.drafts.xlsform.writing import NotWritable
from surveys.measures.models import Measure
from surveys.offline.spreadsheets import UnreadableSpreadsheet
from surveys.questionnaire.access import access_version
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.definition_document import read_document
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.queries import load_definition
from surveys.tabular.sending import send_workbook

# More than this nobody reads; the rest comes up when these are solved.
SHOWN_REMARKS = 200

# What was shown and is confirmed; nobody else can make it.
SALT = "drafts.import"
CONFIRM_WITHIN_SECONDS = 3600


class ExportView(DraftsView, TemplateView):
    """The questionnaire as a file, or a page with what keeps it from being one."""

    template_name = "drafts/not_exportable.html"
    page_title = "Ophalen als XLSForm"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raises Http404 for an unknown questionnaire or format."""
        definition, name, url = self.find_definition()
        match kwargs["file_format"]:
            case "json":
                return send_json(definition, name=name)
            case "xlsform":
                try:
                    return send_workbook(make_workbook(definition), name=name, file_format="xlsx")
                except NotWritable as refusal:
                    context = self.get_context_data(problems=refusal.problems[:SHOWN_REMARKS], back_url=url)
                    return self.render_to_response(context, status=409)
        raise Http404("There is no such format.")

    def find_definition(self) -> tuple[Definition, str, str]:
        """What to write, what the file is called without its extension, and the page it belongs to. Raises Http404."""
        raise NotImplementedError


class ExportDraftView(ExportView):
    def find_definition(self) -> tuple[Definition, str, str]:
        draft = access_draft(self.kwargs["draft"])
        url = reverse("drafts:draft", args=[draft.pk])
        return load_draft_definition(draft), f"{draft.survey_code}-concept", url


class ExportVersionView(ExportView):
    def find_definition(self) -> tuple[Definition, str, str]:
        version = access_version(survey=self.kwargs["survey"], number=self.kwargs["number"])
        url = reverse("questionnaire:version", args=[version.survey_id, version.number])
        return load_definition(version), f"{version.survey_id}-versie-{version.number}", url


class ImportView(DraftsView, FormView):  # type: ignore[type-arg]
    """Choose a file. It becomes a draft when it fits whole; what it says besides is shown first."""

    template_name = "drafts/import.html"
    form_class = QuestionnaireFileForm
    page_title = "Bestand inlezen"
    extra_context = {"cancel_url": reverse_lazy("drafts:list")}

    def form_valid(self, form: QuestionnaireFileForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        measures = set(Measure.objects.values_list("slug", flat=True))
        try:
            read = read_questionnaire_file(file.name, file.read(), measures=measures)
        except UnreadableSpreadsheet as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        if read.definition is None:
            return self.show(form, read, status=422)
        if read.left_out:
            return self.show(form, read, packed=pack_definition(read.definition))
        return take_in(self, read.definition)

    def form_invalid(self, form: QuestionnaireFileForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def show(
        self, form: QuestionnaireFileForm, read: ReadForm, *, packed: str = "", status: int = 200
    ) -> HttpResponse:
        remarks = read.problems or read.left_out
        context = self.get_context_data(
            form=form,
            read=read,
            remarks=remarks[:SHOWN_REMARKS],
            more=len(remarks) - SHOWN_REMARKS,
            packed=packed,
        )
        return self.render_to_response(context, status=status)


class ConfirmImportView(DraftsView):
    """Take in what was shown, without what was named as left out."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            definition = unpack_definition(request.POST.get("vragenlijst", ""))
        except signing.BadSignature:
            messages.error(request, "Dit was te lang geleden. Kies het bestand nog een keer.")
            return redirect("drafts:import")
        return take_in(self, definition)


def take_in(view: DraftsView, definition: Definition) -> HttpResponse:
    """Make it a draft, or say which core question stands in the way."""
    try:
        draft = import_definition(definition, by=view.person)
    except DefinitionError as error:
        messages.error(view.request, " ".join(error.problems))
    except EditRefused as refusal:
        messages.error(view.request, f"{refusal} Er is niets ingelezen.")
    else:
        messages.success(view.request, f"{draft.title} is ingelezen als concept.")
        return redirect(reverse("drafts:draft", args=[draft.pk]))
    return redirect("drafts:import")


def send_json(definition: Definition, *, name: str) -> HttpResponse:
    return HttpResponse(
        write_definition_json(definition),
        headers={
            "Content-Type": "application/json",
            "Content-Disposition": f'attachment; filename="{name}.json"',
            "Cache-Control": "private, no-store",
        },
    )


def pack_definition(definition: Definition) -> str:
    return signing.dumps(definition.as_dict(), salt=SALT, compress=True)


def unpack_definition(packed: str) -> Definition:
    """Raises BadSignature for anything that this site did not pack within the hour."""
    return read_document(signing.loads(packed, salt=SALT, max_age=CONFIRM_WITHIN_SECONDS))
