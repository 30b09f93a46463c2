"""Whether a response can be submitted: one judgement for the page that checks and for the submission itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from surveys.accounts.models import Organisation
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.carrying_over import list_previous_values
from surveys.responses.models import Response
from surveys.responses.progress import Gap, GapKind, find_gaps, find_open_recommendations, find_warnings
from surveys.responses.queries import StoredAnswer, list_open_conflicts, load_answers
from surveys.responses.region_queries import list_own_sections


@dataclass(frozen=True)
class Readiness:
    """`gaps` stand in the way of submitting; `recommendations` and `warnings` do not."""

    gaps: list[Gap]
    recommendations: list[Gap]
    warnings: list[Gap]

    @property
    def missing(self) -> list[Gap]:
        """The gaps where something is to be filled in or chosen."""
        return [gap for gap in self.gaps if gap.kind is not GapKind.RULE]

    @property
    def impossible(self) -> list[Gap]:
        """The gaps where an answer breaks a rule and has to change."""
        return [gap for gap in self.gaps if gap.kind is GapKind.RULE]


def assess_readiness(response: Response) -> Readiness:
    """Judge a response by what is stored now."""
    return assess_answers(
        load_definition(response.version),
        answers=load_answers(response),
        has_municipalities=response.coverage.exists(),
        conflicts={conflict.question for conflict in list_open_conflicts(response)},
        previous=list_previous_values(
            response.wave, organisation=response.organisation, version=response.version
        ),
        sections=list_own_sections(response.wave, organisation_code=response.organisation_id),
    )


def assess_unstarted(definition: Definition, *, wave: Wave, organisation: Organisation) -> Readiness:
    """As `assess_readiness`, before anything was saved; a municipality answers for itself."""
    return assess_answers(
        definition,
        answers={},
        has_municipalities=organisation.kind == Organisation.Kind.MUNICIPALITY,
        sections=list_own_sections(wave, organisation_code=organisation.code),
    )


def assess_answers(
    definition: Definition,
    *,
    answers: Mapping[str, StoredAnswer],
    has_municipalities: bool,
    conflicts: Collection[str] = (),
    sections: Collection[str] | None,
    previous: Mapping[str, AnswerValue] | None = None,
) -> Readiness:
    """`sections` are those that the organisation has to answer itself, None is all of them.

    `previous` are the answers in the wave before, to compare with.
    """
    values = {code: answer.value for code, answer in answers.items()}
    confirmed = {code for code, answer in answers.items() if answer.confirmed_revision == answer.revision}
    return Readiness(
        gaps=find_gaps(
            definition,
            values=values,
            has_municipalities=has_municipalities,
            conflicts=conflicts,
            sections=sections,
            previous=previous,
        ),
        recommendations=find_open_recommendations(definition, values=values, sections=sections),
        warnings=find_warnings(definition, values=values, previous=previous, confirmed=confirmed),
    )
