"""The form of one section: the heart of filling in. Whatever happens, what was typed stays on the page."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.responses.access import UNKNOWN, SurveyAccess
from surveys.responses.buttons import CHOSEN, find_question_of, press_button, read_offer
from surveys.responses.fields import QuestionField, make_fields
from surveys.responses.forms import TypedAnswer, name_field, read_section, store_upload
from surveys.responses.lifecycle.refusals import ActionRefused, VersionChanged
from surveys.responses.lifecycle.saving import AnswerChange, SaveOutcome, save_answers, save_first_answers
from surveys.responses.lifecycle.starting import start_response
from surveys.responses.models import Response
from surveys.responses.pages import SurveyPage, describe_last_saved, open_page
from surveys.responses.progress import find_opened_questions
from surveys.responses.queries import OpenConflict
from surveys.responses.section_remarks import load_remarks
from surveys.responses.unsaved import keep_unsaved_words
from surveys.responses.wording import NOT_SAVED_YET, OPENED_QUESTION, READ_ONLY, SAVED
from surveys.teamwork.presence import list_present, note_presence
from surveys.teamwork.queries import list_colleagues


@keep_unsaved_words
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in_section(
    request: SignedInRequest, wave: str, organisation: str, section: str, *, is_own_form: bool
) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    part = find_section(page.access, section)
    if request.method != "POST":
        return show_section(request, page, part)
    if not page.access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    typed = read_section(part, request.POST, files=request.FILES, response=page.access.response)
    if not is_own_form:
        return show_section(request, page, part, typed=typed, notice=NOT_SAVED_YET, status=403)
    button, key = request.POST.get("action", ""), request.POST.get("key", "")
    asked_at = find_question_of(button, section=part)
    offer = read_offer(button, access=page.access) if asked_at else None
    try:
        response, outcome = save_typed(
            page.access, typed, key=key, version=request.POST.get("version", ""), by=request.user, offer=offer
        )
    except ActionRefused as refusal:
        # Somebody submitted the response, or the wave closed, while this was being typed.
        return show_section(request, page, part, typed=typed, refusal=str(refusal), status=409)
    if response and asked_at and offer is None:
        follow_button(request, response, button=button)
    mistakes = {code: each for code, each in typed.items() if each.errors}
    if mistakes or outcome.conflicts:
        page = open_page(request, wave=wave, organisation=organisation)
        status = 409 if outcome.conflicts else 422
        return show_section(request, page, part, typed=mistakes, conflicts=outcome.conflicts, status=status)
    if asked_at:
        return redirect(f"{request.path}#q-{asked_at}")
    return leave_section(request, page, part, typed=typed)


def leave_section(
    request: SignedInRequest,
    page: SurveyPage,
    section: SectionDefinition,
    *,
    typed: Mapping[str, TypedAnswer],
) -> HttpResponse:
    """To the next section; first back to this one when an answer opened a question that nobody has seen yet."""
    after = page.values | {code: each.value for code, each in typed.items()}
    opened = find_opened_questions(page.definition, before=page.values, after=after)
    here = [question for section_of, question in opened if section_of is section]
    if here and request.POST.get("routing") != "live":
        messages.info(request, OPENED_QUESTION)
        return redirect(f"{request.path}#id_{name_field(here[0])}")
    if request.POST.get("action") == "stay":
        messages.success(request, SAVED)
        return redirect(request.path)
    following = find_neighbours(page.access.visible_definition, section)[1]
    return redirect(page.link("section", section=following.code) if following else page.link("check"))


def follow_button(request: SignedInRequest, response: Response, *, button: str) -> None:
    """Do what a button at a question asks for, and tell how that went."""
    try:
        press_button(response, button=button, by=request.user)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, CHOSEN)


def find_section(access: SurveyAccess, code: str) -> SectionDefinition:
    """Raises Http404 for a section that does not exist, or not for this person."""
    for section in access.visible_definition.sections:
        if section.code == code:
            return section
    raise Http404(UNKNOWN)


def save_typed(
    access: SurveyAccess,
    typed: Mapping[str, TypedAnswer],
    *,
    key: str,
    version: str,
    by: Person,
    offer: AnswerChange | None = None,
) -> tuple[Response | None, SaveOutcome]:
    """Save what is valid. Paging through an empty survey is not yet beginning it.

    `key` is what the page called this save, `version` the number of the version that it showed, "" when it does not
    say so; an `offer` that was taken goes before what is in its field. Raises ActionRefused.
    """
    if version not in ("", str(access.version.number)):
        raise VersionChanged
    taken = [offer] if offer else []
    valid = [
        each
        for each in typed.values()
        if not each.errors and each.question.code not in {change.question for change in taken}
    ]
    is_empty = not taken and all(each.value == BLANK for each in valid)
    if (not taken and not valid) or (access.response is None and is_empty):
        return access.response, SaveOutcome()
    response = access.response
    if any(each.upload for each in valid):  # a file is kept in a response
        response = response or start_response(access.wave, organisation=access.organisation, by=by)
        valid = [store_upload(each, response=response, by=by) for each in valid]
    changes = [name_change(change, key=key) for change in [*taken, *(each.change for each in valid)]]
    if response is None:
        return save_first_answers(access.wave, organisation=access.organisation, changes=changes, by=by)
    return response, save_answers(response, changes=changes, by=by)


def name_change(change: AnswerChange, *, key: str) -> AnswerChange:
    """The same words in the same save have the same key; without a key every save is a new one.

    The words are part of it: who goes back in the browser and sends the same form with other words means those.
    """
    if not key:
        return change
    return replace(
        change, key=str(uuid5(NAMESPACE_URL, f"{key} {change.question} {json.dumps(change.value.as_dict())}"))
    )


def show_section(
    request: SignedInRequest,
    page: SurveyPage,
    section: SectionDefinition,
    *,
    typed: Mapping[str, TypedAnswer] | None = None,
    conflicts: Collection[OpenConflict] = (),
    notice: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form, or only the answers for who may not save.

    `typed` is what was sent but not saved, `conflicts` are those that this save led to.
    """
    sections = page.access.visible_definition.sections
    previous, following = find_neighbours(page.access.visible_definition, section)
    context: dict[str, Any] = {
        "section": section,
        "position": sections.index(section) + 1,
        "total": len(sections),
        "previous": previous
        and {"title": previous.title, "url": page.link("section", section=previous.code)},
        "next": following and {"title": following.title, "url": page.link("section", section=following.code)},
        "last_saved": describe_last_saved(page.answers, section=section),
        "colleagues": describe_colleagues(page.access, section=section, reader=request.user),
        "notice": notice,
        "refusal": refusal,
    }
    if page.access.may_save or typed is not None:
        fields = make_fields(
            section,
            definition=page.definition,
            stored=page.answers,
            typed=typed,
            remarks=load_remarks(page, section=section),
            link_file=lambda number: page.link("evidence", number=number),
        )
        context |= {
            "fields": fields,
            "has_files": any(field.kind == "file" for field in fields),
            "errors": list_problems(fields, new_conflicts={each.id for each in conflicts}),
            "has_unsaved_words": bool(typed),
            "key": uuid4(),
            "autosave_url": page.link("autosave", section=section.code),
        }
    else:
        context["answers"] = page.list_readable_sections(only=section)
    return page.render(request, "section", title=section.title, status=status, **context)


def list_problems(fields: list[QuestionField], *, new_conflicts: Collection[int]) -> list[dict[str, str]]:
    """For components/error_summary.html; a conflict that was already there stands at its question only."""
    problems = []
    for field in fields:
        problems += [
            {"id": f"id_{field.name}", "message": f"Vraag {field.number}: {message}"}
            for message in field.errors
        ]
        problems += [
            {
                "id": each.id,
                "message": f"Vraag {field.number}: er zijn nu twee antwoorden. Kies welk antwoord blijft.",
            }
            for each in field.remarks.conflicts
            if each.conflict_id in new_conflicts
        ]
    return problems


def describe_colleagues(access: SurveyAccess, *, section: SectionDefinition, reader: Person) -> str:
    """Who else has this section open now; the reader is from now on one of them for the others."""
    note_presence(access.wave, organisation=access.organisation, person=reader, section=section.code)
    others = [
        str(each.membership.person)
        for each in list_present(list_colleagues(access.organisation), wave=access.wave)
        if each.section == section.code and each.membership.person_id != reader.pk
    ]
    return f"Nu ook in dit onderdeel: {', '.join(others)}." if others else ""


def find_neighbours(
    definition: Definition, section: SectionDefinition
) -> tuple[SectionDefinition | None, SectionDefinition | None]:
    """The sections before and after this one."""
    padded = [None, *definition.sections, None]
    position = padded.index(section)
    return padded[position - 1], padded[position + 1]
