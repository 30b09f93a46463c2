from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from practices.models import SavedCase
from practices.shortlist.access import access_public_case, access_saved_case
from practices.shortlist.contents import gather_shortlist
from practices.shortlist.files import FORMATS, NAME
from practices.shortlist.forms import NoteForm
from practices.shortlist.lifecycle import (
    ListRefused,
    move_case,
    put_back,
    remove_case,
    save_case,
    write_note,
)
from practices.shortlist.queries import load_shortlist
from surveys.accounts.access import SignedInRequest
from surveys.responses.unsaved import keep_unsaved_words

TITLE = "Mijn lijst"
BREADCRUMBS = (
    {"title": "Home", "url": "/"},
    {"title": "Praktijkvoorbeelden", "url": "/praktijkvoorbeelden/"},
    {"title": TITLE},
)
NOT_SAVED_YET = "U bent opnieuw ingelogd. Uw notitie staat er nog. Kies nog een keer ‘Notitie opslaan’."

View = Callable[..., HttpResponse]


def change_own_list(view: View) -> View:
    """A form of who is signed in; who is not any more signs in and comes back to the page with the button."""

    @never_cache
    @require_POST
    @wraps(view)
    def change(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(_find_way_back(request))
        return view(request, **kwargs)

    return change


@require_safe
@login_required
@never_cache
def show_shortlist(request: SignedInRequest) -> HttpResponse:
    return _render(request)


@change_own_list
def save_to_list(request: SignedInRequest) -> HttpResponse:
    """`voorbeeld` is the number of the page."""
    page = access_public_case(request.POST.get("voorbeeld", ""))
    try:
        save_case(page, by=request.user)
    except ListRefused as refusal:
        messages.error(request, str(refusal))
    else:
        link = reverse("shortlist:list")
        messages.success(
            request,
            format_html('‘{}’ staat op uw lijst. <a href="{}">Bekijk uw lijst</a>', page.title, link),
        )
    return redirect(_find_way_back(request))


@change_own_list
def remove_from_list(request: SignedInRequest, saved: int) -> HttpResponse:
    """The list itself offers to put it back; elsewhere the same button saves it again."""
    found = access_saved_case(request.user, saved)
    remove_case(found)
    back = _find_way_back(request)
    if back != reverse("shortlist:list"):
        messages.success(request, f"‘{found.shown_title}’ staat niet meer op uw lijst.")
    return redirect(back)


@change_own_list
def put_back_on_list(request: SignedInRequest, saved: int) -> HttpResponse:
    found = access_saved_case(request.user, saved)
    try:
        put_back(found)
    except ListRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"‘{found.shown_title}’ staat weer op uw lijst.")
    return redirect("shortlist:list")


@change_own_list
def move_on_list(request: SignedInRequest, saved: int) -> HttpResponse:
    found = access_saved_case(request.user, saved)
    move_case(found, up=request.POST.get("richting") == "omhoog")
    return redirect(f"{reverse('shortlist:list')}#voorbeeld-{found.pk}")


@require_POST
@never_cache
@keep_unsaved_words
def note_on_list(request: SignedInRequest, saved: int, *, is_own_form: bool) -> HttpResponse:
    """What was typed comes back when it cannot be saved, also when the case left the list meanwhile."""
    form = NoteForm(request.POST, auto_id=f"id_%s_{saved}")
    try:
        found = access_saved_case(request.user, saved)
        if not is_own_form:
            return _render(request, forms={found.pk: form}, refusal=NOT_SAVED_YET, status=403)
        if not form.is_valid():
            return _render(request, forms={found.pk: form}, status=422)
        write_note(found, form.cleaned_data["note"])
    except (Http404, ListRefused) as refusal:
        return _render(request, refusal=str(refusal), lost=request.POST.get("note", ""), status=404)
    messages.success(request, f"Uw notitie bij ‘{found.shown_title}’ is opgeslagen.")
    return redirect(f"{reverse('shortlist:list')}#voorbeeld-{found.pk}")


@require_safe
@login_required
def download_shortlist(request: SignedInRequest, file_format: str) -> HttpResponse:
    """No cache keeps it: it holds the owner's notes."""
    if file_format not in FORMATS:
        raise Http404("Dit soort bestand is er niet.")
    chosen = FORMATS[file_format]
    now = timezone.now()
    return HttpResponse(
        chosen.write(gather_shortlist(request.user, on=timezone.localdate(now)), at=now),
        headers={
            "Content-Type": chosen.content_type,
            "Content-Disposition": f'attachment; filename="{NAME}.{file_format}"',
            "Cache-Control": "private, no-store",
        },
    )


def _render(
    request: SignedInRequest,
    *,
    forms: dict[int, NoteForm] | None = None,
    refusal: str = "",
    lost: str = "",
    status: int = 200,
) -> HttpResponse:
    """`forms` are those that come back with what was typed; `lost` was typed for a case that is not there."""
    forms = forms or {}
    shortlist = load_shortlist(request.user)
    context = {
        "title": TITLE,
        "breadcrumbs": BREADCRUMBS,
        "rows": [
            {
                "saved": row,
                "form": forms.get(row.pk) or _note_form(row),
                "is_open": row.pk in forms or bool(row.note),
            }
            for row in shortlist.saved
        ],
        "removed": shortlist.removed,
        "can_compare": sum(row.public_page is not None for row in shortlist.saved) > 1,
        "formats": list(FORMATS.values()),
        "refusal": refusal,
        "lost": lost,
        "errors": [
            {"id": form["note"].id_for_label, "message": message}
            for form in forms.values()
            for message in form.errors.get("note", ())
        ],
    }
    return render(request, "practices/shortlist.html", context, status=status)


def _note_form(row: SavedCase) -> NoteForm:
    return NoteForm(initial={"note": row.note}, auto_id=f"id_%s_{row.pk}")


def _find_way_back(request: HttpRequest) -> str:
    """The page of this site that `terug` names, else the list."""
    back = request.POST.get("terug", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else reverse("shortlist:list")
