from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils.timezone import localtime
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Organisation, Person
from surveys.fieldwork.answers import ReadableSection, list_readable_sections
from surveys.fieldwork.overview import FrameRow, ResponseOverview, ResponseRow, build_overview
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.corrections import list_corrections, map_correction_lines
from surveys.responses.models import Response, ResponseMunicipality
from surveys.responses.queries import list_covered, load_answers, load_deviations

STATUS_ACTIONS = (
    "response.start",
    "response.submit",
    "response.request_reopening",
    "response.refuse_reopening",
    "response.reopen",
    "response.withdraw",
    "response.exclude",
    "response.correct",
    "fieldwork.accept",
    "fieldwork.send_back",
)


def find_default_wave() -> Wave | None:
    """The wave somebody wants to see first: an open one, else the newest; None before the first wave."""
    waves = list(Wave.objects.all())
    return next((wave for wave in waves if wave.status == Wave.Status.OPEN), waves[0] if waves else None)


def summarise_response(wave: Wave) -> ResponseOverview:
    """The state of the response in three queries, however many responses and municipalities there are."""
    return build_overview(list_frame_rows(wave), responses=list_response_rows(wave))


def read_answers(response: Response) -> list[ReadableSection]:
    """All questions with what the organisation answered, in words, and what researchers changed in it."""
    deviations = load_deviations(response).items()
    return list_readable_sections(
        load_definition(response.version),
        values={code: answer.value for code, answer in load_answers(response).items()},
        deviations={key: answer.value for key, answer in deviations if answer.is_routed},
        names={row.municipality_id: row.name for row in list_covered(response)},
        corrections=map_correction_lines(list_corrections(response)),
    )


def list_status_history(response: Response) -> QuerySet[ModelLogEntry]:
    """Who changed the status and when, the latest first; a reason is in `data`."""
    entries: QuerySet[ModelLogEntry] = registry.get_logs_for_instance(response)
    return entries.filter(action__in=STATUS_ACTIONS).select_related("user")


def list_frame_rows(wave: Wave) -> list[FrameRow]:
    """The municipalities that the wave asks, by name; in one query."""
    rows = FrameMunicipality.objects.filter(wave=wave).select_related(
        "size_class", "province", "youth_region"
    )
    return [
        FrameRow(
            code=row.municipality_id,
            name=row.name,
            population=row.population,
            size_class=(row.size_class.lower_bound, row.size_class_id, row.size_class.name),
            province=(row.province.name, row.province_id, row.province.name),
            youth_region=(
                (row.youth_region.name, row.youth_region.code, row.youth_region.name)
                if row.youth_region
                else None
            ),
        )
        for row in rows.order_by("name")
    ]


def list_response_rows(wave: Wave) -> list[ResponseRow]:
    """Every response by the name of its organisation, its moments in local time; in two queries."""
    municipality_codes: dict[int, set[str]] = {}
    for response_id, code in ResponseMunicipality.objects.filter(response__wave=wave).values_list(
        "response_id", "municipality_id"
    ):
        municipality_codes.setdefault(response_id, set()).add(code)
    responses = (
        Response.objects.filter(wave=wave)
        .select_related("organisation", "started_by", "submitted_by")
        .annotate(last_saved_at=Max("answers__saved_at"))
    )
    return [
        ResponseRow(
            id=response.pk,
            organisation_code=response.organisation_id,
            organisation=str(response.organisation),
            is_region=response.organisation.kind == Organisation.Kind.YOUTH_REGION,
            status=response.status,
            status_label=response.get_status_display(),
            started_at=localtime(response.started_at),
            started_by=_name_person(response.started_by),
            saved_at=_localise(response.last_saved_at),
            submitted_at=_localise(response.submitted_at),
            submitted_by=_name_person(response.submitted_by),
            municipality_codes=frozenset(municipality_codes.get(response.pk, ())),
        )
        for response in responses.order_by("organisation__name", "organisation__code")
    ]


def _localise(moment: datetime | None) -> datetime | None:
    return moment and localtime(moment)


def _name_person(person: Person | None) -> str:
    return str(person) if person else ""
