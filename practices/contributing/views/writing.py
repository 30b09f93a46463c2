"""The form of a contribution, with and without a script. Whatever happens, what was typed stays on the page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from practices.contributing.access import ContributionAccess, access_contribution
from practices.contributing.forms import BEGUN, ContributionForm, put_values, read_begun
from practices.contributing.lifecycle.refusals import ContributionRefused
from practices.contributing.lifecycle.writing import SaveOutcome, save_words
from practices.contributing.merging import take_print
from practices.contributing.parts import PARTS, SECTIONS, Value
from practices.contributing.readiness import assess
from practices.contributing.reading import describe_value
from practices.contributing.values import read_values
from practices.contributing.views.furniture import render_own
from practices.contributing.wording import (
    NOT_SAVED_YET,
    READ_ONLY,
    SAVED,
    SOMEBODY_ELSE,
    WORDS_STAY,
    describe_completeness,
)
from surveys.accounts.access import SignedInRequest
from surveys.responses.pages import describe_moment
from surveys.responses.unsaved import confirm_own_form, keep_unsaved_words

KEEP, TAKE = "houd", "neem"
SIGNED_OUT = (
    'Wat u typte, is niet weg: het staat nog op deze pagina. <a href="{}" target="_blank" rel="noopener">Log in op '
    "een nieuw tabblad</a> en kom hier terug. Dan slaan we het alsnog op."
)
SIGNED_IN_AGAIN = "Wat u typte, staat nog op deze pagina. We slaan het zo op."
NO_ACCESS = f"{WORDS_STAY} Vraag de coördinator van uw organisatie om toegang."


@dataclass(frozen=True)
class PartField:
    """One part in the form: `begun` is the fingerprint of what it started from, `conflict` what to choose from."""

    field: BoundField
    begun_name: str
    begun: str
    conflict: dict[str, str] | None


@keep_unsaved_words
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, contribution: int, *, is_own_form: bool) -> HttpResponse:
    access = access_contribution(request.user, contribution)
    if request.method != "POST":
        if not access.may_write:
            return redirect("contributing:contribution", contribution)
        return show_form(request, access)
    if not access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    if not is_own_form:
        return show_form(request, access, data=request.POST, notice=NOT_SAVED_YET, status=403)
    begun, data = follow_choice(access, request.POST)
    form = ContributionForm(data)
    try:
        outcome = save_words(access.contribution, typed=form.typed, begun=begun, by=request.user)
    except ContributionRefused as refusal:
        return show_form(request, access, data=data, refusal=str(refusal), status=409)
    if form.errors or outcome.conflicts:
        access = access_contribution(request.user, contribution)
        status = 409 if outcome.conflicts else 422
        return show_form(request, access, data=data, outcome=outcome, begun=begun, status=status)
    if request.POST.get("action") == "next":
        return redirect("contributing:contribution", contribution)
    messages.success(request, SAVED)
    return redirect(request.path)


def follow_choice(access: ContributionAccess, data: QueryDict) -> tuple[dict[str, str], QueryDict]:
    """What a button at two texts asks for: `houd:<part>:<fingerprint of the other>`, or `neem:<part>:…`.

    Keeping the own text means: it starts from the colleague's. Taking theirs means: nothing else was typed.
    """
    begun = read_begun(data)
    choice, _, rest = data.get("action", "").partition(":")
    name, _, seen = rest.partition(":")
    if name in PARTS and choice == KEEP:
        begun[name] = seen
    elif name in PARTS and choice == TAKE:
        stored = read_values(access.contribution)[name]
        begun[name] = take_print(stored)
        data = put_values(data, {name: stored})
    return begun, data


def show_form(
    request: SignedInRequest,
    access: ContributionAccess,
    *,
    data: QueryDict | None = None,
    outcome: SaveOutcome | None = None,
    begun: Mapping[str, str] | None = None,
    notice: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """`data` is what was sent and not stored; with an `outcome` only the parts that could not be."""
    contribution = access.contribution
    stored = outcome.values if outcome else read_values(contribution)
    conflicts = outcome.conflicts if outcome else frozenset()
    form = ContributionForm(data, values=stored)
    if data is not None and outcome is not None:
        kept = {*conflicts, *form.errors}
        form = ContributionForm(
            put_values(data, {name: value for name, value in stored.items() if name not in kept}),
        )
        starts = {name: (begun or {}).get(name, "") for name in kept}
    else:
        starts = read_begun(data) if data is not None else {}
    return render_own(
        request,
        "write",
        access=access,
        title="Schrijven",
        status=status,
        form=form,
        problems=list_form_problems(form, conflicts) if data is not None else [],
        sections=[
            {
                "title": title,
                "parts": [
                    PartField(
                        form[name],
                        f"{BEGUN}{name}",
                        starts.get(name) or take_print(stored[name]),
                        describe_conflict(access, name, stored) if name in conflicts else None,
                    )
                    for name in names
                ],
            }
            for title, names in SECTIONS
        ],
        meter=describe_completeness(assess(contribution, stored)),
        autosave_url=reverse("contributing:autosave", args=[contribution.pk]),
        last_saved=describe_last_saved(access),
        notice=notice,
        refusal=refusal,
        words_stay=WORDS_STAY,
    )


def list_form_problems(form: ContributionForm, conflicts: Collection[str]) -> list[dict[str, str]]:
    return [
        *form.problems,
        *(
            {
                "id": f"conflict-{name}",
                "message": f"{form[name].label}: er zijn nu twee teksten. Kies welke blijft.",
            }
            for name in PARTS
            if name in conflicts
        ),
    ]


def describe_conflict(access: ContributionAccess, name: str, stored: Mapping[str, Value]) -> dict[str, str]:
    """For practices/contributing/conflict.html."""
    contribution = access.contribution
    seen = take_print(stored[name])
    return {
        "id": f"conflict-{name}",
        "by": str(contribution.saved_by or SOMEBODY_ELSE),
        "moment": describe_moment(contribution.saved_at),
        "words": describe_value(name, stored[name]) or "(leeg)",
        "keep_value": f"{KEEP}:{name}:{seen}",
        "take_value": f"{TAKE}:{name}:{seen}",
    }


def describe_last_saved(access: ContributionAccess) -> str:
    contribution = access.contribution
    by = f" door {contribution.saved_by}" if contribution.saved_by else ""
    return f"Opgeslagen {describe_moment(contribution.saved_at)}{by}"


# --- For static/js/form-autosave.js: every answer is JSON, so that the page can keep its words ---


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def autosave(request: HttpRequest, contribution: int) -> JsonResponse:
    if not request.user.is_authenticated:
        body = format_html(SIGNED_OUT, reverse("account_login"))
        return refuse("U bent uitgelogd.", body, status=401, may_resume=True)
    signed_in = cast(SignedInRequest, request)
    try:
        access = access_contribution(signed_in.user, contribution)
    except Http404:
        return refuse("U heeft geen toegang (meer) tot dit voorbeeld.", NO_ACCESS, status=404)
    if not access.has_writing_role:
        return refuse(READ_ONLY, NO_ACCESS, status=403)
    if request.method != "POST":
        return JsonResponse({"person": signed_in.user.pk, "token": get_token(request)})
    if confirm_own_form(request).status_code != 200:
        return refuse("U bent opnieuw ingelogd.", SIGNED_IN_AGAIN, status=403, may_resume=True)
    return save_sent(signed_in, access)


def save_sent(request: SignedInRequest, access: ContributionAccess) -> JsonResponse:
    form, begun = ContributionForm(request.POST), read_begun(request.POST)
    try:
        outcome = save_words(access.contribution, typed=form.typed, begun=begun, by=request.user)
    except ContributionRefused as refusal:
        return refuse(str(refusal), WORDS_STAY, status=409)
    access = access_contribution(request.user, access.contribution.pk)
    meter = describe_completeness(assess(access.contribution, outcome.values))
    return JsonResponse(
        {
            "saved_at": f"{timezone.localtime():%H:%M}",
            "meter": render_to_string("practices/contributing/completeness.html", {"meter": meter}),
            "parts": {name: describe_part(access, name, form, outcome) for name in PARTS},
        }
    )


def describe_part(
    access: ContributionAccess, name: str, form: ContributionForm, outcome: SaveOutcome
) -> dict[str, Any]:
    """`begun` is what the words in the page now start from, null when that did not move."""
    conflict = describe_conflict(access, name, outcome.values) if name in outcome.conflicts else None
    return {
        "begun": take_print(outcome.values[name]) if name in outcome.saved else None,
        "error": " ".join(str(error) for error in form.errors.get(name, ())),
        "conflict": render_to_string("practices/contributing/conflict.html", {"conflict": conflict})
        if conflict
        else "",
    }


def refuse(title: str, body: str, *, status: int, may_resume: bool = False) -> JsonResponse:
    """`may_resume` is true when the page can go on by itself once its reader has signed in again."""
    notice = render_to_string("components/notice.html", {"kind": "error", "title": title, "body": body})
    return JsonResponse({"refusal": notice, "may_resume": may_resume}, status=status)
