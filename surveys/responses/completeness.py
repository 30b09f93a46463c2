"""How much every draft of a wave still misses, for who watches the response as a whole."""

from collections import defaultdict
from collections.abc import Collection

from surveys.accounts.models import Organisation
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.merging import AnswerKey
from surveys.responses.models import ConflictingAnswer, Response, ResponseMunicipality, SectionTakeover
from surveys.responses.progress import NamedMunicipality, find_gaps
from surveys.responses.queries import OF_ITS_VERSION, load_answers_of, load_deviations_of
from surveys.responses.readiness import find_deviation_gaps
from surveys.responses.region_queries import SPEAKING


def count_missing(wave: Wave) -> dict[int, int]:
    """Per draft, by its id, how many things are still to be filled in or chosen before it can be submitted.

    As `Readiness.missing` counts them, 0 for who only has to submit; but for every draft of the wave in six queries,
    besides those of a definition that was not read before. Answers that break a rule are not among them.
    """
    drafts = list(
        Response.objects.filter(wave=wave, status=Response.Status.DRAFT).select_related(
            "version", "organisation"
        )
    )
    ids = [draft.pk for draft in drafts]
    answers, deviations = load_answers_of(ids), load_deviations_of(ids)
    conflicts = _list_conflicts(ids)
    covered, region_of = _list_coverage(wave)
    taken_over = _list_taken_over(wave)
    missing = {}
    for draft in drafts:
        definition, speaker = load_definition(draft.version), region_of.get(draft.organisation_id)
        gaps = find_gaps(
            definition,
            values={code: answer.value for code, answer in answers[draft.pk].items()},
            has_municipalities=bool(covered[draft.pk]),
            conflicts={question for question, municipality in conflicts[draft.pk] if not municipality},
            sections=None if speaker is None else taken_over[speaker][draft.organisation_id],
        )
        if draft.organisation.kind == Organisation.Kind.YOUTH_REGION:
            gaps += find_deviation_gaps(
                definition,
                general=answers[draft.pk],
                deviations=deviations[draft.pk],
                taken_over=taken_over[draft.pk],
                known=gaps,
                municipalities=[NamedMunicipality(code, code) for code in covered[draft.pk]],
                conflicts=conflicts[draft.pk],
            )
        missing[draft.pk] = sum(gap.is_missing for gap in gaps)
    return missing


def _list_conflicts(response_ids: Collection[int]) -> dict[int, set[AnswerKey]]:
    """The answers that wait for somebody to choose, by response."""
    rows = ConflictingAnswer.objects.filter(OF_ITS_VERSION, answer__response__in=response_ids, outcome="")
    found: dict[int, set[AnswerKey]] = defaultdict(set)
    for response, question, municipality in rows.values_list(
        "answer__response", "answer__question__code", "answer__municipality"
    ):
        found[response].add((question, municipality or ""))
    return found


def _list_coverage(wave: Wave) -> tuple[dict[int, set[str]], dict[str, int]]:
    """The municipalities per response, and per municipality the regional response that speaks for it."""
    covered: dict[int, set[str]] = defaultdict(set)
    region_of: dict[str, int] = {}
    rows = ResponseMunicipality.objects.filter(response__wave=wave, response__status__in=SPEAKING)
    for response, municipality, kind in rows.values_list(
        "response", "municipality", "response__organisation__kind"
    ):
        covered[response].add(municipality)
        if kind == Organisation.Kind.YOUTH_REGION:
            region_of[municipality] = response
    return covered, region_of


def _list_taken_over(wave: Wave) -> dict[int, dict[str, set[str]]]:
    """Per regional response and municipality the codes of the sections that the municipality answers itself."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = SectionTakeover.objects.filter(response__wave=wave)
    for response, municipality, section in rows.values_list("response", "municipality", "section"):
        found[response][municipality].add(section)
    return found
