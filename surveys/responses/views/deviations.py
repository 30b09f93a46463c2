"""What a region answers for some of its municipalities instead of its general answer, question by question."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from surveys.accounts.access import SignedInRequest
from surveys.questionnaire.answer_values import BLANK, AnswerState
from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.responses.access import UNKNOWN
from surveys.responses.buttons import press_button
from surveys.responses.fields import QuestionField, make_fields
from surveys.responses.forms import TypedAnswer, name_revision, read_question, read_revision
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.saving import AnswerChange, SaveOutcome, save_answers
from surveys.responses.models import Response
from surveys.responses.on_behalf import Standing, Statement, may_deviate
from surveys.responses.pages import MUNICIPALITIES_FIELD, SurveyPage, describe_moment, open_page
from surveys.responses.queries import StoredAnswer, list_covered, load_deviations
from surveys.responses.region_queries import load_statements
from surveys.responses.remarks import describe_conflict
from surveys.responses.unsaved import keep_unsaved_words
from surveys.responses.views.section import name_change
from surveys.responses.wording import NOT_SAVED_YET, READ_ONLY, describe_answer


@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def edit_deviations(
    request: SignedInRequest, wave: str, organisation: str, question: str, *, is_own_form: bool
) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    part = find_deviating_section(page, question)
    asked = page.definition.questions[question]
    if request.method != "POST":
        chosen = request.GET.getlist(MUNICIPALITIES_FIELD)
        return show_deviations(request, page, part, asked, chosen=chosen)
    if not page.access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    chosen = request.POST.getlist(MUNICIPALITIES_FIELD)
    covered = {each.municipality_id for each in list_covered(page.access.response)}
    response = page.access.response
    if response is None or not covered.issuperset(chosen):
        raise Http404(UNKNOWN)
    typed = (
        read_question(asked, request.POST, files=request.FILES, response=response)
        if name_revision(asked) in request.POST
        else None
    )
    if not is_own_form:
        return show_deviations(
            request, page, part, asked, chosen=chosen, typed=typed, refusal=NOT_SAVED_YET, status=403
        )
    errors = check_form(request, typed=typed, chosen=chosen)
    if errors:
        return show_deviations(
            request, page, part, asked, chosen=chosen, typed=typed, errors=errors, status=422
        )
    try:
        outcome = take_step(request, response, asked, typed=typed, chosen=chosen)
    except ActionRefused as refusal:
        return show_deviations(
            request, page, part, asked, chosen=chosen, typed=typed, refusal=str(refusal), status=409
        )
    if outcome.conflicts:
        refusal_text = "Een collega wijzigde dit antwoord intussen. Kies hieronder welk antwoord blijft."
        return show_deviations(request, page, part, asked, chosen=(), refusal=refusal_text, status=409)
    messages.success(request, "Uw wijziging is opgeslagen.")
    return redirect(request.path)


def find_deviating_section(page: SurveyPage, question: str) -> SectionDefinition:
    """Raises Http404 for a municipality, and for a question that does not exist, or not for this person."""
    for section in page.access.visible_definition.sections:
        for each in section.questions:
            if each.code == question and may_deviate(each) and page.access.is_region:
                return section
    raise Http404(UNKNOWN)


def check_form(
    request: SignedInRequest, *, typed: TypedAnswer | None, chosen: Collection[str]
) -> dict[str, list[str]]:
    """What is wrong, for `gemeente` and `antwoord`; only the form with a new answer can be wrong."""
    if request.POST.get("action") != "save":
        return {}
    if typed is None:
        raise Http404(UNKNOWN)
    problems = {}
    if not chosen:
        problems[MUNICIPALITIES_FIELD] = ["Kies voor welke gemeenten dit antwoord geldt."]
    if typed.errors:
        problems["antwoord"] = typed.errors
    elif typed.value == BLANK:
        problems["antwoord"] = ["Vul in wat er voor deze gemeenten anders is."]
    return problems


def take_step(
    request: SignedInRequest,
    response: Response,
    question: QuestionDefinition,
    *,
    typed: TypedAnswer | None,
    chosen: Collection[str],
) -> SaveOutcome:
    """Save or remove deviations, or choose between two. Raises ActionRefused, and Http404 for no such button."""
    action = request.POST.get("action", "")
    if action.split()[1:2] == [question.code]:
        press_button(response, button=action, by=request.user)
        return SaveOutcome()
    if action not in ("save", "remove"):
        raise Http404(UNKNOWN)
    seen = dict(mark.partition("-")[::2] for mark in request.POST.getlist("seen"))
    value = typed.value if action == "save" and typed else BLANK
    changes = [
        AnswerChange(question.code, value, read_revision(seen.get(code, "")), municipality=code)
        for code in dict.fromkeys(chosen)
    ]
    key = request.POST.get("key", "")
    return save_answers(
        response,
        changes=[name_change(each, key=f"{key} {each.municipality}") if key else each for each in changes],
        by=request.user,
    )


def show_deviations(
    request: SignedInRequest,
    page: SurveyPage,
    section: SectionDefinition,
    question: QuestionDefinition,
    *,
    chosen: Collection[str],
    typed: TypedAnswer | None = None,
    errors: Mapping[str, list[str]] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    errors = errors or {}
    response = page.access.response
    names = {each.municipality_id: each.name for each in list_covered(response)}
    deviations = load_deviations(response) if response else {}
    statements = load_statements(response, municipality_codes=names) if response else {}
    of_question = {
        code: deviations[question.code, code] for code in names if (question.code, code) in deviations
    }
    contested = {(each.question, each.municipality) for each in page.conflicts}
    edited = of_question.get(next(iter(chosen), "")) if typed is None else None
    field = make_field(page, section, question, stored=edited, typed=typed, errors=errors.get("antwoord", []))
    general = page.values.get(question.code)
    return page.render(
        request,
        "region_deviations",
        title="Afwijkingen",
        status=status,
        section=section,
        section_url=f"{page.link('section', section=section.code)}#{field.name}",
        question=question,
        general=describe_answer(question, general),
        field=field,
        key=uuid4(),
        name=MUNICIPALITIES_FIELD,
        options=[{"value": code, "label": name, "checked": code in chosen} for code, name in names.items()],
        seen=[f"{code}-{answer.revision}" for code, answer in of_question.items()],
        items=[
            describe_deviation(page, code, name=names[code], question=question, answer=answer)
            for code, answer in of_question.items()
            if answer.value.state is not AnswerState.BLANK or (question.code, code) in contested
        ],
        follow_ups=list_follow_ups(page, question, names=names, statements=statements),
        disputes=list_disputes(question, names=names, statements=statements),
        municipality_errors=errors.get(MUNICIPALITIES_FIELD, []),
        errors=[
            {
                "id": f"id_{MUNICIPALITIES_FIELD if key == MUNICIPALITIES_FIELD else field.name}",
                "message": each,
            }
            for key, found in errors.items()
            for each in found
        ],
        refusal=refusal,
    )


def make_field(
    page: SurveyPage,
    section: SectionDefinition,
    question: QuestionDefinition,
    *,
    stored: StoredAnswer | None,
    typed: TypedAnswer | None,
    errors: list[str],
) -> QuestionField:
    """The question as on its section's page, but always asked: for which municipalities is chosen beside it."""
    fields = make_fields(
        section,
        definition=page.definition,
        stored={question.code: stored} if stored else {},
        typed={question.code: replace(typed, errors=errors)} if typed else None,
    )
    field = next(each for each in fields if each.code == question.code)
    return replace(field, is_hidden=False, ask_if_json="")


def describe_deviation(
    page: SurveyPage, code: str, *, name: str, question: QuestionDefinition, answer: StoredAnswer
) -> dict[str, Any]:
    by = f" door {answer.saved_by}" if answer.saved_by else ""
    return {
        "code": code,
        "name": name,
        "answer": describe_answer(question, answer.value),
        "is_removed": answer.value.state is AnswerState.BLANK,
        "saved": f"Opgeslagen {describe_moment(answer.saved_at)}{by}",
        "seen": f"{code}-{answer.revision}",
        "conflicts": [
            describe_conflict(question, each)
            for each in page.conflicts
            if (each.question, each.municipality) == (question.code, code)
        ],
    }


def list_follow_ups(
    page: SurveyPage,
    question: QuestionDefinition,
    *,
    names: Mapping[str, str],
    statements: Mapping[str, Collection[Statement]],
) -> list[dict[str, str]]:
    """The questions that deviating answers to this one lead to and that have no answer for the municipality."""
    return [
        {
            "name": names[code],
            "question": each.question.text,
            "url": page.link_deviation(each.question, municipality=code),
        }
        for code, found in statements.items()
        if any(each.question == question and each.is_deviation for each in found)
        for each in found
        if each.answer is None
        and may_deviate(each.question)
        and any(condition.question == question.code for condition in each.question.conditions)
    ]


def list_disputes(
    question: QuestionDefinition, *, names: Mapping[str, str], statements: Mapping[str, Collection[Statement]]
) -> list[dict[str, str]]:
    """What municipalities hold against the answer to this question."""
    return [
        {"name": names[code], "reason": each.position.reason}
        for code, found in statements.items()
        for each in found
        if each.question == question and each.standing is Standing.DISPUTED and each.position
    ]
