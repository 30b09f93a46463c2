from typing import Any

from django.http import FileResponse, HttpRequest

from surveys.fieldwork.views import ResponseView
from surveys.responses.evidence import access_evidence, serve_evidence
from surveys.trail.recording import record


class EvidenceView(ResponseView):
    """A file that an organisation handed in. Whoever fetches it leaves a line in the audit log."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        file = access_evidence(self.response, number=kwargs["number"])
        record(self.response, "fieldwork.read", by=self.person)
        return serve_evidence(file)
