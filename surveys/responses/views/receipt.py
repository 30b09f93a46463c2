"""The receipt of every submission, to read and to keep, and whether municipalities may be named."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from surveys.accounts.access import SignedInRequest
from surveys.responses.access import UNKNOWN
from surveys.responses.corrections import list_corrections
from surveys.responses.follow_up import find_open_request, list_naming_choices, list_submissions
from surveys.responses.lifecycle.naming import decide_naming
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.next_steps import collect_next_steps
from surveys.responses.pages import open_page
from surveys.responses.receipts import name_receipt_file, read_receipt, typeset_receipt
from surveys.responses.wording import READ_ONLY

NAMED_FIELD = "met-naam"
ASKED_FIELD = "gevraagd"


@require_safe
@login_required
def show_receipt(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    """The latest submission, with a link to the earlier ones; also while the response is open again."""
    page = open_page(request, wave=wave, organisation=organisation)
    submissions = list_submissions(page.access.response) if page.access.response else []
    if not submissions:
        raise Http404(UNKNOWN)
    receipt = read_receipt(submissions[0], sections=page.access.sections)
    return page.render(
        request,
        "receipt",
        title="Ontvangstbewijs",
        receipt=receipt,
        facts=[{"term": term, "description": description} for term, description in receipt.facts],
        earlier=submissions[1:],
        open_request=find_open_request(page.access.response),
        naming=list_naming_choices(page.access.wave, organisation=page.access.organisation),
        next_steps=collect_next_steps(page.access),
        corrections=list_corrections(page.access.response, sections=page.access.sections),
    )


@require_safe
@login_required
def download_receipt(request: SignedInRequest, wave: str, organisation: str, code: str) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    submissions = list_submissions(page.access.response) if page.access.response else []
    submission = next((each for each in submissions if each.receipt_code == code), None)
    if submission is None:
        raise Http404(UNKNOWN)
    pdf = typeset_receipt(submission, sections=page.access.sections)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name_receipt_file(submission)}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose_naming(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    """Delivering is one decision, being named another; this page is about the second."""
    page = open_page(request, wave=wave, organisation=organisation)
    choices = list_naming_choices(page.access.wave, organisation=page.access.organisation)
    if not choices:
        raise Http404(UNKNOWN)
    may_decide = page.access.has_submitting_right
    refusal, status = "", 200
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied(READ_ONLY)
        try:
            decide_naming(
                page.access.wave,
                organisation=page.access.organisation,
                named=request.POST.getlist(NAMED_FIELD),
                asked=request.POST.getlist(ASKED_FIELD),
                by=request.user,
            )
        except ActionRefused as error:
            refusal, status = str(error), 409
        else:
            messages.success(request, "Uw keuze is opgeslagen.")
            return redirect(request.path)
    return page.render(
        request,
        "naming",
        title="Met naam openbaar",
        status=status,
        choices=choices,
        named_field=NAMED_FIELD,
        asked_field=ASKED_FIELD,
        may_decide=may_decide,
        refusal=refusal,
    )
