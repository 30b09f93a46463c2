"""Notes of the team at one question."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from surveys.accounts.access import SignedInRequest
from surveys.teamwork.access import access_note, access_question
from surveys.teamwork.forms import NoteForm
from surveys.teamwork.lifecycle.locking import TeamActionRefused
from surveys.teamwork.lifecycle.notes import delete_note, write_note
from surveys.teamwork.pages import open_team
from surveys.teamwork.queries import list_notes


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_notes(request: SignedInRequest, wave: str, organisation: str, question: str) -> HttpResponse:
    page = open_team(request, wave=wave, organisation=organisation)
    team = page.team
    section, asked = access_question(team, question)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        write_note(
            team.wave,
            organisation=team.organisation,
            question=asked.code,
            text=form.cleaned_data["text"],
            by=request.user,
        )
        messages.success(request, "Uw notitie staat erbij.")
        return redirect(request.path)
    notes = list_notes(team.wave, organisation=team.organisation, question=asked.code)
    return page.render(
        request,
        "notes",
        title="Notities",
        status=422 if form.errors else 200,
        question=asked,
        section=section,
        section_url=page.link("responses:section", section=section.code),
        notes=[
            {
                "note": note,
                "delete_url": page.link("teamwork:delete_note", question=asked.code, note=note.pk)
                if note.written_by_id == request.user.pk
                else "",
            }
            for note in notes
        ],
        form=form,
    )


@require_POST
@login_required
def remove_note(
    request: SignedInRequest, wave: str, organisation: str, question: str, note: int
) -> HttpResponse:
    page = open_team(request, wave=wave, organisation=organisation)
    try:
        delete_note(access_note(page.team, note, question=question), by=request.user)
    except TeamActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Uw notitie is weg.")
    return redirect(page.link("teamwork:notes", question=question))
