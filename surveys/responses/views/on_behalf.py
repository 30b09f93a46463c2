"""What a municipality reads and says of the answers that its youth region gives in its name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from surveys.accounts.access import SignedInRequest
from surveys.questionnaire.queries import load_definition
from surveys.responses.access import UNKNOWN
from surveys.responses.corrections import list_corrections, map_correction_lines
from surveys.responses.lifecycle.positions import (
    confirm_answers,
    dispute_answer,
    end_dispute,
    give_back_section,
    take_over_section,
)
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import Response
from surveys.responses.on_behalf import SeenAnswer, Standing, Statement
from surveys.responses.pages import SurveyPage, describe_moment, open_page
from surveys.responses.reason_forms import DisputeForm
from surveys.responses.region_pages import count_waiting
from surveys.responses.region_queries import find_region_response, list_taken_over, load_statements
from surveys.responses.unsaved import keep_unsaved_words
from surveys.responses.wording import READ_ONLY, describe_answer

TITLE = "Namens uw gemeente"
SIGNED_IN_AGAIN = "U bent opnieuw ingelogd. Kies nog een keer wat u wilt doen."
# Kind and label for components/status_tag.html.
STANDING_TAGS = {
    None: ("closed", "Nog geen antwoord"),
    Standing.UNSEEN: ("todo", "Nog te bekijken"),
    Standing.CHANGED: ("busy", "Gewijzigd sinds u keek"),
    Standing.CONFIRMED: ("done", "Akkoord"),
    Standing.DISPUTED: ("query", "Niet akkoord"),
    Standing.OWN: ("closed", "Zelf ingevuld"),
}


@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def show_on_behalf(
    request: SignedInRequest, wave: str, organisation: str, *, is_own_form: bool
) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    regional = find_region_response(page.access.wave, municipality_code=page.access.organisation.code)
    if page.access.is_region or regional is None:
        raise Http404(UNKNOWN)
    if request.method != "POST":
        return show_statements(request, page, regional)
    if not page.access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    seen = read_seen(page, regional, request)
    forms = {}
    if request.POST.get("action") == "dispute":
        forms = {code: DisputeForm(request.POST, prefix=code) for code in seen}
    if not is_own_form:
        return show_statements(request, page, regional, forms=forms, refusal=SIGNED_IN_AGAIN, status=403)
    if not all(form.is_valid() for form in forms.values()):
        return show_statements(request, page, regional, forms=forms, status=422)
    try:
        message = take_step(request, page, regional, seen=seen, forms=forms)
    except ActionRefused as refusal:
        return show_statements(request, page, regional, forms=forms, refusal=str(refusal), status=409)
    messages.success(request, message)
    return redirect(f"{request.path}#{request.POST.get('section', '')}")


def read_seen(page: SurveyPage, regional: Response, request: SignedInRequest) -> dict[str, SeenAnswer]:
    """What the person looked at, by question code: sent as "<question> <mark>", one for each answer.

    Raises Http404 for a question or section that this person may not see.
    """
    visible = [each for each in load_definition(regional.version).sections if page.access.may_see(each.code)]
    codes = {question.code for section in visible for question in section.questions}
    seen = {}
    for sent in request.POST.getlist("seen"):
        code, _, mark = sent.partition(" ")
        seen[code] = SeenAnswer.parse(mark)
    if not seen.keys() <= codes or request.POST.get("section") not in {each.code for each in visible}:
        raise Http404(UNKNOWN)
    return seen


def take_step(
    request: SignedInRequest,
    page: SurveyPage,
    regional: Response,
    *,
    seen: Mapping[str, SeenAnswer],
    forms: Mapping[str, DisputeForm],
) -> str:
    """Do what the button says; returns what to tell. Raises ActionRefused, and Http404 for no such button."""
    whose: dict[str, Any] = {"municipality": page.access.organisation.code, "by": request.user}
    section = request.POST["section"]
    match request.POST.get("action"), list(seen.items()):
        case "confirm", [_, *_]:
            number = confirm_answers(regional, seen=seen, **whose)
            return f"U gaat akkoord met {number} antwoorden." if number != 1 else "U gaat akkoord."
        case "dispute", [(code, mark)]:
            reason = forms[code].cleaned_data["reason"]
            dispute_answer(regional, question=code, seen=mark, reason=reason, **whose)
            return "Uw bezwaar is opgeslagen. Dit antwoord telt niet mee voor uw gemeente."
        case "end", [(code, mark)]:
            end_dispute(regional, question=code, seen=mark, **whose)
            return "U gaat toch akkoord. Dit antwoord telt weer mee voor uw gemeente."
        case "take_over", _:
            take_over_section(regional, section=section, **whose)
            return "U vult dit onderdeel zelf in. U vindt het in de vragenlijst van uw gemeente."
        case "give_back", _:
            give_back_section(regional, section=section, **whose)
            return "Uw jeugdregio antwoordt weer voor dit onderdeel."
    raise Http404(UNKNOWN)


def show_statements(
    request: SignedInRequest,
    page: SurveyPage,
    regional: Response,
    *,
    forms: Mapping[str, DisputeForm] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """`forms` hold the reasons that were typed but not saved, by question code."""
    forms = forms or {}
    municipality = page.access.organisation.code
    statements = load_statements(regional, municipality_codes=[municipality])[municipality]
    taken_over = list_taken_over(regional, municipality_codes=[municipality])[municipality]
    may_act = page.access.is_open and page.access.has_writing_role
    corrections = map_correction_lines(
        [each for each in list_corrections(regional) if each.key[1] in ("", municipality)]
    )
    sections = [
        {
            "section": section,
            "is_taken_over": section.code in taken_over,
            "url": page.link("section", section=section.code)
            if any(each.code == section.code for each in page.definition.sections)
            else "",
            "items": [
                describe_statement(
                    each,
                    form=forms.get(each.question.code),
                    may_act=may_act,
                    corrections=corrections.get(each.question.code, []),
                )
                for each in statements
                if each.section == section
            ],
            "waiting": [
                f"{each.question.code} {each.current}"
                for each in statements
                if each.section == section and each.waits
            ],
        }
        for section in load_definition(regional.version).sections
        if page.access.may_see(section.code)
    ]
    return page.render(
        request,
        "region_on_behalf",
        title=TITLE,
        status=status,
        region=regional.organisation,
        is_submitted=regional.status == Response.Status.SUBMITTED,
        sections=sections,
        waiting=count_waiting(
            sum(each.waits for each in statements if page.access.may_see(each.section.code))
        ),
        may_act=may_act,
        refusal=refusal,
        errors=[
            {"id": form["reason"].id_for_label, "message": str(message)}
            for form in forms.values()
            if form.is_bound
            for message in form.errors.get("reason", ())
        ],
    )


def describe_statement(
    statement: Statement, *, form: DisputeForm | None, may_act: bool, corrections: Sequence[str]
) -> dict[str, Any]:
    """For components/statement.html; `corrections` say what researchers changed in the region's answer."""
    code, standing, position = statement.question.code, statement.standing, statement.position
    is_disputed = standing is Standing.DISPUTED
    kind, label = STANDING_TAGS[standing]
    return {
        "code": code,
        "question": statement.question.text,
        "answer": describe_answer(statement.question, statement.answer.value if statement.answer else None),
        "is_deviation": statement.is_deviation,
        "corrections": corrections,
        "kind": kind,
        "label": f"{label}, gewijzigd sinds u keek" if is_disputed and statement.is_changed else label,
        "reason": position.reason if is_disputed and position else "",
        "taken": f"{position.taken_by or 'Een collega'}, {describe_moment(position.taken_at)}"
        if position and standing is not Standing.OWN
        else "",
        "seen": f"{code} {statement.current}",
        "may_confirm": may_act and statement.waits,
        "may_end": may_act and is_disputed and statement.answer is not None,
        "form": (form or DisputeForm(prefix=code))
        if may_act and (statement.waits or standing is Standing.CONFIRMED)
        else None,
        "is_open": form is not None,
    }
