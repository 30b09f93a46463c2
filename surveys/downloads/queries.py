from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.downloads.models import ExportJob
from surveys.downloads.responses_workbook import WideResponse
from surveys.downloads.storage import KEEP_FOR
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import load_changes, load_definition
from surveys.questionnaire.version_changes import is_comparable
from surveys.responses.corrections import list_wave_corrections
from surveys.responses.merging import AnswerKey
from surveys.responses.models import Answer, Response, ResponseMunicipality
from surveys.responses.queries import load_answers_of, load_deviations_of

RESPONSES_AT_A_TIME = 200
RECENT_EXPORTS = 20


def list_own_exports(person: Person) -> QuerySet[ExportJob]:
    """The files the person asked for and may still fetch, the latest first."""
    jobs = ExportJob.objects.filter(owner=person, requested_at__gte=timezone.now() - KEEP_FOR)
    return jobs.select_related("wave")[:RECENT_EXPORTS]


def count_responses(wave: Wave) -> int:
    return Response.objects.filter(wave=wave).count()


def stream_responses(wave: Wave) -> Iterator[WideResponse]:
    """Every response, drafts and excluded ones too, by code; a fixed number of them is in memory at a time.

    Answers that the routing hides are left out: the question was not asked. So are those to an earlier version
    in which the question meant something else.
    """
    responses = list(
        Response.objects.filter(wave=wave)
        .order_by("organisation_id")
        .values_list("pk", "organisation_id", "status", "version_id")
    )
    asked = QuestionnaireVersion.objects.filter(responses__wave=wave).distinct()
    corrections = _load_corrections(wave)
    changes = {version.pk: load_changes(version, wave.version) for version in asked}
    for start in range(0, len(responses), RESPONSES_AT_A_TIME):
        chunk = responses[start : start + RESPONSES_AT_A_TIME]
        ids = [response_id for response_id, *_ in chunk]
        municipalities = _load_municipalities(ids)
        answers = load_answers_of(ids)
        deviations = load_deviations_of(ids)
        for response_id, code, status, version_id in chunk:
            own = {(question, ""): answer for question, answer in answers[response_id].items()}
            values = {
                key: answer.value
                for key, answer in (own | deviations[response_id]).items()
                if answer.is_routed and is_comparable(key[0], changes=changes[version_id])
            }
            yield WideResponse(
                respondent=code,
                municipalities=tuple(municipalities[response_id]),
                status=status,
                values=values,
                corrections={key: corrections[response_id, key] for key in values},
            )


def list_deviations(wave: Wave) -> list[AnswerKey]:
    """Which questions a region answers otherwise for which municipality, in the order of the questionnaire."""
    return _list_keys(wave, Answer.objects.filter(municipality__isnull=False))


def list_caveated(wave: Wave) -> list[AnswerKey]:
    """The answers to which somebody added a caveat, as `list_deviations`; those that hold for all first."""
    return _list_keys(wave, Answer.objects.exclude(caveat=""))


def list_corrected(wave: Wave) -> list[AnswerKey]:
    """The answers that researchers changed after they were submitted, as `list_deviations`."""
    return _list_keys(wave, Answer.objects.filter(revisions__correction__isnull=False))


def _load_corrections(wave: Wave) -> defaultdict[tuple[int, AnswerKey], str]:
    """By response and answer: a line per correction, the latest first."""
    lines: defaultdict[tuple[int, AnswerKey], str] = defaultdict(str)
    for response, correction in list_wave_corrections(wave):
        line = f"{lines[response.pk, correction.key]}\n{correction.sentence}"
        lines[response.pk, correction.key] = line.lstrip("\n")
    return lines


def _list_keys(wave: Wave, answers: QuerySet[Answer]) -> list[AnswerKey]:
    order = {code: position for position, code in enumerate(load_definition(wave.version).questions)}
    rows = answers.filter(response__wave=wave, is_routed=True).values_list("question__code", "municipality")
    found = {(code, municipality or "") for code, municipality in rows.distinct() if code in order}
    return sorted(found, key=lambda key: (order[key[0]], key[1]))


def _load_municipalities(response_ids: Collection[int]) -> defaultdict[int, list[str]]:
    municipalities: defaultdict[int, list[str]] = defaultdict(list)
    rows = ResponseMunicipality.objects.filter(response__in=response_ids).order_by("municipality_id")
    for response_id, code in rows.values_list("response_id", "municipality_id"):
        municipalities[response_id].append(code)
    return municipalities
