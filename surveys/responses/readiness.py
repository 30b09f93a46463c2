"""Whether a response can be submitted: one judgement for the page that checks and for the submission itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from surveys.accounts.models import Organisation
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.carrying_over import list_previous_values
from surveys.responses.merging import AnswerKey
from surveys.responses.models import Response
from surveys.responses.on_behalf import list_statements, may_deviate
from surveys.responses.progress import (
    Gap,
    NamedMunicipality,
    find_gaps,
    find_open_recommendations,
    find_warnings,
)
from surveys.responses.queries import (
    StoredAnswer,
    list_covered,
    list_open_conflicts,
    load_answers,
    load_deviations,
)
from surveys.responses.region_queries import list_own_sections, list_taken_over


@dataclass(frozen=True)
class Readiness:
    """`gaps` stand in the way of submitting; `recommendations` and `warnings` do not."""

    gaps: list[Gap]
    recommendations: list[Gap]
    warnings: list[Gap]

    @property
    def missing(self) -> list[Gap]:
        """The gaps where something is to be filled in or chosen."""
        return [gap for gap in self.gaps if gap.is_missing]

    @property
    def impossible(self) -> list[Gap]:
        """The gaps where an answer breaks a rule and has to change."""
        return [gap for gap in self.gaps if not gap.is_missing]


def assess_readiness(response: Response) -> Readiness:
    """Judge a response by what is stored now, of a region also what it answers for single municipalities."""
    answers, covered = load_answers(response), list_covered(response)
    conflicts = list_open_conflicts(response)
    readiness = assess_answers(
        load_definition(response.version),
        answers=answers,
        has_municipalities=bool(covered),
        conflicts={each.question for each in conflicts if not each.municipality},
        previous=list_previous_values(
            response.wave, organisation=response.organisation, version=response.version
        ),
        sections=list_own_sections(response.wave, organisation_code=response.organisation_id),
    )
    if response.organisation.kind != Organisation.Kind.YOUTH_REGION:
        return readiness
    municipalities = [NamedMunicipality(each.municipality_id, each.name) for each in covered]
    gaps = find_deviation_gaps(
        load_definition(response.version),
        general=answers,
        deviations=load_deviations(response),
        taken_over=list_taken_over(response, municipality_codes=[each.code for each in municipalities]),
        known=readiness.gaps,
        municipalities=municipalities,
        conflicts={(each.question, each.municipality) for each in conflicts},
    )
    return replace(readiness, gaps=[*readiness.gaps, *gaps])


def find_deviation_gaps(
    definition: Definition,
    *,
    general: Mapping[str, StoredAnswer],
    deviations: Mapping[AnswerKey, StoredAnswer],
    taken_over: Mapping[str, Collection[str]],
    known: Collection[Gap],
    municipalities: Collection[NamedMunicipality],
    conflicts: Collection[AnswerKey],
) -> list[Gap]:
    """What is to be put right in a region's answers for each of the municipalities for which it deviates.

    A deviation can lead to questions that the `general` answers do not lead to. What is `known` already of the
    general answers is left out, and what is missing in a section that the municipality answers itself:
    `taken_over` are the codes of those sections by municipality.
    """
    everywhere = {section.code for section in definition.sections}
    found = []
    for municipality in municipalities:
        own = {code: answer for (code, of), answer in deviations.items() if of == municipality.code}
        if not own:
            continue
        said = list_statements(definition, general=general, deviations=own, positions={}, own={})
        gaps = find_gaps(
            definition,
            values={each.question.code: each.answer.value for each in said if each.answer},
            has_municipalities=True,
            conflicts={question for question, of in conflicts if of in ("", municipality.code)},
            sections=everywhere.difference(taken_over[municipality.code]),
        )
        found += [
            replace(gap, municipality=municipality)
            for gap in gaps
            if gap not in known and gap.question is not None and may_deviate(gap.question)
        ]
    return found


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
