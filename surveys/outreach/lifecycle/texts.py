from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import MailTemplate
from surveys.outreach.placeholders import list_template_problems
from surveys.outreach.purposes import RULES
from surveys.questionnaire.models import Wave
from surveys.trail.recording import record


@transaction.atomic
def edit_text(
    wave: Wave, *, purpose: str, subject: str, body: str, by: Person | None = None, at: datetime | None = None
) -> MailTemplate:
    """Say what the mails of this wave say. Raises OutreachRefused with every problem, one per argument."""
    at = at or timezone.now()
    subject, body = subject.strip(), body.replace("\r\n", "\n").strip()
    rules = RULES[purpose]
    problems = list_template_problems(
        subject=subject, body=body, allowed=rules.allowed, required=rules.required
    )
    if problems:
        raise OutreachRefused(*problems)
    text, _ = MailTemplate.objects.update_or_create(
        wave=wave,
        purpose=purpose,
        defaults={"subject": subject, "body": body, "edited_at": at, "edited_by": by},
    )
    record(wave, "outreach.edit_text", by=by, at=at, purpose=purpose)
    return text
