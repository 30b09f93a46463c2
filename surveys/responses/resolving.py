"""The resolved answers of municipalities, written anew; `lifecycle` calls this inside its transactions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import F

from surveys.accounts.models import Organisation
from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.models import FrameMunicipality, QuestionnaireVersion, Wave
from surveys.questionnaire.queries import load_codes, load_comparable_codes, load_definition
from surveys.responses.models import (
    Answer,
    AnswerOption,
    Position,
    ResolvedAnswer,
    Response,
    ResponseMunicipality,
    SectionTakeover,
)
from surveys.responses.resolution import Resolution, SubmittedAnswer, resolve_municipality

Answers = dict[str, SubmittedAnswer]


@dataclass
class _Spoken:
    """What is said of one municipality, as `resolve_municipality` wants it."""

    own: Answers = field(default_factory=dict)
    region: Answers = field(default_factory=dict)
    deviations: Answers = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)
    taken_over: set[str] = field(default_factory=set)


def rewrite_resolved_answers(wave: Wave, *, municipality_codes: Collection[str]) -> None:
    """Resolve these municipalities anew from the submitted responses that speak for them.

    Their frame rows are locked first: of two responses submitted for one municipality at the same moment, the
    second sees the first.
    """
    rows = FrameMunicipality.objects.filter(wave=wave, municipality__in=municipality_codes)
    list(rows.order_by("pk").select_for_update().values_list("pk"))
    codes = load_codes(wave.version)
    ResolvedAnswer.objects.filter(wave=wave, municipality__in=municipality_codes).delete()
    ResolvedAnswer.objects.bulk_create(
        ResolvedAnswer(
            wave=wave,
            municipality_id=municipality,
            question_id=codes.questions[question],
            answer_id=held.answer.id,
            state=held.answer.state,
            provenance=held.state.value,
        )
        for municipality, resolved in resolve_municipalities(
            wave, municipality_codes=municipality_codes
        ).items()
        for question, held in resolved.items()
        if held.answer is not None
    )


def resolve_municipalities(
    wave: Wave, *, municipality_codes: Collection[str]
) -> dict[str, dict[str, Resolution]]:
    """What holds per municipality and question code of the wave's version, in a fixed number of queries.

    Answers come in by question code, so that those to another version of the questionnaire count where the
    wave's version asks the same.
    """
    definition = load_definition(wave.version)
    return {
        municipality: resolve_municipality(
            definition,
            own=spoken.own,
            region=spoken.region,
            deviations=spoken.deviations,
            disputed=spoken.disputed,
            taken_over=spoken.taken_over,
        )
        for municipality, spoken in _load_spoken(wave, municipality_codes=municipality_codes).items()
    }


def _load_spoken(wave: Wave, *, municipality_codes: Collection[str]) -> dict[str, _Spoken]:
    spoken = {code: _Spoken() for code in municipality_codes}
    coverage = list(
        ResponseMunicipality.objects.filter(
            response__wave=wave,
            response__status=Response.Status.SUBMITTED,
            municipality__in=municipality_codes,
        ).values_list("municipality", "response", "response__organisation__kind")
    )
    answers = _load_submitted({response for _, response, _ in coverage}, version=wave.version)
    regions = {}
    for municipality, response, kind in coverage:
        if kind == Organisation.Kind.MUNICIPALITY:
            spoken[municipality].own = answers[response, None]
        else:
            regions[municipality] = response
            spoken[municipality].region = answers[response, None]
            spoken[municipality].deviations = answers[response, municipality]
    positions = Position.objects.filter(response__in=regions.values(), kind=Position.Kind.DISPUTED)
    for municipality, response, question in positions.values_list(
        "municipality", "response", "question__code"
    ):
        if regions.get(municipality) == response:
            spoken[municipality].disputed.add(question)
    takeovers = SectionTakeover.objects.filter(response__in=regions.values())
    for municipality, response, section in takeovers.values_list("municipality", "response", "section"):
        if regions.get(municipality) == response:
            spoken[municipality].taken_over.add(section)
    return spoken


def _load_submitted(
    response_ids: Iterable[int], *, version: QuestionnaireVersion
) -> dict[tuple[int, str | None], Answers]:
    """The answers by question code of each (response, municipality it deviates for, None in general).

    An answer to an earlier version is one to `version` unless the question means something else since.
    """
    asked = load_comparable_codes(version).questions
    response_ids = list(response_ids)
    chosen: dict[int, set[str]] = defaultdict(set)
    for answer, option in AnswerOption.objects.filter(answer__response__in=response_ids).values_list(
        "answer", "option__code"
    ):
        chosen[answer].add(option)
    found: dict[tuple[int, str | None], Answers] = defaultdict(dict)
    answers = Answer.objects.filter(response__in=response_ids, question__version=F("response__version"))
    rows = answers.values_list("pk", "response", "municipality", "question", "state", "is_routed")
    for answer, response, municipality, question, state, is_routed in rows:
        if question in asked:
            found[response, municipality][asked[question]] = SubmittedAnswer(
                answer, AnswerState(state), is_routed, frozenset(chosen[answer])
            )
    return found
