"""Deciding whether a text may be quoted, and in which words."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.coding.lifecycle.refusals import TextChanged
from surveys.coding.models import Redaction
from surveys.coding.personal_data import Span, redact
from surveys.coding.texts import select_texts
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer
from surveys.trail.recording import record


@transaction.atomic
def decide_quote(
    wave: Wave,
    *,
    question: str,
    answer_id: int,
    revision: int,
    may_be_quoted: bool,
    spans: Collection[Span] = (),
    by: Person | None,
    at: datetime | None = None,
) -> Redaction:
    """Keep the text without `spans`, and whether that may be quoted; deciding again replaces it.

    Raises TextChanged when the text is not (or no longer) what was shown.
    """
    at = at or timezone.now()
    text = _lock_text(wave, question=question, answer_id=answer_id, revision=revision)
    redaction, _ = Redaction.objects.update_or_create(
        answer=text,
        revision=revision,
        defaults={
            "may_be_quoted": may_be_quoted,
            "spans": [[span.start, span.end, span.kind] for span in sorted(spans)],
            "text": redact(text.text, spans=spans),
            "decided_at": at,
            "decided_by": by,
        },
    )
    record(
        text.response,
        "coding.decide_quote",
        by=by,
        at=at,
        question=question,
        text=answer_id,
        revision=revision,
        may_be_quoted=may_be_quoted,
        spans=len(spans),
    )
    return redaction


def _lock_text(wave: Wave, *, question: str, answer_id: int, revision: int) -> Answer:
    """The answer as it is now, with its response; another decision waits until this transaction ends."""
    Answer.objects.select_for_update().filter(pk=answer_id).first()
    texts = select_texts(wave, questions=[question]).select_related("response")
    text = texts.filter(pk=answer_id, revision=revision).first()
    if text is None:
        raise TextChanged
    return text
