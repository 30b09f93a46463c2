"""The form of one section: the heart of filling in. Whatever happens, what was typed stays on the page."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from surveys.accounts.access import SignedInRequest
from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.responses.access import UNKNOWN, SurveyAccess
from surveys.responses.fields import make_fields
from surveys.responses.forms import TypedAnswer, name_field, read_section
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.saving import AnswerConflict, SaveOutcome, save_answers
from surveys.responses.lifecycle.starting import start_response
from surveys.responses.pages import SurveyPage, describe_last_saved, describe_moment, open_page
from surveys.responses.progress import find_opened_questions
from surveys.responses.unsaved import keep_unsaved_words
from surveys.responses.wording import NOT_SAVED_YET, OPENED_QUESTION, READ_ONLY, SAVED


@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in_section(
    request: SignedInRequest, wave: str, organisation: str, section: str, *, is_own_form: bool
) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    part = next((each for each in page.access.visible_definition.sections if each.code == section), None)
    if part is None:
        raise Http404(UNKNOWN)
    if request.method != "POST":
        return show_section(request, page, part)
    if not page.access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    typed = read_section(part, request.POST)
    if not is_own_form:
        return show_section(request, page, part, typed=typed, notice=NOT_SAVED_YET, status=403)
    try:
        outcome = save_typed(request, page.access, typed)
    except ActionRefused as refusal:
        # Somebody submitted the response, or the wave closed, while this was being typed.
        return show_section(request, page, part, typed=typed, refusal=str(refusal), status=409)
    conflicts = {each.change.question: each for each in outcome.conflicts}
    unsaved = {
        code: replace(each, errors=[describe_conflict(conflicts[code])]) if code in conflicts else each
        for code, each in typed.items()
        if each.errors or code in conflicts
    }
    if unsaved:
        page = open_page(request, wave=wave, organisation=organisation)
        status = 409 if conflicts else 422
        return show_section(request, page, part, typed=unsaved, conflicts=conflicts, status=status)
    after = page.values | {code: each.value for code, each in typed.items()}
    opened = find_opened_questions(page.definition, before=page.values, after=after)
    here = [question for section_of, question in opened if section_of is part]
    if here and request.POST.get("routing") != "live":
        messages.info(request, OPENED_QUESTION)
        return redirect(f"{request.path}#id_{name_field(here[0])}")
    if request.POST.get("action") == "stay":
        messages.success(request, SAVED)
        return redirect(request.path)
    following = find_neighbours(page.access.visible_definition, part)[1]
    return redirect(page.link("section", section=following.code) if following else page.link("check"))


def save_typed(
    request: SignedInRequest, access: SurveyAccess, typed: Mapping[str, TypedAnswer]
) -> SaveOutcome:
    """Save what is valid. Paging through an empty survey is not yet beginning it.

    Raises ActionRefused.
    """
    changes = [each.change for each in typed.values() if not each.errors]
    if access.response is None and all(change.value == BLANK for change in changes):
        return SaveOutcome()
    response = start_response(access.wave, organisation=access.organisation, by=request.user)
    return save_answers(response, changes=changes, by=request.user)


def show_section(
    request: SignedInRequest,
    page: SurveyPage,
    section: SectionDefinition,
    *,
    typed: Mapping[str, TypedAnswer] | None = None,
    conflicts: Collection[str] = (),
    notice: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form, or only the answers for who may not save; `typed` is what was sent but not saved."""
    sections = page.access.visible_definition.sections
    previous, following = find_neighbours(page.access.visible_definition, section)
    context = {
        "section": section,
        "position": sections.index(section) + 1,
        "total": len(sections),
        "previous": previous
        and {"title": previous.title, "url": page.link("section", section=previous.code)},
        "next": following and {"title": following.title, "url": page.link("section", section=following.code)},
        "last_saved": describe_last_saved(page.answers, section=section),
        "notice": notice,
        "refusal": refusal,
    }
    if page.access.may_save or typed is not None:
        fields = make_fields(
            section, definition=page.definition, stored=page.answers, typed=typed, conflicts=conflicts
        )
        context["fields"] = fields
        context["errors"] = [
            {"id": f"id_{each.name}", "message": f"Vraag {each.number}: {message}"}
            for each in fields
            for message in each.errors
        ]
        context["has_unsaved_words"] = bool(typed)
    else:
        context["answers"] = page.list_readable_sections(only=section)
    return page.render(request, "section", title=section.title, status=status, **context)


def find_neighbours(
    definition: Definition, section: SectionDefinition
) -> tuple[SectionDefinition | None, SectionDefinition | None]:
    """The sections before and after this one."""
    padded = [None, *definition.sections, None]
    position = padded.index(section)
    return padded[position - 1], padded[position + 1]


def describe_conflict(conflict: AnswerConflict) -> str:
    who = conflict.current.saved_by or "Een collega"
    return (
        f"{who} sloeg {describe_moment(conflict.current.saved_at)} een ander antwoord op. Uw antwoord is nog niet "
        "opgeslagen. Kies opnieuw “Opslaan” als uw antwoord moet blijven."
    )
