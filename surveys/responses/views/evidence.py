"""Fetching a file that was handed in as evidence, for the organisation's own people."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from surveys.accounts.access import SignedInRequest
from surveys.responses.access import access_survey
from surveys.responses.evidence import UNKNOWN_FILE, access_evidence, serve_evidence


@require_safe
@login_required
def fetch_evidence(request: SignedInRequest, wave: str, organisation: str, number: int) -> FileResponse:
    """Also a file that another one replaced: whoever sees the section may look back."""
    access = access_survey(request.user, wave_code=wave, organisation_code=organisation)
    file = access_evidence(access.response, number=number)
    if not access.may_see(file.question.section.code):
        raise Http404(UNKNOWN_FILE)
    return serve_evidence(file)
