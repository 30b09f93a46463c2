"""A wave as a result table, counted now: a fixed number of queries (see `sources.list_parts` for tens of thousands)."""

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count

from surveys.coding.adjudicated import is_adjudicated, list_released_rounds
from surveys.coding.models import CodingRound
from surveys.questionnaire.caveats import collect_caveats
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.models import Question, Wave
from surveys.questionnaire.queries import load_comparable_codes, load_definition
from surveys.responses.models import ResolvedAnswer
from surveys.results.aggregation import GIVEN, Cell, ThemeCells, add_remarks, assemble_rows
from surveys.results.cell_counting import CellCounter
from surveys.results.descriptions import describe_routing, list_coding_remarks, list_provenance_remarks
from surveys.results.dimensions import (
    BASE_RULE_THEMES,
    BASE_RULES,
    Dimension,
    Unit,
    name_dimension,
    parse_dimensions,
)
from surveys.results.grouping import load_grouping
from surveys.results.population import Population, load_population
from surveys.results.precision.joining import CountedCells, add_intervals
from surveys.results.precision.post_stratification import PostStratification, Weighting, choose_strata
from surveys.results.precision.wording import describe_weighting
from surveys.results.respondent_caveats import list_respondent_caveats
from surveys.results.table import ResultTable

logger = logging.getLogger(__name__)

Provenance = ResolvedAnswer.Provenance


@dataclass
class _Municipalities:
    """Of how many municipalities an answer to one question is given, deviates from the region's, is disputed."""

    given: int = 0
    deviating: int = 0
    disputed: int = 0


def count_answers(
    wave: Wave,
    *,
    unit: str,
    dimensions: Iterable[str] = (),
    questions: Collection[str] | None = None,
    weighting: str = Weighting.NONE,
) -> ResultTable:
    """Count the submitted answers of a wave; drafts, excluded responses and hidden questions are left out.

    Results are those of the wave's version. An answer that was given to an earlier version counts under the same
    codes, unless the question means something else since. Open questions are counted by theme once a round of
    coding was released.

    `unit` is one of `Unit`, `dimensions` at most two of `Dimension` or closed questions (`AnswerDimension`),
    `questions` the codes to count (None is all of them). Raises ValueError for another unit or dimension and KeyError
    for a question that the wave does not ask.

    Shares of municipalities and inhabitants have an interval. `weighting` is one of `Weighting`; responses stand for
    no population, so that weighting them raises ValueError too.
    """
    unit = Unit(unit)
    population = None if unit == Unit.RESPONSE else load_population(wave)
    weights = _find_weights(population, unit=unit, weighting=Weighting(weighting))
    dimensions = parse_dimensions(dimensions)
    definition = load_definition(wave.version)
    sections = _select_sections(definition, questions=questions)
    codes = load_comparable_codes(wave.version)
    counted_codes = {question.code for section in sections for question in section.questions}
    question_codes = {pk: code for pk, code in codes.questions.items() if code in counted_codes}
    rounds = list_released_rounds(
        wave,
        questions=[code for code in counted_codes if definition.questions[code].kind == Question.Kind.TEXT],
    )
    municipalities = _count_municipalities(wave, question_codes=question_codes, rounds=rounds)
    counted_dimensions = _add_strata(dimensions) if weights else dimensions
    counter = CellCounter(
        wave,
        unit=unit,
        dimensions=counted_dimensions,
        definition=definition,
        codes=codes,
        questions=question_codes,
    )
    by_state, by_option = counter.count_answers()
    themes = counter.count_themes(rounds)
    remarks = list_respondent_caveats(wave, questions=question_codes)
    for question, found in _list_count_remarks(
        unit, municipalities=municipalities, by_state=by_state, themes=themes
    ).items():
        remarks[question] = (*found, *remarks.get(question, ()))
    grouping = load_grouping(
        wave,
        dimensions=dimensions,
        respondent_types=counter.source.respondent_types,
        ungrouped_names=counter.source.ungrouped_names,
        questions=definition.questions,
    )
    rows = assemble_rows(
        sections,
        wave=wave.code,
        version=wave.version.number,
        unit=unit,
        grouping=grouping,
        by_state=by_state,
        by_option=by_option,
        themes=themes,
        numbers=counter.count_numbers(),
    )
    if population:
        rows = add_intervals(
            rows,
            cells=CountedCells(counted_dimensions, by_state, by_option, themes),
            grouping=grouping,
            frame=population.members,
            is_inhabitants=unit == Unit.INHABITANTS,
            weights=weights,
        )
    return ResultTable(
        wave=wave.code,
        wave_title=wave.title,
        version=wave.version.number,
        unit=unit,
        dimensions=dimensions,
        reference_date=wave.reference_date,
        base_rule=f"{BASE_RULES[unit]} {BASE_RULE_THEMES}" if rounds else BASE_RULES[unit],
        caveats=collect_caveats(wave),
        rows=add_remarks(rows, remarks=remarks),
        municipalities={question: each.given for question, each in municipalities.items() if each.given},
        routing={
            question.code: routing
            for section in sections
            for question in section.questions
            if (routing := describe_routing(question, definition=definition))
        },
        remarks=remarks,
        coded=themes.questions,
        dimension_names={code: name_dimension(code, questions=definition.questions) for code in dimensions},
        weighting=_describe_weights(wave, weights, population=population),
    )


def _find_weights(
    population: Population | None, *, unit: Unit, weighting: Weighting
) -> PostStratification | None:
    if weighting == Weighting.NONE:
        return None
    if population is None:
        raise ValueError("Responses stand for no population.")
    return choose_strata(
        population.members,
        size_classes=list(population.size_classes),
        is_inhabitants=unit == Unit.INHABITANTS,
    )


def _add_strata(dimensions: tuple[str, ...]) -> tuple[str, ...]:
    """What has to be counted to weight a table: its dimensions, and those of the strata."""
    return tuple(dict.fromkeys([*dimensions, Dimension.SIZE_CLASS.value, Dimension.PROVINCE.value]))


def _describe_weights(
    wave: Wave, weights: PostStratification | None, *, population: Population | None
) -> str:
    """In Dutch, and in the log; empty for a table that was not to be weighted."""
    if not weights or not population:
        return ""
    sentences = describe_weighting(weights, size_classes=population.size_classes)
    logger.info("Weighting of wave %s: %s", wave.code, sentences)
    return sentences


def _select_sections(definition: Definition, *, questions: Collection[str] | None) -> list[SectionDefinition]:
    if questions is None:
        return list(definition.sections)
    for code in questions:
        if code not in definition.questions:
            raise KeyError(code)
    return [
        replace(section, questions=tuple(asked for asked in section.questions if asked.code in questions))
        for section in definition.sections
    ]


def _list_count_remarks(
    unit: Unit,
    *,
    municipalities: Mapping[str, _Municipalities],
    by_state: Iterable[Cell],
    themes: ThemeCells,
) -> dict[str, tuple[str, ...]]:
    """What the counts leave out, per question."""
    remarks: dict[str, tuple[str, ...]] = {
        question: list_provenance_remarks(unit=unit, deviating=counted.deviating, disputed=counted.disputed)
        for question, counted in municipalities.items()
    }
    given = Counter[str]()
    for cell in by_state:
        given[cell.question] += cell.units if cell.outcome == GIVEN else 0
    coded = Counter[str]()
    for cell in themes.by_coded:
        coded[cell.question] += cell.units
    for question, asked in themes.questions.items():
        waiting = given[question] - coded[question]
        found = list_coding_remarks(unit=unit, version=asked.version, waiting=waiting)
        remarks[question] = (*remarks.get(question, ()), *found)
    return {question: found for question, found in remarks.items() if found}


def _count_municipalities(
    wave: Wave, *, question_codes: Mapping[int, str], rounds: Sequence[CodingRound]
) -> dict[str, _Municipalities]:
    """The same for every unit, in one query, and one more when questions have themes.

    Of a question with themes the municipalities are those whose text was put into themes.
    """
    resolved = ResolvedAnswer.objects.filter(wave=wave, question__in=question_codes).order_by()
    counts = resolved.values_list("question", "provenance", "state").annotate(municipalities=Count("pk"))
    found: dict[str, _Municipalities] = {}
    for question, provenance, state, municipalities in counts:
        counted = found.setdefault(question_codes[question], _Municipalities())
        if provenance == Provenance.DISPUTED:
            counted.disputed += municipalities
            continue
        if provenance == Provenance.OVERRIDDEN:
            counted.deviating += municipalities
        if state == GIVEN:
            counted.given += municipalities
    for coding_round in rounds:
        found.setdefault(coding_round.version.codebook.question, _Municipalities()).given = 0
    coded = resolved.exclude(provenance=Provenance.DISPUTED).filter(is_adjudicated(rounds, path="answer__"))
    for question, municipalities in coded.values_list("question").annotate(municipalities=Count("pk")):
        found[question_codes[question]].given += municipalities
    return found
