import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from surveys.accounts.access import SignedInRequest
from surveys.offline.filled_workbook import MAXIMUM_BYTES
from surveys.offline.forms import WorkbookForm
from surveys.offline.identity import ForeignWorkbook
from surveys.offline.instructions import number_everything
from surveys.offline.paper import describe_questionnaire
from surveys.offline.spreadsheets import UnreadableSpreadsheet, describe_size_limit
from surveys.offline.upload_report import make_tables, summarise
from surveys.offline.uploading import ReportedQuestion, RowStatus, identify_workbook, take_workbook
from surveys.offline.workbook import write_workbook
from surveys.responses.access import SurveyAccess, access_survey
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.pages import SurveyPage, open_page
from surveys.responses.queries import load_answers
from surveys.responses.wording import READ_ONLY
from surveys.typesetting.pdf import typeset

TEMPLATE = settings.BASE_DIR / "templates/typeset/questionnaire.typ"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HAND_IN_PAPER = (
    "Dit papier is om te lezen, te overleggen en voor te bereiden. Vul de antwoorden daarna in op de site:"
)
UPLOAD_TITLE = "Werken in Excel"
HAND_IN_WORKBOOK = "Stuur de ingevulde werkmap in op:"


@require_safe
@login_required
def download_questionnaire(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    access = access_survey(request.user, wave_code=wave, organisation_code=organisation)
    data = describe_questionnaire(
        access.definition,
        sections=list_sections(access),
        wave_title=f"{access.wave.title} – {access.organisation}",
        facts=list_facts(access, how_to_hand_in=HAND_IN_PAPER, address=request.build_absolute_uri("../")),
    )
    return send_file(
        typeset(TEMPLATE, data=data, made_at=timezone.now()),
        content_type="application/pdf",
        name=name_file(access, what="vragenlijst", extension="pdf"),
    )


@require_safe
@login_required
def download_workbook(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    access = access_survey(request.user, wave_code=wave, organisation_code=organisation)
    content = write_workbook(
        access.definition,
        sections=list_sections(access),
        answers=load_answers(access.response) if access.response else {},
        identity=identify_workbook(access, workbook_id=secrets.token_hex(6)),
        is_region=access.is_region,
        facts=list_facts(access, how_to_hand_in=HAND_IN_WORKBOOK, address=locate(request, access, "upload")),
    )
    return send_file(content, content_type=XLSX, name=name_file(access, what="werkmap", extension="xlsx"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload_workbook(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    page = open_page(request, wave=wave, organisation=organisation)
    if request.method != "POST":
        return show_upload(request, page, form=WorkbookForm())
    if not page.access.has_writing_role:
        raise PermissionDenied(READ_ONLY)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        errors = [
            {"id": form["workbook"].id_for_label, "message": message} for message in form.errors["workbook"]
        ]
        return show_upload(request, page, form=form, errors=errors, status=422)
    file = form.cleaned_data["workbook"]
    try:
        if file.size > MAXIMUM_BYTES:
            raise UnreadableSpreadsheet(describe_size_limit(MAXIMUM_BYTES))
        report = take_workbook(page.access, file.read(), by=request.user)
    except (UnreadableSpreadsheet, ForeignWorkbook) as refusal:
        return show_upload(request, page, form=WorkbookForm(), refusal=str(refusal), status=422)
    except ActionRefused as refusal:
        return show_upload(request, page, form=WorkbookForm(), refusal=str(refusal), status=409)
    return show_report(request, page, report)


def show_upload(
    request: SignedInRequest, page: SurveyPage, *, form: WorkbookForm, status: int = 200, **context: object
) -> HttpResponse:
    return page.render(
        request,
        "upload",
        folder="offline",
        title=UPLOAD_TITLE,
        status=status,
        heading=UPLOAD_TITLE,
        form=form,
        read_only=READ_ONLY,
        workbook_url=locate(request, page.access, "workbook"),
        **context,
    )


def show_report(request: SignedInRequest, page: SurveyPage, report: list[ReportedQuestion]) -> HttpResponse:
    numbers = number_everything(page.definition, sections=list_sections(page.access))
    needs_attention = {RowStatus.WRONG, RowStatus.CONFLICT} & {each.status for each in report}
    return show_upload(
        request,
        page,
        form=WorkbookForm(),
        summary=summarise(report),
        summary_kind="warning" if needs_attention else "success",
        tables=make_tables(report, page=page, numbers=numbers),
    )


def list_sections(access: SurveyAccess) -> set[str]:
    """The codes of the sections that this person may see."""
    return {section.code for section in access.visible_definition.sections}


def locate(request: SignedInRequest, access: SurveyAccess, name: str) -> str:
    parts = {"wave": access.wave.code, "organisation": access.organisation.code}
    return request.build_absolute_uri(reverse(f"offline:{name}", kwargs=parts))


def list_facts(access: SurveyAccess, *, how_to_hand_in: str, address: str) -> list[tuple[str, str]]:
    """What stands on top of a document that leaves the site."""
    facts = [
        ("U antwoordt voor", str(access.organisation)),
        ("Invullen kan tot en met", date_format(access.wave.closes_on, "j F Y")),
    ]
    if access.wave.preferably_before:
        facts.append(("Graag voor", date_format(access.wave.preferably_before, "j F Y")))
    if not access.sees_everything:
        facts.append(("Wat hier staat", "Alleen de onderdelen die aan u zijn toegewezen."))
    return [*facts, ("Zo levert u in", f"{how_to_hand_in} {address}")]


def name_file(access: SurveyAccess, *, what: str, extension: str) -> str:
    return f"{what}_{access.wave.code}_{access.organisation.code}.{extension}"


def send_file(content: bytes, *, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
