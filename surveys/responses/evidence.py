"""Where evidence is: a closed folder outside MEDIA, each file under the number of its row."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404

from surveys.questionnaire.answer_values import AttachedFile
from surveys.responses.models import EvidenceFile, Response

UNKNOWN_FILE = "Dit bestand bestaat niet."


def open_evidence_dir() -> Path:
    """The folder, made at first use and readable for the site's own system user only."""
    folder = Path(settings.EVIDENCE_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def locate_evidence(file: EvidenceFile) -> Path:
    return open_evidence_dir() / str(file.pk)


def load_evidence(response: Response, *, question: str) -> dict[int, AttachedFile]:
    """Every file that was ever handed in at this question, by its id; also those that were replaced."""
    files = EvidenceFile.objects.filter(response=response, question__code=question)
    return {file.pk: attach(file) for file in files}


def attach(file: EvidenceFile) -> AttachedFile:
    return AttachedFile(id=file.pk, name=file.name, size=file.size, checksum=file.checksum)


def access_evidence(response: Response | None, *, number: int) -> EvidenceFile:
    """The file with this number, if it was handed in with this response. Raises Http404."""
    file = (
        EvidenceFile.objects.filter(response=response, pk=number).select_related("question__section").first()
    )
    if file is None:
        raise Http404(UNKNOWN_FILE)
    return file


def serve_evidence(file: EvidenceFile) -> FileResponse:
    """As a download that no browser shows or runs as a page. Raises Http404 when the file itself is gone."""
    try:
        content = locate_evidence(file).open("rb")
    except FileNotFoundError:
        raise Http404(UNKNOWN_FILE) from None
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
