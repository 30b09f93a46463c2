"""Notes among colleagues. They stand in the team's own table, which no count, file or receipt reads."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Organisation, Person
from surveys.questionnaire.models import Wave
from surveys.teamwork.lifecycle.locking import TeamActionRefused
from surveys.teamwork.models import Note
from surveys.trail.recording import record


@transaction.atomic
def write_note(
    wave: Wave,
    *,
    organisation: Organisation,
    question: str,
    text: str,
    by: Person,
    at: datetime | None = None,
) -> Note:
    at = at or timezone.now()
    note = Note.objects.create(
        wave=wave, organisation=organisation, question=question, text=text, written_at=at, written_by=by
    )
    record(organisation, "team.write_note", by=by, at=at, wave=wave.code, question=question)
    return note


@transaction.atomic
def delete_note(note: Note, *, by: Person, at: datetime | None = None) -> None:
    """Raises TeamActionRefused for a note that somebody else wrote."""
    if note.written_by_id != by.pk:
        raise TeamActionRefused("U kunt alleen uw eigen notities weghalen.")
    note.delete()
    record(
        note.organisation,
        "team.delete_note",
        by=by,
        at=at or timezone.now(),
        wave=note.wave.code,
        question=note.question,
    )
