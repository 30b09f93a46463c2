"""Keeping the files that people hand in. A file that was handed in stays, also when another takes its place."""

import hashlib
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import AttachedFile
from surveys.questionnaire.queries import load_codes
from surveys.responses.evidence import attach, locate_evidence, open_evidence_dir
from surveys.responses.lifecycle.locking import lock_draft
from surveys.responses.models import EvidenceFile, Response
from surveys.responses.uploads import clean_name


@transaction.atomic
def keep_file(
    response: Response,
    *,
    question: str,
    upload: "UploadedFile[Any]",
    content_type: str,
    by: Person | None,
    at: datetime | None = None,
) -> AttachedFile:
    """Store a checked upload and return the reference that an answer holds; saving the answer is the trail of it.

    The same file sent twice at a question is one file. Raises WaveClosed and ResponseLocked.
    """
    at = at or timezone.now()
    response = lock_draft(response, at=at)
    question_id = load_codes(response.version).questions[question]
    copy, checksum = write_copy(upload)
    try:
        file, _ = EvidenceFile.objects.get_or_create(
            response=response,
            question_id=question_id,
            name=clean_name(upload.name or ""),
            checksum=checksum,
            defaults={
                "content_type": content_type,
                "size": upload.size or 0,
                "uploaded_at": at,
                "uploaded_by": by,
            },
        )
        copy.replace(locate_evidence(file))
    finally:
        copy.unlink(missing_ok=True)
    return attach(file)


def write_copy(upload: "UploadedFile[Any]") -> tuple[Path, str]:
    """A copy beside its final place, so that moving it there is one step, and its SHA-256 (hexadecimal)."""
    digest = hashlib.sha256()
    with NamedTemporaryFile(dir=open_evidence_dir(), prefix="incoming-", delete=False) as copy:
        for chunk in upload.chunks():
            digest.update(chunk)
            copy.write(chunk)
    return Path(copy.name), digest.hexdigest()
