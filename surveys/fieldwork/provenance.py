"""Where the answers of a municipality come from, and what municipalities dispute, for who watches the response."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.corrections import list_corrections
from surveys.responses.models import Position, ResolvedAnswer, Response
from surveys.responses.on_behalf import Statement
from surveys.responses.queries import StoredAnswer, load_answers, load_deviations
from surveys.responses.region_queries import SPEAKING, find_region_response, load_statements
from surveys.responses.resolution import Resolution, ResolutionState
from surveys.responses.resolving import resolve_municipalities
from surveys.responses.wording import describe_answer

STATE_NAMES = {
    ResolutionState.OWN: "Eigen antwoord",
    ResolutionState.INHERITED: "Via de jeugdregio",
    ResolutionState.OVERRIDDEN: "Afwijking bij de jeugdregio",
    ResolutionState.DISPUTED: "Betwist, telt niet mee",
    ResolutionState.NONE: "Geen antwoord",
}


@dataclass(frozen=True)
class ProvenanceRow:
    """One question: what holds and from whom; `deviation` and `dispute` also when something else holds.

    `corrections` say what researchers changed, also in what does not hold, each with the response it stands in.
    """

    question: str
    state: ResolutionState
    answer: str
    source: Response | None
    deviation: str
    dispute: str
    corrections: list[tuple[Response, str]]

    @property
    def state_name(self) -> str:
        return STATE_NAMES[self.state]


@dataclass(frozen=True)
class ProvenanceSection:
    title: str
    rows: list[ProvenanceRow]


@dataclass(frozen=True)
class Dispute:
    """`holds` says in Dutch what counts for the municipality now."""

    municipality_code: str
    municipality: str
    region: Response
    question_code: str
    question: str
    reason: str
    taken_at: datetime
    taken_by: str
    holds: str


@dataclass(frozen=True)
class _Source:
    """An answer with the response it stands in."""

    response: Response
    question: str
    stored: StoredAnswer

    @property
    def words(self) -> str:
        question = load_definition(self.response.version).questions[self.question]
        return describe_answer(question, self.stored.value)


def list_speaking_responses(municipality: FrameMunicipality) -> list[Response]:
    """The municipality's own response and that of its region, drafts too; at most two."""
    own = Response.objects.select_related("version", "organisation").filter(
        wave=municipality.wave_id, organisation=municipality.municipality_id
    )
    region = find_region_response(municipality.wave, municipality_code=municipality.municipality_id)
    return [*own, *([region] if region else [])]


def list_provenance(municipality: FrameMunicipality, *, responses: list[Response]) -> list[ProvenanceSection]:
    """Every question of the wave's version; `responses` are those of `list_speaking_responses`."""
    wave, code = municipality.wave, municipality.municipality_id
    resolved = resolve_municipalities(wave, municipality_codes=[code])[code]
    sources: dict[int, _Source] = {}
    statements: dict[str, Statement] = {}
    corrections: defaultdict[str, list[tuple[Response, str]]] = defaultdict(list)
    for response in responses:
        answers = list(load_answers(response).items())
        if response.organisation_id != code:
            deviations = load_deviations(response).items()
            answers += [(question, stored) for (question, of), stored in deviations if of == code]
            found = load_statements(response, municipality_codes=[code])[code]
            statements = {each.question.code: each for each in found}
        for correction in list_corrections(response):
            question, of = correction.key
            if of in ("", code):
                corrections[question].append((response, correction.sentence))
        sources |= {stored.id: _Source(response, question, stored) for question, stored in answers}
    return [
        ProvenanceSection(
            section.title,
            [
                _describe_row(
                    question.text,
                    resolution=resolved[question.code],
                    statement=statements.get(question.code),
                    sources=sources,
                    corrections=corrections[question.code],
                )
                for question in section.questions
            ],
        )
        for section in load_definition(wave.version).sections
    ]


def _describe_row(
    question: str,
    *,
    resolution: Resolution,
    statement: Statement | None,
    sources: dict[int, _Source],
    corrections: list[tuple[Response, str]],
) -> ProvenanceRow:
    source = sources[resolution.answer.id] if resolution.answer else None
    position = statement.position if statement else None
    return ProvenanceRow(
        question=question,
        state=resolution.state,
        answer=source.words if source else "",
        source=source.response if source else None,
        deviation=describe_answer(statement.question, statement.answer.value)
        if statement and statement.answer and statement.is_deviation
        else "",
        dispute=position.reason if position and position.is_dispute else "",
        corrections=corrections,
    )


def list_disputes(wave: Wave) -> list[Dispute]:
    """What municipalities dispute of answers that are given in their name now, the latest first."""
    names = dict(wave.frame.values_list("municipality", "name"))
    held = {
        (municipality, question): STATE_NAMES[ResolutionState(provenance)]
        for municipality, question, provenance in ResolvedAnswer.objects.filter(wave=wave).values_list(
            "municipality", "question__code", "provenance"
        )
    }
    positions = Position.objects.filter(
        response__wave=wave,
        response__status__in=SPEAKING,
        response__coverage__municipality=F("municipality"),
        kind=Position.Kind.DISPUTED,
    ).select_related("question", "response__organisation", "taken_by")
    return [
        Dispute(
            municipality_code=position.municipality_id,
            municipality=names[position.municipality_id],
            region=position.response,
            question_code=position.question.code,
            question=position.question.text,
            reason=position.reason,
            taken_at=position.taken_at,
            taken_by=str(position.taken_by or ""),
            holds=held.get(
                (position.municipality_id, position.question.code), STATE_NAMES[ResolutionState.NONE]
            ),
        )
        for position in positions.order_by("-taken_at", "pk")
    ]
