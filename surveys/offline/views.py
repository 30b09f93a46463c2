from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from surveys.accounts.access import SignedInRequest
from surveys.offline.paper import describe_questionnaire
from surveys.responses.access import SurveyAccess, access_survey
from surveys.typesetting.pdf import typeset

TEMPLATE = settings.BASE_DIR / "templates/typeset/questionnaire.typ"
HOW_TO_HAND_IN = (
    "Dit papier is om te lezen, te overleggen en voor te bereiden. "
    "Vul de antwoorden daarna in op de site: {address}"
)


@require_safe
@login_required
def download_questionnaire(request: SignedInRequest, wave: str, organisation: str) -> HttpResponse:
    access = access_survey(request.user, wave_code=wave, organisation_code=organisation)
    data = describe_questionnaire(
        access.definition,
        sections={section.code for section in access.visible_definition.sections},
        wave_title=f"{access.wave.title} – {access.organisation}",
        facts=list_facts(access, address=request.build_absolute_uri("../")),
    )
    return send_file(
        typeset(TEMPLATE, data=data, made_at=timezone.now()),
        content_type="application/pdf",
        name=name_file(access, what="vragenlijst", extension="pdf"),
    )


def list_facts(access: SurveyAccess, *, address: str) -> list[tuple[str, str]]:
    facts = [
        ("U antwoordt voor", str(access.organisation)),
        ("Invullen kan tot en met", date_format(access.wave.closes_on, "j F Y")),
    ]
    if access.wave.preferably_before:
        facts.append(("Graag voor", date_format(access.wave.preferably_before, "j F Y")))
    if not access.sees_everything:
        facts.append(("Wat hier staat", "Alleen de onderdelen die aan u zijn toegewezen."))
    return [*facts, ("Zo levert u in", HOW_TO_HAND_IN.format(address=address))]


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
